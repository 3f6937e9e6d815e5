"""Threads when things go wrong: killed programs, two windows at once, a full disk, a folder nobody may write to."""

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

from bedside.errors import LibraryUnusable
from bedside.settings import Settings
from bedside.stores.thread_conformance import a_turn
from bedside.stores.thread_store import FILE, open_threads
from tests.stores.killing import killed_after
from tests.stores.test_faults import in_a_small_disk, needs_namespaces

NOW, END = "2026-03-01T12:00:00+00:00", "2026-03-31T12:00:00+00:00"
KILLS = 30
WRITERS = 3
ROUNDS = 25


def the_turn(number: int, seed: int):
    """A turn whose every part can be told from its number and its writer's seed: some of several pages."""
    answer = f"answer {seed}/{number} " * random.Random(f"{seed}/{number}").choice((1, 10, 5000))  # noqa: S311
    return replace(a_turn(number, f"text {seed}/{number}"), answer=answer)


def write_without_end(settings: Settings, seed: int, said: int) -> None:
    """Begin threads and add to them from several threads of the program; say what was acknowledged."""
    store = open_threads(settings)

    def writer(own: int) -> None:
        chance = random.Random(own)  # noqa: S311
        while True:
            made = store.create(NOW, END, the_turn(0, own))
            os.write(said, f"{made.token} 0 {own}\n".encode())
            for number in range(1, chance.randrange(1, 6)):
                store.add(made.token, the_turn(number, own), NOW)
                os.write(said, f"{made.token} {number} {own}\n".encode())

    writers = [threading.Thread(target=writer, args=(seed * WRITERS + n,), daemon=True) for n in range(WRITERS)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_thirty_kills_lose_nothing_and_leave_nothing_half(settings) -> None:
    """After each kill -9: every thread and turn that was acknowledged is there and whole, and no thread is without a
    turn, or turn out of order."""
    chance = random.Random(20261122)  # noqa: S311  the moments of the kills
    acknowledged: dict[str, tuple[int, int]] = {}
    caught = 0
    for kill in range(KILLS):
        begun = kill % 2 == 1  # every second kill falls into the writing; the others may come before it
        seconds = chance.uniform(0.0, 0.5 if begun else 0.6)
        lines = killed_after(seconds, partial(write_without_end, settings, kill), begun=begun)
        new = {token: (int(number), int(own)) for token, number, own in map(str.split, lines)}  # the last of each
        caught += bool(new)
        acknowledged |= new
        store = open_threads(settings)
        for token, (last, own) in new.items():
            turns = store.read(token, NOW).turns
            assert len(turns) in (last + 1, last + 2)  # one more was written, and not yet said
            assert turns == tuple(the_turn(n, own) for n in range(len(turns)))
        with store._engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            counted = "SELECT t.id, count(n.number), max(n.number) FROM thread t LEFT JOIN turn n ON n.thread = t.id"
            for _, turns, last in connection.execute(text(f"{counted} GROUP BY t.id")):
                assert turns == last + 1 > 0
        store.close()
    assert caught >= KILLS // 2, "hardly a kill fell into the writing: the test proves nothing"
    store = open_threads(settings)
    for token, (last, _) in acknowledged.items():
        assert len(store.read(token, NOW).turns) > last
    store.close()


RACER = """
import sys
from dataclasses import replace
from pathlib import Path
from bedside.errors import ThreadMoved
from bedside.settings import Settings
from bedside.stores.thread_conformance import a_turn
from bedside.stores.thread_store import open_threads
home, database, token, name, now = sys.argv[1:]
store = open_threads(replace(Settings.load({"BEDSIDE_HOME": home}), database=database))
print("ready", flush=True)
for line in sys.stdin:
    number = int(line)
    try:
        store.add(token, a_turn(number, f"{name} {number}"), now)
        print("won", flush=True)
    except ThreadMoved:
        print("moved", flush=True)
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_of_two_windows_exactly_one_adds_a_turn(kind, settings, request) -> None:
    """Two processes add a turn of the same number at the same moment, again and again: one does, the other is told."""
    if kind == "postgresql":
        settings = replace(settings, database=request.getfixturevalue("postgres"))
    store = open_threads(settings)
    made = store.create(NOW, END, a_turn(text="begin"))
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(settings.home), settings.database, made.token, name, NOW],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("left", "right")
    ]
    try:
        assert [racer.stdout.readline() for racer in racers] == ["ready\n"] * 2
        wanted = ["begin"]
        for number in range(1, ROUNDS + 1):
            for racer in racers[:: 1 if number % 2 else -1]:
                racer.stdin.write(f"{number}\n")
                racer.stdin.flush()
            ended = [racer.stdout.readline().strip() for racer in racers]
            assert sorted(ended) == ["moved", "won"], (number, ended)
            wanted.append(f"{('left', 'right')[ended.index('won')]} {number}")
        assert [turn.text for turn in store.read(made.token, NOW).turns] == wanted
    finally:
        for racer in racers:
            racer.stdin.close()
            racer.wait(30)
            racer.stdout.close()
        store.close()


def test_a_full_disk_is_said_and_what_was_acknowledged_stays(tmp_path) -> None:
    """The turn is refused with a clear error; every one before it is there, and writing goes on once there is space."""
    needs_namespaces()
    done = _on_a_disk(
        """
        filler = disk / "filler"
        filler.write_bytes(b"x" * 500_000)
        store = open_threads(settings)
        kept = []
        try:
            for number in range(100_000):
                kept.append(store.create(NOW, END, replace(a_turn(), text=f"{number} " * 2000)))
            print("it never became full")
        except LibraryUnusable as error:
            print("SAID", error.exit_status, error)
        print("READ", len(kept) > 5 and all(store.read(each.token, NOW) == each for each in kept))
        filler.unlink()
        more = store.create(NOW, END, a_turn())
        store.close()
        store = open_threads(settings)
        print("WHOLE", all(store.read(each.token, NOW) == each for each in (*kept, more)))
        """,
        tmp_path,
        "size=3m",
    )
    assert "SAID 4" in done.stdout, done.stdout + done.stderr
    assert "disk is full" in done.stdout
    assert "Free some space" in done.stdout
    assert "READ True" in done.stdout
    assert "WHOLE True" in done.stdout


def test_a_disk_that_is_full_from_the_start_is_said(tmp_path) -> None:
    """Not even the tables can be made."""
    needs_namespaces()
    done = _on_a_disk(
        """
        (disk / "home").mkdir()
        with open(disk / "filler", "wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"x" * 4096)
            except OSError:
                pass
        try:
            open_threads(settings)
        except LibraryUnusable as error:
            print("SAID", error.exit_status, error)
        """,
        tmp_path,
        "size=1m",
    )
    assert "SAID 4" in done.stdout, done.stdout + done.stderr
    assert "bedside.db" in done.stdout


def test_a_folder_nobody_may_write_to_is_said(tmp_path) -> None:
    """Where there is no file yet it cannot be made; where there is one, nothing can be written to it."""
    needs_namespaces()
    done = _on_a_disk(
        """
        (disk / "empty").mkdir()
        store = open_threads(settings)
        store.create(NOW, END, a_turn())
        store.close()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        for home in ("home", "empty", "none"):
            try:
                store = open_threads(Settings.load({"BEDSIDE_HOME": str(disk / home)}))
                store.create(NOW, END, a_turn())
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


def test_a_database_of_a_newer_program_is_left_alone(settings) -> None:
    """The error says which versions meet, and what to do."""
    store = open_threads(settings)
    store.create(NOW, END, a_turn())
    with store._changing.begin() as connection:
        connection.execute(text("UPDATE thread_version SET version_num = '9999'"))
    store.close()
    before = (settings.home / FILE).read_bytes()
    with pytest.raises(LibraryUnusable, match="newer bedside") as said:
        open_threads(settings)
    assert "Update bedside" in said.value.remedy
    assert (settings.home / FILE).read_bytes() == before


def _on_a_disk(program: str, folder: Path, options: str) -> subprocess.CompletedProcess[str]:
    """Run a program whose home is on a small disk of its own."""
    before = f"""
import subprocess, sys
sys.path.insert(0, {str(Path.cwd())!r})
from dataclasses import replace
from pathlib import Path
from bedside.errors import LibraryUnusable
from bedside.settings import Settings
from bedside.stores.thread_conformance import a_turn
from bedside.stores.thread_store import open_threads
NOW, END = {NOW!r}, {END!r}
disk = Path({str(folder)!r})
settings = Settings.load({{"BEDSIDE_HOME": str(disk / "home")}})
"""
    return in_a_small_disk(before + textwrap.dedent(program), str(folder), options)
