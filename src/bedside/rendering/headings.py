"""The words rendering puts around the sentences: headings and marks. None of them is clinical."""

from __future__ import annotations

from collections.abc import Mapping

from bedside.article.article import SectionKey
from bedside.protocol.protocol import Wording
from bedside.protocol.strength import Jurisdiction
from bedside.question.question import Reader

HEADINGS: Mapping[SectionKey, Wording] = {
    SectionKey.RED_FLAGS: Wording("Red flags", "When to get help at once"),
    SectionKey.LEAD: Wording("", ""),
    SectionKey.WHY: Wording("Why", "Why"),
    SectionKey.HOLDS: Wording("This holds for", "This holds for"),
    SectionKey.FACTS: Wording("Facts as understood", "What I understood"),
    SectionKey.UNKNOWN: Wording("Not known, and would change this answer", "Not known, and would change this answer"),
    SectionKey.DO_NOW: Wording("What to do now", "What to do now"),
    SectionKey.TESTS: Wording("Tests", "Tests"),
    SectionKey.TREATMENT: Wording("Treatment", "Treatment"),
    SectionKey.CAUSES: Wording("Causes to look for", "Causes to look for"),
    SectionKey.FOLLOW_UP: Wording("Follow-up", "Follow-up"),
    SectionKey.SPECIAL: Wording("Special situations", "Special situations"),
    SectionKey.PITFALLS: Wording("Pitfalls", "Common mistakes"),
    SectionKey.DISAGREEMENTS: Wording("Where guidelines disagree", "Where guidelines disagree"),
    SectionKey.CERTAINTY: Wording("How sure this is", "How sure this is"),
    SectionKey.LITERATURE: Wording("What published sources say", "What published articles say"),
    SectionKey.NEAREST: Wording("Nearest passages found", "Nearest articles found"),
}
"""The heading of each section; the lead has none."""

REFERENCES = "References"
GLOSSARY = "Words explained"

BRANCH = "if this applies"
UNCONFIRMED = Wording("unconfirmed", "not confirmed against the original")

COUNTRIES: Mapping[Jurisdiction, str] = {Jurisdiction.GB: "UK", Jurisdiction.US: "US"}
"""The label of a block that belongs to one country."""

REVIEW_STATUS = "Not reviewed by a clinician"
"""The review status of what no signature stands behind."""

PARAGRAPHS = frozenset({SectionKey.LEAD, SectionKey.WHY})
"""Sections set as running text; the others are lists."""


def choose(wording: Wording, reader: Reader) -> str:
    """The wording this reader gets of a heading or a mark."""
    return wording.plain if reader.plain else wording.clinical


def heading(key: SectionKey, reader: Reader) -> str:
    """The heading of a section for this reader, "" for the lead."""
    return choose(HEADINGS[key], reader)
