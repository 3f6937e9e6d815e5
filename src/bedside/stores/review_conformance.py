"""What every adapter of the ``ReviewStore`` port must do: checks that any of them can be held to.

    for name, check in CHECKS.items():
        check(make)

``make`` gives a store that holds nothing. A check raises :class:`NotConforming` with what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from functools import partial
from typing import Any, Final

from bedside.answer import fingerprint
from bedside.errors import ClockSetBack, ReviewMoved
from bedside.review.chain import prove
from bedside.review.event import GENESIS, Draft, Event, hash_of_row, hash_of_text
from bedside.review.item import Ground, Item, ItemKind
from bedside.review.store import Append, ReviewStore
from bedside.stores.conformance import NotConforming
from bedside.stores.thread_conformance import STRANGE

Make = Callable[[], ReviewStore]

_NOW = "2026-03-01T12:00:00+00:00"
_SOON = "2026-03-01T12:01:30+00:00"
_LATER = "2026-03-10T12:00:00+00:00"
_MANY = 8
_ROWS = 2_500  # more than any adapter should read at a time

DEEP: Final[Mapping[str, Any]] = {
    "signatures": [{"handle": "a.b", "rests": {"source:x": "f" * 64}, "expires": "2027-03-01"}, {}],
    "numbers": [0, -1, 2**53 - 1],
    "flags": [True, False, None],
    "texts": ["", 'µ ≥ “x” \\ " \u0000 \n 🩸', "हिन्दी"],
    "é": {"b": 1, "a": 2},
}
"""A detail of an event, or a body of a version, that must come back as it went in."""


def a_draft(subject: str = "statement:topic/one", at: str = _NOW, **others: Any) -> Draft:
    """A made-up event of a subject."""
    made = Draft(at, "a.reviewer", "reviewer", "propose", subject, "f" * 64, "Submitted", "Submitted")
    return replace(made, **others)


def an_append(subject: str, revision: int, at: str = _NOW, text: str = "") -> Append:
    """A made-up addition, with a text under its hash."""
    return Append(a_draft(subject, at, note=hash_of_text(text)), revision, text)


def comes_back(make: Make) -> None:
    """What was appended is read as it was given, whatever characters it has, and has the hash of its content."""
    store = make()
    store.ready()
    _same("the head of nothing", store.head(), (0, GENESIS, ""))
    _same("appending nothing", store.append([]), ())
    made: list[Event] = []
    for number, text in enumerate(STRANGE):
        draft = a_draft(f"report:{number}", fingerprint=text[:100], before=text, after=text, detail={"given": text})
        made += store.append([Append(draft, 0)])
    made += store.append([Append(a_draft("pack:x", detail=DEEP), 0)])
    _same("the rows", list(store.events()), made)
    _same("a row's detail", dict(made[-1].detail), dict(DEEP))
    for event in made:
        _same("the hash of a row", event.hash, hash_of_row(asdict(event)))
    _whole(store, len(made))


def counts_without_a_gap(make: Make) -> None:
    """Numbers count every row, revisions those of their subject, also within one addition; the head is the last row."""
    store = make()
    store.append([an_append("rule:topic/a", 0), an_append("rule:topic/b", 0), an_append("rule:topic/a", 1)])
    store.append([an_append("rule:topic/b", 1, _LATER)])
    rows = list(store.events())
    _same("the numbers", [event.number for event in rows], [1, 2, 3, 4])
    _same("the revisions", [event.revision for event in rows], [1, 1, 2, 2])
    _same("what came before", [event.previous for event in rows], [GENESIS, *(event.hash for event in rows[:-1])])
    _same("the head", store.head(), (4, rows[-1].hash, _LATER))


def all_or_none(make: Make) -> None:
    """Where one addition is refused, none of them is made, and no text of theirs is kept."""
    store = make()
    [first] = store.append([an_append("rule:topic/a", 0)])
    for wrong, error in ((an_append("rule:topic/a", 0), ReviewMoved), (a_past("rule:topic/c"), ClockSetBack)):
        several = [an_append("rule:topic/b", 0, text="a text that must not stay"), wrong]
        _raises("several of which one is wrong", error, partial(store.append, several))
        _same("the rows after it", list(store.events()), [first])
        _same("the text after it", store.text(hash_of_text("a text that must not stay")), None)


def a_past(subject: str) -> Append:
    """An addition dated long before every other one."""
    return an_append(subject, 0, "2026-01-01T00:00:00+00:00")


def only_the_next_revision(make: Make) -> None:
    """An event is added only by who has seen the last revision of its subject; the others are told which moved."""
    store = make()
    for wrong in (-1, 1, 2):
        _moved(store, an_append("rule:topic/a", wrong))
    store.append([an_append("rule:topic/a", 0)])
    store.append([an_append("rule:topic/a", 1)])
    for wrong in (-1, 0, 1, 3):
        _moved(store, an_append("rule:topic/a", wrong))
    _whole(store, 2)


def streams(make: Make) -> None:
    """Rows come oldest first, after a row, of one subject, as many as wanted; the store may be written to meanwhile."""
    store = make()
    subjects = [f"statement:topic/{number % 7}" for number in range(_ROWS)]
    made = store.append([an_append(subject, number // 7) for number, subject in enumerate(subjects)])
    _same("how many", len(made), _ROWS)
    for after in (0, 1, 999, 1000, 1001, _ROWS - 1, _ROWS, _ROWS + 5):
        for limit in (0, 1, 999, 1000, 1001, _ROWS):
            wanted = made[after : after + limit] if limit else made[after:]
            _same(f"{limit} rows after {after}", tuple(store.events(after, limit=limit)), wanted)
    own = tuple(event for event in made if event.subject == subjects[3])
    _same("those of a subject", tuple(store.events(subject=subjects[3])), own)
    _same("some of a subject", tuple(store.events(own[10].number, subject=subjects[3], limit=5)), own[11:16])
    _same("those of nobody", tuple(store.events(subject="statement:topic")), ())
    stream = store.events()
    begun = [next(stream) for _ in range(5)]
    store.append([an_append("rule:topic/meanwhile", 0)])
    _same("rows read while one was added", tuple([*begun, *stream][:_ROWS]), made)


def looks_at_the_clock(make: Make) -> None:
    """A time a little before the last row becomes that row's; one that is further back is refused."""
    store = make()
    store.append([an_append("rule:topic/a", 0, _SOON)])
    [late] = store.append([an_append("rule:topic/b", 0, _NOW)])
    _same("a time a little before", late.at, _SOON)
    _raises("a clock set back", ClockSetBack, partial(store.append, [a_past("rule:topic/c")]))
    [later] = store.append([an_append("rule:topic/c", 0, _LATER)])
    _same("a later time", later.at, _LATER)
    _whole(store, 3)


