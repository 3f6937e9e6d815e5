"""The import: every file in order, resumable, and an account of every record."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from bedside.errors import InputRefused
from bedside.evidence.candidate import Filters
from bedside.evidence.query import build_query
from bedside.ingest import work as work_module
from bedside.ingest.formats import files_in
from bedside.ingest.importing import import_paths
from bedside.stores.examining import examine
from bedside.stores.place import LibraryPlace
from bedside.stores.stored_library import StoredLibrary
from bedside.stores.writer import LibraryWriter
from tests.ingest.pubmed_samples import article, document


@pytest.fixture
def place(tmp_path) -> LibraryPlace:
    return LibraryPlace(tmp_path / "library")


@pytest.fixture(autouse=True)
def _small_lots(monkeypatch) -> None:
    """Two records a task, so that a small file has several."""
    monkeypatch.setattr(work_module, "RECORDS", 2)


def load(place, *paths, **options):
    with LibraryWriter(place) as writer:
        return import_paths(paths, writer, **options)


def keys(place) -> list[str]:
    return [source.key for source in StoredLibrary(place).sources()]


def file_of(path, *pmids, packed=False):
    data = document(*(article(pmid, abstract=f"Cobalamin in number {pmid}.") for pmid in pmids))
    path.write_bytes(gzip.compress(data) if packed else data)
    return path


def test_a_folder_is_read_whole_and_in_the_order_of_numbers(place, tmp_path) -> None:
    """File 9 before file 10; what is nothing to read is left alone."""
    folder = tmp_path / "files"
    folder.mkdir()
    file_of(folder / "pubmed10.xml.gz", "3", packed=True)
    file_of(folder / "pubmed9.xml", "1", "2")
    (folder / "notes.txt").write_text("not for the library")
    assert [path.name for path in files_in(folder)] == ["pubmed9.xml", "pubmed10.xml.gz"]
    report = load(place, folder)
    assert (report.records, report.counts.added, report.files_done, report.skipped) == (3, 3, 2, [])
    assert keys(place) == ["pmid-1", "pmid-2", "pmid-3"]


def test_an_update_file_replaces_and_removes(place, tmp_path) -> None:
    """Revisions take the place of records, DeleteCitation takes them out."""
    load(place, file_of(tmp_path / "base.xml", "1", "2", "3"))
    update = tmp_path / "update.xml"
    deletion = "<DeleteCitation><PMID>3</PMID><PMID>99</PMID></DeleteCitation>"
    update.write_bytes(document(article("2", abstract="Folate instead."), deletion))
    report = load(place, update)
    assert (report.counts.replaced, report.counts.removed) == (1, 1)
    library = StoredLibrary(place)
    assert [s.key for s in library.sources()] == ["pmid-1", "pmid-2"]
    assert {c.source for c in library.candidates(build_query("folate"), Filters())} == {"pmid-2"}


def test_a_file_that_was_read_is_not_read_again_unless_it_changed(place, tmp_path) -> None:
    path = file_of(tmp_path / "one.xml", "1", "2")
    load(place, path)
    again = load(place, path)
    assert (again.records, again.already) == (0, [str(path)])
    forced = load(place, path, again=True)
    assert (forced.records, forced.counts.unchanged) == (2, 2)
    file_of(path, "1", "2", "3")
    assert load(place, path).counts.added == 1


def test_stopped_in_the_middle_it_goes_on_there(place, tmp_path) -> None:
    """What was committed stays, and is not read again."""
    path = file_of(tmp_path / "one.xml", *map(str, range(1, 8)))

    def stop(report) -> None:
        if report.records >= 4:
            raise KeyboardInterrupt

    report = load(place, path, progress=stop)
    assert report.stopped
    assert len(keys(place)) == 4
    assert [fault.what for fault in examine(StoredLibrary(place), ()).faults] == [f"{path}: was read in part only."]
    rest = load(place, path)
    assert (rest.records, rest.counts.added, rest.counts.unchanged) == (3, 3, 0)
    assert len(keys(place)) == 7
    assert examine(StoredLibrary(place), ()).faults == []


def test_a_truncated_file_gives_what_was_whole_and_goes_on_when_fetched_again(place, tmp_path) -> None:
    words = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(9)]  # words that do not compress
    whole = gzip.compress(document(*(article(str(n), abstract=f"Words {words[n]}.") for n in range(1, 9))))
    path = tmp_path / "cut.xml.gz"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    report = load(place, path)
    assert report.counts.added == len(keys(place)) > 0
    assert any("ends too early" in skipped.reason for skipped in report.skipped)
    path.write_bytes(whole)
    load(place, path)
    assert len(keys(place)) == 8


def test_a_bad_record_and_a_bad_file_stop_nothing(place, tmp_path) -> None:
    """Each is named with its file and number; the others come in, whole."""
    first = tmp_path / "1.xml"
    first.write_bytes(document(article("1"), article("2").replace("</Article>", ""), article("3")))
    second = tmp_path / "2.xml"
    second.write_bytes(b"<html><body>Error 404</body></html>"[:20] + b"\x00\xff")
    third = file_of(tmp_path / "3.xml", "4")
    report = load(place, first, second, third)
    assert keys(place) == ["pmid-1", "pmid-3", "pmid-4"]
    named = {(skipped.file, skipped.number) for skipped in report.skipped}
    assert (str(first), 2) in named
    assert any(file == str(second) for file, _ in named)


def test_the_same_record_twice_in_one_file_is_one_source(place, tmp_path) -> None:
    path = tmp_path / "twice.xml"
    path.write_bytes(document(article("1", abstract="Old words."), article("1", abstract="New words.")))
    report = load(place, path)
    assert (report.counts.added, report.counts.replaced) == (1, 1)
    assert [p.text for p in StoredLibrary(place).passages_of("pmid-1")] == ["New words."]


def test_other_processes_give_the_same_library(tmp_path) -> None:
    """With helpers or alone: the same sources, the same figures, the same release."""
    path = file_of(tmp_path / "one.xml", *map(str, range(1, 30)))
    digests = []
    for number, processes in enumerate((1, 2)):
        here = LibraryPlace(tmp_path / str(number))
        with LibraryWriter(here) as writer:
            import_paths([path], writer, processes=processes, small=0)
            digests.append(writer.name_release("now"))
    assert digests[0] == digests[1]


def test_nothing_there_is_said_before_anything_is_read(place, tmp_path) -> None:
    with pytest.raises(InputRefused, match="no such file"):
        load(place, tmp_path / "missing.xml")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputRefused, match="Looked for"):
        load(place, tmp_path / "empty")
