"""The board's pages over 10,000 items: how long a member waits.

    python benchmarks/review_queue.py [--items 10000] [--requests 200] [--members 1]

A server of its own (uvicorn, with every wall) over a home of its own: accounts, trail and versions in its database. The
shipped content is there as it is; copies of it under other ids and topics fill the queue up to ``--items``. A reviewer
signs in with a password and asks for pages of the queue, narrowed and not, searches, opens items, claims and releases
them. Printed: waiting times in milliseconds at the client, by kind of page: the middle one, the 95th and the 99th of a
hundred, and the longest. "queue after an event" is the first look at the queue after a row was added, when its order is
made anew. Exit status 1 where the 95th of a page of the queue is 300 ms or more.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from http.client import HTTPConnection
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import uvicorn

from bedside.answer import fingerprint
from bedside.board import Board
from bedside.review.item import Item, Snapshot
from bedside.review.mark import Mark
from bedside.review.member import Member
from bedside.review.state import Role
from bedside.servers.app import create_app
from bedside.servers.board.address import item_href
from bedside.servers.csrf import FIELD
from bedside.servers.middleware import server_options
from bedside.settings import Settings

LIMIT = 300.0
HANDLE, PASSWORD = "reviewer", "fourteen brown horses"
NARROWED = ("", "state=Submitted", "kind=rule", "dose=yes", "topic=copy-3", "kind=statement&dose=yes", "mine=yes")
WORDS = ("anaphylaxis", "oral b12", "copy-7", "no such words")
_TOKEN = re.compile(rf'name="{FIELD}" value="([^"]+)"')


class Enlarged(Board):
    """A board whose content is copied until it has ``wanted`` items."""

    wanted = 10_000

    def _snapshot_with(self, marks: Mapping[str, Mark]) -> Snapshot:
        real = super()._snapshot_with(marks)
        items = dict(real.items)
        for round_, item in zip(self._rounds(len(real.items)), cycle(real.items.values()), strict=False):
            if len(items) >= self.wanted:
                break
            copy = _copy(item, round_)
            items[copy.id] = copy
        return Snapshot(f"{real.key}+{len(items)}", items, real.grounds)

    def _rounds(self, size: int) -> list[int]:
        return [number // size + 1 for number in range(self.wanted)]


def _copy(item: Item, round_: int) -> Item:
    body = {**item.body, "copy": str(round_)}
    name = item.id.partition("/")[2]
    return replace(
        item,
        id=f"{item.kind.value}:copy-{round_}/{name}",
        topic=f"copy-{round_}",
        title=f"{item.title} (copy {round_})",
        fingerprint=fingerprint(body),
        body=body,
        needs=(),
    )


class Visitor:
    """A member at a browser that keeps its connection."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies: dict[str, str] = {}
        self.waited: dict[str, list[float]] = {}

    def get(self, path: str, kind: str = "") -> str:
        """The page; how long it took is kept under *kind*."""
        return self._ask("GET", path, None, kind)

    def post(self, path: str, kind: str = "", **fields: str) -> str:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields), kind)

    def sign_in(self) -> None:
        """With the password."""
        token = token_of(self.get("/board/sign-in"))
        self.post("/board/sign-in", **{FIELD: token, "handle": HANDLE, "password": PASSWORD})

    def _ask(self, method: str, path: str, body: str | None, kind: str) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self._connection.request(method, path, body, headers)
        reply = self._connection.getresponse()
        text = reply.read().decode()
        taken = (time.perf_counter() - began) * 1000
        if reply.status not in (200, 303):
            sys.exit(f"{method} {path}: {reply.status}")
        for each in reply.headers.get_all("Set-Cookie") or ():
            name, _, value = each.partition(";")[0].partition("=")
            self._cookies[name] = value
        if kind:
            self.waited.setdefault(kind, []).append(taken)
        return text


def token_of(text: str) -> str:
    """The token of the forms of a page."""
    found = _TOKEN.search(text)
    if found is None:
        sys.exit("a page without a form")
    return found[1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=200, help="looks at the queue of each member")
    parser.add_argument("--members", type=int, default=1, help="how many work at once")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        board, server, port = _served(home, chosen.items)
        print(f"{len(board.snapshot.items):,} items, {board.store.head()[0]:,} rows in the trail")
        visitors = [Visitor(port) for _ in range(chosen.members)]
        for visitor in visitors:
            visitor.sign_in()
        items = sorted(board.snapshot.items)
        threads = [
            threading.Thread(target=_work, args=(visitor, items, chosen.requests, number))
            for number, visitor in enumerate(visitors)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        server.should_exit = True
    slow = _print(visitors)
    sys.exit(1 if slow else 0)


def _served(home: str, items: int) -> tuple[Board, uvicorn.Server, int]:
    settings = Settings.load({"BEDSIDE_HOME": home, "BEDSIDE_ASKING_RATE": "0"})
    app = create_app(settings)
    plain = app.state.board
    board = Enlarged(plain.desk, plain.store, plain.accounts, plain.policy, plain.clock)
    board.wanted = items
    app.state.board = board
    member = Member(HANDLE, "A Reviewer", frozenset({Role.REVIEWER, Role.ADMINISTRATOR}))
    app.state.accounts.create(member, PASSWORD, board.clock())
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", **_options()))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return board, server, server.servers[0].sockets[0].getsockname()[1]


def _options() -> dict[str, Any]:
    return {name: value for name, value in server_options().items() if name != "log_config"}


def _work(visitor: Visitor, items: list[str], requests: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret hangs on it
    token = token_of(visitor.get("/board/queue"))
    for number in range(requests):
        visitor.get(f"/board/queue?{chance.choice(NARROWED)}&page={chance.randint(1, 40)}", "queue")
        if number % 4 == 0:
            visitor.post("/board/queue", "queue, searched", **{FIELD: token, "words": chance.choice(WORDS)})
        if number % 10 == 0:
            visitor.get("/board", "home")
            _claim(visitor, item_href(chance.choice(items)), token)


def _claim(visitor: Visitor, path: str, token: str) -> None:
    """Open an item, claim it, look at the queue, give it back."""
    text = visitor.get(path, "item")
    for action in ("claim", "release"):
        if f'action="{path}/{action}"' in text:
            fields = dict(re.findall(r'name="(revision|seal)" value="([^"]*)"', text))
            visitor.post(f"{path}/{action}", f"{action}", **{FIELD: token, **fields})
            visitor.get("/board/queue", "queue after an event")
            text = visitor.get(path)


def _print(visitors: list[Visitor]) -> bool:
    """The table; whether a page of the queue is too slow."""
    kinds: dict[str, list[float]] = {}
    for visitor in visitors:
        for kind, waited in visitor.waited.items():
            kinds.setdefault(kind, []).extend(waited)
    print(f"{'ms':24}{'n':>6}{'p50':>8}{'p95':>8}{'p99':>8}{'max':>8}")
    slow = False
    for kind, waited in kinds.items():
        cuts = statistics.quantiles(waited, n=100, method="inclusive") if len(waited) > 1 else waited * 99
        print(f"{kind:24}{len(waited):6}{cuts[49]:8.0f}{cuts[94]:8.0f}{cuts[98]:8.0f}{max(waited):8.0f}")
        slow = slow or (kind.startswith("queue") and cuts[94] >= LIMIT)
    return slow


if __name__ == "__main__":
    main()