def keeps_texts_beside(make: Make) -> None:
    """A text is kept under its hash and may be deleted for good; the trail stays whole."""
    store = make()
    texts = [text for text in (*STRANGE, "\x00 and half a pair: \ud800") if text]
    for number, text in enumerate(texts):
        store.append([an_append(f"report:{number}", 0, text=text)])
        _same("a text", store.text(hash_of_text(text)), text)
    store.append([an_append("report:again", 0, text=texts[0])])
    first = hash_of_text(texts[0])
    _same("deleting", store.forget(first), wanted=True)
    _same("the deleted text", store.text(first), None)
    _same("deleting again", store.forget(first), wanted=False)
    _same("another text", store.text(hash_of_text(texts[1])), texts[1])
    _same("a text of nobody", store.text(""), None)
    _whole(store, len(texts) + 1)
    store.append([an_append("report:anew", 0, text=texts[0])])
    _same("the text written anew", store.text(first), texts[0])


def keeps_versions(make: Make) -> None:
    """Every state of the content stays readable, in the order in which it was seen, and is kept once."""
    store = make()
    bodies = [{"clinical": text, "number": number} for number, text in enumerate(STRANGE)]
    items = [an_item("statement:topic/one", body) for body in [*bodies, dict(DEEP)]]
    ground = Ground("source:x", "X", fingerprint({"a": 1}), {"a": 1})
    _same("keeping nothing", store.keep([], _NOW), 0)
    _same("keeping the first", store.keep([items[0], ground, items[0]], _NOW), 2)
    _same("keeping it again", store.keep([items[0], ground], _LATER), 0)
    for item in items[1:]:
        _same("keeping one more", store.keep([items[0], item, ground], _LATER), 1)
    kept = store.versions("statement:topic/one")
    _same("the order", [version.fingerprint for version in kept], [item.fingerprint for item in items])
    _same("the bodies", [dict(version.body) for version in kept], [dict(item.body) for item in items])
    _same("when they were seen", [version.seen_at for version in kept], [_NOW, *[_LATER] * (len(items) - 1)])
    _same("one of them", store.version("statement:topic/one", items[3].fingerprint), kept[3])
    _same("a ground", [version.title for version in store.versions("source:x")], ["X"])
    _same("none", store.version("statement:topic/one", "0" * 64), None)
    _same("those of nothing", store.versions("statement:topic"), ())


