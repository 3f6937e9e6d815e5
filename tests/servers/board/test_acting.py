"""What the forms do, and what becomes of those that are wrong."""

from __future__ import annotations

import re
from html import unescape

import pytest

from bedside.review.item import Trait
from bedside.review.state import Action, State
from bedside.servers import csrf
from tests.board_content import cut_file
from tests.servers.board.application import PEOPLE, made
from tests.servers.board.test_pages import PLAIN, SOURCE, approve, cited

LATE = "2027-05-20"


def state(board, item=PLAIN):
    return board.board.standing(item).state


def done(reply):
    """The page that a form which was taken leads to."""
    assert reply.status_code == 303, reply.text[:3000]
    return reply.headers["location"]


def refused(reply, status):
    """The reason at the top of the page of a form which was not."""
    assert reply.status_code == status, reply.text[:3000]
    text = re.search(r'role="alert" id="refused".*?</div>', reply.text, re.DOTALL)
    assert text, "no reason is given"
    return unescape(text[0])


def test_claim_return_submit_and_sign(board):
    path = done(board.do("claim", PLAIN))
    assert state(board) is State.UNDER_REVIEW
    assert "You claimed it" in board.get(path)
    done(board.do("return", PLAIN, note="Say which year.\r\nAnd why."))
    assert state(board) is State.RETURNED
    assert "Say which year.\nAnd why." in board.get(f"/board/items/{PLAIN}")
    done(board.sit("ed").do("submit", PLAIN, note=""))
    done(board.sit("ruth").do("claim", PLAIN))
    done(board.do("approve", PLAIN, read="yes", expires=LATE, note="Read in full."))
    assert state(board) is State.APPROVED
    text = board.get(f"/board/items/{PLAIN}")
    assert "Approved until" in text
    assert "20 May 2027" in text
    assert "Dr Ruth" in text
    assert 'class="state state-approved"' in text


def test_release_and_assign(board):
    done(board.do("claim", PLAIN))
    done(board.do("release", PLAIN))
    assert state(board) is State.SUBMITTED
    done(board.sit("ed").do("assign", PLAIN, to="ravi"))
    assert board.board.standing(PLAIN).holder == "ravi"
    assert "to Dr Ravi" in board.get(f"/board/items/{PLAIN}")


def test_withdraw(board):
    done(board.sit("ed").do("withdraw", PLAIN, note="It is not ours."))
    assert state(board) is State.WITHDRAWN


def test_a_dose_takes_two_signatures(board):
    dose = next(i.id for i in board.board.snapshot.items.values() if i.kind == "statement" and Trait.DOSE in i.traits)
    done(board.do("claim", dose))
    assert "It takes 2 signatures" in board.get(f"/board/items/{dose}")
    done(board.do("approve", dose, read="yes", expires=LATE))
    assert state(board, dose) is State.UNDER_REVIEW
    text = board.get(f"/board/items/{dose}")
    assert "Signed, not approved yet" in text
    assert "signed by 1 of 2" in board.get("/board/queue?state=Under+review")
    refused(board.do("claim", dose), 422)
    done(board.sit("ravi").do("claim", dose))
    done(board.do("approve", dose, read="yes", expires=LATE))
    assert state(board, dose) is State.APPROVED


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"expires": LATE}, "tick the box"),
        ({"read": "yes", "expires": "2026-11-23"}, "cannot expire on"),
        ({"read": "yes", "expires": "2030-01-01"}, "cannot expire on"),
        ({"read": "yes", "expires": "soon"}, "cannot expire on"),
    ],
)
def test_a_signature_that_is_not_given_rightly(board, fields, said):
    board.act("ruth", Action.CLAIM, PLAIN)
    reply = board.do("approve", PLAIN, note="My comment.", **fields)
    assert said in refused(reply, 422)
    assert "My comment." in reply.text.partition('id="approve-note"')[2][:200]
    assert state(board) is State.UNDER_REVIEW


def test_what_was_not_seen_is_not_signed(board):
    board.act("ruth", Action.CLAIM, PLAIN)
    for seal in ("", "0" * 64, board.board.snapshot.seal("rule:vitamin-b12/RF8")):
        reply = board.do("approve", PLAIN, read="yes", expires=LATE, seal=seal)
        assert "Somebody was faster" in refused(reply, 409)
    assert state(board) is State.UNDER_REVIEW


@pytest.mark.parametrize("revision", ["0", "1", "99", "", "x", "-1", "1 ", "9" * 40])
def test_an_old_form_does_nothing_and_keeps_what_was_typed(board, revision):
    board.act("ruth", Action.CLAIM, PLAIN)
    number = board.board.store.head()[0]
    reply = board.do("return", PLAIN, note="My long <comment>.", revision=revision)
    assert "moved on" in refused(reply, 409)
    assert "My long &lt;comment&gt;." in reply.text.partition('id="return-note"')[2][:200]
    assert board.board.store.head()[0] == number


