"""Attacks on the whole application: forms sent twice or late, words that are code, odd bytes, sessions, addresses."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from bedside.review.report import ReportKind
from bedside.review.state import Action, Role, State
from bedside.servers.identity.guard import way_back
from bedside.servers.reports import keeping
from tests.servers.whole_board import PASSWORD, Whole

CODE = """<script>alert(1)</script>"'><img src=x onerror=alert(2)></textarea></title>"""
NUL = "a\x00b\u202e\u2028\ufeff\U0001f4a9\x1b[31m\x07"
ODD = [CODE.encode(), NUL.encode(), b"\xed\xa0\x80\xff", b"\r\n\r\n", b"x" * 21_000]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    made = Whole(tmp_path_factory.mktemp("home"))
    yield made
    made.close()


def sent(browser, path, **fields):
    """Send a form whose values are bytes, as they are."""
    body = urlencode({"csrf": browser.token, **fields})
    kind = {"content-type": "application/x-www-form-urlencoded"}
    reply = browser.client.post(path, content=body, headers=kind)
    assert reply.status_code < 500, (path, reply.text[:500])
    return reply


def rows(whole, item):
    return [event.action for event in whole.board.store.events(subject=item)]


def test_a_signature_that_is_sent_many_times_at_once_is_one(whole):
    """A double click, or two windows: one row, and the others are told."""
    item = whole.fresh()
    whole.act("ruth", Action.CLAIM, item)
    seen, session = whole.seen(item), whole.session("ruth")
    browsers = [whole.browser(session) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda b: b.post(f"/board/items/{item}/approve", read="yes", **seen), browsers))
    assert sorted(reply.status_code for reply in replies) == [303, *[409] * 7]
    assert rows(whole, item).count("approve") == 1


def test_two_who_claim_at_once(whole):
    """One holds it, the other one is told."""
    item = whole.fresh()
    seen = whole.seen(item)
    browsers = [whole.member("ruth"), whole.member("ravi")] * 3
    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda b: b.post(f"/board/items/{item}/claim", **seen), browsers))
    assert sorted(reply.status_code for reply in replies) == [303, *[409] * 5]
    assert rows(whole, item).count("claim") == 1


def test_an_old_page_signs_nothing_after_a_source_was_marked(whole):
    """Its revision is still the item's: what it rests on is another thing than the page showed."""
    item = whole.fresh()
    whole.act("ruth", Action.CLAIM, item)
    seen = whole.seen(item)
    key = next(ref for ref in whole.board.snapshot.beneath(item) if ref.startswith("source:")).partition(":")[2]
    ed = whole.accounts.member("ed")
    whole.board.mark(ed, key, "concern", "", "A letter.")
    assert whole.seen(item)["revision"] == seen["revision"]
    reply = whole.member("ruth").post(f"/board/items/{item}/approve", read="yes", **seen)
    whole.board.mark(ed, key, "", "", "Withdrawn.")
    assert reply.status_code == 409
    assert not whole.board.approved(item)


@pytest.mark.parametrize("fields", [{}, {"seal": ""}, {"seal": "0" * 64}, {"revision": "-1"}, {"read": "no"}])
def test_nothing_is_signed_unseen(whole, fields):
    """Without the seal, the revision, or the tick that belong to the page."""
    item = whole.fresh()
    whole.act("ruth", Action.CLAIM, item)
    given = {**whole.seen(item), "read": "yes", **fields} if fields else {"read": "yes"}
    assert whole.member("ruth").post(f"/board/items/{item}/approve", **given).status_code in (409, 422)
    assert whole.board.standing(item).state is State.UNDER_REVIEW


def test_nobody_is_signed_for(whole):
    """Who signs comes from the session, whatever a form says."""
    item = whole.fresh()
    whole.act("ruth", Action.CLAIM, item)
    crafted = {"handle": "ravi", "who": "ravi", "actor": "ravi", "name": "Dr Ravi", "role": "editor", "to": "ravi"}
    reply = whole.member("ruth").post(f"/board/items/{item}/approve", read="yes", **crafted, **whole.seen(item))
    assert reply.status_code == 303
    [signature] = whole.board.standing(item).signatures
    assert (signature.handle, signature.name, signature.role) == ("ruth", "Dr Ruth", "reviewer")


