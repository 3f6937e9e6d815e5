"""An answer is approved only when everything that it shows is: attacks on that rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

import bedside
from bedside.answer import AnswerKind
from bedside.article.article import Role
from bedside.rendering.headings import REVIEW_STATUS
from bedside.rendering.html.standalone import render as as_html
from bedside.rendering.html.status import standing
from bedside.rendering.json import render as as_json
from bedside.rendering.markdown import render as as_markdown
from bedside.rendering.reviewed import review_details, review_line
from bedside.rendering.takeaway.leaflet import leaflet
from bedside.rendering.takeaway.sbar import note
from bedside.rendering.view import view
from bedside.review.item import Item, ItemKind, Snapshot
from bedside.review.lapse import Reason, Why
from bedside.review.reasons import in_words
from bedside.review.standing import Signature, Standing
from bedside.review.state import State
from bedside.review.status import AnswerStatus, Status, answer_status, shown_items, status_of

QUESTION = "My B12 is 268 pg/mL on 1000 mcg cyanocobalamin tablets daily. What now?"
TODAY, TOMORROW = "2026-11-23", "2026-11-24"
ITEM = "statement:t/a"
LAST = "2027-05-31"


@pytest.fixture(scope="module")
def desk():
    return bedside.open()


@pytest.fixture(scope="module")
def answer(desk):
    """An answer with a pattern, rules that fire, open branches and statements."""
    return desk.ask(QUESTION, reader="patient", region="GB")


def signature(item=ITEM, name="Dr Ruth", expires=LAST, **more):
    return Signature(
        item,
        "f",
        "s",
        name.lower(),
        name,
        "reviewer",
        "MB ChB",
        "GMC 1",
        "None",
        "2026-11-01T09:00:00",
        expires,
        **more,
    )


def approved(item):
    return Status(item, item, State.APPROVED, "2026-11-01", LAST, (signature(item),))


def with_one(item, state):
    return lambda each: Status(each, each, state) if each == item else approved(each)


def test_with_everything_approved_it_is_approved(answer):
    """And says by whom and until when."""
    status = answer_status(answer, approved)
    assert status.approved
    assert status.expires == LAST
    assert review_line(status) == f"Approved by Dr Ruth, until {LAST}"
    assert status.patterns
    assert status.rules
    assert status.statements
    assert any(run.open_branches() for run in answer.runs)


def test_any_one_thing_that_is_not_approved_takes_it_away(answer):
    """Each pattern, each rule that fired or is open, each statement, in each state that is none."""
    for item in shown_items(answer):
        for state in State:
            if state is State.APPROVED:
                continue
            status = answer_status(answer, with_one(item, state))
            assert not status.approved, (item, state)
            assert status.state is state, (item, state)
            said = review_line(status)
            assert said.startswith("Not approved as a whole"), (item, state)
            assert f"{len(status.statements)}" in said


def test_one_open_rule_is_enough(answer):
    """An undecided rule that is shown as a branch counts as much as one that fired."""
    [run, *_] = [run for run in answer.runs if run.open_branches()]
    item = f"rule:{run.protocol.id}/{run.open_branches()[0].rule.id}"
    status = answer_status(answer, with_one(item, State.SUBMITTED))
    assert not status.approved
    assert status.state is State.SUBMITTED


def test_folded_sentences_count(answer):
    """What is shown on request is shown."""
    folded = [s for s in answer.article.sentences() if s.role is Role.CLAIM and s.folded and s.statement]
    assert folded
    assert not answer_status(answer, with_one(f"statement:{folded[0].statement}", State.LAPSED)).approved


def test_without_a_pattern_nothing_is_approved(answer):
    """Statements alone make no approved answer; nor does a second protocol without one."""
    [run] = answer.runs
    for runs in ((replace(run, pattern=None),), (run, replace(run, pattern=None))):
        status = answer_status(replace(answer, runs=runs), approved)
        assert status.state is State.NOT_SUBMITTED


def test_a_quotation_is_never_approved(answer):
    """Literature is reviewed by nobody here, and that is said."""
    [section, *rest] = answer.article.sections
    claim = next(s for s in answer.article.sentences() if s.role is Role.CLAIM)
    quoted = replace(claim, id="passage/1", statement="", passage="pmid:1/abstract/1")
    article = replace(answer.article, sections=(replace(section, sentences=(*section.sentences, quoted)), *rest))
    status = answer_status(replace(answer, article=article), approved)
    assert status.state is State.NOT_SUBMITTED
    assert any("quoted from literature" in line for line in review_details(status))


def test_emergency_and_declined_answers_are_never_approved(desk):
    """They follow no pattern: an emergency says how its statements stand, what was declined says nothing."""
    urgent = desk.ask("My father has chest pain and cannot breathe", reader="carer", region="GB")
    assert urgent.kind is AnswerKind.EMERGENCY
    assert not answer_status(urgent, approved).approved
    assert "Approved by" not in review_line(answer_status(urgent, approved))
    submitted = answer_status(urgent, lambda item: Status(item, item, State.SUBMITTED))
    assert submitted.state is State.SUBMITTED
    declined = desk.ask("How do I make a bomb?", reader="patient", region="GB")
    assert declined.kind is AnswerKind.DECLINED
    assert answer_status(declined, approved).state is State.NOT_SUBMITTED
    assert review_line(answer_status(declined, approved)) == REVIEW_STATUS


@pytest.mark.parametrize(
    "question",
    [
        "My child is 5 and has a B12 of 120 ng/L",
        "B12 in UK and US guidelines",
        "My dog has a low B12 of 120 ng/L",
        "My B12 is 150 ng/L and I have crushing chest pain right now",
        "My B12 is 150 ng/L and I am suicidal",
    ],
)
def test_nor_where_a_protocol_ran_all_the_same(desk, question):
    """A pattern was found, and the answer does not follow it: nobody signed what stands in its place."""
    answer = desk.ask(question, reader="patient", region="both")
    assert any(run.pattern is not None for run in answer.runs)
    status = answer_status(answer, approved)
    assert not status.approved
    assert status.patterns == ()
    assert "Approved by" not in review_line(status)


def test_nothing_approved_is_said_in_the_usual_words(answer):
    """Whatever the state: only a signature changes the words. Lapsed is told by the strip."""
    for state in (State.NOT_SUBMITTED, State.SUBMITTED, State.UNDER_REVIEW, State.RETURNED, State.LAPSED):
        status = answer_status(answer, lambda item, state=state: Status(item, item, state))
        assert status.state is state
        assert review_line(status) == REVIEW_STATUS
        seen = standing(answer, status)
        assert [each.name for each in seen.states if each.current] == [state.value]
        assert seen.said == REVIEW_STATUS
        assert not seen.details
        assert not seen.signed


def test_withdrawn_content_is_said(answer):
    """Also where nothing at all is approved."""
    item = next(each for each in shown_items(answer) if each.startswith("statement:"))
    status = answer_status(
        answer, lambda each: Status(each, each, State.WITHDRAWN if each == item else State.SUBMITTED)
    )
    assert any("1 statement shown here was withdrawn" in line for line in review_details(status))


def test_without_a_board_every_rendering_is_as_it_was(desk, answer):
    """Byte for byte; with one that approved nothing, too, but for the strip."""
    submitted = answer_status(answer, lambda item: Status(item, item, State.SUBMITTED))
    assert as_json(answer) == as_json(answer, submitted)
    assert as_markdown(view(answer)) == as_markdown(view(answer, review=submitted))
    assert leaflet(answer) == leaflet(answer, submitted)
    assert note(answer) == note(answer, submitted)
    assert len(standing(answer).states) == 6
    page = as_html(answer, desk.words(), aids=desk.aids)
    assert "Withdrawn" not in page
    assert "Withdrawn" in as_html(answer, desk.words(), aids=desk.aids, review=submitted)


def test_every_rendering_of_a_part_approved_says_so_and_no_more(desk, answer):
    """No file and no paper calls it approved, and none says that nobody reviewed anything."""
    item = next(each for each in shown_items(answer) if each.startswith("rule:"))
    status = answer_status(answer, with_one(item, State.LAPSED))
    texts = (
        as_json(answer, status),
        as_markdown(view(answer, review=status)),
        str(leaflet(answer, status)),
        str(note(answer, status)),
        as_html(answer, desk.words(), aids=desk.aids, review=status),
    )
    for text in texts:
        assert "Not approved as a whole" in text
        assert "Approved by" not in text
        assert REVIEW_STATUS not in text
    assert not note(answer, status).reviewed
    assert note(answer, answer_status(answer, approved)).reviewed


def a_board(state=State.APPROVED, expires=LAST, fingerprint="f", rests=None):
    """One statement and how it stands."""
    found = Item(ITEM, ItemKind.STATEMENT, "t", "A title", fingerprint, {})
    signed = (replace(signature(expires=expires), rests=rests or {}),)
    return {ITEM: Standing(ITEM, state, 3, 3, "2026-11-01T09:00:00", "f", signatures=signed)}, Snapshot(
        "k", {ITEM: found}, {}
    )


def test_an_item_is_approved_while_its_approval_holds():
    """On its last day still, on the next no more, whether or not anybody has swept."""
    standings, snapshot = a_board(expires=TODAY)
    assert status_of(ITEM, standings, snapshot, TODAY).approved
    late = status_of(ITEM, standings, snapshot, TOMORROW)
    assert late.state is State.LAPSED
    assert late.signatures == ()
    assert late.expires == ""
    assert late.reasons


@pytest.mark.parametrize(("changed", "rests"), [("g", {}), ("f", {"source:gone": "x"})])
def test_what_was_signed_and_is_another_now_is_not_approved(changed, rests):
    """Though nobody has swept."""
    standings, snapshot = a_board(fingerprint=changed, rests=rests)
    assert status_of(ITEM, standings, snapshot, TODAY).state is State.LAPSED


def test_a_pattern_is_not_approved_without_what_it_needs():
    """Its own signature may hold; a need that does not takes it away."""
    standings, snapshot = a_board()
    need = "statement:t/b"
    items = {ITEM: replace(snapshot.items[ITEM], needs=(need,))}
    assert not status_of(ITEM, standings, replace(snapshot, items=items), TODAY).approved


def test_what_the_board_does_not_know_is_not_submitted():
    """Nor what is in no state that a signature stands behind."""
    standings, snapshot = a_board(State.UNDER_REVIEW)
    assert status_of("statement:t/none", standings, snapshot, TODAY).state is State.NOT_SUBMITTED
    assert status_of(ITEM, standings, snapshot, TODAY).signatures == ()


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_is_a_sentence(why):
    """With the title of what it is about."""
    _, snapshot = a_board()
    said = in_words(Reason(why, ITEM, of="x" if why is Why.SUPERSEDED else TODAY), snapshot)
    assert said.endswith(".")
    assert said[0].isupper()
    assert "{" not in said


def test_signers_are_named_once():
    """Whoever signed many parts stands there once."""
    parts = tuple(approved(f"statement:t/{n}") for n in range(3))
    assert len(AnswerStatus(State.APPROVED, statements=parts).signers) == 1
