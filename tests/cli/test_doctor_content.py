"""``bedside doctor --content``: what is due on a day, what is near, what no longer stands."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import bedside
from bedside.cli.main import main
from bedside.evaluation.due_content import Why, due_items
from bedside.evidence.source import SourceStatus

DAY, LATER = "2026-11-23", "2027-06-01"


@pytest.fixture(scope="module")
def desk():
    return bedside.open()


@pytest.fixture
def one(desk):
    """A statement of the content, checked again on a day of this test, and the source it cites first."""
    statement = desk.library.statement("vitamin-b12/b12-indeterminate")
    statement = replace(statement, next_check="2027-01-01", unconfirmed=False)
    return statement, desk.library.source(statement.citations[0].source)


def due(statement, source, on=DAY, within=0):
    return [(item.kind, item.why) for item in due_items(on, within, [source], [statement], [])]


def said(capsys, *options):
    status = main(["doctor", "--content", "--json", *options])
    return json.loads(capsys.readouterr().out), status


def test_nothing_is_due_before_its_day(one):
    """The day before the window reaches it."""
    assert due(*one) == []
    assert due(*one, within=38) == []


def test_a_day_that_is_near_is_said_of_statement_and_source(one):
    """In the window, the last day included."""
    assert due(*one, within=39) == [("source", Why.NEAR), ("statement", Why.NEAR)]


@pytest.mark.parametrize("on", ["2027-01-01", "2027-01-02"])
def test_a_day_that_has_come_is_late(one, on):
    """On the day itself and after it."""
    assert due(*one, on=on) == [("source", Why.LATE), ("statement", Why.LATE)]


def test_no_day_at_all_has_to_be_mended(one):
    """A statement nobody dated."""
    statement, source = one
    assert due(replace(statement, next_check=""), source) == [("statement", Why.UNDATED)]


def test_unconfirmed_is_listed_and_does_not_press(one):
    """Two readings could not settle it: not a matter of a day."""
    statement, source = one
    [item] = due_items(DAY, 0, [source], [replace(statement, unconfirmed=True)], [])
    assert item.why is Why.UNCONFIRMED
    assert not item.why.pressing


@pytest.mark.parametrize("status", [s for s in SourceStatus if s is not SourceStatus.CURRENT])
def test_a_source_that_no_longer_stands_presses(one, status):
    """Retracted, in doubt, superseded or to be reviewed, while something cites it."""
    statement, source = one
    [item] = due_items(DAY, 0, [replace(source, status=status)], [statement], [])
    assert (item.kind, item.id, item.concerns) == ("source", source.key, (statement.id,))
    assert item.why.pressing
    assert due_items(DAY, 0, [replace(source, status=status)], [], []) == ()


def test_a_superseded_source_that_is_cited_as_such_is_no_fault(one):
    """The statement says so, or cites the newer document too; a retracted one is a fault whatever is said."""
    statement, source = one
    older = replace(source, status=SourceStatus.SUPERSEDED, superseded_by="newer")
    assert due(replace(statement, clinical=f"{statement.clinical} It is superseded."), older) == []
    both = replace(statement, citations=(*statement.citations, replace(statement.citations[0], source="newer")))
    assert due(both, older) == []
    assert due(both, replace(older, status=SourceStatus.RETRACTED)) == [("source", Why.RETRACTED)]


def test_the_command_says_what_presses_in_its_exit_status(capsys):
    """1 exactly when something has to be done now, on any day."""
    for options in ((), ("--on", LATER), ("--on", DAY, "--within", "0")):
        found, status = said(capsys, *options)
        assert status == int(any(item["pressing"] for item in found["due"]))


def test_the_whole_content_is_late_one_day(capsys, desk):
    """Ten years on, every statement is."""
    found, status = said(capsys, "--on", "2036-01-01")
    late = {item["id"] for item in found["due"] if item["why"] == "late" and item["kind"] == "statement"}
    assert late == {statement.id for statement in desk.library.statements()}
    assert status == 1


def test_the_lists_are_cut_in_the_terminal_only(capsys):
    """Twenty of a kind, and how many more."""
    main(["doctor", "--content", "--on", "2036-01-01"])
    printed = capsys.readouterr().out
    assert "Due on 2036-01-01 or within 90 days" in printed
    assert "more: --json" in printed


@pytest.mark.parametrize("options", [["--content", "--on", "soon"], ["--on", DAY], ["--within", "3"]])
def test_wrong_use_is_2(capsys, options):
    """A day that is none, and options that belong together."""
    assert main(["doctor", *options]) == 2
    assert capsys.readouterr().err
