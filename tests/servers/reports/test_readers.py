"""Those who report: what is sent, what is kept, what they see of it, and that they can take it back."""

from __future__ import annotations

import re

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from bedside.errors import ClockSetBack
from bedside.review.report import ReportAction, ReportKind, ReportState
from bedside.review.report_words import LONGEST_WORDS
from bedside.review.status import shown_items
from bedside.servers.reports import editors, keeping, readers
from bedside.servers.reports.form import KINDS
from bedside.servers.walls import Rate, Walls
from tests.servers.application import HOME
from tests.servers.reports.house import PEOPLE, house, token_in

STATEMENT = "statement:vitamin-b12/b12-indeterminate"
WORDS = "Zarquonberry took the tablets <b>twice</b>"


@pytest.fixture
def home():
    return house()


def only(home):
    [found] = keeping.every(home.board, home.reports)
    return found


def test_the_form_stands_beside_each_answer_and_says_what_is_sent(home):
    """No account, no script; not for emergencies comes first."""
    page = home.get(home.asked())
    form = page[page.index('class="report-form"') :]
    assert form.index("not for emergencies") < form.index("<fieldset")
    for label in KINDS.values():
        assert label in form
    assert "What is sent" in form
    assert "/report" in form
    assert "script" not in form[: form.index("</form>")]


def test_a_report_from_a_thread_names_what_was_shown(home):
    """The ids and the fingerprint, worked out here and not believed from the form; question and answer stay behind."""
    where = home.asked()
    sent = home.post(f"{where}/report", kind="wrong", words=WORDS, number="1", items="statement:x/y", content="0" * 64)
    assert sent.status_code == 303
    answer = home.app.state.answers.answer(next(iter(home.app.state.answers._made))[1])
    report = only(home)
    assert report.kind is ReportKind.WRONG
    assert set(report.items) == set(shown_items(answer))
    assert report.fingerprint == answer.fingerprints.content
    words = home.reports.words(report.id)
    assert (words.text, words.question, words.answer) == (WORDS, "", "")
    assert home.board.queue()[0]  # the queue takes it in


def test_question_and_answer_go_along_only_when_ticked(home):
    """As they were read: of the turns, the reader and the region of the page."""
    where = home.asked("My B12 is 268 pg/mL, says Quonzar")
    fields = {"kind": "harm", "words": "", "number": "1", "for": "clinician", "region": "GB"}
    home.post(f"{where}/follow-up", question="MMA 180 nmol/L", number="1", reader="patient", region="GB")
    home.post(f"{where}/report", copy="yes", **fields)
    words = home.reports.words(only(home).id)
    assert words.question == "My B12 is 268 pg/mL, says Quonzar"
    assert words.answer.startswith("# ")
    home.post(f"{where}/delete")
    assert home.get(where, 404)
    assert home.reports.words(only(home).id) == words


def test_the_words_are_nowhere_but_in_their_store(home):
    """Not in the trail, not in an address, not on a page of anybody else."""
    where = home.reported("harm", WORDS, about="the page about Zarquonberry")
    trail = str([*home.board.store.events()])
    assert "Zarquon" not in trail
    assert "Zarquon" not in where
    assert "Zarquon" in home.get(where)
    assert "<b>twice</b>" not in home.get(where)
    home.sit("ruth")
    listed = home.get("/board/reports")
    assert "Zarquon" not in listed
    assert "Zarquon" in home.get(f"/board/reports/{only(home).id}")
    for path in ("/board/trail", "/board", "/about/board", "/board/queue"):
        assert "Zarquon" not in home.get(path)


def test_the_seal_in_the_trail_proves_the_words_and_tells_nothing(home):
    """It is of the words and a random value: the same words have another one."""
    home.reported("wrong", WORDS)
    home.reported("wrong", WORDS)
    seals = [event.detail["words"] for event in home.board.store.events() if event.subject.startswith("report:")]
    assert len(set(seals)) == 2
    kept = [home.reports.words(filed.id).seal for filed in home.reports.filed()]
    assert sorted(kept) == sorted(seals)


@pytest.mark.parametrize(
    ("about", "item"),
    [
        (STATEMENT, STATEMENT),
        ("vitamin-b12/b12-indeterminate", STATEMENT),
        ("https://bedside.example/statements/vitamin-b12/b12-indeterminate?x=1#y", STATEMENT),
        ("/statements/vitamin-b12/b12-indeterminate", STATEMENT),
        ("statement:vitamin-b12/nothing", ""),
        ("/about/limits", ""),
        ("http://[", ""),
        ("the page with the table", ""),
        ("", ""),
    ],
)
def test_a_page_or_statement_can_be_named(home, about, item):
    """What names an item of ours is kept as its id; anything else stays with the words."""
    home.reported("wrong", "x", about=about)
    report = only(home)
    assert report.items == ((item,) if item else ())
    assert home.reports.words(report.id).place == ("" if item else about)


def test_the_link_of_a_statement_names_it_and_no_word_of_an_address_is_shown(home):
    """``?about=`` takes an item of ours, and nothing else."""
    page = home.get("/statements/vitamin-b12/b12-indeterminate")
    link = re.search(r'href="(/report\?about=[^"]+)"', page)[1]
    assert f'value="{STATEMENT}"' in home.get(link)
    assert "Zarquon" not in home.get("/report?about=Zarquon")


@pytest.mark.parametrize("fields", [{}, {"kind": "praise"}, {"kind": "wrong", "words": "x" * (LONGEST_WORDS + 1)}])
def test_what_is_unfit_comes_back_with_its_words(home, fields):
    """422, with the reason, beside an answer and without one."""
    where = home.asked()
    for path in ("/report", f"{where}/report"):
        sent = home.post(path, **{"words": WORDS, "number": "1", **fields})
        assert sent.status_code == 422, path
        assert 'role="alert"' in sent.text
        assert ("Zarquonberry" in sent.text) is ("words" not in fields)
        assert "<b>twice" not in sent.text
    assert keeping.every(home.board, home.reports) == ()


