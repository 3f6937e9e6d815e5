"""``bedside library`` shows where every sentence comes from."""

from __future__ import annotations

import json

import pytest

from bedside.cli.main import main


def printed(words, capsys):
    """The JSON a command writes."""
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_sources_are_listed_by_kind_and_status(capsys):
    """The filters keep what they say, and leave something."""
    every = printed(["library", "list"], capsys)
    guidelines = printed(["library", "list", "--kind", "guideline"], capsys)
    assert {s["key"] for s in guidelines} == {s["key"] for s in every if s["kind"] == "guideline"} != set()
    current = printed(["library", "list", "--status", "current"], capsys)
    assert all(source["status"] == "current" for source in current)


def test_a_source_is_shown_with_what_cites_it(capsys):
    """Each statement named can itself be shown, and cites the source."""
    shown = printed(["library", "show", "nice-ng239"], capsys)
    assert shown["cited_by"]
    statement = printed(["library", "show", shown["cited_by"][0]], capsys)
    assert "nice-ng239" in {citation["source"] for citation in statement["citations"]}


def test_a_statement_says_what_it_rests_on(capsys):
    """The basis line stands below the wording."""
    name = printed(["library", "show", "nice-ng239"], capsys)["cited_by"][0]
    assert main(["library", "show", name]) == 0
    out = capsys.readouterr().out
    assert "our wording of" in out
    assert "checked against" not in out


@pytest.mark.parametrize("name", ["nice-ng293", "vitamin-b12/no-such-statement", "zzzzzz"])
def test_a_name_that_does_not_exist_is_refused(name, capsys):
    """Exit status 2, with the nearest name or where to look."""
    assert main(["library", "show", name]) == 2
    err = capsys.readouterr().err
    assert "Did you mean" in err or "bedside library list" in err
