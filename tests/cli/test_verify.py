"""Verify says whether a bundle from elsewhere holds, and what does not."""

from __future__ import annotations

import json
from functools import cache

import pytest

import bedside
from bedside.cli import verify as verifying
from bedside.cli.main import main
from bedside.facts.case import Edit, Told
from bedside.rendering.bundle import bundle, sealed, written

TOLD = (
    Told("My B12 is 268 pg/mL on 1000 mcg cyanocobalamin tablets daily. What now?"),
    Told("MMA came back 180 nmol/L, eGFR 92", (Edit("pregnancy", "absent"),)),
)


@cache
def of_two_turns():
    """A bundle of a thread with two turns."""
    return bundle(bedside.open().follow_up(TOLD, reader="clinician", region="GB"))


@pytest.fixture
def made(tmp_path):
    """The same in a file of the test's own."""
    file = tmp_path / "bundle.json"
    file.write_text(of_two_turns(), encoding="utf-8")
    return file


def changed(file, change, *, seal=True):
    """The bundle after a change, sealed again or not."""
    values = json.loads(file.read_text(encoding="utf-8"))
    change(values)
    file.write_text(written(sealed(values) if seal else values), encoding="utf-8")
    return file


def said(capsys):
    """What was printed as JSON."""
    return json.loads(capsys.readouterr().out)


def test_a_bundle_verifies(made, capsys):
    """Exit status 0; the answer was asked again, with every turn and edit, and is the same."""
    assert main(["verify", str(made)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Verified.")
    assert "Asked again: the same, run" in out
    assert main(["verify", "--json", str(made)]) == 0
    found = said(capsys)
    assert (found["verified"], found["asked_again"], found["found"]) == (True, True, [])
    assert found["run"]["bundle"] == found["run"]["now"]
    assert found["claims"] > 10


def test_a_bundle_verifies_whatever_reader_and_region_are_set_here(made, monkeypatch, capsys):
    """They come from the bundle."""
    monkeypatch.setenv("BEDSIDE_READER", "student")
    monkeypatch.setenv("BEDSIDE_REGION", "US")
    monkeypatch.setenv("BEDSIDE_AS_OF", "2025-01-01")
    assert main(["verify", str(made)]) == 0
    assert "Asked again: the same" in capsys.readouterr().out


def test_what_was_changed_is_found(made, capsys):
    """Exit status 1: the seal does not fit."""

    def change(values):
        values["answer"]["question"]["text"] += " "

    assert main(["verify", "--json", str(changed(made, change, seal=False))]) == 1
    assert said(capsys)["found"][0]["check"] == "seal"


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("facts_detail", lambda values: values["answer"]["facts_detail"].pop()),
        ("run fingerprint", lambda values: values["turns"][1].update(text="MMA came back 480 nmol/L, eGFR 92")),
        ("run fingerprint", lambda values: values["turns"].pop()),
        ("sources", lambda values: values["sources"][0].update(title="Another title")),
        ("statements", lambda values: values["statements"][0].update(population="Everybody")),
        ("outcome", lambda values: values["answer"]["outcome"].update(classification="NORMAL")),
        ("the fingerprints agree", lambda values: values["answer"]["article"].pop("title")),
        ("cannot be asked", lambda values: values["turns"][0].update(text="")),
    ],
)
def test_a_forgery_that_was_sealed_again_is_found_by_asking_again(part, change, made, capsys):
    """Where the same release and version are here, nothing at all can be forged."""
    assert main(["verify", "--json", str(changed(made, change))]) == 1
    found = said(capsys)["found"]
    assert {each["check"] for each in found} == {"answer"}
    assert any(part in each["what"] for each in found)


@pytest.mark.parametrize(("name", "key"), [("version", "code_version"), ("release", "release")])
def test_made_by_another_version_or_release_it_is_said(name, key, made, capsys):
    """The other checks are made; that the answer was not asked again is said, with the reason."""

    def change(values):
        values["answer"][key] = "1999.01"

    assert main(["verify", str(changed(made, change))]) == 0
    assert f"Not asked again: it was made by {name} 1999.01, here is" in capsys.readouterr().out
    assert main(["verify", "--json", str(made)]) == 0
    found = said(capsys)
    assert (found["verified"], found["asked_again"], found["run"]["now"]) == (True, False, None)


def test_made_with_other_settings_it_is_said(made, monkeypatch, capsys):
    """What can change an answer is not the same here."""
    monkeypatch.setenv("BEDSIDE_INPUT_LIMIT", "5000")
    assert main(["verify", str(made)]) == 0
    assert "Not asked again: it was made with other settings" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"schema": "bedside.bundle/1"}', "\x00", "[" * 100_000, "\ud800"])
def test_what_is_no_bundle_is_refused(text, tmp_path, capsys):
    """Exit status 3, and where to get one."""
    file = tmp_path / "other.json"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert main(["verify", str(file)]) == 3
    assert "not a bundle" in capsys.readouterr().err


def test_a_saved_answer_is_no_bundle(tmp_path, capsys):
    """The answer's JSON is what `bedside replay` reads."""
    file = tmp_path / "answer.json"
    assert main(["ask", "--format", "json", "--output", str(file), "Is B12 of 300 pmol/L low?"]) == 0
    assert main(["verify", str(file)]) == 3
    capsys.readouterr()


def test_a_file_too_large_or_not_there_is_refused(made, tmp_path, monkeypatch, capsys):
    """Before it is read."""
    assert main(["verify", str(tmp_path / "none.json")]) == 2
    monkeypatch.setattr(verifying, "MAX_BYTES", 1000)
    assert main(["verify", str(made)]) == 3
    assert "larger than a bundle" in capsys.readouterr().err
