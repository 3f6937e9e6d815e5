"""The trail in a database does what the one in memory does, whatever is done to it, in whatever order."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedside.errors import ClockSetBack, ReviewMoved
from bedside.review.chain import prove
from bedside.review.event import hash_of_text
from bedside.settings import Settings
from bedside.stores.review_conformance import an_append, an_item
from bedside.stores.review_memory import ReviewMemory
from bedside.stores.review_store import open_review

NUMBERS = count()
SUBJECTS = ("statement:topic/a", "rule:topic/b", "report:c")
TEXTS = ("", "one", "two", "µ\x00\ud800")

subject, words = st.sampled_from(SUBJECTS), st.sampled_from(TEXTS)
minute = st.integers(0, 20)
addition = st.tuples(subject, st.integers(-1, 1), minute, words)
step = st.one_of(
    st.tuples(st.just("append"), st.lists(addition, max_size=4)),
    st.tuples(st.just("events"), st.tuples(st.integers(0, 12), st.sampled_from(("", *SUBJECTS)), st.integers(0, 5))),
    st.tuples(st.just("forget"), words),
    st.tuples(st.just("keep"), st.lists(st.tuples(subject, st.integers(0, 3)), max_size=4)),
    st.tuples(st.just("read"), st.tuples(st.dictionaries(subject, st.integers(1, 9)), st.integers(1, 9))),
    st.tuples(st.just("reopen"), st.none()),
)


def done(store, step, revisions) -> object:
    """What comes of a step: a value, or the name of the error."""
    what, given = step
    if what == "append":
        seen = dict(revisions)
        additions = []
        for name, off, at, text_ in given:  # off: how far the writer is from the last revision
            seen[name] = seen.get(name, 0) + 1
            additions.append(an_append(name, seen[name] - 1 + off, f"2026-03-01T12:{at:02}:00+00:00", text_))
        try:
            return store.append(additions)
        except (ReviewMoved, ClockSetBack) as error:
            return str(error)
    if what == "events":
        after, name, limit = given
        return tuple(store.events(after, subject=name, limit=limit))
    if what == "forget":
        return store.forget(hash_of_text(given))
    if what == "keep":
        return store.keep([an_item(name, {"n": number}) for name, number in given], "2026-03-01T12:00:00+00:00")
    counts, day = given
    return store.read(counts, f"2026-03-0{day}")


def state(store) -> object:
    """Everything that can be read."""
    return (
        tuple(store.events()),
        store.head(),
        [store.text(hash_of_text(each)) for each in TEXTS],
        [store.versions(name) for name in SUBJECTS],
        [dict(store.readings(f"2026-03-0{day}")) for day in range(1, 10)],
    )


def follow(steps, place: Settings) -> None:
    """Do the same to both and compare after each step."""
    model, store = ReviewMemory(), open_review(place)
    try:
        for each in steps:
            if each[0] == "reopen":
                store.close()
                store = open_review(place)
                continue
            revisions = {name: sum(1 for _ in model.events(subject=name)) for name in SUBJECTS}
            assert done(store, each, revisions) == done(model, each, revisions)
        assert state(store) == state(model)
        assert prove(store.trail()) == prove(model.events())
    finally:
        store.close()


@given(st.lists(step, max_size=25))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_does_what_memory_does(tmp_path: Path, steps) -> None:
    """In SQLite."""
    follow(steps, Settings.load({"BEDSIDE_HOME": str(tmp_path / f"home-{next(NUMBERS)}")}))


@given(st.lists(step, max_size=25))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_server_does_what_memory_does(new_database, steps) -> None:
    """In PostgreSQL."""
    follow(steps, replace(Settings.load({}), database=new_database()))


def test_the_comparison_finds_a_difference(tmp_path, monkeypatch) -> None:
    """A memory that counts otherwise is not the same."""
    monkeypatch.setattr(ReviewMemory, "head", lambda _: (0, "", ""))
    with pytest.raises(AssertionError):
        follow([("append", [(SUBJECTS[0], 0, 0, "")])], Settings.load({"BEDSIDE_HOME": str(tmp_path)}))
