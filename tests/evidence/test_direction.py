"""Which way a finding points, and when findings disagree. Unsure means silent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import zstandard

from bedside.evidence.asked import Asked
from bedside.evidence.direction import Direction, direction_of
from bedside.evidence.disagreement import disagreement_in
from bedside.evidence.quote import Quote

DATA = Path(__file__).parents[3] / "shared" / "data" / "evidence_inference" / "annotations.dev.jsonl.zst"
LABELS = {
    "significantly increased": Direction.INCREASE,
    "significantly decreased": Direction.DECREASE,
    "no significant difference": Direction.NO_DIFFERENCE,
}
ASKED = Asked({"zolvamid": 0.5, "hiccup": 0.4, "sailor": 0.1})


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Zolvamide significantly reduced hiccups compared with placebo.", Direction.DECREASE),
        ("Hiccups were fewer on zolvamide.", Direction.DECREASE),
        ("Survival was longer with zolvamide than with placebo.", Direction.INCREASE),
        ("Ferritin was significantly higher in the zolvamide group.", Direction.INCREASE),
        ("There was no significant difference in hiccups between the groups.", Direction.NO_DIFFERENCE),
        ("Zolvamide did not reduce hiccups.", Direction.NO_DIFFERENCE),
        ("Rates of hiccups were similar in the two groups.", Direction.NO_DIFFERENCE),
    ],
)
def test_what_is_said_plainly_is_read(text: str, direction: Direction):
    """One direction, in known words."""
    assert direction_of(text) is direction


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Zolvamide was given to sailors.",
        "Hiccups were fewer, but sleep was significantly shorter and pain was higher.",
        "Hiccups were significantly higher in the placebo group.",
        "Placebo patients had significantly fewer hiccups.",
        "Hiccups were slightly lower on zolvamide.",
        "Hiccups were lower on zolvamide (p = 0.18).",
        "Hiccups were reduced in both groups.",
        "Hiccups were significantly lower on zolvamide, but there was no difference in sleep.",
        "The reduction of hiccups was significantly greater on zolvamide.",
        "The improvement was greater on zolvamide.",
        "Hiccups were significantly reduced from baseline.",
    ],
)
def test_what_is_mixed_turned_hedged_or_unknown_is_unclear(text: str):
    """Better nothing than the wrong way."""
    assert direction_of(text) is Direction.UNCLEAR


def test_each_direction_is_right_at_least_four_times_in_five():
    """Against the labels that experts gave to findings of trials."""
    if not DATA.is_file():
        pytest.skip("the annotations of Evidence Inference are not here")
    with zstandard.open(DATA, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["valid_label"] and row["valid_reasoning"]]
    for direction in LABELS.values():
        labels = [LABELS[row["label"]] for row in rows if direction_of(row["evidence"]) is direction]
        assert len(labels) > 200
        assert labels.count(direction) / len(labels) >= 0.8


def quote(name: str, text: str, *matched: str) -> Quote:
    return Quote(f"{name}/p", name, "Abstract", text, 0, len(text), 1.0, 1.0, matched)


FEWER = quote("a", "Hiccups were significantly lower on zolvamide.", "zolvamid", "hiccup")
SAME = quote("b", "Zolvamide made no significant difference to hiccups.", "zolvamid", "hiccup")
ALSO_FEWER = quote("c", "Zolvamide significantly reduced hiccups.", "zolvamid", "hiccup")
ELSEWHERE = quote("d", "Zolvamide made no significant difference to sleep.", "zolvamid")
SILENT = quote("e", "Zolvamide was given for hiccups.", "zolvamid", "hiccup")


def test_two_ways_about_the_same_thing_disagree():
    """Each is named with its direction; who says nothing is not named."""
    found = disagreement_in([FEWER, SILENT, SAME], ASKED)
    assert found is not None
    assert found.quotes == (FEWER, SAME)
    assert found.directions == (Direction.DECREASE, Direction.NO_DIFFERENCE)


@pytest.mark.parametrize("quotes", [[], [FEWER], [FEWER, ALSO_FEWER], [FEWER, ELSEWHERE], [FEWER, SILENT]])
def test_one_way_or_another_thing_is_no_disagreement(quotes: list[Quote]):
    """Another outcome may well go another way."""
    assert disagreement_in(quotes, ASKED) is None


def test_words_that_only_say_which_way_are_nothing_in_common():
    """Two quotes that share "reduce" and "risk" speak of two things."""
    asked = Asked({"zolvamid": 0.4, "reduc": 0.3, "risk": 0.3})
    one = quote("a", FEWER.text, "zolvamid", "reduc", "risk")
    other = quote("b", SAME.text, "reduc", "risk")
    assert disagreement_in([one, other], asked) is None
