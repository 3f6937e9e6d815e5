"""``bedside follow-up`` goes on with a thread on the command line, and ``bedside ask --keep`` begins one."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import bedside
from bedside.cli import follow_up as command
from bedside.cli.ask import ask
from bedside.cli.main import main
from bedside.errors import ThreadMoved, ThreadNotFound, UsageError
from bedside.facts.case import Edit, Told
from bedside.settings import Settings
from bedside.thread import Thread

FOUNDING = "My B12 is 268 pg/mL on 1000 mcg cyanocobalamin tablets daily. What now?"


class Remembered:
    """The store of threads, in memory."""

    def __init__(self):
        self.threads = {}
        self.closed = 0

    def create(self, now, expires, turn):
        """Begin a thread."""
        thread = Thread(f"token-{len(self.threads)}", now, expires, (turn,))
        self.threads[thread.token] = thread
        return thread

    def add(self, token, turn, now):
        """Add the next turn."""
        thread = self.read(token, now)
        if turn.number != len(thread.turns):
            raise ThreadMoved
        self.threads[token] = replace(thread, turns=(*thread.turns, turn))
        return self.threads[token]

    def read(self, token, now):
        """The thread."""
        if token not in self.threads or self.threads[token].expires <= now:
            raise ThreadNotFound
        return self.threads[token]

    def close(self):
        """Count how often it was closed."""
        self.closed += 1


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk on the shipped content."""
    return bedside.open(Settings.load({"BEDSIDE_HOME": str(tmp_path_factory.mktemp("follow-up"))}))


@pytest.fixture
def threads(monkeypatch):
    """A store in memory in the place of the database."""
    store = Remembered()
    monkeypatch.setattr("bedside.stores.thread_store.open_threads", lambda _: store)
    return store


@pytest.fixture
def token(threads, desk):
    """A thread with the founding question."""
    return command.begun(desk, threads, desk.ask(FOUNDING, reader="nurse", region="GB"), FOUNDING)


def said(*arguments):
    """Run the command and give back nothing; its output is captured."""
    command.follow_up.main(args=list(arguments), standalone_mode=False)


def test_asking_can_begin_a_thread(threads, capsys):
    """With --keep the answer is on stdout as always, and how to go on is on stderr."""
    assert main(["ask", FOUNDING]) == 0
    plain = capsys.readouterr().out
    assert main(["ask", "--keep", FOUNDING]) == 0
    printed = capsys.readouterr()
    assert printed.out == plain
    assert "bedside follow-up token-0" in printed.err
    [turn] = threads.threads["token-0"].turns
    assert (turn.number, turn.text, turn.edits) == (0, FOUNDING, ())
    assert threads.closed == 1


def test_without_keep_nothing_is_kept(threads, capsys):
    """Nobody's words are stored unasked."""
    ask.main(args=[FOUNDING], standalone_mode=False)
    assert threads.threads == {}
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("style", ["terminal", "markdown"])
def test_what_changed_stands_first(threads, token, style, capsys):
    """The lines of what changed come before the answer, each with its cause."""
    said(token, "MMA came back 480 nmol/L, eGFR 92", "--format", style)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].lstrip("# ") == "What changed"
    assert lines[2].startswith(
        "- Serum methylmalonic acid (MMA): raised [because of serum methylmalonic acid (MMA): 480 nmol/L (new)"
    )
    assert len(threads.threads[token].turns) == 2


def test_the_reader_and_region_of_before_stay(token, capsys):
    """Unless others are given, the next turn is for the same reader and region."""
    said(token, "MMA came back 480 nmol/L", "--json")
    asked = json.loads(capsys.readouterr().out)["answer"]["question"]
    assert (asked["reader"], asked["region"]) == ("nurse", "GB")
    said(token, "thank you", "--for", "patient", "--region", "US", "--json")
    asked = json.loads(capsys.readouterr().out)["answer"]["question"]
    assert (asked["reader"], asked["region"]) == ("patient", "US")


def test_the_json_has_the_answer_and_what_changed(threads, token, desk, capsys):
    """The answer inside is the document of the same turns, and the run fingerprint that is kept is its own."""
    said(token, "MMA came back 480 nmol/L, eGFR 92", "--format", "json")
    written = json.loads(capsys.readouterr().out)
    assert written["schema"] == command.SCHEMA
    assert [step["concept"] for step in written["told"]] == ["mma_serum", "egfr"]
    assert all(line["because"] for line in written["changes"])
    turn = threads.threads[token].turns[1]
    assert written["answer"]["fingerprints"]["run"] == turn.run
    again = desk.follow_up((Told(FOUNDING), Told(turn.text)), reader="nurse", region="GB")
    assert again.fingerprints.run == turn.run


def test_facts_are_set_by_hand(threads, token, capsys):
    """--set needs no words, and is kept with its turn."""
    said(token, "--set", "total_b12=150 pg/mL", "--set", "pregnancy = absent")
    printed = capsys.readouterr().out
    assert "is now low" in printed
    assert threads.threads[token].turns[1].edits == (Edit("total_b12", "150 pg/mL"), Edit("pregnancy", "absent"))
    assert threads.threads[token].turns[1].text == ""


def test_another_person_is_said_to_begin_a_new_case(token, capsys):
    """Nothing is compared, and the facts of before do not count."""
    said(token, "what about my mother, 82?")
    assert "a new case" in capsys.readouterr().out
    said(token, "B12 150 ng/L", "--json")
    written = json.loads(capsys.readouterr().out)
    assert {fact["name"] for fact in written["answer"]["facts"]} == {"sex", "age_years", "total_b12"}


def test_words_that_tell_nothing_say_so(token, capsys):
    """A reader sees that nothing was understood from a turn."""
    said(token, "hm")
    printed = capsys.readouterr().out
    assert "Nothing in the answer." in printed
    assert "Read in this turn: no new fact." in printed


@pytest.mark.parametrize("written", ["numbness", "=absent", "numbness="])
def test_an_edit_without_name_or_value_is_refused(written):
    """The form of --set is said in the error."""
    with pytest.raises(UsageError, match="NAME=VALUE"):
        command.edit(written)


@pytest.mark.parametrize("arguments", [["nothing-here", "thanks"], ["TOKEN"], ["TOKEN", "x", "--set", "b13=present"]])
def test_what_cannot_be_done_keeps_nothing(threads, token, arguments):
    """A wrong token, no words, and a fact that does not exist are errors, and no turn is added."""
    with pytest.raises(UsageError):
        said(*(token if word == "TOKEN" else word for word in arguments))
    assert len(threads.threads[token].turns) == 1