def test_strange_words_are_kept_and_shown(home):
    """A form can bring lone surrogates, control characters and markup."""
    for words in ("\ud800 x", "a\x00b\x1b[31m", "</textarea><script>alert(1)</script>", "{{ 7*7 }}", "हिन्दी 🩸"):
        where = home.reported("not-understood", words.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
        assert "<script>alert" not in home.get(where)


def test_a_reader_sees_each_step_and_the_outcome(home):
    """Harm by its own route; the words of the board when it is closed."""
    where = home.reported("harm", WORDS)
    assert "Triaged" in home.get(where)
    report = only(home)
    editor = PEOPLE["ed"]
    for action, more in (
        (ReportAction.TRIAGE, {"severity": "moderate", "note": "Internal remark."}),
        (ReportAction.INVESTIGATE, {}),
        (ReportAction.CLOSE, {"note": "The statement was withdrawn."}),
    ):
        report = keeping.act(home.board, home.reports, editor, action, report, revision=report.revision, **more)
        page = home.get(where)
        assert re.search(rf'aria-current="step"><span>{report.state.value}', page)
    assert "The statement was withdrawn." in page
    assert "Internal remark." not in page


def test_who_takes_it_back_takes_the_words_back(home):
    """For good; the trail keeps ids and stays whole; the link says so; it weighs no more."""
    where = home.reported("harm", WORDS, about=STATEMENT)
    weight = {entry.item.id: entry for entry in home.board.queue()}[STATEMENT].reasons
    assert home.post(f"{where}/withdraw").headers["location"] == where
    page = home.get(where)
    assert "Zarquon" not in page
    assert "Withdrawn" in page
    report = only(home)
    assert report.state is ReportState.WITHDRAWN
    assert report.items == (STATEMENT,)
    assert home.reports.words(report.id) is None
    assert home.board.prove().whole
    assert {entry.item.id: entry for entry in home.board.queue()}[STATEMENT].reasons != weight
    assert home.post(f"{where}/withdraw").status_code == 303  # twice is once
    assert len([*home.board.store.events(subject=report.subject)]) == 2


def test_the_words_go_even_where_the_trail_cannot_be_written(home, monkeypatch):
    """Somebody's wish to delete does not wait for a clock."""
    where = home.reported("wrong", WORDS)

    def refuse(*_args):
        raise ClockSetBack("now", "then")

    monkeypatch.setattr(home.board, "write", refuse)
    home.post(f"{where}/withdraw")
    assert home.reports.words(only(home).id) is None


def test_a_report_is_not_lost_because_its_row_has_to_wait(home, monkeypatch):
    """It is kept and listed; the hourly sweep writes the row."""

    def refuse(*_args):
        raise ClockSetBack("now", "then")

    with monkeypatch.context() as patch:
        patch.setattr(home.board, "write", refuse)
        where = home.reported("harm", WORDS)
        assert "Received" in home.get(where)
        assert home.sit("ed").get(f"/board/reports/{only(home).id}")
    assert only(home).revision == 0
    assert keeping.settle(home.board, home.reports) == 1
    assert keeping.settle(home.board, home.reports) == 0
    assert only(home).revision == 1
    assert only(home).kind is ReportKind.HARM


@pytest.mark.parametrize("token", ["x", "A" * 32, "%00", "..%2f", "a" * 4_000, "%C3%A9", "'%20OR%201=1--"])
def test_a_link_that_is_none_shows_nothing(home, token):
    """404, like an address of nothing."""
    home.reported()
    assert home.browser().get(f"/report/{token}").status_code == 404
    assert home.post(f"/report/{token}/withdraw").status_code == 404


def test_private_pages_are_kept_by_nobody(home):
    """No cache, no search engine, no referrer."""
    reply = home.browser().get(home.reported())
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-robots-tag"] == "noindex, nofollow"
    assert reply.headers["referrer-policy"] == "no-referrer"


def test_every_form_needs_its_token(home):
    """Also the ones of readers, who have no account."""
    where, thread = home.reported(), home.asked()
    routes = [*readers.router.routes, *editors.router.routes]
    posts = [route.path for route in routes if isinstance(route, APIRoute) and "POST" in route.methods]
    assert len(posts) == 5
    home.sit("ed")
    for path in ("/report", f"{thread}/report", f"{where}/withdraw", "/board/reports/export.jsonl", "/board/reports/x"):
        assert home.browser().post(path, data={"kind": "wrong"}).status_code == 403, path
        stranger = TestClient(home.app, base_url=HOME, follow_redirects=False)
        other = token_in(home.get("/report"))
        assert stranger.post(path, data={"kind": "wrong", "csrf": other}).status_code == 403, path
    assert len(keeping.every(home.board, home.reports)) == 1


def test_reports_are_limited_like_questions():
    """One client cannot fill the list."""
    walls = Walls(asking=Rate(60, 3), reading=Rate(0, 0))
    home = house(walls=walls)
    assert [home.post("/report", kind="wrong").status_code for _ in range(5)] == [303, 303, 303, 429, 429]


def test_without_anybody_to_read_it_that_is_said(home, monkeypatch):
    """And without a board there is no form at all."""
    monkeypatch.setattr(type(home.board.accounts), "members", lambda _self: {})
    assert "no editor" in home.get("/report")
    where = home.asked()
    home.app.state.board = None
    assert "report-form" not in home.get(where)
    assert home.get("/report", 404)
