"""The readable text of a JATS element: citations, formulas and lists as a person would read them in one line."""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

from bedside.ingest.jats_formulas import formula_text
from bedside.ingest.paragraphs import LINE, tidy
from bedside.ingest.raised import MARK, MARK_END, SUB, SUB_END, SUP, SUP_END, settled

Element = etree._Element  # noqa: SLF001 - lxml gives its element type no public name

ASIDE = frozenset(
    [
        "table-wrap",
        "table-wrap-group",
        "table",
        "fig",
        "fig-group",
        "boxed-text",
        "supplementary-material",
        "fn",
        "fn-group",
        "media",
        "graphic",
        "object-id",
        "ref-list",
        "related-object",
        "index-term",
        "alt-text",
        "long-desc",
    ]
)
"""Parts that may stand in a paragraph and are no part of its text."""

_LINES = frozenset(
    [
        "p",
        "list",
        "list-item",
        "def-list",
        "def-item",
        "disp-quote",
        "verse-group",
        "verse-line",
        "speech",
        "statement",
        "sec",
        "title",
    ]
)
_FORMULAS = frozenset(["inline-formula", "disp-formula", "math", "tex-math", "chem-struct"])
_GLUE = "\x07"  # after the label of an item, whose paragraph goes on in the same line
_AFTER_LABEL = re.compile(rf"{_GLUE}\s*")
_INSTEAD = {**dict.fromkeys(ASIDE, " "), "break": " ", "inline-graphic": "[image]"}
_AROUND = {
    **dict.fromkeys(_LINES, (LINE, LINE)),
    "sup": (SUP, SUP_END),
    "sub": (SUB, SUB_END),
    "label": ("", _GLUE),
    "term": ("", ": "),
}
_FACES = frozenset(["bold", "italic", "underline", "sc"])
_MARKS = frozenset(["bibr", "fn", "table-fn", "author-notes", "corresp"])


def text_of(element: Element, *, notes: bool = True) -> str:
    """The text of *element* in one line; a list in it has a line an item. ``notes`` false leaves out note marks."""
    parts: list[str] = []
    _gather(element, parts, notes=notes)
    return tidy(settled(_AFTER_LABEL.sub(" ", "".join(parts))))


def letters(element: Element) -> str:
    """Every letter inside *element*, for identifiers and addresses."""
    return "".join(map(str, element.itertext())).strip()


def _gather(element: Element, parts: list[str], *, notes: bool) -> None:
    """Append the text inside *element*, with marks for what is raised, lowered or cited."""
    parts.append(element.text or "")
    for child in element:
        if child.tag is etree.Entity:
            # An entity that only the DTD of the file would explain; its text is "&name;".
            parts.append(html5.get((child.text or "").removeprefix("&"), " "))
        elif isinstance(child.tag, str):
            _gather_child(child, parts, notes=notes)
        if child.tail:
            if child.tag in _FACES and _needs_space(parts, child.tail):
                parts.append(" ")
            parts.append(child.tail)


def _gather_child(child: Element, parts: list[str], *, notes: bool) -> None:
    tag = child.tag
    if tag in _INSTEAD:
        parts.append(_INSTEAD[tag])
    elif tag in _FORMULAS:
        parts.append(f" {formula_text(child)} " if tag == "disp-formula" else formula_text(child))
    elif tag == "alternatives":
        _gather_alternative(child, parts, notes=notes)
    elif tag == "xref" and child.get("ref-type") in _MARKS:
        if notes or child.get("ref-type") == "bibr":
            _wrapped(child, parts, (MARK, MARK_END), notes=notes)
    else:
        _wrapped(child, parts, _AROUND.get(tag, ("", "")), notes=notes)


def _gather_alternative(child: Element, parts: list[str], *, notes: bool) -> None:
    """Of several forms of one thing, the most readable."""
    for name in ("math", "textual-form", "tex-math"):
        if (found := child.find(name)) is not None:
            return _gather_child(found, parts, notes=notes)
    parts.append(" ")
    return None


def _wrapped(child: Element, parts: list[str], around: tuple[str, str], *, notes: bool) -> None:
    parts.append(around[0])
    _gather(child, parts, notes=notes)
    parts.append(around[1])


def _needs_space(parts: list[str], tail: str) -> bool:
    """Whether a run-in heading ("Patients.") and the sentence after it stand without a space between."""
    before = next((part for part in reversed(parts) if part), "")
    return before[-1:] in (".", "?", "!") and tail[0].isupper()