def an_item(name: str, body: Mapping[str, Any]) -> Item:
    """A made-up item with this body."""
    return Item(name, ItemKind.STATEMENT, "topic", f"Title of {name}", fingerprint(body), body)


def counts_readings(make: Make) -> None:
    """What was shown is added up, by item, from a day on."""
    store = make()
    _same("nothing", dict(store.readings("2026-01-01")), {})
    store.read({}, "2026-03-01")
    store.read({"a": 2, "b": 1}, "2026-03-01")
    store.read({"b": 5, "a": 1}, "2026-03-02")
    store.read({"a": 1}, "2026-03-02")
    _same("from the first day", dict(store.readings("2026-03-01")), {"a": 4, "b": 6})
    _same("from the second", dict(store.readings("2026-03-02")), {"a": 2, "b": 5})
    _same("from the third", dict(store.readings("2026-03-03")), {})


def one_of_many_wins(make: Make) -> None:
    """Of several that act on the same revision at once, one does, and the others are told."""
    store = make()

    def add(name: int, revision: int) -> bool:
        try:
            store.append([an_append("rule:topic/a", revision, text=f"of {name}")])
        except ReviewMoved:
            return False
        return True

    with ThreadPoolExecutor(_MANY) as pool:
        for revision in range(5):
            won = sum(pool.map(partial(add, revision=revision), range(_MANY)))
            _same(f"how many added revision {revision + 1}", won, 1)
    _whole(store, 5)


def all_of_many_get_in(make: Make) -> None:
    """Of several that act on different subjects at once, none is refused, none is lost, and the chain is whole."""
    store = make()

    def add(name: int) -> None:
        for revision in range(10):
            store.append([an_append(f"rule:topic/{name}", revision)])
            store.read({"a": 1}, "2026-03-01")
            store.keep([an_item("statement:topic/a", {"n": revision})], _NOW)

    with ThreadPoolExecutor(_MANY) as pool:
        list(pool.map(add, range(_MANY)))
    _whole(store, 10 * _MANY)
    _same("how often it was read", dict(store.readings("2026-03-01")), {"a": 10 * _MANY})
    _same("how many versions", len(store.versions("statement:topic/a")), 10)


CHECKS: Final[Mapping[str, Callable[[Make], None]]] = {
    check.__name__: check
    for check in (
        comes_back,
        counts_without_a_gap,
        all_or_none,
        only_the_next_revision,
        streams,
        looks_at_the_clock,
        keeps_texts_beside,
        keeps_versions,
        counts_readings,
        one_of_many_wins,
        all_of_many_get_in,
    )
}
"""Every check, by name."""


def _whole(store: ReviewStore, rows: int) -> None:
    proof = prove(store.events())
    _same("the proof", (proof.rows, proof.broken), (rows, ""))
    _same("the head", store.head()[:2], (rows, proof.head))


def _moved(store: ReviewStore, addition: Append) -> None:
    rows = list(store.events())
    try:
        store.append([addition])
    except ReviewMoved as error:
        _same("who moved", error.subject, addition.draft.subject)
        _same("the rows after it", list(store.events()), rows)
        return
    raise NotConforming(f"revision {addition.revision} of {addition.draft.subject} was taken for the last one")


def _same(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise NotConforming(f"{what}: found {found!r:.500}, wanted {wanted!r:.500}")


def _raises(what: str, error: type[Exception], action: Callable[[], object]) -> None:
    try:
        found = action()
    except error:
        return
    raise NotConforming(f"{what}: found {found!r:.200}, wanted {error.__name__}")
