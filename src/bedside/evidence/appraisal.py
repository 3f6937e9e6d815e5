"""Appraisal: what kind of document a record is, how its findings came about, and why we say so.

Signs are taken in this order: that the document is about another one (a notice, an erratum), a plan without results,
work without people, an opinion; then publication types, the title, subject headings, the abstract. Headings stand
behind the title because they also name designs an article only touches. Where two signs disagree, the one that claims
less is taken. Nothing is ever concluded about how well a study was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter

from bedside.evidence.design import Design
from bedside.evidence.design_wording import (
    NOTHING,
    Reading,
    comment_in_title,
    design_in_abstract,
    design_in_title,
    laboratory_in_abstract,
    laboratory_in_title,
    notice_in_title,
    protocol_in_abstract,
    protocol_in_title,
    review_in_title,
)
from bedside.evidence.notice import Direction, NoticeKind
from bedside.evidence.population import population_of
from bedside.evidence.record import Record
from bedside.evidence.source import Source, SourceKind

_NOTICE_TYPES = {
    "retraction of publication": Design.RETRACTION_NOTICE,
    "retraction notice": Design.RETRACTION_NOTICE,
    "expression of concern": Design.CONCERN_NOTICE,
    "published erratum": Design.ERRATUM,
    "jats:addendum": Design.ERRATUM,
}
_PROTOCOL_TYPES = ("clinical trial protocol", "study protocol", "jats:protocol")
_LETTER_TYPES = ("comment", "letter", "editorial", "news", "newspaper article", "introductory journal article")
_MEETING_TYPES = ("meeting abstract", "congress", "jats:abstract", "jats:meeting-report", "jats:collection")
_SUMMARY_TYPES = ("comment", "letter", "editorial", "news", "patient education handout", "lecture")
_SUMMARY_TITLES = (
    "synopsis", "summary of", "executive summary", "a summary", "key points", "comment", "critical appraisal",
    "perspective on", "perspectives on", "review of the", "update on the", "what's new", "implications of", "in brief",
    "implementing", "implementation of", "highlights of", "u.s. commentary", "us commentary",
)  # fmt: skip

# PubMed's publication types, the first that fits. "Clinical Trial" alone does not say whether it was randomised.
_TYPES: tuple[tuple[str, Design], ...] = (
    ("practice guideline", Design.GUIDELINE),
    ("guideline", Design.GUIDELINE),
    ("consensus development conference, nih", Design.CONSENSUS),
    ("consensus development conference", Design.CONSENSUS),
    ("consensus statement", Design.CONSENSUS),
    ("network meta-analysis", Design.SYSTEMATIC_REVIEW),
    ("meta-analysis", Design.SYSTEMATIC_REVIEW),
    ("systematic review", Design.SYSTEMATIC_REVIEW),
    ("scoping review", Design.SCOPING_REVIEW),
    ("case reports", Design.CASE_REPORT),
    ("randomized controlled trial", Design.RANDOMISED),
    ("equivalence trial", Design.RANDOMISED),
    ("pragmatic clinical trial", Design.TRIAL),
    ("adaptive clinical trial", Design.TRIAL),
    ("controlled clinical trial", Design.TRIAL),
    ("clinical trial", Design.TRIAL),
    ("observational study", Design.OBSERVATIONAL),
    ("review", Design.REVIEW),
)
# Only these say it of the article itself; "... as Topic" is what an article is about.
_HEADINGS: tuple[tuple[str, Design], ...] = (
    ("Case-Control Studies", Design.CASE_CONTROL),
    ("Cross-Sectional Studies", Design.CROSS_SECTIONAL),
    ("Cohort Studies", Design.COHORT),
)
_WEAK_HEADINGS: tuple[tuple[str, Design], ...] = (
    ("Random Allocation", Design.TRIAL),
    ("Double-Blind Method", Design.TRIAL),
    ("Single-Blind Method", Design.TRIAL),
    ("Cross-Over Studies", Design.TRIAL),
    ("Retrospective Studies", Design.OBSERVATIONAL),
)
_FINER: Mapping[Design, frozenset[Design]] = {
    Design.TRIAL: frozenset({Design.RANDOMISED, Design.NON_RANDOMISED}),
    Design.OBSERVATIONAL: frozenset({Design.COHORT, Design.CASE_CONTROL, Design.CROSS_SECTIONAL}),
    Design.REVIEW: frozenset({Design.SYSTEMATIC_REVIEW, Design.SCOPING_REVIEW, Design.CONSENSUS}),
}
"""What wording may add to a type that leaves it open."""

_COMPARING = frozenset(
    {Design.RANDOMISED, Design.NON_RANDOMISED, Design.COHORT, Design.CASE_CONTROL, Design.CROSS_SECTIONAL}
)
_DATABASE_OF_REVIEWS = "cochrane database"


@dataclass(frozen=True, slots=True)
class _Document:
    """The parts of a record that design is read from. ``types`` are as written, by their name in lower case."""

    record: Record
    types: Mapping[str, str]
    headings: frozenset[str]
    title: str
    abstract: str

    @property
    def is_filed_by_journal(self) -> bool:
        """Whether types are a journal's own labels, which put trials under "case report" and "letter" now and then."""
        return self.record.full and not self.headings

    def typed(self, names: Iterable[str]) -> str:
        """The first of *names* that is a type of the document, as it is written, or ""."""
        return next((self.types[name] for name in names if name in self.types), "")

    def comments_on_another(self) -> bool:
        """Whether the record says that it comments on another document."""
        return any(n.kind is NoticeKind.COMMENT and n.direction is Direction.OF for n in self.record.notices)


