"""What becomes of records: added, replaced, joined, removed; and what notices make of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite

from bedside.errors import LibraryBusy
from bedside.evidence.candidate import Filters
from bedside.evidence.notice import Direction, Notice, NoticeKind
from bedside.evidence.query import build_query
from bedside.evidence.record import Heading, Record, make_passage, source_key
from bedside.evidence.source import RecordCheck, Source, SourceKind, SourceStatus
from bedside.evidence.unit import words_of
from bedside.stores.place import LibraryPlace
from bedside.stores.prepared import prepared
from bedside.stores.stored_library import FIELDS, StoredLibrary
from bedside.stores.writer import LibraryWriter
from tests.stores.conftest import write


def record(
    pmid: str = "1",
    text: str = "Cobalamin was low.",
    *,
    doi: str = "",
    pmcid: str = "",
    full: bool = False,
    **changes: object,
) -> Record:
    """A small record; *changes* are fields of the record."""
    key = source_key(pmid=pmid, pmcid=pmcid, doi=doi)
    source = Source(
        key,
        SourceKind.REFERENCE,
        f"Title of {key}",
        "Journal",
        RecordCheck.LOADED,
        doi=doi,
        pmid=pmid,
        pmcid=pmcid,
        year="2020",
    )
    passages = tuple(make_passage(key, f"part {n}", part, position=n) for n, part in enumerate(text.split("|")) if part)
    return replace(Record(source, passages, full=full), **changes)


def found(library: StoredLibrary, words: str) -> set[str]:
    return {candidate.source for candidate in library.candidates(build_query(words), Filters())}


def test_the_same_again_is_unchanged_and_other_words_replace(place) -> None:
    """A revision takes the place of what was there, in the search too."""
    assert write(place, [record()]).added == 1
    assert write(place, [record()]).unchanged == 1
    counts = write(place, [record(text="Ferritin was low.")])
    assert (counts.added, counts.replaced) == (0, 1)
    library = StoredLibrary(place)
    assert found(library, "cobalamin") == set()
    assert found(library, "ferritin") == {"pmid-1"}
    assert [p.text for p in library.passages_of("pmid-1")] == ["Ferritin was low."]


def test_an_older_version_does_not_replace_a_newer_one(place) -> None:
    """Files may be loaded in any order: the date of the last revision decides, where both versions have one."""
    write(place, [record(text="New wording.", revised="2024-03-01")])
    counts = write(place, [record(text="Old wording.", revised="2023-12-31")])
    assert (counts.older, counts.replaced, counts.unchanged) == (1, 0, 0)
    assert [p.text for p in StoredLibrary(place).passages_of("pmid-1")] == ["New wording."]
    assert found(StoredLibrary(place), "old") == set()


@pytest.mark.parametrize("revised", ["2024-03-01", "2024-03-02", ""])
def test_a_version_that_is_not_older_replaces(place, revised) -> None:
    """One of the same day came later in its file; one without a date says nothing of its age."""
    write(place, [record(text="First wording.", revised="2024-03-01")])
    assert write(place, [record(text="Second wording.", revised=revised)]).replaced == 1


def test_an_older_version_in_one_batch_is_left_out(place) -> None:
    counts = write(place, [record(text="New.", revised="2024-03-01"), record(text="Old.", revised="2020-01-01")])
    assert (counts.added, counts.older) == (1, 1)
    assert [p.text for p in StoredLibrary(place).passages_of("pmid-1")] == ["New."]


def test_full_text_and_abstract_are_not_compared_by_age(place) -> None:
    write(place, [record(doi="10.1/a", revised="2024-03-01")])
    full = record(doi="10.1/a", pmcid="PMC9", text="Whole text.", full=True, revised="2020-01-01")
    assert write(place, [full]).replaced == 1


def test_of_two_records_of_one_document_in_one_batch_the_last_stays(place) -> None:
    counts = write(place, [record(text="First wording."), record(text="Second wording.")])
    assert (counts.added, counts.replaced) == (1, 1)
    assert [p.text for p in StoredLibrary(place).passages_of("pmid-1")] == ["Second wording."]
    assert found(StoredLibrary(place), "first") == set()


@pytest.mark.parametrize("turned", [False, True])
def test_abstract_and_full_text_are_one_source_in_either_order(place, turned) -> None:
    """The words of the full text, the headings and notices of the record, whichever came first."""
    brief = record(doi="10.1/a", headings=(Heading("Anemia"),), publication_types=("Review",))
    full = record(doi="10.1/a", pmcid="PMC9", text="Introduction text.|Results text.", full=True)
    pair = (full, brief) if turned else (brief, full)
    for each in pair:
        write(place, [each])
    library = StoredLibrary(place)
    [source] = library.sources()
    assert (source.key, source.pmcid, source.doi) == ("pmid-1", "PMC9", "10.1/a")
    assert [p.text for p in library.passages_of("pmid-1")] == ["Introduction text.", "Results text."]
    assert found(library, "anemia") == {"pmid-1"}
    assert library.figures["units"] == 2


def test_a_full_text_without_a_pmid_meets_its_record_by_doi(place) -> None:
    write(place, [record(doi="10.1/a")])
    counts = write(place, [record(pmid="", doi="10.1/A", text="Whole text.", full=True)])
    assert counts.replaced == 1
    [source] = StoredLibrary(place).sources()
    assert (source.key, source.pmid) == ("pmid-1", "1")


def test_two_pmids_with_one_doi_stay_two_sources(place) -> None:
    """PubMed gives an erratum and its article one DOI now and then: they are not one document."""
    write(place, [record("1", doi="10.1/a"), record("2", doi="10.1/a")])
    assert [s.key for s in StoredLibrary(place).sources()] == ["pmid-1", "pmid-2"]


def test_what_is_removed_is_gone_and_can_come_back(place) -> None:
    write(place, [record("1"), record("2")])
    with LibraryWriter(place) as writer:
        writer.begin("remove")
        assert writer.remove(["pmid-1", "pmid-9"]).removed == 1
    library = StoredLibrary(place)
    assert found(library, "cobalamin") == {"pmid-2"}
    assert library.passages_of("pmid-1") == ()
    assert library.index.count("cobalamin") == 1
    assert write(place, [record("1")]).added == 1
    assert found(StoredLibrary(place), "cobalamin") == {"pmid-1", "pmid-2"}


RETRACTED = Notice(NoticeKind.RETRACTION, Direction.IN, doi="10.1/notice", origin="a list", on="2021-05-01")


def test_a_list_marks_what_is_there_and_what_comes_later(place) -> None:
    """A notice that comes before its subject waits for it."""
    write(place, [record("1", doi="10.1/one")])
    with LibraryWriter(place) as writer:
        writer.begin("retractions")
        counts = writer.add_notices([("", "10.1/ONE", RETRACTED), ("2", "", RETRACTED)])
    assert [(c.key, c.before, c.after) for c in counts.changes] == [("pmid-1", "current", "retracted")]
    later = write(place, [record("2")])
    assert [(c.key, c.after) for c in later.changes] == [("pmid-2", "retracted")]
    library = StoredLibrary(place)
    assert {s.key: s.status for s in library.sources()} == dict.fromkeys(["pmid-1", "pmid-2"], SourceStatus.RETRACTED)
    assert "10.1/notice" in library.source("pmid-1").note
    statuses = {c.source: c.status for c in library.candidates(build_query("cobalamin"), Filters())}
    assert set(statuses.values()) == {SourceStatus.RETRACTED}
    only = Filters(statuses=frozenset({SourceStatus.CURRENT}))
    assert library.candidates(build_query("cobalamin"), only) == []


@pytest.mark.parametrize("turned", [False, True])
def test_a_notice_of_retraction_marks_its_subject_in_either_order(place, turned) -> None:
    """RetractionOf in the notice's own record reaches the article, though the article says nothing."""
    article = record("1")
    tie = Notice(NoticeKind.RETRACTION, Direction.OF, pmid="1", origin="PubMed record")
    notice = record("2", "Retracted at the request of the authors.", notices=(tie,))
    for each in (notice, article) if turned else (article, notice):
        write(place, [each])
    statuses = {s.key: s.status for s in StoredLibrary(place).sources()}
    assert statuses["pmid-1"] is SourceStatus.RETRACTED
    assert statuses["pmid-2"] is SourceStatus.CURRENT


