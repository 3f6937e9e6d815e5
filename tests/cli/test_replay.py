"""Replay says whether a saved answer still stands, and what differs."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import bedside
from bedside.cli.main import main
from bedside.cli.replay import differences
from bedside.facts.case import Edit, Told
from bedside.rendering.json import render
from bedside.settings import Settings
from bedside.stores.thread_store import FILE, open_threads
from bedside.thread import Turn

QUESTION = "My B12 is 268 pg/mL on 1000 mcg cyanocobalamin tablets daily. What now?"


@pytest.fixture
def saved(tmp_path, capsys):
    """A saved answer."""
    file = tmp_path / "answer.json"
    assert (
        main(["ask", "--for", "clinician", "--region", "GB", "--format", "json", "--output", str(file), QUESTION]) == 0
    )
    capsys.readouterr()
    return file


def edited(file, change):
    """The saved answer after a change by hand."""
    answer = json.loads(file.read_text(encoding="utf-8"))
    change(answer)
    file.write_text(json.dumps(answer), encoding="utf-8")
    return file


def test_a_saved_answer_replays(saved, capsys):
    """Same program, same content: the same answer, exit status 0."""
    assert main(["replay", str(saved)]) == 0
    assert "The same" in capsys.readouterr().out


def test_a_saved_answer_replays_whatever_the_settings_are_now(saved, monkeypatch, capsys):
    """Reader, region and day come from the file, not from today's defaults."""
    monkeypatch.setenv("BEDSIDE_READER", "patient")
    monkeypatch.setenv("BEDSIDE_AS_OF", "2025-01-01")
    assert main(["replay", str(saved)]) == 0
    capsys.readouterr()


def test_another_release_is_named(saved, capsys):
    """What changed is said: here the release and with it the run fingerprint."""

    def change(answer):
        answer["release"] = "1999.01"
        answer["fingerprints"]["run"] = "0" * 64

    assert main(["replay", str(edited(saved, change))]) == 1
    out = capsys.readouterr().out
    assert "release: 1999.01 ->" in out
    assert "run fingerprint: 000000000000 ->" in out


def test_a_saved_answer_that_was_edited_is_found_out(saved, capsys):
    """A sentence changed by hand is named even though the fingerprints were left alone."""

    def change(answer):
        answer["article"]["sections"][0]["sentences"][0]["text"] = "All is well."

    assert main(["replay", "--json", str(edited(saved, change))]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["same"] is False
    assert any("other words" in line for line in found["differences"])
    assert any("changed after it was written" in line for line in found["differences"])


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '{"schema": "bedside.answer/1"}', "\x00", "[" * 100_000, '{"schema": "x"}']
)
def test_what_is_not_a_saved_answer_is_refused(text, tmp_path, capsys):
    """Exit status 3, and how to save one."""
    file = tmp_path / "other.json"
    file.write_text(text, encoding="utf-8")
    assert main(["replay", str(file)]) == 3
    assert "--format json" in capsys.readouterr().err


def test_equal_answers_have_no_differences(saved):
    """Nothing differs from itself."""
    answer = json.loads(saved.read_text(encoding="utf-8"))
    assert list(differences(answer, answer)) == []


def test_any_changed_value_is_a_difference(saved):
    """No top-level value can change without a word."""
    answer = json.loads(saved.read_text(encoding="utf-8"))
    for key in answer:
        if key not in {"fingerprints", "article", "protocols"}:
            changed = {**answer, key: [] if isinstance(answer[key], list) and answer[key] else ["changed"]}
            assert list(differences(answer, changed)), key


TOLD = (
    Told(QUESTION),
    Told("MMA came back 180 nmol/L, eGFR 92"),
    Told("", (Edit("pregnancy", "present"),)),
)
NOW = datetime.now(UTC)
START, END = (at.isoformat(timespec="seconds") for at in (NOW, NOW + timedelta(days=30)))


@pytest.fixture
def store():
    """The threads of this test's home."""
    opened = open_threads(Settings.load(os.environ))
    yield opened
    opened.close()