def appraise(record: Record) -> Record:
    """The record with ``kind``, ``design``, ``design_reason`` and ``population`` of its source filled in.

    A kind the loader states (LABEL, LOCAL_GUIDANCE ...) is kept; only REFERENCE, which states nothing, is filled. What
    has no findings (a notice, an erratum, a letter, a protocol, animals) is REFERENCE whatever was stated. Doing it
    twice changes nothing.
    """
    reading = read_design(record)
    return replace(
        record,
        source=replace(
            record.source,
            kind=_kind(record.source, reading.design),
            design=reading.design.value,
            design_reason=reading.reason,
            population=population_of(record, reading.design),
        ),
    )


def _kind(source: Source, design: Design) -> SourceKind:
    if design.has_no_findings:
        return SourceKind.REFERENCE
    return design.kind if source.kind is SourceKind.REFERENCE else source.kind


def read_design(record: Record) -> Reading:
    """The design of the document and the reason for it, in words."""
    types = (*record.publication_types, *(word for word in record.keywords if word.startswith("jats:")))
    document = _Document(
        record,
        {name.lower(): name for name in reversed(types)},
        frozenset(heading.name for heading in record.headings),
        record.source.title,
        abstract_of(record),
    )
    readers = (_notice, _protocol, _laboratory, _guideline, _letter, _meeting, _by_types, _by_words)
    return next((reading for reader in readers if (reading := reader(document)) is not None), NOTHING)


def abstract_of(record: Record) -> str:
    """The English abstract of a record. A short record whose passages name no abstract has nothing else."""
    english = [passage for passage in record.passages if not passage.language]
    named = [passage for passage in english if passage.locator.lower().startswith("abstract")]
    return "\n".join(passage.text for passage in (named or ([] if record.full else english)))


def _of_type(name: str, design: Design) -> Reading:
    """The reason of a type as the record writes it."""
    if name.startswith("jats:"):
        return Reading(design, f"article type {name.removeprefix('jats:')}")
    return Reading(design, f"publication type {name}")


def _notice(document: _Document) -> Reading | None:
    if name := document.typed(_NOTICE_TYPES):
        return _of_type(name, _NOTICE_TYPES[name.lower()])
    ties = {NoticeKind.RETRACTION: Design.RETRACTION_NOTICE, NoticeKind.CONCERN: Design.CONCERN_NOTICE}
    ties |= {NoticeKind.ERRATUM: Design.ERRATUM}
    for notice in document.record.notices:
        if notice.direction is Direction.OF and notice.kind in ties:
            return Reading(ties[notice.kind], f"its record says it is the {notice.kind.value} of another document")
    # A retracted article may be given the title of its notice: where an abstract reports a study, it is the article.
    reading = notice_in_title(document.title)
    return None if reading is not None and design_in_abstract(document.abstract) is not None else reading


def _protocol(document: _Document) -> Reading | None:
    if name := document.typed(_PROTOCOL_TYPES):
        return _of_type(name, Design.PROTOCOL)
    return protocol_in_title(document.title) or protocol_in_abstract(document.abstract)


def _laboratory(document: _Document) -> Reading | None:
    if name := next((name for name in document.types.values() if name.lower().endswith("veterinary")), ""):
        return _of_type(name, Design.LABORATORY)
    if "Humans" in document.headings:
        return None
    if "Animals" in document.headings:
        return Reading(Design.LABORATORY, "MeSH heading Animals without Humans")
    return laboratory_in_title(document.title) or laboratory_in_abstract(document.title, document.abstract)