@pytest.mark.parametrize("text", ODD)
def test_words_are_words(whole, text):
    """Names, credentials, interests, comments, proposals, reasons, reports: shown as they are or refused, run nowhere,
    and no page falls over them."""
    who = whole.join(f"odd{ODD.index(text)}", Role.REVIEWER).handle
    odd, ed = whole.member(who), whole.member("ed")
    sent(odd, "/board/profile", name=text, credentials=text, registration=text, interests=text, public="1")
    sent(whole.member("ada"), "/board/members", handle=text, name=text, email=text, roles=text)
    item = whole.fresh()
    where = f"/board/items/{item}"
    for action, browser in (("claim", odd), ("return", odd), ("submit", whole.member("ann")), ("claim", odd)):
        sent(browser, f"{where}/{action}", note=text, **whole.seen(item))
    for check in ("", "1"):
        sent(odd, f"{where}/propose", clinical=text, plain=text, why=text, check=check, **whole.seen(item))
    sent(odd, f"{where}/approve", read="yes", expires=text, **whole.seen(item))
    sent(ed, f"{where}/assign", to=text, **whole.seen(item))
    sent(ed, f"{where}/withdraw", note=text, **whole.seen(item))
    key = next(iter(whole.board.sources()))
    for by in (b"", text):
        revision = str(whole.board.revision(f"source:{key}"))
        sent(ed, f"/board/sources/{key}", status="superseded", superseded_by=by, note=text, revision=revision)
    taken = sent(whole.browser(), "/report", kind="harm", words=text[:4000], about=text[:300])
    link = taken.headers.get("location") or f"/report/{whole.report(ReportKind.HARM)}"
    report = keeping.one(whole.board, whole.app.state.reports.find(link.rpartition("/")[2]))
    for revision, action in enumerate(("triage", "investigate", "close"), report.revision):
        sent(ed, f"/board/reports/{report.id}", action=action, note=text, severity="low", revision=str(revision))
    sent(whole.browser(), "/board/sign-in", handle=text, password=text, next=text)
    sent(odd, "/board/queue", words=text, page=text)
    pages = ["/board", "/board/queue", "/board/sources", "/board/trail", "/board/trail/verify", "/board/trail/export"]
    pages += ["/board/reports", "/board/reports/export.jsonl", "/board/members", "/board/profile", "/about/board"]
    pages += [where, f"{where}/versions", f"/board/sources/{key}", f"/board/reports/{report.id}", link]
    pages += [f"/board/members/{who}", f"/about/board/{who}", f"/statements/{item.partition(':')[2]}"]
    every = whole.member("all")
    for path in pages:
        reply = every.get(path)
        assert reply.status_code in (200, 404), (path, reply.status_code)
        if reply.headers["content-type"].startswith("text/html"):
            assert not re.search(r"<script>alert|<img src=x", reply.text), path
        if path.startswith(("/board", "/report")):
            assert reply.headers["cache-control"] == "no-store"
    assert whole.board.prove().whole


@pytest.mark.parametrize(
    "written",
    [
        "//evil.example", "https://evil.example", "/\\evil.example", "/board/../../x", "/board//evil.example",
        "/board\\evil", "/board/%0d%0aSet-Cookie:x=1\r\n", "javascript:alert(1)", "/boarded", "/board/sign-out",
        "/board/sso/back", "/board?next=//evil.example", "/board#x", " /board/queue", "/board/./queue", "/t/abc", "",
    ],
)  # fmt: skip
def test_the_way_back_leads_nowhere_else(whole, written):
    assert way_back(written) == "/board"
    reply = whole.member("ruth").get("/board/sign-in?" + urlencode({"next": written}))
    assert reply.headers["location"] == "/board"


def test_a_session_ends_at_the_sign_out_in_every_window(whole):
    """What the browser still shows from before can neither be read again nor sent."""
    session = whole.session("ruth")
    here, there = whole.browser(session), whole.browser(session)
    item = whole.fresh()
    assert here.get(f"/board/items/{item}").headers["cache-control"] == "no-store"
    assert here.post("/board/sign-out").status_code == 303
    assert there.get("/board").status_code == 303
    assert there.post(f"/board/items/{item}/claim", **whole.seen(item)).status_code == 303
    assert whole.board.standing(item).holder == ""


def test_a_token_that_was_brought_along_opens_nothing_after_the_sign_in(whole):
    """Fixation: the attacker's own session, put into the member's browser, is not the one that the member gets."""
    planted = whole.session("guest")
    victim = whole.browser(planted)
    reply = victim.post("/board/sign-in", handle="ruth", password=PASSWORD)
    assert reply.status_code == 303
    given = re.search(r"bedside-board=([^;]+)", reply.headers["set-cookie"])[1]
    assert given != planted
    assert whole.accounts.session(given, whole.clock()).handle == "ruth"
    assert whole.accounts.session(planted, whole.clock()) is None


def test_a_clock_that_is_set_back_gives_nothing_back(whole):
    """An approval that has ended stays ended, and nothing is written with an earlier date."""
    item = whole.fresh()
    whole.act("ruth", Action.CLAIM, item)
    whole.act("ruth", Action.APPROVE, item)
    assert whole.board.approved(item)
    whole.clock.shift = timedelta(days=400)
    whole.board.refresh()
    assert whole.board.standing(item).state is State.LAPSED
    whole.clock.shift = timedelta()
    assert whole.board.standing(item).state is State.LAPSED
    head = whole.board.store.head()
    browser = whole.member("ruth")
    reply = browser.post(f"/board/items/{item}/claim", **whole.seen(item))
    assert reply.status_code == 503
    assert "clock" in reply.text
    assert whole.board.store.head() == head
