"""Accounts, without a database: handles, texts, passwords, waits, sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.errors import ReviewRefused
from bedside.review.account import (
    BY_HANDLE,
    IDLE,
    RESERVED,
    Session,
    checked_handle,
    checked_text,
    later,
    lives,
    locked,
    typed_handle,
)
from bedside.review.password import LONGEST, SHORTEST, checked_password, normalised

NOW = "2026-11-23T10:00:00+00:00"

WEAK = [
    "short", "elevenchars", "password1234", "P@ssw0rd!2026", "Passw0rd2024!!", "123456789012", "98765432109876",
    "aaaaaaaaaaaa", "abababababab", "abcabcabcabc", "qwertyuiopas", "1qaz2wsx3edc", "passwordpassword",
    "bedside-bedside", "Bedside2026!!", "mary.smith2026", "MarySmith!!!1", "dr. mary smith", "hospital2026!",
    "letmeinletmein1", "Winter2026!!!", "summer winter autumn", "correcthorse\ud800", "            ",
]  # fmt: skip
GOOD = [
    "correct horse battery staple", "Tr0ub4dor&3xy", "zvalkqpeifjs", "horsechestnut9", "ÄÖÜ äöü ßẞ éèê",
    "пароль собаки и луна", "面倒な鳥が空を飛んで行った", "🦆🦉🦜🦢🦩🕊️🐧🐦🦅🦃🦤🪿", "mary had a little lamb once",
]  # fmt: skip


@pytest.mark.parametrize("password", WEAK)
def test_a_password_that_is_tried_first_is_refused(password):
    with pytest.raises(ReviewRefused) as said:
        checked_password(password, handle="mary.smith", name="Dr Mary Smith")
    assert password not in str(said.value)


@pytest.mark.parametrize("password", GOOD)
def test_a_password_may_have_any_characters(password):
    assert checked_password(password, handle="mary.smith", name="Dr Mary Smith") == normalised(password)


def test_length_is_counted_after_normalisation_in_characters_and_bytes():
    assert len(checked_password("x7" + "ab" * 5)) == SHORTEST
    with pytest.raises(ReviewRefused, match="bytes"):
        checked_password("é1z" * LONGEST)
    with pytest.raises(ReviewRefused, match="bytes"):
        checked_password("a1z" * 100_000)
    assert checked_password("e\u0301galit\u00e9 kestrel") == checked_password("\u00e9galite\u0301 kestrel")


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_every_text_is_judged(password, handle, name):
    """It is passed or refused, whatever it is, and what passes has the length it says."""
    try:
        passed = checked_password(password, handle=handle, name=name)
    except ReviewRefused:
        return
    assert len(passed) >= SHORTEST
    assert passed == normalised(passed)


@given(st.sampled_from(["mary", "smith", "bedside"]), st.integers(0, 99_999_999), st.sampled_from(["", "!", "..", "-"]))
def test_ones_name_with_figures_is_refused(word, number, sign):
    written = f"{word}{sign}{number:08}"
    with pytest.raises(ReviewRefused):
        checked_password(written, handle="mary.smith", name="Mary Smith")


@pytest.mark.parametrize(
    "handle", ["", "a", "A1", "x" * 41, "-ab", "ab-", ".a", "..", "a b", "a/b", "ab\n", "é1", "a_b", *RESERVED]
)
def test_a_handle_that_cannot_be(handle):
    with pytest.raises(ReviewRefused):
        checked_handle(handle)


def test_a_handle_is_found_as_it_is_typed():
    assert checked_handle("a.b-c9") == "a.b-c9"
    assert typed_handle(" Ada ") == "ada"
    assert typed_handle("a/b") == ""


def test_texts_are_trimmed_and_bounded():
    assert checked_text("name", "  Ada  ") == "Ada"
    assert checked_text("interests", "one\r\ntwo") == "one\ntwo"
    for field, text in (("name", "a\nb"), ("name", "a\x00b"), ("registration", "x" * 201), ("name", "\u2066x")):
        with pytest.raises(ReviewRefused):
            checked_text(field, text)


@given(st.integers(0, 10**6))
def test_a_wait_grows_and_has_an_end(failures):
    assert 0 <= BY_HANDLE.wait(failures) <= BY_HANDLE.wait(failures + 1) <= BY_HANDLE.longest
    if failures < BY_HANDLE.free:
        assert BY_HANDLE.wait(failures) == 0


def test_a_wait_that_a_wrong_clock_wrote_does_not_hold():
    """The clock was a year ahead while somebody tried: the account is not locked for a year."""
    assert locked(later(NOW, timedelta(seconds=900)), NOW, BY_HANDLE)
    assert not locked(later(NOW, timedelta(days=365)), NOW, BY_HANDLE)
    assert not locked(NOW, NOW, BY_HANDLE)


def test_a_session_lives_between_its_begin_and_its_end():
    session = Session(1, "password", NOW, NOW, later(NOW, timedelta(hours=12)))
    assert lives(session, NOW)
    assert lives(session, later(NOW, IDLE - timedelta(seconds=1)))
    assert not lives(session, later(NOW, IDLE))
    used = Session(1, "password", NOW, later(NOW, timedelta(hours=11)), session.expires)
    assert not lives(used, session.expires)
    assert lives(session, later(NOW, -timedelta(minutes=1)))  # the clock of another machine
    assert not lives(session, later(NOW, -timedelta(minutes=3)))


def test_a_time_of_another_zone_is_refused():
    with pytest.raises(ValueError, match="UTC"):
        later("2026-11-23T10:00:00+05:30", IDLE)
