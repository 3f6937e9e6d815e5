"""What every adapter of the ``ThreadStore`` port must do: checks that any of them can be held to.

    for name, check in CHECKS.items():
        check(make)

``make`` gives a store that holds nothing. A check raises :class:`NotConforming` with what differs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Final

from bedside.errors import ThreadMoved, ThreadNotFound
from bedside.facts.case import Edit
from bedside.stores.conformance import NotConforming
from bedside.thread import Thread, ThreadStore, Turn

Make = Callable[[], ThreadStore]

_NOW = "2026-03-01T12:00:00+00:00"
_LATER = "2026-03-10T12:00:00+00:00"
_END = "2026-03-31T12:00:00+00:00"
_AFTER = "2026-04-01T12:00:00+00:00"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,}")  # 128 bits and more, fit for an address
_MANY = 8

STRANGE: Final = (
    "",
    " leading and trailing ",
    "B12 < 150 ng/L; µ, μ, ≥, “quotes”, it's, 100%, \\ and \\n",
    "two\nlines\r\nand\ta tab\x85",
    "'); DROP TABLE turn; --",
    "{{ 7 * 7 }} %(text)s :text ? $1",
    "हिन्दी 日本語 العربية 🩸",
    "long " * 20_000,
)
"""Texts that must come back as they went in."""


def a_turn(number: int = 0, text: str = "Is a B12 of 268 pg/mL low?", asked_at: str = _NOW) -> Turn:
    """A made-up turn."""
    return Turn(
        number=number,
        text=text,
        edits=(Edit("pregnancy", "present"), Edit("total_b12", "unknown")),
        reader="patient",
        region="both",
        as_of="2026-11-22",
        asked_at=asked_at,
        content="c" * 64,
        run="r" * 64,
        answer='{"schema": "bedside.answer/1", "text": "µg"}\n',
    )


def comes_back(make: Make) -> None:
    """What was kept is read as it was given, whatever characters it has."""
    store = make()
    store.ready()
    for text in STRANGE:
        turn = replace(a_turn(text=text), edits=(Edit(text, text),), answer=text)
        made = store.create(_NOW, _END, turn)
        _same("a new thread", made, Thread(made.token, _NOW, _END, (turn,)))
        _same("the thread read", store.read(made.token, _NOW), made)


def keeps_the_order(make: Make) -> None:
    """Turns come back in the order of their numbers, and each thread has its own."""
    store = make()
    first, second = (store.create(_NOW, _END, a_turn(text=name)) for name in ("first", "second"))
    for number in range(1, 12):
        added = store.add(first.token, a_turn(number, f"turn {number}", _LATER), _LATER)
        _same("the number of turns", len(added.turns), number + 1)
    read = store.read(first.token, _LATER)
    _same("the texts", [turn.text for turn in read.turns], ["first", *(f"turn {n}" for n in range(1, 12))])
    _same("the other thread", store.read(second.token, _LATER), second)
    _same("when it expires", read.expires, _END)


def tokens_differ(make: Make) -> None:
    """Each token is new, long enough, and opens its own thread only."""
    store = make()
    tokens = [store.create(_NOW, _END, a_turn()).token for _ in range(20)]
    _same("different tokens", len(set(tokens)), len(tokens))
    for token in tokens:
        if not _TOKEN.fullmatch(token):
            raise NotConforming("a token must hold 128 random bits in characters that an address may have")
        for wrong in (token[:-1], token + "x", token.swapcase(), f" {token}", ""):
            _missing("a token that is nearly right", store, wrong)
    _missing("a pattern", store, "%")


def only_the_next_turn(make: Make) -> None:
    """A turn with a number that is not the next one is refused, and changes nothing."""
    store = make()
    made = store.create(_NOW, _END, a_turn())
    for wrong in (-1, 0, 2, 17):
        _raises(f"turn {wrong} of a thread with one", ThreadMoved, partial(store.add, made.token, a_turn(wrong), _NOW))
        _same("the thread after it", store.read(made.token, _NOW), made)
    _raises("a thread that begins with turn 1", ValueError, lambda: store.create(_NOW, _END, a_turn(1)))
    _raises("a turn of no thread", ThreadNotFound, lambda: store.add("nobody", a_turn(1), _NOW))


def expires(make: Make) -> None:
    """From the moment it expires, a thread is neither read nor added to."""
    store = make()
    made = store.create(_NOW, _END, a_turn())
    _same("just before", store.read(made.token, "2026-03-31T11:59:59+00:00"), made)
    for late in (_END, _AFTER):
        _raises("reading an expired thread", ThreadNotFound, partial(store.read, made.token, late))
        _raises("adding to one", ThreadNotFound, partial(store.add, made.token, a_turn(1), late))


def deletes(make: Make) -> None:
    """A deleted thread is gone, others stay, and deleting again says that there was none."""
    store = make()
    made, other = (store.create(_NOW, _END, a_turn()) for _ in range(2))
    store.add(made.token, a_turn(1), _NOW)
    _same("deleting", store.delete(made.token), wanted=True)
    _missing("a deleted thread", store, made.token)
    _raises("adding to it", ThreadNotFound, lambda: store.add(made.token, a_turn(2), _NOW))
    _same("deleting again", store.delete(made.token), wanted=False)
    _same("deleting nobody's", store.delete("nobody"), wanted=False)
    _same("the other", store.read(other.token, _NOW), other)


def purges(make: Make) -> None:
    """What expired before a day, or was begun before it and not taken up since, goes; everything else stays."""
    store = make()
    old = store.create(_NOW, _AFTER, a_turn())
    taken_up = store.create(_NOW, _AFTER, a_turn())
    taken_up = store.add(taken_up.token, a_turn(1, asked_at=_LATER), _LATER)
    short = store.create(_LATER, "2026-03-10T13:00:00+00:00", a_turn(asked_at=_LATER))
    young = store.create(_LATER, _AFTER, a_turn(asked_at=_LATER))
    _same("purging before everything", store.purge("2026-01-01"), 0)
    _same("purging what is old", store.purge("2026-03-05"), 1)
    _missing("what was begun before", store, old.token)
    for kept in (taken_up, short, young):
        _same("what stays", store.read(kept.token, _LATER), kept)
    _same("purging what expired", store.purge("2026-03-10T13:30:00+00:00"), 3)  # and both that were asked before it
    _same("purging again", store.purge("2026-03-10T13:30:00+00:00"), 0)


def one_of_many_wins(make: Make) -> None:
    """Of several that add the same turn at once, one does, and the others are told that the thread moved."""
    store = make()
    made = store.create(_NOW, _END, a_turn())

    def add(number: int) -> str:
        try:
            store.add(made.token, a_turn(1, f"from {number}"), _NOW)
        except ThreadMoved:
            return ""
        return f"from {number}"

    with ThreadPoolExecutor(_MANY) as pool:
        won = list(filter(None, pool.map(add, range(_MANY))))
    _same("how many won", len(won), 1)
    _same("what is there", [turn.text for turn in store.read(made.token, _NOW).turns], [a_turn().text, *won])


def refuses_other_times(make: Make) -> None:
    """A time that is not written in UTC would be compared wrongly: it is refused."""
    store = make()
    made = store.create(_NOW, _END, a_turn())
    for wrong in ("", "yesterday", "2026-03-01T12:00:00+05:30", "01.03.2026", "1772366400"):
        _raises(f"beginning at {wrong!r}", ValueError, partial(store.create, wrong, _END, a_turn()))
        _raises(f"ending at {wrong!r}", ValueError, partial(store.create, _NOW, wrong, a_turn()))
        _raises(f"reading at {wrong!r}", ValueError, partial(store.read, made.token, wrong))


CHECKS: Final[Mapping[str, Callable[[Make], None]]] = {
    check.__name__: check
    for check in (
        comes_back,
        keeps_the_order,
        tokens_differ,
        only_the_next_turn,
        expires,
        deletes,
        purges,
        one_of_many_wins,
        refuses_other_times,
    )
}
"""Every check, by name."""


def _same(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise NotConforming(f"{what}: found {found!r:.500}, wanted {wanted!r:.500}")


def _missing(what: str, store: ThreadStore, token: str) -> None:
    _raises(f"reading {what}", ThreadNotFound, lambda: store.read(token, _NOW))


def _raises(what: str, error: type[Exception], action: Callable[[], object]) -> None:
    try:
        found = action()
    except error:
        return
    raise NotConforming(f"{what}: found {found!r:.200}, wanted {error.__name__}")
