"""The drawn scales of bands: every label legible, however narrow a band is, and all of it in words beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

import pytest

from bedside.rendering.public.number_line import WIDTH, apart

LETTER, LINE = 6.4, 11.0  # what a letter is wide and a line of them high, in units of the drawing (11.5 px sans)
_DRAWING = re.compile(r'<figure class="number-line" id="([^"]+)">(.*?)</figure>.*?<tbody>(.*?)</tbody>', re.DOTALL)
_TEXT = re.compile(r'<text class="[^"]*" x="([\d.-]+)" y="([\d.-]+)"[^>]*>([^<]*)</text>')
_ROW = re.compile(r"<tr><t[hd][^>]*>(.*?)</td></tr>", re.DOTALL)


@dataclass(frozen=True)
class Label:
    """One text of a drawing, centred at ``x``, standing on ``y``."""

    x: float
    y: float
    text: str

    @property
    def half(self) -> float:
        """Half its width."""
        return len(self.text) * LETTER / 2

    def touches(self, other: Label) -> bool:
        """Whether the letters of two labels meet."""
        return abs(self.x - other.x) < self.half + other.half and abs(self.y - other.y) < LINE


@pytest.fixture(scope="module")
def drawings(client, desk) -> dict[str, tuple[list[Label], str, str]]:
    """By topic and id: the labels of each drawing, its whole text, and the table beside it."""
    found = {}
    for topic in desk.protocols:
        for name, figure, table in _DRAWING.findall(client.get(f"/protocols/{topic}").text):
            labels = [Label(float(x), float(y), text) for x, y, text in _TEXT.findall(figure)]
            found[f"{topic} {name}"] = (labels, figure, table)
    return found


def test_no_label_stands_on_another(drawings):
    """Narrow bands are numbered, and numbers and limits move apart."""
    touching = {
        name: [(a.text, b.text) for a, b in combinations(labels, 2) if a.touches(b)]
        for name, (labels, _, _) in drawings.items()
    }
    assert {name: pairs for name, pairs in touching.items() if pairs} == {}


def test_no_label_leaves_the_drawing(drawings):
    """The drawing is as wide as a phone: what stands outside is cut off there."""
    outside = {
        name: [label.text for label in labels if label.x < label.half - 1 or label.x + label.half > WIDTH + 1]
        for name, (labels, _, _) in drawings.items()
    }
    assert {name: texts for name, texts in outside.items() if texts} == {}


def test_what_is_numbered_has_its_name_beside_it(drawings):
    """Every band is named in the drawing or by a number that its table has, too; the words of the drawing say all."""
    for name, (labels, figure, table) in drawings.items():
        words = re.search(r"<desc[^>]*>(.*?)</desc>", figure, re.DOTALL)
        rows = _ROW.findall(table)
        assert words, name
        assert rows, name
        numbered = [row for row in rows if row.startswith("<span")]
        assert len(numbered) in (0, len(rows)), name
        written = {label.text for label in labels if label.y < 34}
        for place, row in enumerate(numbered, 1):
            assert str(place) in written, name
            assert f">{place}<" in row, name


def test_labels_move_no_further_apart_than_they_must():
    """Those that have room stay; a crowd spreads around its middle; at an end it is held inside."""
    assert apart([50, 150], [20, 20]) == [50, 150]
    assert apart([100, 100], [20, 20]) == [pytest.approx(87), pytest.approx(113)]
    assert apart([0, 2], [20, 20]) == [pytest.approx(10), pytest.approx(36)]
    assert apart([WIDTH], [20]) == [WIDTH - 10]
