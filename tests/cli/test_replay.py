"""Replay says whether a saved answer still stands, and what differs."""

from __future__ import annotations

import json

import pytest

from bedside.cli.main import main
from bedside.cli.replay import differences

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
