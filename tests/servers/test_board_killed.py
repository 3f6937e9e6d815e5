"""``bedside serve`` is killed while members work: what it said was done is done, and the trail is whole.

Ten times it is killed soon after the first thing was done, whatever that was. The last time it is killed once
everything that is looked for has been done, however long that takes on a busy machine.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import reduce
from pathlib import Path

from bedside.board import open_board
from bedside.board_wordings import unfounded
from bedside.ingest.wordings import read_wordings
from bedside.review.chain import prove
from bedside.review.standing import Standing, after
from bedside.stores.account_store import open_accounts
from bedside.stores.review_store import open_review
from tests.board_content import cut_file
from tests.servers.roles_oracle import WORDED, proposed
from tests.servers.whole_board import PASSWORD, Whole

KILLS = 10
EACH = 30
"""Items that each reviewer has on the table in one life of the server."""
REVIEWERS = ("ruth", "ravi", "all")
EVERYTHING = {"claim", "approve", "return", "release", "adopt", "back", "session", "left"}
"""What the last life waits for: actions, a wording taken back, somebody who came, somebody who went."""
ROOT = Path(__file__).parents[2]


def test_what_was_acknowledged_outlives_being_killed(tmp_path):
    whole = Whole(tmp_path, every_statement=True)
    settings = whole.settings
    begin = {
        "reviewers": [{"handle": handle, "session": whole.session(handle)} for handle in REVIEWERS],
        "editor": whole.session("ed"),
        "entering": "guest",
        "password": PASSWORD,
        "worded": WORDED,
        "proposal": proposed(whole),
    }
    items = [item for item in (whole.fresh() for _ in range(len(REVIEWERS) * EACH)) if item != WORDED]
    whole.close()
    said: list[dict] = []
    dice = random.Random(6)  # noqa: S311
    for life in range(KILLS + 1):
        until = soon(dice.uniform(0.1, 0.9)) if life < KILLS else everything
        new = lived(tmp_path, begin, items, life, until)
        said += new
        with closing(open_review(settings)) as store:
            rows = {event.number: event for event in store.events()}
            assert prove(store.trail()).whole, life
        for each in said:
            if "row" in each:
                event = rows[each["row"]]
                assert (event.subject, event.actor) == (each["item"], each["handle"])
                assert event.action in (each["action"], "sign" if each["action"] == "approve" else "")
        read_wordings(tmp_path)
    assert done(new) >= EVERYTHING
    nothing_is_lost(settings, said, begin)


def done(said: Iterable[dict]) -> set[str]:
    """Which of the things that are looked for were done."""
    return {each.get("action") or name for each in said for name in each} & EVERYTHING


def soon(seconds: float) -> Callable[[Iterator[bytes]], list[bytes]]:
    """Wait for the first thing that is done, and so long more."""

    def heard(lines: Iterator[bytes]) -> list[bytes]:
        first = next(lines)
        time.sleep(seconds)
        return [first]

    return heard


def everything(lines: Iterator[bytes]) -> list[bytes]:
    """Wait until everything was done."""
    found: list[bytes] = []
    for line in lines:
        found.append(line)
        if done(map(json.loads, found)) >= EVERYTHING:
            break
    return found


def lived(
    home: Path, begin: dict, items: list[str], life: int, until: Callable[[Iterator[bytes]], list[bytes]]
) -> list[dict]:
    """Start the server and the members, kill the server after what *until* waits for; what was done."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"HOME": str(home), "CONTENT": str(cut_file(every_statement=True)), "ASKING_RATE": "0"}
    environ = {**os.environ, **{f"BEDSIDE_{name}": value for name, value in given.items()}}
    reviewers = [
        {**each, "items": random.Random(life * 7 + place // 2).sample(items, EACH), "seed": life * 7 + place}  # noqa: S311
        for place, each in enumerate(begin["reviewers"])
    ]
    with (home / "log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "bedside", "serve", "--port", str(port)], env=environ, stdout=log, stderr=log
        )
        load = subprocess.Popen(
            [sys.executable, "-m", "tests.servers.board_load"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=ROOT,
        )
        try:
            load.stdin.write(json.dumps({**begin, "port": port, "reviewers": reviewers}).encode())
            load.stdin.close()
            heard = until(load.stdout)
            assert server.poll() is None, (home / "log").read_text()[-2_000:]
        finally:
            os.kill(server.pid, signal.SIGKILL)
            server.wait(20)
        lines = [*heard, *load.stdout]
        load.wait(30)
        load.stdout.close()
    return [json.loads(line) for line in lines if line.endswith(b"\n")]


def nothing_is_lost(settings, said: list[dict], begin: dict) -> None:
    """Sessions, standings, the adopted wording and the trail agree after the last start."""
    with closing(open_accounts(settings)) as accounts:
        left = {each["left"] for each in said if "left" in each}
        leaving = {each["leaving"] for each in said if "leaving" in each}
        entered = {each["session"] for each in said if "session" in each} - leaving
        kept = {each["session"] for each in begin["reviewers"]} | {begin["editor"]}
        now = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
        assert entered
        assert [token for token in entered | kept if accounts.session(token, now) is None] == []
        assert [token for token in left if accounts.session(token, now) is not None] == []
    with closing(open_board(settings)) as board:
        assert board.prove().whole
        assert unfounded(board) == ()
        shipped = {each.statement for each in read_wordings(settings.home)}
        changes = [e for e in board.store.events() if e.action in ("adopt", "withdraw-wording")]
        assert (f"statement:{next(iter(shipped), '')}" == WORDED) == (changes[-1].action == "adopt")
        for item, standing in board.standings().items():
            assert reduce(after, board.store.events(subject=item), Standing(item)) == standing