def kept(store, change=lambda turn: turn):
    """A thread of three turns as they were answered, after a change to each."""
    desk = bedside.open()
    token = ""
    for number in range(len(TOLD)):
        answer = desk.follow_up(TOLD[: number + 1], reader="clinician", region="GB")
        prints, told = answer.fingerprints, TOLD[number]
        turn = change(
            Turn(
                number, told.text, told.edits, "clinician", "GB", "", START, prints.content, prints.run, render(answer)
            )
        )
        token = store.add(token, turn, START).token if token else store.create(START, END, turn).token
    return token


def test_every_turn_of_a_thread_replays(store, capsys):
    """With what was told up to it, words and edits; whatever the settings are now."""
    token = kept(store)
    assert main(["replay", token]) == 0
    out = capsys.readouterr().out
    assert [line.split(": run")[0] for line in out.splitlines()] == [f"Turn {n}: the same" for n in range(3)]
    assert main(["replay", "--json", f"{token}/1"]) == 0
    said = json.loads(capsys.readouterr().out)
    [turn] = said["turns"]
    assert (said["same"], turn["turn"], turn["differences"]) == (True, 1, [])
    assert turn["run"]["saved"] == turn["run"]["now"]


def test_after_an_upgrade_what_reads_differently_is_said(store, capsys):
    """A turn that an older release answered in other words: release, fingerprint, and which sentences."""

    def older(turn):
        if turn.number != 1:
            return turn
        saved = json.loads(turn.answer)
        saved["release"], saved["fingerprints"]["run"] = "1999.01", "0" * 64
        sentences = saved["article"]["sections"][0]["sentences"]
        sentences[0]["text"] = "What an older release said."
        return replace(turn, run="0" * 64, answer=json.dumps(saved))

    token = kept(store, older)
    assert main(["replay", token]) == 1
    out = capsys.readouterr().out
    assert "Turn 0: the same" in out
    assert "Turn 1: different:\n  release: 1999.01 ->" in out
    assert "run fingerprint: 000000000000 ->" in out
    assert "sentences, other words:" in out
    assert "Turn 2: the same" in out
    assert main(["replay", f"{token}/0"]) == 0
    assert main(["replay", "--json", f"{token}/1"]) == 1
    capsys.readouterr()


def test_a_turn_whose_words_were_changed_behind_its_back_is_found(store, capsys):
    """The words kept are no longer those that were answered."""
    token = kept(store, lambda turn: replace(turn, text=turn.text.replace("180", "480")))
    assert main(["replay", "--json", token]) == 1
    said = json.loads(capsys.readouterr().out)
    assert [turn["same"] for turn in said["turns"]] == [True, False, False]


@pytest.mark.parametrize(
    "change",
    [
        lambda turn: replace(turn, answer="{}"),
        lambda turn: replace(turn, answer="null"),
        lambda turn: replace(turn, run="0" * 64),
        lambda turn: replace(turn, edits=(Edit("no_such_fact", "present"),)),
    ],
)
def test_a_turn_that_cannot_be_compared_is_a_difference(change, store, capsys):
    """No answer, another fingerprint beside it, a fact that today's program does not know."""
    assert main(["replay", f"{kept(store, change)}/0"]) == 1
    assert "Turn 0: different" in capsys.readouterr().out


def test_a_thread_or_turn_that_is_not_there_is_said(store, capsys):
    """Exit status 2."""
    token = kept(store)
    assert main(["replay", f"{token}/3"]) == 2
    assert "The last turn of this thread is 2." in capsys.readouterr().err
    assert main(["replay", "x" * 32]) == 2
    assert "no thread under this link" in capsys.readouterr().err


def test_where_no_threads_are_kept_none_is_made(capsys):
    """Looking for a thread makes no database."""
    assert main(["replay", "x" * 32]) == 2
    assert "no thread" in capsys.readouterr().err
    assert not (Settings.load(os.environ).home / FILE).exists()


def test_a_file_whose_name_looks_like_a_thread_is_read_as_a_file(saved, tmp_path, monkeypatch, capsys):
    """What is there goes first."""
    monkeypatch.chdir(tmp_path)
    saved.rename(tmp_path / ("a" * 32))
    assert main(["replay", "a" * 32]) == 0
    assert capsys.readouterr().out.startswith("The same")
