"""The board's trail when things go wrong: killed programs, several processes at once, a clock set back, a full disk, a
folder nobody may write to."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import textwrap
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from bedside.errors import ClockSetBack, LibraryUnusable
from bedside.review.chain import Proof, prove
from bedside.review.event import hash_of_text
from bedside.settings import Settings
from bedside.stores.review_conformance import an_append
from bedside.stores.review_store import open_review
from tests.stores.killing import killed_after
from tests.stores.test_faults import in_a_small_disk, needs_namespaces

NOW = "2026-03-01T12:00:00+00:00"
KILLS = 20
WRITERS = 3
PROCESSES = 4
ROUNDS = 20
ROWS = 12


# Killed -------------------------------------------------------------------------------------------------------------


def write_without_end(settings: Settings, seed: int, said: int) -> None:
    """Append from several threads of the program, one or several events with a text; say what was acknowledged."""
    store = open_review(settings)

    def writer(own: int) -> None:
        chance = random.Random(own)  # noqa: S311
        for number in range(1_000_000):
            subject, words = f"rule:topic/{own}-{number}", f"text {own}/{number} " * chance.choice((1, 10, 3000))
            several = [an_append(subject, revision, text=words) for revision in range(chance.randrange(1, 5))]
            for event in store.append(several):
                os.write(said, f"{event.number} {event.hash} {event.note}\n".encode())

    writers = [threading.Thread(target=writer, args=(seed * WRITERS + n,), daemon=True) for n in range(WRITERS)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_twenty_kills_lose_no_acknowledged_event(settings) -> None:
    """After each kill -9: every event that was acknowledged is in the trail under its number, with its text, additions
    are whole, the trail proves whole, and the next start goes on from there."""
    chance = random.Random(20261123)  # noqa: S311  the moments of the kills
    acknowledged: dict[int, tuple[str, str]] = {}
    caught = 0
    for kill in range(KILLS):
        begun = kill % 2 == 1  # every second kill falls into the writing; the others may come before it
        seconds = chance.uniform(0.0, 0.5 if begun else 0.7)
        lines = killed_after(seconds, partial(write_without_end, settings, kill), begun=begun)
        new = {int(number): (found, note) for number, found, note in map(str.split, lines)}
        caught += bool(new)
        assert not acknowledged.keys() & new.keys(), "a row was written over"
        acknowledged |= new
        store = open_review(settings)
        rows = {event.number: event for event in store.trail()}
        assert prove(rows.values()) == Proof(len(rows), store.head()[1])
        for number, (found, note) in acknowledged.items():
            assert (rows[number].hash, rows[number].note) == (found, note)
        for _, note in new.values():
            assert hash_of_text(store.text(note) or "") == note
        with store._engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        [after] = store.append([an_append(f"rule:topic/after-{kill}", 0)])
        assert after.number == len(rows) + 1
        store.close()
    assert caught >= KILLS // 2, "hardly a kill fell into the writing: the test proves nothing"
    assert len(acknowledged) > KILLS


# Several at once ----------------------------------------------------------------------------------------------------

RACER = """
import sys
from dataclasses import replace
from bedside.errors import ReviewMoved
from bedside.settings import Settings
from bedside.stores.review_conformance import an_append
from bedside.stores.review_store import open_review
home, database, name = sys.argv[1:]
store = open_review(replace(Settings.load({"BEDSIDE_HOME": home}), database=database))
print("ready", flush=True)
for line in sys.stdin:
    subject, revision = line.split()
    try:
        [event] = store.append([an_append(subject.replace("NAME", name), int(revision), text=name)])
        print("won", event.number, flush=True)
    except ReviewMoved:
        print("moved", flush=True)
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_of_several_processes_one_acts_and_the_others_are_told(kind, settings, request) -> None:
    """Four processes act on the same revision of a subject at the same moment, again and again: one does, and
    nothing is overwritten. On subjects of their own all get in. The chain is whole."""
    if kind == "postgresql":
        settings = replace(settings, database=request.getfixturevalue("postgres"))
    store = open_review(settings)
    before = store.head()[0]
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(settings.home), settings.database, f"racer-{number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    try:
        assert [racer.stdout.readline() for racer in racers] == ["ready\n"] * PROCESSES
        for revision in range(ROUNDS):
            for subject, winners in (("rule:topic/same", 1), ("rule:topic/NAME", PROCESSES)):
                for racer in racers[:: 1 if revision % 2 else -1]:
                    racer.stdin.write(f"{subject} {revision}\n")
                    racer.stdin.flush()
                ended = [racer.stdout.readline().split() for racer in racers]
                assert sorted(each[0] for each in ended) == ["moved"] * (PROCESSES - winners) + ["won"] * winners
        rows = before + ROUNDS * (1 + PROCESSES)
        assert prove(store.trail()) == Proof(rows, store.head()[1])
        assert [event.revision for event in store.events(subject="rule:topic/same")] == list(range(1, ROUNDS + 1))
    finally:
        for racer in racers:
            racer.stdin.close()
            racer.wait(30)
            racer.stdout.close()
        store.close()