def test_a_retraction_outlasts_a_revision_of_the_record(place) -> None:
    write(place, [record("1")])
    with LibraryWriter(place) as writer:
        writer.add_notices([("1", "", RETRACTED)])
    write(place, [record("1", text="Corrected spelling.")])
    assert StoredLibrary(place).source("pmid-1").status is SourceStatus.RETRACTED


def test_a_second_writer_is_told_who_writes(place) -> None:
    with LibraryWriter(place), pytest.raises(LibraryBusy, match="another program"), LibraryWriter(place):
        pass


def test_readers_see_what_was_there_while_somebody_writes(place) -> None:
    """A reader that is open keeps its state; a new one sees what was committed."""
    write(place, [record("1")])
    reader = StoredLibrary(place)
    assert found(reader, "cobalamin") == {"pmid-1"}
    with LibraryWriter(place) as writer:
        writer.write([prepared(record("2"))])
        assert found(reader, "cobalamin") == {"pmid-1"}
        writer.commit_index()
        assert found(StoredLibrary(place), "cobalamin") == {"pmid-1", "pmid-2"}


def test_a_release_is_the_same_hash_for_the_same_content(tmp_path) -> None:
    """The order of loading leaves no trace in it; other content does."""
    digests = []
    for number, records in enumerate(([record("1"), record("2")], [record("2"), record("1")], [record("1")])):
        place = LibraryPlace(tmp_path / str(number))
        write(place, records)
        with LibraryWriter(place) as writer:
            digests.append(writer.name_release("now"))
    assert digests[0] == digests[1] != digests[2]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from("123"), st.sampled_from(["a b", "c|d e f", ""]), st.booleans()),
        st.tuples(st.just("remove"), st.sampled_from("123")),
        st.tuples(st.just("reopen")),
    ),
    max_size=12,
)


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_the_figures_are_always_those_of_what_is_there(tmp_path_factory, steps) -> None:
    """Whatever was put, replaced, joined and taken out, in whatever order, units and words are counted exactly."""
    place = LibraryPlace(tmp_path_factory.mktemp("figures"))
    model: dict[tuple[str, bool], Record] = {}
    writer = LibraryWriter(place).__enter__()
    try:
        for step in steps:
            match step:
                case ("put", pmid, text, full):
                    each = record(pmid, text, full=full)
                    model[pmid, full] = each
                    writer.write([prepared(each)])
                case ("remove", pmid):
                    model.pop((pmid, True), None)
                    model.pop((pmid, False), None)
                    writer.remove([f"pmid-{pmid}"])
                case _:
                    writer.__exit__(None, None, None)
                    writer = LibraryWriter(place).__enter__()
    finally:
        writer.__exit__(None, None, None)
    library = StoredLibrary(place)
    totals = [words_of(shown(model, pmid)) for pmid in sorted({pmid for pmid, _ in model})]
    assert library.figures.get("sources", 0) == len(totals)
    assert library.figures.get("units", 0) == sum(total[0] for total in totals) == library.index.size
    for place_, name in enumerate(FIELDS, 1):
        assert library.figures.get(f"words_{name}", 0) == sum(total[place_] for total in totals)