def test_the_second_of_two_is_told(board):
    seen = board.seen(PLAIN)
    done(board.do("claim", PLAIN))
    reply = board.sit("ravi").post(f"/board/items/{PLAIN}/claim", **seen)
    refused(reply, 409)
    assert "Held by Dr Ruth" in reply.text
    assert board.board.standing(PLAIN).holder == "ruth"


@pytest.mark.parametrize("path", [f"/board/items/{PLAIN}/claim", f"/board/sources/{SOURCE}", "/board/queue"])
@pytest.mark.parametrize("wrong", ["no-token", "other-token", "elsewhere"])
def test_a_form_from_elsewhere_does_nothing(board, path, wrong):
    number = board.board.store.head()[0]
    browser = board.client()
    token = re.search(rf'name="{csrf.FIELD}" value="([^"]+)"', browser.get("/board/trail").text)[1]
    fields = {**board.seen(PLAIN), "status": "retracted", "note": "x"}
    if wrong != "no-token":
        fields[csrf.FIELD] = token if wrong == "elsewhere" else "a" * 43
    headers = {"Sec-Fetch-Site": "cross-site"} if wrong == "elsewhere" else {}
    assert browser.post(path, data=fields, headers=headers).status_code == 403
    assert board.board.store.head()[0] == number
    assert state(board) is State.SUBMITTED


@pytest.mark.parametrize("action", ["accept", "change", "lapse", "sign", "nonsense", "APPROVE"])
def test_what_has_no_form_cannot_be_sent(board, action):
    assert board.do(action, PLAIN, note="x").status_code in (404, 422)
    assert state(board) is State.SUBMITTED


RIGHTS = {
    "submit": {"ann", "ed", "all"},
    "claim": {"ruth", "ravi", "all", "new"},
    "release": {"ruth", "ravi", "ed", "all", "new"},
    "assign": {"ed", "all"},
    "return": {"ruth", "ravi", "all", "new"},
    "approve": {"ruth", "ravi", "all", "new"},
    "withdraw": {"ed", "all"},
    "adopt": {"ed", "all"},
}


@pytest.mark.parametrize("action", sorted(RIGHTS))
def test_a_crafted_form_of_who_lacks_the_role_is_refused(action):
    board = made()
    for who in sorted(PEOPLE.keys() - RIGHTS[action]):
        before = board.board.store.head()[0]
        reply = board.sit(who).do(action, PLAIN, note="x", to="ruth", read="yes", expires=LATE, proposal="1")
        assert "takes the role" in refused(reply, 403)
        assert board.board.store.head()[0] == before


@pytest.mark.parametrize("who", ["ed", "ada"])
def test_who_is_no_author_or_reviewer_proposes_nothing(board, who):
    before = board.board.store.head()[0]
    text = board.board.item(PLAIN).body
    words = {"clinical": text["clinical"].replace("need", "needs"), "plain": text["plain"], "why": "x"}
    assert board.sit(who).do("propose", PLAIN, **words).status_code in (403, 422)
    assert board.board.store.head()[0] == before


def test_only_an_editor_marks_a_source(board):
    name, source = cited(board)
    approve(board, name)
    fields = {"status": "superseded", "superseded_by": "", "note": "A new one is out.", "revision": "0"}
    for who in ("ann", "ruth", "ada"):
        assert "takes the role editor" in refused(board.sit(who).post(f"/board/sources/{source}", **fields), 403)
        assert 'id="mark-status"' not in board.get(f"/board/sources/{source}")
    assert state(board, name) is State.APPROVED
    would = board.sit("ruth").get(f"/board/sources/{source}?status=superseded")
    assert "1 approval or first signature would lapse if it were superseded" in would
    assert state(board, name) is State.APPROVED
    path = done(board.sit("ed").post(f"/board/sources/{source}", **fields))
    text = board.get(path)
    assert "1 approval lapsed by this mark" in text
    assert board.board.item(name).title[:40] in text
    assert "Marked by the board" in text
    assert "A new one is out." in text
    assert state(board, name) is State.LAPSED
    again = board.post(f"/board/sources/{source}", **fields)
    assert "Somebody was faster" in refused(again, 409)
    assert "A new one is out." in again.text.partition('id="mark-note"')[2][:200]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "superseded", "note": ""},
        {"status": "nonsense", "note": "x"},
        {"status": "retracted", "superseded_by": "nice-ng239-er-f", "note": "x"},
    ],
)
def test_a_mark_that_cannot_be(board, fields):
    reply = board.sit("ed").post(f"/board/sources/{SOURCE}", revision="0", **fields)
    refused(reply, 422)
    assert not board.board.marks


