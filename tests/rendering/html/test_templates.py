"""The templates hold nothing clinical: no number, no dose, no word of medicine; all of that comes with the answer."""

from __future__ import annotations

import re

import pytest

from bedside.rendering.html.environment import HERE, STATIC, environment

TEMPLATES = sorted((HERE / "templates").glob("*.html"))
_TEMPLATE_CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"<[^>]*>", re.DOTALL)
CLINICAL = re.compile(
    r"\b(?:mg|mcg|ng|pmol|dose|doses|tablet|tablets|injection|injections|vitamin|b12|deficiency|anaemia|treatment|"
    r"diagnosis|symptom|symptoms|blood|pregnan\w*|allerg\w*|pain|doctor|ambulance|hospital|urgent)\b",
    re.IGNORECASE,
)


def words(path):
    """What a template says by itself: its text without tags and without what it is filled with."""
    return _TAG.sub(" ", _TEMPLATE_CODE.sub(" ", path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_says_no_number_and_nothing_clinical(path):
    """No digit and no word of medicine in what a template says by itself, nor in its fixed strings."""
    said = words(path)
    assert not re.search(r"\d", said)
    assert not CLINICAL.search(said)
    strings = " ".join(re.findall(r"\"([^\"]*)\"", " ".join(_TEMPLATE_CODE.findall(path.read_text(encoding="utf-8")))))
    assert not CLINICAL.search(strings)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_has_no_inline_style_or_script_and_escapes_everything(path):
    """A strict policy forbids the first two; nothing is marked safe."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|\|\s*safe|autoescape", text)
    environment().get_template(path.name)  # it can be parsed


def test_a_name_that_is_not_there_is_an_error():
    """A template that asks for something the page does not have fails at once."""
    with pytest.raises(Exception, match="undefined"):
        environment().from_string("{{ nobody }}").render()


def test_the_script_sends_and_keeps_nothing():
    """It makes no request, writes no markup, keeps no state."""
    text = (STATIC / "bedside.js").read_text(encoding="utf-8")
    for word in ("fetch", "XMLHttp", "innerHTML", "localStorage", "sessionStorage", "cookie", "eval", "import", "http"):
        assert word not in text


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """The contrast of two colours after WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def schemes():
    """The named colours of the light and the dark scheme."""
    text = (STATIC / "bedside.css").read_text(encoding="utf-8")
    found = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", text, re.DOTALL)
    ]
    return {"light": found[0], "dark": found[0] | found[1]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_edges_can_be_told_from_their_ground(scheme):
    """Text has a contrast of 4.5 on every ground it stands on, the edges of controls one of 3 (WCAG 2.2 AA)."""
    colours = schemes()[scheme]
    grounds = ("paper", "card", "sunk")
    pairs = [(ink, ground) for ink in ("ink", "soft", "accent", "alert", "doubt") for ground in grounds]
    pairs += [("on-accent", "accent"), ("accent", "accent-sunk"), ("soft", "accent-sunk"), ("alert", "alert-sunk")]
    pairs += [
        ("soft", "alert-sunk"),
        ("ink", "alert-sunk"),
        ("doubt", "doubt-sunk"),
        ("ink", "word"),
        ("ink", "figure"),
    ]
    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert not {pair: ratio for pair, ratio in weak.items() if ratio < 4.5}
    assert min(contrast(colours["edge"], colours[ground]) for ground in ("paper", "card")) >= 3
