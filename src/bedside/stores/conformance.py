"""What every adapter of the ``SearchableLibrary`` port must do: checks that any of them can be held to.

    for name, check in CHECKS.items():
        check(make)

``make`` takes records and gives a library that holds just these. A check raises :class:`NotConforming` with what
differs. An adapter for another engine or database passes all of them before it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bedside.evidence.analysis import terms
from bedside.evidence.candidate import Candidate, Filters
from bedside.evidence.library import SearchableLibrary
from bedside.evidence.query import build_query
from bedside.evidence.ranking import Preferences, rank
from bedside.evidence.record import Heading, Record, make_passage, source_key
from bedside.evidence.source import RecordCheck, Source, SourceKind
from bedside.evidence.unit import WHOLE, words_of

Make = Callable[[Sequence[Record]], SearchableLibrary]


class NotConforming(AssertionError):
    """A library does something else than the port promises."""


def sample() -> tuple[Record, ...]:
    """Seven made-up documents: short records, full texts, a title alone, several kinds, years and countries."""
    return (
        _brief("101", "Metformin and vitamin B12 deficiency: a cohort study", 2015, SourceKind.COHORT, [
            ("Abstract, METHODS", "Methods", "We followed 1,200 adults taking metformin for 4 years."),
            ("Abstract, RESULTS", "Results", "Vitamin B12 was low in 19% of those taking metformin."),
        ], mesh=(Heading("Metformin", major=True), Heading("Vitamin B 12 Deficiency"))),
        _brief("102", "Oral versus intramuscular vitamin B12: a randomised trial", 2018, SourceKind.TRIAL, [
            ("Abstract", "", "Oral vitamin B12 was not inferior to injections at 8 weeks."),
        ]),
        _brief("103", "Vitamin B12 replacement: a systematic review", 2021, SourceKind.SYSTEMATIC_REVIEW, [
            ("Abstract", "", "High-dose oral vitamin B12 normalises serum levels."),
        ]),
        _brief("104", "Iron deficiency in pregnancy", 2009, SourceKind.REVIEW, []),
        _full("105", "Neuropathy and cobalamin", 2012, SourceKind.CASE_REPORT, [
            ("Case, paragraph 1", "Case", "A man of 62 had numb feet and an unsteady gait."),
            ("Case, paragraph 2", "Case", "His serum vitamin B12 was 90 pg/mL."),
            ("Discussion, paragraph 1", "Discussion > Nerves", "Cobalamin repletion halted the neuropathy."),
        ]),
        _brief("106", "Guidance on vitamin B12 for clinics", 2024, SourceKind.LOCAL_GUIDANCE, [
            ("1.1", "Testing", "Offer total B12 as the first test."),
        ], jurisdiction="GB"),
        _brief("107", "Vitamin B12 and metformin: nothing to fear", 2016, SourceKind.TRIAL, [
            ("Abstract", "", "Metformin did not change vitamin B12."),
        ]),
    )  # fmt: skip


def reads_back(make: Make) -> None:
    """Sources and passages come back as they went in, and what is not there is None."""
    records = sample()
    library = make(records)
    for record in records:
        _same("a source", library.source(record.source.key), record.source)
        _same("the passages of a source", library.passages_of(record.source.key), record.passages)
        for passage in record.passages:
            _same("a passage", library.passage(passage.id), passage)
    _same("an unknown source", library.source("pmid-0"), None)
    _same("an unknown passage", library.passage("pmid-101/none"), None)
    _same("the passages of an unknown source", tuple(library.passages_of("pmid-0")), ())
    _same("the order of sources", [s.key for s in library.sources()], sorted(r.source.key for r in records))


def finds_units(make: Make) -> None:
    """A short record is one unit with all its text, each passage of a full text another."""
    library = make(sample())
    found = {c.id: c for c in library.candidates(build_query("metformin"), Filters())}
    _same("what holds a word", set(found), {f"pmid-101{WHOLE}", f"pmid-107{WHOLE}"})
    first = found[f"pmid-101{WHOLE}"]
    text = (
        "We followed 1,200 adults taking metformin for 4 years. Vitamin B12 was low in 19% of those taking metformin."
    )
    expected = Candidate(
        id=f"pmid-101{WHOLE}",
        source="pmid-101",
        title="Metformin and vitamin B12 deficiency: a cohort study",
        heading="",
        text=text,
        mesh=("Metformin", "Vitamin B 12 Deficiency"),
        kind=SourceKind.COHORT,
        design="cohort study",
        year=2015,
        position=-1,
    )
    _same("a unit of a short record", replace(first, terms=""), expected)
    [nerves] = library.candidates(build_query("repletion"), Filters())
    _same(
        "a unit of a full text",
        (nerves.heading, nerves.position, nerves.source),
        ("Discussion > Nerves", 2, "pmid-105"),
    )
    _same("the passage of a unit", library.passage(nerves.id), library.passages_of("pmid-105")[2])
    [title] = library.candidates(build_query("iron pregnancy"), Filters())
    _same("a title without text", (title.id, title.text), (f"pmid-104{WHOLE}", ""))
    headed = library.candidates(build_query("Deficiency metformin"), Filters(kinds=frozenset({SourceKind.COHORT})))
    _same("a subject heading", [c.source for c in headed], ["pmid-101"])
    _same("a query without words", tuple(library.candidates(build_query("?"), Filters())), ())
    _same("a word nobody used", tuple(library.candidates(build_query("xylophone"), Filters())), ())
    _same("at most so many", len(library.candidates(build_query("vitamin b12"), Filters(), 2)), 2)


def narrows(make: Make) -> None:
    """Each filter leaves what it should."""
    library = make(sample())
    cases: tuple[tuple[Filters, set[str]], ...] = (
        (Filters(), {"101", "102", "103", "105", "106", "107"}),
        (Filters(kinds=frozenset({SourceKind.TRIAL})), {"102", "107"}),
        (Filters(kinds=frozenset({SourceKind.TRIAL, SourceKind.COHORT})), {"101", "102", "107"}),
        (Filters(since=2018), {"102", "103", "106"}),
        (Filters(jurisdictions=frozenset({"GB"})), {"106"}),
        (Filters(source="pmid-105"), {"105"}),
        (Filters(source="pmid-0"), set()),
        (Filters(kinds=frozenset({SourceKind.TRIAL}), since=2017), {"102"}),
    )
    for filters, wanted in cases:
        found = {c.source.removeprefix("pmid-") for c in library.candidates(build_query("vitamin B12"), filters)}
        _same(f"what {filters} leaves", found, wanted)


def counts(make: Make) -> None:
    """The figures are those of the whole library, exactly."""
    records = sample()
    library = make(records)
    totals = [words_of(record) for record in records]
    size = sum(total[0] for total in totals)
    wanted = {"metformin": 2, "xylophon": 0, terms("neuropathy")[0]: 3}
    found = library.statistics(wanted)
    _same("the number of units", found.size, size)
    _same("the units that hold a term", dict(found.frequencies), wanted)
    for place, name in enumerate(("title", "heading", "text", "mesh"), 1):
        mean = sum(total[place] for total in totals) / size
        _same(f"the mean length of {name}", round(found.lengths[name], 9), round(mean, 9))


def same_order(make: Make) -> None:
    """However the records came in, the same hits in the same order with the same scores."""
    records = sample()
    orders = (records, records[::-1], (*records[3:], *records[:3]))
    for question in ("vitamin B12 and metformin", "neuropathy", "oral vitamin b12 or injections"):
        query = build_query(question)
        rankings = []
        for order in orders:
            library = make(order)
            statistics = library.statistics(term for term, _ in query.terms)
            hits = rank(query, library.candidates(query, Filters()), statistics, Preferences(), 10)
            rankings.append([(hit.candidate.id, hit.score) for hit in hits])
        _same(f"the order for {question!r}", rankings, [rankings[0]] * len(orders))


def named_state(make: Make) -> None:
    """The release names one state: the same for the same content, another for other content; reading leaves it."""
    records = sample()
    library = make(records)
    _same("the release after another order", make(records[::-1]).release, library.release)
    if make(records[1:]).release == library.release:
        raise NotConforming("a library with less in it must have another release")
    before = library.release
    list(library.sources())
    library.candidates(build_query("vitamin"), Filters())
    _same("the release after reading", library.release, before)
    if not before:
        raise NotConforming("a library must name its state")


CHECKS: Final[Mapping[str, Callable[[Make], None]]] = {
    check.__name__: check for check in (reads_back, finds_units, narrows, counts, same_order, named_state)
}
"""Every check, by name."""


def _same(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise NotConforming(f"{what}: found {found!r}, wanted {wanted!r}")


def _brief(
    pmid: str,
    title: str,
    year: int,
    kind: SourceKind,
    passages: Sequence[tuple[str, str, str]],
    *,
    mesh: tuple[Heading, ...] = (),
    jurisdiction: str = "INT",
) -> Record:
    key = source_key(pmid=pmid)
    source = Source(
        key=key,
        kind=kind,
        title=title,
        issuer="Journal of Examples",
        check=RecordCheck.LOADED,
        authors=("Example A", "Sample B"),
        year=str(year),
        doi=f"10.1000/example.{pmid}",
        pmid=pmid,
        jurisdiction=jurisdiction,
        licence="PubMed abstract",
        design="cohort study" if kind is SourceKind.COHORT else "",
    )
    made = tuple(
        make_passage(key, locator, text, heading=heading, licence="PubMed abstract", position=position)
        for position, (locator, heading, text) in enumerate(passages)
    )
    return Record(source, made, headings=mesh, language="eng")


def _full(pmid: str, title: str, year: int, kind: SourceKind, passages: Sequence[tuple[str, str, str]]) -> Record:
    return replace(_brief(pmid, title, year, kind, passages), full=True)
