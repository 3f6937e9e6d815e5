"""Nothing of the board is open to who is not signed in, and what members write is only ever text."""

from __future__ import annotations

import re

import pytest

import bedside
from bedside.evidence.passage import Passage
from bedside.review.state import Action
from bedside.servers.identity import guard
from bedside.settings import Settings
from tests.board_content import cut_file
from tests.servers.board.application import csrf_of, made
from tests.servers.board.test_pages import PLAIN, cited

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> ' \" & {{ 7 * 7 }}"


def test_every_page_leads_strangers_to_the_sign_in():
    sitting = made()
    sitting.app.dependency_overrides.clear()
    guard.install(sitting.app)
    sitting.app.state.templates.globals["signed_in"] = lambda _request: None
    tried = [
        ("GET", "/board"),
        ("GET", "/board/queue"),
        ("GET", f"/board/items/{PLAIN}"),
        ("GET", f"/board/items/{PLAIN}/versions"),
        ("GET", f"/board/items/{PLAIN}/versions/{'0' * 64}/{'1' * 64}"),
        ("GET", "/board/sources"),
        ("GET", "/board/sources/nice-ng239"),
        ("GET", "/board/trail"),
        ("GET", "/board/trail/verify"),
        ("GET", "/board/trail/export"),
        ("POST", "/board/queue"),
        ("POST", f"/board/items/{PLAIN}/claim"),
        ("POST", f"/board/items/{PLAIN}/take-back"),
        ("POST", "/board/sources/nice-ng239"),
    ]
    before = sitting.board.store.head()
    for method, path in tried:
        reply = sitting.client().request(method, path)
        assert reply.status_code in (303, 403), path
        if method == "GET":
            assert reply.headers["location"].startswith("/board/sign-in"), path
    assert sitting.board.store.head() == before


def test_what_is_tried_above_is_everything():
    from bedside.servers.board import acting, home, queue, sources, trail, versions, workbench

    found = [
        route for pages in (acting, home, queue, sources, trail, versions, workbench) for route in pages.router.routes
    ]
    assert len(found) == 14


@pytest.mark.parametrize("who", ["ruth"])
def test_a_comment_is_only_text(board, who):
    board.act(who, Action.CLAIM, PLAIN)
    board.act(who, Action.RETURN, PLAIN, note=HOSTILE)
    text = board.get(f"/board/items/{PLAIN}")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<img src=x" not in text
    assert "{{ 7 * 7 }}" in text


def test_a_search_is_only_text(board):
    text = board.post("/board/queue", words=HOSTILE).text
    assert "<script>alert" not in text
    assert 'value="&lt;script&gt;' in text


def test_the_passage_of_a_loaded_original_stands_beside_the_sentence(tmp_path):
    shared = bedside.open(Settings(home=tmp_path, content=cut_file()))
    sitting = made(shared=shared)
    item, source = cited(sitting)
    words = sitting.board.item(item).body["clinical"]
    passage = Passage(f"{source}/p1", source, "section 1", words, "CC BY 4.0", "0" * 64)
    shared.originals = lambda key: (passage,) if key == source else ()
    text = sitting.get(f"/board/items/{item}")
    assert "Held against the original: checked against the source text, section 1" in text
    shown = re.search(r'<blockquote class="passage-text">.*?</blockquote>', text, re.DOTALL)[0]
    assert '<mark class="same-word">' in shown
    assert "Licence: CC BY 4.0" in text


def test_a_form_carries_the_token_of_its_reader_only(board):
    first, second = board.client(), board.client()
    assert csrf_of(first.get("/board/trail").text) != csrf_of(second.get("/board/trail").text)
