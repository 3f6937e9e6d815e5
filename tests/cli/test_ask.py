"""``bedside ask`` takes a question from anywhere and writes the answer where it is wanted."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from jsonschema import Draft202012Validator

from bedside.cli.ask import wants_colour
from bedside.cli.main import main

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "answer.schema.json").read_text(encoding="utf-8"))
FOUNDING = (
    "My serum vitamin B12 level is 268 pg/mL while I am taking 1000 micrograms oral cyanocobalamin daily; "
    "what is the appropriate management?"
)


@pytest.mark.parametrize("style", ["terminal", "markdown", "json"])
@pytest.mark.parametrize("reader", ["patient", "carer", "student", "nurse", "clinician"])
def test_the_founding_question_is_answered_for_everybody(style, reader, capsys):
    """Each reader gets an answer in each format, with references and its review status."""
    assert main(["ask", "--for", reader, "--format", style, FOUNDING]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "Not reviewed by a clinician" in printed.out
    assert "[1]" in printed.out or '"number": 1' in printed.out


@pytest.mark.parametrize(
    "question",
    [
        FOUNDING,
        "I have chest pain and my B12 is 150",
        "My dog has a B12 of 150 pg/mL",
        "B12 268",
        "My 4 year old has a B12 of 150 ng/L",
        "what is the best laptop?",
        "MMA 0.48 umol/L, eGFR 28, B12 200 pmol/L, unsteady walking, mother has pernicious anaemia",
        "hydroxocobalamin injections every 3 months, level 1500, can I stop?",
    ],
)
@pytest.mark.parametrize("region", ["GB", "both"])
def test_every_kind_of_answer_follows_the_schema(question, region, capsys):
    """Answered, emergency and declined: each is a result with exit status 0 that the published schema describes."""
    assert main(["ask", "--for", "clinician", "--region", region, "--format", "json", question]) == 0
    written = json.loads(capsys.readouterr().out)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(written)] == []
    numbers = [reference["number"] for reference in written["references"]]
    cited = {c["source"] for part in written["article"]["sections"] for s in part["sentences"] for c in s["citations"]}
    assert numbers == list(range(1, len(numbers) + 1))
    assert cited == {reference["source"] for reference in written["references"]}


@pytest.mark.parametrize(("said", "meant"), [("uk", "GB"), ("gb", "GB"), ("USA", "US"), ("Both", "both")])
def test_a_region_may_be_called_as_people_call_it(said, meant, capsys):
    """The United Kingdom is GB in the records and UK in every mouth."""
    assert main(["ask", "--region", said, "--format", "json", "B12 150 ng/L"]) == 0
    assert json.loads(capsys.readouterr().out)["question"]["region"] == meant


def test_words_without_quotes_are_one_question(capsys):
    """Forgotten quotes do no harm."""
    assert main(["ask", "--format", "json", "Is", "B12", "of", "300", "pmol/L", "low?"]) == 0
    assert json.loads(capsys.readouterr().out)["question"]["text"] == "Is B12 of 300 pmol/L low?"


def test_a_question_from_the_input_a_file_and_the_line_is_the_same(monkeypatch, tmp_path, capsys):
    """Where the text comes from changes nothing."""
    file = tmp_path / "question.txt"
    file.write_text(FOUNDING, encoding="utf-8")
    answers = []
    for words in ([FOUNDING], ["-"], ["--file", str(file)]):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(FOUNDING.encode())))
        assert main(["ask", "--format", "json", *words]) == 0
        answers.append(capsys.readouterr().out)
    assert len(set(answers)) == 1


def test_the_answer_is_written_to_a_file(tmp_path, capsys):
    """With --output nothing appears on stdout, and the file has no colour."""
    file = tmp_path / "answer.md"
    assert main(["ask", "--format", "terminal", "--output", str(file), FOUNDING]) == 0
    assert capsys.readouterr().out == ""
    assert "\x1b" not in file.read_text(encoding="utf-8")


def test_asking_writes_nothing_to_the_home(capsys):
    """No question and no answer is kept anywhere."""
    assert main(["ask", FOUNDING]) == 0
    capsys.readouterr()
    assert list(Path(os.environ["BEDSIDE_HOME"]).rglob("*")) == []


@pytest.mark.parametrize(
    ("data", "status"), [(b"", 3), (b"   \n", 3), (b"\xff\xfe\xfa", 3), (b"B12 \x00 150", 3), (b"x" * 100_001, 3)]
)
def test_what_cannot_be_read_as_a_question_is_refused(data, status, tmp_path, capsys):
    """Empty, too long, or not text: exit status 3, the reason and a remedy on stderr."""
    file = tmp_path / "question.txt"
    file.write_bytes(data)
    assert main(["ask", "--file", str(file)]) == status
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 2


def test_a_file_and_a_question_together_are_wrong_use(tmp_path, capsys):
    """Only one of them can be meant."""
    assert main(["ask", "--file", str(tmp_path), "q"]) == 2
    assert "--file" in capsys.readouterr().err


def test_a_wrong_day_is_refused(capsys):
    """--as-of wants an ISO date."""
    assert main(["ask", "--as-of", "tomorrow", FOUNDING]) == 2
    assert "2026-11-22" in capsys.readouterr().err


def test_explain_and_full_add_and_take_nothing_away(capsys):
    """Every line of the short answer's sentences is in the full one, and explain adds its parts."""
    main(["ask", "--format", "json", FOUNDING])
    sentences = [s for part in json.loads(capsys.readouterr().out)["article"]["sections"] for s in part["sentences"]]
    main(["ask", "--format", "terminal", "--full", "--explain", FOUNDING])
    printed = " ".join(capsys.readouterr().out.split())
    assert "Rules that fired" in printed
    for sentence in sentences:
        assert sentence["id"] in printed


def test_settings_are_used_and_the_line_wins(monkeypatch, capsys):
    """A reader set in the environment is the default; --for replaces it."""
    monkeypatch.setenv("BEDSIDE_READER", "nurse")
    monkeypatch.setenv("BEDSIDE_FORMAT", "json")
    main(["ask", FOUNDING])
    assert json.loads(capsys.readouterr().out)["question"]["reader"] == "nurse"
    main(["ask", "--for", "carer", FOUNDING])
    assert json.loads(capsys.readouterr().out)["question"]["reader"] == "carer"


@pytest.mark.parametrize(
    ("setting", "environ", "terminal", "to_file", "wanted"),
    [
        ("auto", {}, True, False, True),
        ("auto", {"NO_COLOR": "1"}, True, False, False),
        ("auto", {"TERM": "dumb"}, True, False, False),
        ("auto", {}, False, False, False),
        ("auto", {}, True, True, False),
        ("always", {"NO_COLOR": "1"}, False, True, True),
        ("never", {}, True, False, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(monkeypatch, setting, environ, terminal, to_file, wanted):
    """NO_COLOR, a dumb terminal, a pipe and a file stay plain."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(isatty=lambda: terminal))
    assert wants_colour(setting, to_file=to_file) is wanted


def test_an_answer_as_one_file_of_html(capsys):
    """It needs nothing else: no script, no style sheet elsewhere."""
    assert main(["ask", "--format", "html", FOUNDING]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!doctype html>")
    assert "268 pg/mL" in page
    assert "Not reviewed by a clinician" in page
    assert "<script" not in page
    assert 'rel="stylesheet"' not in page