def shown(model: dict[tuple[str, bool], Record], pmid: str) -> Record:
    """What a library shows of a document: the full text where it has words, else the record."""
    parts: Sequence[Record] = [model[key] for key in ((pmid, True), (pmid, False)) if key in model]
    return next((part for part in parts if part.passages), parts[-1])


@pytest.mark.parametrize("name", ["pmid", "pmcid", "doi"])
def test_documents_are_looked_up_by_an_index(place, name, monkeypatch) -> None:
    """No identifier is looked for by reading every source: an import would slow down with the library."""
    write(place, [record("1", doi="10.1/a", pmcid="PMC1")])
    asked: list[tuple[str, object]] = []
    execute = Connection.execute

    def heard(self, statement, *values, **more):
        if str(statement).startswith("SELECT source."):
            asked.append((statement, self))
        return execute(self, statement, *values, **more)

    monkeypatch.setattr(Connection, "execute", heard)
    with LibraryWriter(place) as writer:
        writer.write([prepared(record("2", doi="10.1/b", pmcid="PMC2")), prepared(record("", doi="10.1/c", text="x"))])
    texts = [
        str(statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
        for statement, _ in asked
    ]
    mine = [each for each in texts if f"WHERE source.{name} IN" in each]
    assert mine
    with sqlite3.connect(place.file) as base:
        for each in mine:
            [(_, _, _, plan)] = base.execute(f"EXPLAIN QUERY PLAN {each}").fetchall()[:1]
            assert "USING INDEX" in plan, plan
    base.close()
