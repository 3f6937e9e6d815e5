"""The passages of a JATS article: abstract, then body, then captions that float and appendices.

A list stays with the paragraph that introduces it, because an item alone may say the reverse of what is meant
("Not for people with:"). Table cells, references, supplements and what serves the journal are left out.
"""

from __future__ import annotations

import re

from bedside.evidence.passage import Passage
from bedside.ingest.jats_metadata import LANGUAGE, language
from bedside.ingest.jats_text import Element, letters, text_of
from bedside.ingest.languages import language_code, passage_language
from bedside.ingest.paragraphs import Gathering

SHORTEST = 20
"""Characters; a shorter paragraph ("See Table 2.") is left out."""

_OWN_ITEM = 80  # characters; a free-standing list whose items are all as long is one of paragraphs
_ABSTRACTS = {
    "": "Abstract",
    "normal": "Abstract",
    "structured": "Abstract",
    "summary": "Summary",
    "executive-summary": "Executive summary",
    "plain-language-summary": "Plain language summary",
    "editors-summary": "Editors' summary",
    "editor": "Editors' summary",
    "author-highlights": "Highlights",
    "key-points": "Key points",
}
"""Kinds of abstract that become passages; the others (graphical, teaser, for the contents page) repeat the text."""

_TEXTS = frozenset(
    ["p", "disp-quote", "disp-formula", "disp-formula-group", "def-list", "statement", "verse-group", "speech"]
)
_FACES = frozenset(["bold", "italic", "underline"])
_LONGEST_HEADING = 100  # characters
_CAPTIONED = {"table-wrap": "Table", "fig": "Figure"}
_LEFT_OUT_TYPES = frozenset(
    [
        "supplementary-material",
        "supplementary material",
        "coi-statement",
        "conflict",
        "ref-list",
        "data-availability",
        "funding",
    ]
)
_LEFT_OUT = re.compile(
    r"(?:[\dIVX]++\.?+\s*+)*+(?:"
    r"acknowledge?ments?|references|bibliography|pre-publication history|financial support"
    r"|funding(?: (?:sources?|statement|information|and .*))?"
    r"|(?:(?:potential|financial|declaration of|disclosure of|statement of|non-financial|and) )*"
    r"(?:competing|conflicts?(?: of)?|conflicting)(?: financial| commercial)? interests?(?: statements?| disclosures?)?"
    r"|declarations? of interests?|disclosures?(?: of interests?)?|author disclosures?"
    r"|author.{0,2} contributions?|contributors|availability of data and materials?"
    r"|data (?:availability|sharing)(?: statement)?|supporting information|additional files?"
    r"|(?:electronic )?supplement(?:ary|al) (?:materials?|data|information|files?|tables?|figures?|content)"
    r")[.:]?",
    re.IGNORECASE,
)
"""Titles of sections that serve the journal, not the reader."""


def read_passages(article: Element, source: str, licence: str) -> tuple[Passage, ...]:
    """The passages of *article* in reading order; its sub-articles (reviews, translations) are other documents."""
    gathering = Gathering(source, licence, shortest=SHORTEST, language=passage_language(language(article)))
    for name in ("abstract", "trans-abstract"):
        for abstract in article.iterfind(f"front/article-meta/{name}"):
            if title := _ABSTRACTS.get(abstract.get("abstract-type", "")):
                _abstract(abstract, (title,), gathering, _language_of(abstract, gathering.language))
    for body in article.findall("body"):
        _section(body, (), gathering)
    for floats in article.findall("floats-group"):
        _section(floats, (), gathering)
    for appendix in article.iterfind("back//app"):
        _section(appendix, (_title(appendix) or "Appendix",), gathering)
    return tuple(gathering.passages)


def _language_of(abstract: Element, otherwise: str) -> str:
    written = abstract.get(LANGUAGE)
    return passage_language(language_code(written)) if written else otherwise


def _abstract(element: Element, path: tuple[str, ...], gathering: Gathering, language: str) -> None:
    """Every paragraph of an abstract under the heading it stands under ("Abstract, Methods")."""
    for child in element:
        if child.tag == "sec":
            title = _title(child)
            if not _is_left_out(child, title):
                _abstract(child, (*path, title) if title else path, gathering, language)
        elif child.tag in _TEXTS or child.tag == "list":
            gathering.add(", ".join(path), text_of(child), " > ".join(path), language)