# The clock, the disk ------------------------------------------------------------------------------------------------


def test_a_clock_set_back_is_said_and_adds_nothing(store) -> None:
    """More than two minutes: refused. Less: the row gets the time of the one before it."""
    rows = list(store.events())
    with pytest.raises(ClockSetBack) as said:
        store.append([an_append("rule:topic/a", 0), an_append("rule:topic/b", 0, "2026-03-01T11:58:10+00:00")])
    assert "2026-03-01T11:58:10" in said.value.what
    assert "Set the clock right" in said.value.remedy
    assert list(store.events()) == rows
    [made] = store.append([an_append("rule:topic/b", 0, "2026-03-01T11:58:11+00:00")])
    assert made.at == rows[-1].at
    assert prove(store.trail()).whole


def test_a_full_disk_is_said_and_what_was_acknowledged_stays(tmp_path) -> None:
    """The event is refused with a clear error; every one before it is there, the trail is whole, and goes on once there
    is space."""
    needs_namespaces()
    done = _on_a_disk(
        """
        filler = disk / "filler"
        filler.write_bytes(b"x" * 500_000)
        store = open_review(settings)
        kept = []
        try:
            for number in range(100_000):
                kept += store.append([an_append(f"rule:topic/{number}", 0, text=f"{number} " * 2000)])
            print("it never became full")
        except LibraryUnusable as error:
            print("SAID", error.exit_status, error)
        print("READ", len(kept) > 5 and list(store.events()) == kept and prove(store.trail()).whole)
        filler.unlink()
        kept += store.append([an_append("rule:topic/after", 0)])
        store.close()
        store = open_review(settings)
        print("WHOLE", list(store.events()) == kept and prove(store.trail()).whole)
        """,
        tmp_path,
        "size=3m",
    )
    assert "SAID 4" in done.stdout, done.stdout + done.stderr
    assert "disk is full" in done.stdout
    assert "Free some space" in done.stdout
    assert "READ True" in done.stdout
    assert "WHOLE True" in done.stdout


def test_a_folder_nobody_may_write_to_is_said(tmp_path) -> None:
    """Where there is no file yet it cannot be made; where there is one, nothing can be written to it."""
    needs_namespaces()
    done = _on_a_disk(
        """
        (disk / "empty").mkdir()
        store = open_review(settings)
        store.append([an_append("rule:topic/a", 0)])
        store.close()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        for home in ("home", "empty", "none"):
            try:
                store = open_review(Settings.load({"BEDSIDE_HOME": str(disk / home)}))
                store.append([an_append("rule:topic/a", 1)])
                print("it was written")
            except LibraryUnusable as error:
                print("SAID", home, error)
        """,
        tmp_path,
        "size=5m",
    )
    for home in ("home", "empty", "none"):
        [line] = [line for line in done.stdout.splitlines() if line.startswith(f"SAID {home}")]
        assert str(tmp_path) in line
    assert done.stdout.count("Check the rights of this folder") == 3, done.stdout + done.stderr


def test_a_database_of_a_newer_program_is_left_alone(store, settings) -> None:
    """The error says which versions meet, and what to do."""
    with store._changing.begin() as connection:
        connection.execute(text("UPDATE review_migration SET version_num = '9999'"))
    store.close()
    with pytest.raises(LibraryUnusable, match=r"newer bedside \(schema 9999, this one knows 0001\)") as said:
        open_review(settings)
    assert "Update bedside" in said.value.remedy


def _on_a_disk(program: str, folder: Path, options: str) -> subprocess.CompletedProcess[str]:
    """Run a program whose home is on a small disk of its own."""
    before = f"""
import subprocess, sys
sys.path.insert(0, {str(Path.cwd())!r})
from pathlib import Path
from bedside.errors import LibraryUnusable
from bedside.review.chain import prove
from bedside.settings import Settings
from bedside.stores.review_conformance import an_append
from bedside.stores.review_store import open_review
disk = Path({str(folder)!r})
settings = Settings.load({{"BEDSIDE_HOME": str(disk / "home")}})
"""
    return in_a_small_disk(before + textwrap.dedent(program), str(folder), options)
