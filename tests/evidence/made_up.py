"""A small library of made-up abstracts. What they say is invented and means nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bedside.evidence.in_memory import InMemoryLibrary
from bedside.evidence.record import Heading, Record, make_passage, source_key
from bedside.evidence.source import RecordCheck, Source, SourceKind, SourceStatus

QUESTION = "Does zolvamide help with hiccups in sailors?"


def record(pmid: str, title: str, text: str | tuple[tuple[str, str], ...], **changes) -> Record:
    """A record whose abstract is one piece, or parts under headings."""
    key = source_key(pmid=pmid)
    licence = changes.pop("licence", "PubMed abstract")
    full = changes.pop("full", False)
    source = Source(
        key,
        changes.pop("kind", SourceKind.TRIAL),
        title,
        "A journal",
        RecordCheck.LOADED,
        authors=("Doe, J.", "Roe, R."),
        year=changes.pop("year", "2014"),
        pmid=pmid,
        design=changes.pop("design", "randomised controlled trial"),
    )
    parts = (("", text),) if isinstance(text, str) else text
    passages = tuple(
        make_passage(
            key,
            f"Abstract, {heading.lower()}" if heading else "Abstract",
            words,
            heading=heading,
            licence=licence,
            position=place,
        )
        for place, (heading, words) in enumerate(parts)
    )
    return Record(replace(source, **changes), passages, headings=(Heading("Sailors"),), full=full)


TRIAL = record(
    "100",
    "Zolvamide for hiccups: a trial.",
    "Hiccups trouble sailors. We aimed to learn whether zolvamide prevents hiccups in sailors. They were randomised. "
    "Zolvamide significantly reduced hiccups in sailors compared with placebo.",
    population="adults; n = 120 randomised",
)
REVIEW = record(
    "200",
    "Zolvamide and hiccups: a systematic review.",
    (
        ("Background", "Whether zolvamide prevents hiccups in sailors is unclear."),
        ("Results", "Nine trials were included. In sailors zolvamide made no significant difference to hiccups."),
        ("Conclusions", "Zolvamide had no effect on hiccups in sailors."),
    ),
    kind=SourceKind.SYSTEMATIC_REVIEW,
    design="systematic review",
    year="2010",
)
NEWER = record(
    "300", "Hiccups at sea.", "In sailors hiccups were significantly lower on zolvamide than on placebo.", year="2020"
)
CASE = record(
    "400",
    "A sailor whose hiccups ended on zolvamide.",
    "One of the sailors had no more hiccups on zolvamide.",
    kind=SourceKind.CASE_REPORT,
    design="case report or series",
    year="2021",
)
OLD_GUIDELINE = record(
    "500",
    "Hiccups in sailors: guideline.",
    "Sailors with hiccups should be offered zolvamide.",
    kind=SourceKind.GUIDELINE,
    design="guideline",
    status=SourceStatus.SUPERSEDED,
    superseded_by="pmid-501",
    year="1999",
)
RETRACTED = record(
    "600",
    "Zolvamide ends hiccups.",
    "Zolvamide abolished all hiccups in all sailors.",
    status=SourceStatus.RETRACTED,
    kind=SourceKind.SYSTEMATIC_REVIEW,
    design="systematic review",
)
DOSED = record(
    "700",
    "Zolvamide by mouth.",
    "Zolvamide 50 mg twice daily prevented hiccups in sailors.",
    kind=SourceKind.COHORT,
    design="cohort study",
)
_THINGS = ("lamp", "rope", "kettle", "clock", "cart", "drum", "mirror", "ladder", "glove", "barrel", "basket", "saddle")
FILLER = tuple(
    record(str(1000 + place), f"On {thing}s.", f"We counted {thing}s in towns. There were more {thing}s than before.")
    for place, thing in enumerate(_THINGS)
)


def library(*records: Record, filler: Iterable[Record] = FILLER) -> InMemoryLibrary:
    """A library of those records among others that are about something else."""
    return InMemoryLibrary.of_records("made-up", (*records, *filler))