def _section(element: Element, path: tuple[str, ...], gathering: Gathering) -> None:
    """Everything in one section, in order; *path* is its headings."""
    within = path  # and the heading that is set as a paragraph, where there is one
    introduced = None
    for child in element:
        if child.tag == "sec":
            _subsection(child, path, gathering)
        elif child.tag in _TEXTS:
            text = text_of(child)
            introduced = _introduced(child, text)
            if introduced is None and _is_heading(child, text):
                within = (*path, text.rstrip(".: "))
                continue
            _paragraph(text if introduced is None else f"{text}\n{text_of(introduced)}", within, gathering)
            _floats(child, within, gathering)
        elif child is introduced:
            _floats(child, within, gathering)
        elif child.tag in _PARTS:
            _PARTS[child.tag](child, within, gathering)


def _subsection(section: Element, path: tuple[str, ...], gathering: Gathering) -> None:
    title = _title(section)
    if not _is_left_out(section, title):
        _section(section, (*path, title) if title else path, gathering)


def _box(element: Element, path: tuple[str, ...], gathering: Gathering) -> None:
    _section(element, (*path, _title(element) or "Box"), gathering)


def _introduced(paragraph: Element, text: str) -> Element | None:
    """The list after a paragraph that leads to it: "Exclusion criteria:" is no use without it, nor it without that."""
    following = paragraph.getnext()
    if following is None or following.tag != "list":
        return None
    return following if text.endswith(":") or 0 < len(text) < SHORTEST else None


def _is_heading(paragraph: Element, text: str) -> bool:
    """Whether a paragraph is a heading in all but name: short, no sentence, and ends in a colon or is set in bold."""
    if not text or "\n" in text or text[-1] in ".?!;,":
        return False
    if len(text) < SHORTEST and text.endswith(":"):
        return True
    faces = [child for child in paragraph if child.tag in _FACES]
    inside = sum(len(letters(face)) for face in faces)
    return bool(faces) and len(text) <= _LONGEST_HEADING and inside >= len(text.rstrip(":")) - 1


def _paragraph(text: str, path: tuple[str, ...], gathering: Gathering) -> None:
    """A short paragraph counts too, so that the number is the one a reader counts to."""
    heading = " > ".join(path)
    number = gathering.count(f"{heading}, paragraph")
    gathering.add(f"{heading}, paragraph {number}" if heading else f"Paragraph {number}", text, heading)


def _list(element: Element, path: tuple[str, ...], gathering: Gathering) -> None:
    """A list that stands alone: one passage, or one an item where the items are paragraphs of their own."""
    items = [text_of(item) for item in element.iterchildren("list-item")]
    if items and all(len(item) >= _OWN_ITEM for item in items):
        for item in items:
            _paragraph(item, path, gathering)
    else:
        _paragraph(text_of(element), path, gathering)
    _floats(element, path, gathering)


def _floats(element: Element, path: tuple[str, ...], gathering: Gathering) -> None:
    """Tables, figures and boxes that the file keeps inside a paragraph."""
    for inner in element.iterdescendants("table-wrap", "fig", "boxed-text"):
        around = inner.iterancestors("boxed-text", "table-wrap", "fig")
        if any(element in outer.iterancestors() for outer in around):
            continue  # its turn comes with the box it stands in
        if inner.tag == "boxed-text":
            _box(inner, path, gathering)
        else:
            _caption(inner, path, gathering)


def _caption(element: Element, path: tuple[str, ...], gathering: Gathering) -> None:
    """The caption of a table or figure, under the label it carries."""
    caption = element.find("caption")
    if caption is None:
        return
    found = element.find("label")
    label = text_of(found).rstrip(".: ") if found is not None else ""
    if not label:
        kind = _CAPTIONED[element.tag]
        label = f"{kind} without a number ({gathering.count(kind)})"
    gathering.add(f"{label}, caption", text_of(caption), " > ".join(path))


def _title(section: Element) -> str:
    for path in ("title", "caption/title", "label"):
        found = section.find(path)
        if found is not None and (title := text_of(found, notes=False).replace("\n", " ").rstrip(".: ")):
            return title
    return ""


def _is_left_out(section: Element, title: str) -> bool:
    return section.get("sec-type", "").lower() in _LEFT_OUT_TYPES or _LEFT_OUT.fullmatch(title) is not None


_PARTS = {
    "boxed-text": _box,
    "list": _list,
    **dict.fromkeys(_CAPTIONED, _caption),
    **dict.fromkeys(("table-wrap-group", "fig-group"), _section),
}
"""What else a section may hold, by how it is read."""