@pytest.mark.parametrize("marked", ["0", "1", "999999", "x", "-1", "²"])
def test_a_row_that_is_no_mark_shows_nothing(board, marked):
    assert "by this mark" not in board.get(f"/board/sources/{SOURCE}?marked={marked}")


def test_an_address_cannot_say_that_something_was_done(board):
    for number in range(1, 4):
        assert "row " + str(number) not in board.get(f"/board/items/{PLAIN}?done={number}").partition("<section")[0]


WORDED = "statement:vitamin-b12/emergency-first"


@pytest.fixture
def home(tmp_path):
    """A board whose adopted wordings lie in a folder of the test."""
    import bedside
    from bedside.settings import Settings

    return made(shared=bedside.open(Settings(home=tmp_path, content=cut_file())))


def wording(board, **changed):
    """Both wordings of the statement as the form has them, and a reason."""
    body = board.board.item(WORDED).body
    return {"clinical": body["clinical"], "plain": body["plain"], "why": "It reads better.", **changed}


def reworded(board):
    """A wording that says the same in another order."""
    clinical = board.board.item(WORDED).body["clinical"]
    assert clinical.startswith("Chest pain, stroke symptoms")
    return clinical.replace("Chest pain, stroke symptoms", "Stroke symptoms, chest pain")


def test_a_wording_is_checked_without_being_proposed(home):
    before = home.board.store.head()[0]
    reply = home.do("propose", WORDED, check="yes", **wording(home, clinical="Give 500 mg of B12 at once.", why=""))
    assert reply.status_code == 200
    assert "The checks object:" in reply.text
    assert "Give 500 mg of B12 at once." in reply.text
    reply = home.do("propose", WORDED, check="yes", **wording(home, clinical=reworded(home)))
    assert "no objection to this wording. It is not proposed yet" in reply.text
    assert home.board.store.head()[0] == before


def test_a_wording_that_the_checks_object_to_is_not_taken(home):
    before = home.board.store.head()[0]
    reply = home.do("propose", WORDED, **wording(home, clinical="Chest pain can wait."))
    assert "The checks object" in refused(reply, 422)
    assert ">Chest pain can wait.</textarea>" in reply.text
    assert ">It reads better.</textarea>" in reply.text
    reply = home.do("propose", WORDED, **wording(home, clinical=reworded(home), why=" "))
    assert "needs a reason" in refused(reply, 422)
    assert home.board.store.head()[0] == before


def test_a_wording_is_proposed_adopted_and_taken_back(home):
    was = home.board.item(WORDED)
    approve(home, WORDED, "ravi")
    done(home.do("propose", WORDED, **wording(home, clinical=reworded(home))))
    proposal = home.board.standing(WORDED).proposals[0]
    text = home.get(f"/board/items/{WORDED}")
    assert "Stroke symptoms, chest pain" in text
    assert "The checks have no objection." in text
    assert f'action="/board/items/{WORDED}/adopt"' not in text
    refused(home.do("adopt", WORDED, proposal=str(proposal.number)), 403)
    assert f'action="/board/items/{WORDED}/adopt"' in home.sit("ed").get(f"/board/items/{WORDED}")
    refused(home.do("adopt", WORDED, proposal=str(proposal.number), revision="1"), 409)
    done(home.do("adopt", WORDED, proposal=str(proposal.number)))
    assert home.board.item(WORDED).body["clinical"] == proposed(home)
    assert state(home, WORDED) is State.LAPSED
    text = home.get(f"/board/items/{WORDED}")
    assert '<ins class="new-word">' in text
    assert "This wording was written by Dr Ruth" in text
    assert "What differs from the version before" in home.get(f"/board/items/{WORDED}/versions")
    done(home.sit("ruth").do("claim", WORDED))
    assert f'action="/board/items/{WORDED}/approve"' not in home.get(f"/board/items/{WORDED}")
    assert "was worded by you" in refused(home.do("approve", WORDED, read="yes", expires=LATE), 422)
    refused(home.do("take-back", WORDED, note="It was better before."), 403)
    refused(home.sit("ed").do("take-back", WORDED, note=""), 422)
    refused(home.do("take-back", WORDED, note="x", revision="1"), 409)
    done(home.do("take-back", WORDED, note="It was better before."))
    assert home.board.item(WORDED).fingerprint == was.fingerprint


def proposed(board):
    """The wording of the first proposal."""
    from bedside.board_wordings import proposal

    number = board.board.standing(WORDED).proposals[0].number
    return proposal(board.board, WORDED, number).wording.clinical
