"""The doctor finds what is wrong, and says so in exit status and words."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from bedside.cli import doctor as room
from bedside.cli import protocol
from bedside.cli.main import main
from bedside.ingest.compiled import DEFAULT


@pytest.fixture(autouse=True)
def few_cases(monkeypatch):
    """Run none of the cases here: test_protocol.py runs them all, and they take their time."""
    monkeypatch.setattr(protocol, "run_cases", lambda *_: ())


def checks(capsys):
    """The doctor's findings by name, and the exit status."""
    status = main(["doctor", "--json"])
    return {check["name"]: check for check in json.loads(capsys.readouterr().out)}, status


def test_a_sound_installation_passes(capsys):
    """Everything that ships is in order."""
    found, status = checks(capsys)
    assert [name for name, check in found.items() if not check["ok"]] == []
    assert status == 0
    assert list(found) == list(room.names())


def test_the_table_has_a_line_for_every_check(capsys):
    """The readable form says the same."""
    assert main(["doctor"]) == 0
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == list(room.names())


def test_changed_content_is_found(monkeypatch, tmp_path, capsys):
    """One changed byte and the hash no longer agrees: exit status 4."""
    data = bytearray(Path(DEFAULT).read_bytes())
    place = data.rindex(b"B12")
    data[place : place + 3] = b"B21"
    damaged = tmp_path / "content.jsonl"
    damaged.write_bytes(bytes(data))
    monkeypatch.setenv("BEDSIDE_CONTENT", str(damaged))
    found, status = checks(capsys)
    assert status == 4
    assert "hash" in found["content"]["detail"]


def test_missing_content_is_4(monkeypatch, tmp_path, capsys):
    """Without content the other checks are still reported."""
    monkeypatch.setenv("BEDSIDE_CONTENT", str(tmp_path / "none"))
    found, status = checks(capsys)
    assert status == 4
    assert found["python"]["ok"]
    assert not found["content"]["ok"]


def test_wrong_settings_are_1(monkeypatch, capsys):
    """A misspelt variable is a finding with its remedy."""
    monkeypatch.setenv("BEDSIDE_RAEDER", "nurse")
    found, status = checks(capsys)
    assert status == 1
    assert "BEDSIDE_READER" in found["settings"]["remedy"]


def test_statements_past_their_next_check_are_found(monkeypatch, capsys):
    """Ten years on, the content is overdue and the doctor says how much of it."""
    monkeypatch.setattr(room, "_today", lambda: "2036-01-01")
    found, status = checks(capsys)
    assert status == 1
    assert not found["dates"]["ok"]
    assert "past their next check" in found["dates"]["detail"]


def test_content_from_the_future_is_found(monkeypatch, capsys):
    """A clock that is wrong, or a release that is."""
    monkeypatch.setattr(room, "_today", lambda: "2020-01-01")
    found, _ = checks(capsys)
    assert not found["dates"]["ok"]


def test_a_failing_case_is_found(monkeypatch, capsys):
    """A case that does not come out as it says is a finding, with the command that shows it; here one of each topic."""
    monkeypatch.setattr(protocol, "run_cases", lambda *_: (SimpleNamespace(passed=True), SimpleNamespace(passed=False)))
    found, status = checks(capsys)
    assert status == 1
    assert found["cases"]["detail"] == "3 of 6 cases pass"
    assert "bedside protocol cases" in found["cases"]["remedy"]


@pytest.mark.parametrize("folders", [["file.txt"], ["file.txt", "below"]])
def test_a_home_that_is_a_file_is_found(monkeypatch, tmp_path, capsys, folders):
    """A home that cannot be a folder is a finding."""
    (tmp_path / "file.txt").write_text("", encoding="utf-8")
    monkeypatch.setenv("BEDSIDE_HOME", str(tmp_path.joinpath(*folders)))
    found, status = checks(capsys)
    assert not found["home"]["ok"]
    assert status == 1
