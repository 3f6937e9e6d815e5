"""Joining: the same document met twice, as a record with its abstract and as full text, is one source."""

from __future__ import annotations

from dataclasses import fields, replace

from bedside.evidence.record import Record
from bedside.evidence.source import Source, SourceKind

_KEPT = ("key", "kind", "check", "status")


def joined(brief: Record | None, full: Record | None) -> Record:
    """One record of both: the words of the full text, the subject headings, types and notices of the other.

    The result does not depend on which came first. Raises ValueError when there is neither.
    """
    if brief is None or full is None:
        only = brief or full
        if only is None:
            raise ValueError("a source is made of at least one record")
        return only
    key = brief.source.key
    return Record(
        source=_source(brief.source, full.source),
        passages=tuple(replace(passage, source=key) for passage in full.passages) or brief.passages,
        headings=brief.headings or full.headings,
        publication_types=_both(brief.publication_types, full.publication_types),
        chemicals=_both(brief.chemicals, full.chemicals),
        keywords=_both(brief.keywords, full.keywords),
        language=brief.language or full.language,
        other_titles=_both(brief.other_titles, full.other_titles),
        issns=_both(brief.issns, full.issns),
        notices=tuple(dict.fromkeys((*brief.notices, *full.notices))),
        full=bool(full.passages),
    )


def _source(brief: Source, full: Source) -> Source:
    """What the short record says, and what only the full text says: its licence above all."""
    names = [field.name for field in fields(Source) if field.name not in _KEPT]
    known = {name: getattr(brief, name) or getattr(full, name) for name in names}
    graded = brief if brief.kind is not SourceKind.REFERENCE else full
    known |= {"licence": full.licence or brief.licence, "design": graded.design, "design_reason": graded.design_reason}
    return replace(brief, kind=graded.kind, **known)


def _both(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