def _guideline(document: _Document) -> Reading | None:
    """A guideline by its type, unless the document only speaks of one."""
    name = document.typed(("practice guideline", "guideline"))
    if not name:
        return None
    words = next((words for words in _SUMMARY_TITLES if words in document.title.lower()), "")
    other = document.typed(_SUMMARY_TYPES)
    why = f"title says '{words}'" if words else f"publication type {other}" if other else ""
    if not why and document.comments_on_another():
        why = "it comments on another document"
    if why:
        return Reading(Design.GUIDELINE_SUMMARY, f"publication type {name}, but {why}")
    return _of_type(name, Design.GUIDELINE)


def _letter(document: _Document) -> Reading | None:
    """A letter, editorial or comment; not a case or a trial that was published in the form of a letter."""
    if reading := comment_in_title(document.title):
        return reading
    name = document.typed(_LETTER_TYPES)
    if not name:
        return None
    if "comment" not in document.types:
        if "randomized controlled trial" in document.types or "case reports" in document.types:
            return None
        if document.is_filed_by_journal and design_in_title(document.title) is not None:
            return None
    return _of_type(name, Design.LETTER)


def _meeting(document: _Document) -> Reading | None:
    name = document.typed(_MEETING_TYPES)
    return _of_type(name, Design.CONFERENCE_ABSTRACT) if name else None


def _by_types(document: _Document) -> Reading | None:
    """The first design of the table of types, whose own name goes before the names of its phases."""
    ranks = [(rank, name) for name in document.types if (rank := _rank(name)) is not None]
    if not ranks:
        return None
    (place, _), name = min(ranks, key=itemgetter(0))
    return _settled(document, _of_type(document.types[name], _TYPES[place][1]))


@lru_cache(maxsize=512)
def _rank(name: str) -> tuple[int, bool] | None:
    """The place of a type in the table, and whether it is a phase ("clinical trial, phase iii"); None for no place."""
    for place, (wanted, _) in enumerate(_TYPES):
        if name == wanted or name.startswith(f"{wanted}, "):
            return place, name != wanted
    return None


def _settled(document: _Document, typed: Reading) -> Reading:
    """What a type says, made finer where it leaves the design open, and less where the title says less."""
    title = design_in_title(document.title)
    trial = document.typed(("randomized controlled trial",))
    if typed.design is Design.SYSTEMATIC_REVIEW and trial and review_in_title(document.title) is None:
        return Reading(Design.RANDOMISED, f"publication type {trial}; the title names no review")
    finer = _FINER.get(typed.design, frozenset())
    heard = finer or document.is_filed_by_journal  # else no abstract is: it is read only where it can change something
    abstract = design_in_abstract(document.abstract) if heard else None
    for words in (title, abstract):
        if words is not None and _overrules(words, typed, document, in_title=words is title):
            return Reading(words.design, f"{words.reason}, against {typed.reason}")
    for words in (title, abstract):
        if words is not None and words.design in finer:
            return Reading(words.design, f"{typed.reason}; {words.reason}")
    return typed


def _overrules(words: Reading, typed: Reading, document: _Document, *, in_title: bool) -> bool:
    """Whether wording is believed and the type is not: a title that claims less, or a journal's own label for what
    compares people. The abstract of a review speaks of the trials of others."""
    if typed.design is Design.RANDOMISED:
        return in_title and words.design is Design.NON_RANDOMISED
    labels = {Design.CASE_REPORT, Design.REVIEW} if in_title else {Design.CASE_REPORT}
    return document.is_filed_by_journal and typed.design in labels and words.design in _COMPARING


def _by_words(document: _Document) -> Reading | None:
    container = document.record.source.container
    if container.lower().startswith(_DATABASE_OF_REVIEWS):
        return Reading(Design.SYSTEMATIC_REVIEW, f"published in {container}")
    title = design_in_title(document.title)
    if title is not None:
        finer = _FINER.get(title.design)
        abstract = design_in_abstract(document.abstract) if finer else None
        if finer is None or abstract is None or abstract.design not in finer:
            return title
        return Reading(abstract.design, f"{title.reason}; {abstract.reason}")
    return _headed(document, _HEADINGS) or design_in_abstract(document.abstract) or _headed(document, _WEAK_HEADINGS)


def _headed(document: _Document, headings: Iterable[tuple[str, Design]]) -> Reading | None:
    """The design of a subject heading; none for an article about trials or studies ("... as Topic")."""
    if any(name.endswith(" as Topic") for name in document.headings):
        return None
    return next(
        (Reading(design, f"MeSH heading {name}") for name, design in headings if name in document.headings), None
    )
