"""Libraries in memory: searched word by word, our statements as candidates, several read as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.evidence.candidate import Filters
from bedside.evidence.in_memory import InMemoryLibrary
from bedside.evidence.library import SearchableLibrary
from bedside.evidence.query import build_query
from bedside.evidence.shelf import StatementShelf, Together
from bedside.evidence.source import RecordCheck, Source, SourceKind, SourceStatus
from bedside.evidence.statement import Basis, Citation, Statement
from bedside.protocol.strength import Jurisdiction, Level, Strength
from tests.evidence.made_up import CASE, OLD_GUIDELINE, QUESTION, RETRACTED, REVIEW, TRIAL, library, record

ANY = Filters()
SOURCE = Source("guide", SourceKind.GUIDELINE, "Hiccups", "An issuer", RecordCheck.READ, year="2024", jurisdiction="GB")


def statement(name: str, clinical: str, source: str = "guide", **changes) -> Statement:
    values = {"strength": Strength.INFORMATION, "jurisdiction": Jurisdiction.GB, "level": Level.C, "basis": Basis.READ}
    return Statement(f"t/{name}", clinical, f"Plainly: {clinical}", (Citation(source, "1"),), **(values | changes))


def of_statements(*statements: Statement) -> InMemoryLibrary:
    return InMemoryLibrary("ours", {"guide": SOURCE}, {s.id: s for s in statements})


def found(place: SearchableLibrary, words: str, filters: Filters = ANY, limit: int = 200) -> set[str]:
    return {each.id for each in place.candidates(build_query(words), filters, limit)}


def test_every_library_here_keeps_the_port():
    """The look-up asks for literature only where the library can be searched."""
    shelf = StatementShelf(of_statements())
    assert isinstance(library(), SearchableLibrary)
    assert isinstance(shelf, SearchableLibrary)
    assert isinstance(Together((shelf,)), SearchableLibrary)


def test_a_record_is_one_unit_and_a_full_text_one_for_each_passage():
    """The ids are those every adapter gives."""
    parts = (("Methods", "Kites were flown."), ("Results", "Kites fell."))
    place = library(record("1", "Kites.", parts), record("2", "Kites again.", parts, full=True))
    candidates = place.candidates(build_query("kites"), Filters())
    whole = next(each for each in candidates if each.source == "pmid-1")
    assert (whole.id, whole.position, whole.text) == ("pmid-1/record", -1, "Kites were flown. Kites fell.")
    of_full = sorted((each.position, each.heading, each.id) for each in candidates if each.source == "pmid-2")
    assert of_full == [(p.position, p.heading, p.id) for p in place.passages_of("pmid-2")]


def test_passages_come_in_reading_order_and_none_from_nowhere():
    """However the mapping is ordered."""
    assert [p.heading for p in library(REVIEW).passages_of("pmid-200")] == ["Background", "Results", "Conclusions"]
    assert library(REVIEW).passages_of("pmid-9") == ()


def test_filters_narrow():
    """Each of them, and together."""
    place = library(TRIAL, REVIEW, CASE, OLD_GUIDELINE, RETRACTED)
    assert found(place, QUESTION, Filters(kinds=frozenset({SourceKind.CASE_REPORT}))) == {"pmid-400/record"}
    assert found(place, QUESTION, Filters(statuses=frozenset({SourceStatus.RETRACTED}))) == {"pmid-600/record"}
    assert found(place, QUESTION, Filters(since=2015)) == {"pmid-400/record"}
    assert found(place, QUESTION, Filters(source="pmid-200")) == {"pmid-200/record"}
    assert found(place, QUESTION, Filters(jurisdictions=frozenset({"US"}))) == set()


def test_the_limit_keeps_the_fullest_match():
    """What holds more of the question's rare words stays."""
    assert found(library(TRIAL), "zolvamide hiccups ropes", limit=1) == {"pmid-100/record"}


def test_statistics_count_units_in_whatever_field():
    """A term in the title and in the text counts once; mesh counts, too."""
    figures = library(TRIAL, CASE).statistics(["zolvamid", "sailor", "hiccup", "nowher"])
    assert figures.size == 14
    assert figures.frequencies["zolvamid"] == 2
    assert figures.frequencies["sailor"] == 14  # in the subject headings of every one
    assert figures.frequencies["nowher"] == 0


def test_an_empty_library_has_figures_and_finds_nothing():
    """Nothing divides by nothing."""
    place = InMemoryLibrary("none", {}, {})
    assert (place.statistics(["a"]).size, found(place, "anything")) == (0, set())


def test_statements_are_candidates_of_their_source():
    """Id of the statement, title, year and country of its source."""
    shelf = StatementShelf(of_statements(statement("stop", "Hiccups stop by themselves.", heading="Course")))
    [only] = shelf.candidates(build_query("hiccups"), Filters())
    assert (only.id, only.source, only.title, only.heading) == ("t/stop", "guide", "Hiccups", "Course")
    assert (only.year, only.jurisdiction, only.kind) == (2024, "GB", SourceKind.GUIDELINE)
    assert shelf.passages_of("guide") == ()


def test_a_statement_whose_source_nobody_has_is_not_offered():
    """Nothing could be cited for it."""
    assert found(StatementShelf(of_statements(statement("gone", "Hiccups.", source="lost"))), "hiccups") == set()


def test_statements_are_read_on_the_first_search_only():
    """Opening a shelf costs nothing; searching twice reads once."""

    class Counting(InMemoryLibrary):
        read = 0

        def statements(self):
            Counting.read += 1
            return super().statements()

    shelf = StatementShelf(Counting("ours", {"guide": SOURCE}, {"t/a": statement("a", "Hiccups stop.")}))
    assert Counting.read == 0
    assert found(shelf, "hiccups") == found(shelf, "hiccups") == {"t/a"}
    assert Counting.read == 1


def test_together_the_first_that_has_it_counts():
    """Loading literature never changes a source that ships."""
    first = InMemoryLibrary("a", {"guide": SOURCE}, {})
    other = Source("guide", SourceKind.SUMMARY, "Another", "Somebody", RecordCheck.LOADED)
    both = Together((first, InMemoryLibrary("b", {"guide": other, "new": other}, {}), library(TRIAL)))
    assert both.release == "a+b+made-up"
    assert both.source("guide") is SOURCE
    assert both.source("pmid-100") is not None
    assert both.source("nowhere") is None
    keys = [source.key for source in both.sources()]
    assert keys == sorted(keys)
    assert keys.count("guide") == 1
    assert both.passages_of("pmid-100") == library(TRIAL).passages_of("pmid-100")
    passage = TRIAL.passages[0]
    assert both.passage(passage.id) == passage


def test_together_needs_a_library():
    """An empty row is a mistake of the caller."""
    with pytest.raises(ValueError, match="at least one"):
        Together(())


@given(
    st.lists(st.sampled_from([TRIAL, REVIEW, CASE, OLD_GUIDELINE]), unique_by=lambda r: r.source.key), st.integers(0, 4)
)
def test_the_figures_of_libraries_together_are_those_of_one_library_of_all(records, cut):
    """Wherever the line between two libraries is drawn."""
    terms = ["zolvamid", "hiccup", "sailor", "rope"]
    parts = (library(*records[:cut]), library(*records[cut:], filler=()))
    both, one = Together(parts).statistics(terms), library(*records).statistics(terms)
    assert (both.size, both.frequencies) == (one.size, one.frequencies)
    assert both.lengths == pytest.approx(one.lengths)
    assert found(Together(parts), QUESTION) == found(library(*records), QUESTION)
