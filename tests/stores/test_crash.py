"""A program killed at any moment of an import leaves a library that opens, says what it has, and goes on."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bedside.evidence.candidate import Filters
from bedside.evidence.query import build_query
from bedside.evidence.record import Record, make_passage
from bedside.evidence.source import RecordCheck, Source, SourceKind
from bedside.stores import writer as writer_module
from bedside.stores.examining import examine
from bedside.stores.place import LibraryPlace
from bedside.stores.prepared import prepared
from bedside.stores.stored_library import StoredLibrary
from bedside.stores.writer import FileState, LibraryWriter

RECORDS = 1500
BATCH = 10
KILLS = 50


def record(number: int) -> Record:
    """A record in three passages, whose words name it."""
    key = f"pmid-{number}"
    texts = (f"Background of w{number}x.", f"Cobalamin in w{number}x.", f"Conclusion of w{number}x.")
    source = Source(
        key, SourceKind.TRIAL, f"Trial {number}", "Journal", RecordCheck.LOADED, pmid=str(number), year="2020"
    )
    return Record(source, tuple(make_passage(key, f"part {n}", text, position=n) for n, text in enumerate(texts)))


def import_all(place: LibraryPlace, said: int) -> None:
    """Import every record from where the library stands, and say each number that is committed."""
    with LibraryWriter(place) as writer:
        writer.begin("import")
        state = writer.file_state("file") or FileState("file", 1, 1)
        for first in range(state.records, RECORDS, BATCH):
            batch = [prepared(record(n)) for n in range(first + 1, first + BATCH + 1)]
            writer.write(batch, state=FileState("file", 1, 1, first + BATCH, first + BATCH >= RECORDS))
            os.write(said, f"{first + BATCH}\n".encode())


def killed_after(place: LibraryPlace, seconds: float) -> int:
    """Import in another process, kill it, and give the last number it said to be committed; 0 for none."""
    hear, said = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(hear)
            import_all(place, said)
        finally:
            os._exit(0)
    os.close(said)
    heard = b""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if not select.select([hear], [], [], left)[0]:
            break
        more = os.read(hear, 65536)
        if not more:  # it got to the end
            break
        heard += more
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(hear, 65536):
        heard += more
    os.close(hear)
    whole = heard.decode().split("\n")[:-1]
    return int(whole[-1]) if whole else 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_fifty_kills_lose_nothing_and_show_nothing_half(place, monkeypatch) -> None:
    """After each kill: every acknowledged record is whole and none is half; at the end, all are there and found."""
    monkeypatch.setattr(writer_module, "COMMIT_EVERY", 60)  # so that kills fall into commits of the index, too
    chance = random.Random(20261122)  # noqa: S311  the moments of the kills
    committed = finished = 0
    for _ in range(KILLS):
        committed = max(committed, killed_after(place, chance.uniform(0.0, 0.12)))
        finished += committed == RECORDS
        if not place.file.exists():
            continue
        try:
            library = StoredLibrary(place)
        except Exception:  # noqa: BLE001  killed before the first migration had ended: nothing was committed
            assert committed == 0
            continue
        shown = {source.key for source in library.sources()}
        assert len(shown) >= committed
        assert len(shown) % BATCH == 0
        for number in chance.sample(range(1, len(shown) + 1), min(3, len(shown))):
            assert library.passages_of(f"pmid-{number}") == record(number).passages
        found = examine(library, (), deep=False)
        assert all("index" in fault.what or "in part" in fault.what for fault in found.faults)
        library.close()
    assert finished < KILLS, "no kill fell into the import: the test proves nothing"
    with LibraryWriter(place) as writer:
        assert len(list_of(place)) >= committed
        del writer
    hear, said = os.pipe()
    import_all(place, said)
    os.close(said)
    os.close(hear)
    library = StoredLibrary(place)
    assert examine(library, ()).faults == []
    assert library.figures["sources"] == RECORDS == library.index.size
    assert [c.source for c in library.candidates(build_query("w777x"), Filters())] == ["pmid-777"]


def list_of(place: LibraryPlace) -> list[str]:
    return [source.key for source in StoredLibrary(place).sources()]


def test_an_index_that_is_gone_or_broken_is_made_again(place) -> None:
    """Deleted, emptied, filled with rubbish, or of another format: the next writer makes it from the database."""
    with LibraryWriter(place) as writer:
        writer.write([prepared(record(n)) for n in range(1, 4)])
    for harm in (_delete, _truncate, _scribble, _other_format):
        harm(place.index)
        with LibraryWriter(place):
            pass
        library = StoredLibrary(place)
        assert len(library.candidates(build_query("cobalamin"), Filters())) == 3, harm.__name__
        assert examine(library, ()).faults == []


def test_what_a_killed_commit_left_behind_is_in_nobodys_way(place) -> None:
    """Killed after the files of a commit were made and before it was whole: the next writer makes the same files."""
    with LibraryWriter(place) as writer:
        writer.write([prepared(record(n)) for n in range(1, 4)])
    before = {name: (place.index / name).read_bytes() for name in ("meta.json", "bedside.json")}
    with LibraryWriter(place) as writer:
        writer.remove(["pmid-1"])
    for name, data in before.items():
        (place.index / name).write_bytes(data)
    with LibraryWriter(place):
        pass
    library = StoredLibrary(place)
    assert sorted(c.source for c in library.candidates(build_query("cobalamin"), Filters())) == ["pmid-2", "pmid-3"]
    assert examine(library, ()).faults == []


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="reads what a process has mapped from /proc")
def test_nobody_follows_the_index_of_another_program(place) -> None:
    """A reader, and a writer that has ended, open no file that is written later: a file cut short would end them."""
    with LibraryWriter(place) as ended:
        ended.write([prepared(record(1))])
    reader = StoredLibrary(place)
    assert reader.index.size
    seen = _mapped(place)
    assert seen
    out = subprocess.run(
        [sys.executable, "-c", _ANOTHER, str(place.folder)], capture_output=True, text=True, check=False
    )
    assert out.returncode == 0, out.stderr
    time.sleep(1.2)  # the engine would look twice a second
    assert _mapped(place) <= seen
    assert reader.index.size == 1  # as at its generation
    assert StoredLibrary(place).index.size == 2
    assert ended.generation


_ANOTHER = """
import sys
from pathlib import Path
from tests.stores.test_crash import LibraryPlace, LibraryWriter, prepared, record
with LibraryWriter(LibraryPlace(Path(sys.argv[1]))) as writer:
    writer.write([prepared(record(2))])
"""


def _mapped(place: LibraryPlace) -> set[str]:
    lines = Path("/proc/self/maps").read_text().splitlines()
    return {line.split(maxsplit=5)[5] for line in lines if str(place.index) in line}


def test_deleting_the_index_is_said_to_a_reader(place) -> None:
    with LibraryWriter(place) as writer:
        writer.write([prepared(record(1))])
    _delete(place.index)
    found = examine(StoredLibrary(place), ())
    assert [fault.remedy for fault in found.faults] == ["Make it with: bedside library rebuild."]


def _delete(index: Path) -> None:
    for file in index.iterdir():
        file.unlink()
    index.rmdir()


def _truncate(index: Path) -> None:
    for file in index.iterdir():
        if file.name != "bedside.json":
            _put(file, "")


def _scribble(index: Path) -> None:
    _put(index / "meta.json", "{")


def _other_format(index: Path) -> None:
    _put(index / "bedside.json", '{"format": "0/none", "generation": 1}')


def _put(file: Path, text: str) -> None:
    """A new file in place of the old: the reader of the round before has the old one mapped, and cut short under it
    that would end this process (SIGBUS)."""
    file.unlink()
    file.write_text(text)
