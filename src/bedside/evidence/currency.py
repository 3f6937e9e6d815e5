"""Currency: whether a document still stands, worked out from the notices about it, with the reason in words.

A notice reaches a document from its own record ("Retraction in"), from the record of the notice itself ("Retraction
of", see :func:`implied`), or from a list of retractions. The worst that holds is what counts; a doubt is never settled
in a document's favour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bedside.evidence.design import Design
from bedside.evidence.notice import Direction, Notice, NoticeKind
from bedside.evidence.record import Record, source_key
from bedside.evidence.source import RecordCheck, Source, SourceKind, SourceStatus


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document stands and why. ``notice`` is the one that decided, None where the title or nothing did.

    ``note`` holds what a reader must know although the document stands ("corrected: ..."), or "".
    """

    status: SourceStatus
    reason: str
    superseded_by: str = ""
    note: str = ""
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A document that stands otherwise than before. ``on`` is the ISO date it was noticed, given by the caller."""

    source: str
    before: SourceStatus
    after: SourceStatus
    why: str
    notice: Notice | None
    on: str


_TITLE = re.compile(
    r"^\W*(?:retracted|withdrawn|retraction)(?: article| paper)?[\]\s]*:|^\W*\[(?:retracted|withdrawn)[^\]]{0,40}\]"
    r"|\[(?:retracted|withdrawn)[^\]]{0,40}\]\W*$",
    re.IGNORECASE,
)
_TITLE_STEMS = ("retract", "drawn")
_PARTIAL = re.compile(r"\bpartial(?:ly)?[ -]?retract|\bretraction in part\b|\bpartial_?retraction", re.IGNORECASE)
_REPUBLISHED = re.compile(r"\bretract(?:ed|ion) and (?:republished|replace)", re.IGNORECASE)
_REPLACES = re.compile(r"\bcorrected and republished", re.IGNORECASE)
_ADDENDUM = re.compile(r"\baddendum\b", re.IGNORECASE)  # adds to a document and does not replace it
_UPDATED_KINDS = frozenset({SourceKind.SYSTEMATIC_REVIEW, SourceKind.GUIDELINE, SourceKind.LOCAL_GUIDANCE})
_CHANGES_STANDING = frozenset(NoticeKind) - {NoticeKind.COMMENT, NoticeKind.OTHER}
_WEIGHT = {
    SourceStatus.CURRENT: 0,
    SourceStatus.DUE: 1,
    SourceStatus.SUPERSEDED: 2,
    SourceStatus.CONCERN: 3,
    SourceStatus.RETRACTED: 4,
}


def status_from(notices: Iterable[Notice], own: Source, publication_types: Iterable[str] = ()) -> Standing:
    """How *own* stands, from every notice known about it; the order of the notices does not matter.

    ``own.design`` (of :func:`bedside.evidence.appraisal.appraise`) tells a retraction notice from a retracted article.
    For a source that people keep by hand, a status they gave is not made better.
    """
    known = frozenset(notices)
    about = sorted((notice for notice in known if notice.direction is Direction.IN), key=_order)
    itself = own.design == Design.RETRACTION_NOTICE or any(_retracts_another(notice) for notice in known)
    standing = (
        _retracted(about)
        or (None if itself else _retracted_by_name(own, publication_types))
        or _in_doubt(about)
        or _replaced(about, own)
        or Standing(SourceStatus.CURRENT, "itself a retraction notice" if itself else "no notice against it")
    )
    if note := _corrections(about):
        standing = replace(standing, note=note)
    by_hand = own.check is not RecordCheck.LOADED
    if by_hand and _WEIGHT[own.status] > _WEIGHT[standing.status]:
        return Standing(own.status, "as kept by hand", own.superseded_by, standing.note)
    return standing


def change_of(own: Source, standing: Standing, on: str) -> StatusChange | None:
    """What changed when *own* is found to stand as *standing*; None when it stood so before."""
    if (own.status, own.superseded_by) == (standing.status, standing.superseded_by):
        return None
    return StatusChange(own.key, own.status, standing.status, standing.reason, standing.notice, on)


def implied(record: Record) -> Iterator[tuple[str, str, Notice]]:
    """What a notice's own record says about other documents: ("pmid" or "doi", identifier, notice to attach there).

    A subject named by both identifiers is given twice, with the same notice. Comments are left out: they change
    nothing.
    """
    own = record.source
    for notice in record.notices:
        if notice.direction is Direction.IN or notice.kind not in _CHANGES_STANDING:
            continue
        attached = replace(
            notice,
            # The second version says "republished"; what it says of the first one is that it was retracted.
            kind=NoticeKind.RETRACTION if _says(notice, _REPUBLISHED) else notice.kind,
            direction=Direction.IN,
            pmid=own.pmid,
            doi=own.doi,
            reference=" ".join(part for part in (own.title, own.container, own.year) if part),
            origin=own.key,
            on=own.published_on or notice.on,
        )
        for name, identifier in (("pmid", notice.pmid), ("doi", notice.doi.lower())):
            if identifier:
                yield name, identifier, attached


def _order(notice: Notice) -> tuple[str, ...]:
    return (notice.on, notice.kind, notice.pmid.zfill(12), notice.doi, notice.reference, notice.origin, notice.note)


def _retracts_another(notice: Notice) -> bool:
    return notice.kind is NoticeKind.RETRACTION and notice.direction is Direction.OF


def _of(about: Sequence[Notice], kind: NoticeKind) -> list[Notice]:
    return [notice for notice in about if notice.kind is kind]


def _says(notice: Notice, pattern: re.Pattern[str]) -> bool:
    return pattern.search(f"{notice.note} {notice.reference}") is not None


def _where(notice: Notice) -> str:
    """Where a notice is found, in a few words."""
    place = (notice.doi and f"doi:{notice.doi}") or (notice.pmid and f"PMID {notice.pmid}") or notice.reference
    parts = [place or "a notice", notice.on and f"of {notice.on}", notice.origin and f"(from {notice.origin})"]
    return " ".join(part for part in parts if part)


def _key_of(notice: Notice) -> str:
    return source_key(pmid=notice.pmid) if notice.pmid else ""


def _retracted(about: Sequence[Notice]) -> Standing | None:
    """RETRACTED, unless a reinstatement is known to be later than every retraction."""
    retractions = [notice for notice in _of(about, NoticeKind.RETRACTION) if not _says(notice, _PARTIAL)]
    reinstated = _of(about, NoticeKind.REINSTATEMENT)
    if not retractions:
        return None
    if reinstated and all(_later(reinstated[-1], each, retractions) for each in retractions):
        return None
    reason = f"retracted: {_where(retractions[-1])}"
    if reinstated:
        reason += "; a reinstatement is listed, but not as later than the retraction"
    republished = [notice for notice in retractions if notice.pmid and _says(notice, _REPUBLISHED)]
    by = _key_of(republished[-1]) if republished else ""
    return Standing(SourceStatus.RETRACTED, reason, by, notice=retractions[-1])


def _later(notice: Notice, than: Notice, known: Sequence[Notice]) -> bool:
    """Whether *notice* is later than another. One without a date has that of the same notice in another list."""
    on = than.on or max((n.on for n in known if n.on and _same(n, than)), default="")
    size = min(len(notice.on), len(on))
    return bool(size) and notice.on[:size] > on[:size]


def _same(one: Notice, other: Notice) -> bool:
    return bool((one.pmid and one.pmid == other.pmid) or (one.doi and one.doi.lower() == other.doi.lower()))


def _retracted_by_name(own: Source, publication_types: Iterable[str]) -> Standing | None:
    if any(name.lower() == "retracted publication" for name in publication_types):
        return Standing(SourceStatus.RETRACTED, "retracted: publication type Retracted Publication")
    title = own.title.lower()
    if any(stem in title for stem in _TITLE_STEMS) and (match := _TITLE.search(own.title)):
        # No word between the two: a withdrawn review may only be out of date, and is not relied on either.
        word = "withdrawn" if "withdrawn" in match.group().lower() else "retracted"
        return Standing(SourceStatus.RETRACTED, f"{word}: its title says '{match.group().strip()}'")
    return None


def _in_doubt(about: Sequence[Notice]) -> Standing | None:
    partial = [notice for notice in _of(about, NoticeKind.RETRACTION) if _says(notice, _PARTIAL)]
    concerns = _of(about, NoticeKind.CONCERN)
    if partial:
        return Standing(SourceStatus.CONCERN, f"retracted in part: {_where(partial[-1])}", notice=partial[-1])
    if concerns:
        return Standing(SourceStatus.CONCERN, f"expression of concern: {_where(concerns[-1])}", notice=concerns[-1])
    return None


def _replaced(about: Sequence[Notice], own: Source) -> Standing | None:
    """SUPERSEDED by an update where the kind of document is one that is replaced, or by its corrected version."""
    updates = [notice for notice in _of(about, NoticeKind.UPDATE) if not _says(notice, _ADDENDUM)]
    updates = updates if own.kind in _UPDATED_KINDS else []
    corrected = [notice for notice in _of(about, NoticeKind.REPUBLICATION) if _says(notice, _REPLACES)]
    for found, word in ((corrected, "corrected and republished"), (updates, "updated")):
        if found:
            key = next((_key_of(notice) for notice in reversed(found) if notice.pmid), "")
            return Standing(SourceStatus.SUPERSEDED, f"{word}: {_where(found[-1])}", key, notice=found[-1])
    return None


def _corrections(about: Sequence[Notice]) -> str:
    """What must be known although it stands: errata, a reinstatement, an update of a kind that is not replaced."""
    words = {
        NoticeKind.ERRATUM: "corrected",
        NoticeKind.REINSTATEMENT: "reinstated after a retraction",
        NoticeKind.UPDATE: "updated",
    }
    return "; ".join(dict.fromkeys(f"{words[n.kind]}: {_where(n)}" for n in about if n.kind in words))
