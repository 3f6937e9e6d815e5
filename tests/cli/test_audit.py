"""``bedside audit`` reads an article from anywhere and ends with 1 where something is found."""

from __future__ import annotations

import io
import json
import sys
from types import SimpleNamespace

import pytest

import bedside
from bedside.cli.main import main
from bedside.verification.claims import CHECKED, claims

ENOUGH = 8

TEXT = "Never give folic acid before correcting B12 deficiency.\n\nTake 1 mg (100 mcg) of cyanocobalamin daily.\n"


@pytest.fixture
def article(tmp_path):
    """A small article with a conversion that is wrong."""
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize("style", ["terminal", "markdown", "html", "json"])
def test_an_article_is_audited_in_every_format(article, style, capsys):
    """The status says that something was found, and the output what."""
    assert main(["audit", "--format", style, str(article)]) == 1
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "1 mg is 1000 mcg" in " ".join(printed.out.split())


def test_the_input_is_read_and_a_file_written(tmp_path, monkeypatch, capsys):
    """A dash for the input, --output for a file."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    target = tmp_path / "audit.json"
    assert main(["audit", "-", "--format", "json", "--output", str(target)]) == 1
    assert capsys.readouterr().out == ""
    written = json.loads(target.read_text(encoding="utf-8"))
    assert written["schema"] == "bedside.audit/1"
    assert written["summary"]["findings"]["fault"] == 1


def test_statements_in_their_own_words_are_held_against_themselves(tmp_path, capsys):
    """An article that says what a shipped statement says finds that statement; the status is 0 where it is clean."""
    clean = tried = 0
    for statement in bedside.open().shipped.statements():
        alone = claims(statement.clinical)
        if len(alone) != 1 or alone[0].kind not in CHECKED or alone[0].text != statement.clinical:
            continue  # a statement of two sentences is two claims, each less than the statement
        path = tmp_path / "article.txt"
        path.write_text(statement.clinical, encoding="utf-8")
        status = main(["audit", "--format", "json", str(path)])
        written = json.loads(capsys.readouterr().out)
        assert statement.id in written["claims"][0]["considered"]
        assert status == (0 if written["summary"]["clean"] else 1)
        clean, tried = clean + written["summary"]["clean"], tried + 1
        if tried == ENOUGH:
            break
    assert tried == ENOUGH
    assert clean > 0


@pytest.mark.parametrize(("data", "words"), [(b"", "empty"), (b"\x00\x01", "not text"), (b"Menu", "no sentence")])
def test_what_is_no_article_is_refused(tmp_path, data, words, capsys):
    """Status 3, with what to do, and nothing on standard output."""
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    assert main(["audit", str(path)]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in printed.err


def test_a_wrong_format_is_refused_with_the_nearest(article, capsys):
    """Status 2."""
    assert main(["audit", "--format", "htm", str(article)]) == 2
    assert "html" in capsys.readouterr().err
