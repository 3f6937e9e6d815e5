"""Members at work over HTTP, in a process of their own: python -m tests.servers.board_load, JSON in, lines out.

In: the port, who works with which session on which items, and a password to sign in with. Out: a line of JSON for each
thing that the server has said was done, written as soon as it was said. It ends when the server does.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from bedside.servers.csrf import of_session

LONGEST = 300.0
"""Seconds after which everybody goes home, should nobody end the server."""
_DONE = re.compile(r"done=(\d+)$")


class Member:
    """One member at one browser, on a connection that is kept open."""

    def __init__(self, port: int, session: str) -> None:
        self.line = HTTPConnection("127.0.0.1", port, timeout=10)
        self.cookies = {"bedside-board": session} if session else {}
        self.session = session

    def get(self, path: str) -> str:
        """The text of a page."""
        return self._asked("GET", path, None)[2]

    def post(self, path: str, fields: dict) -> tuple[int, str]:
        """Status and location after a form."""
        status, location, _ = self._asked("POST", path, urlencode(fields))
        return status, location

    def _asked(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(method, path, body, headers)
        reply = self.line.getresponse()
        text = reply.read().decode()
        for each in reply.headers.get_all("Set-Cookie") or ():
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value
        return reply.status, reply.headers.get("Location", ""), text

    def form(self, item: str) -> dict[str, str]:
        """The hidden fields of an item's page."""
        page = self.get(f"/board/items/{item}")
        return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("csrf", "revision", "seal")}


def say(**what) -> None:
    """One line, whole."""
    os.write(1, (json.dumps(what) + "\n").encode())


def reviewing(member: Member, handle: str, items: list[str], dice: random.Random) -> None:
    """Claim, then sign, return or release, one item after the other."""
    for item in items:
        action = "claim"
        while action:
            status, location = member.post(
                f"/board/items/{item}/{action}", member.form(item) | {"note": "Said.", "read": "yes"}
            )
            if status == 303:
                say(row=int(_DONE.search(location)[1]), item=item, action=action, handle=handle)
            action = dice.choice(("approve", "return", "release")) if action == "claim" and status == 303 else ""


def adopting(member: Member, item: str, proposal: int) -> None:
    """Adopt a wording and take it back, over and over."""
    while True:
        status, location = member.post(f"/board/items/{item}/adopt", member.form(item) | {"proposal": str(proposal)})
        if status == 303:
            say(row=int(_DONE.search(location)[1]), item=item, action="adopt", handle="ed")
        status, _ = member.post(f"/board/items/{item}/take-back", member.form(item) | {"note": "Back."})
        if status == 303:
            say(back=item)


def entering(port: int, handle: str, password: str) -> None:
    """Sign in, and out again every second time."""
    for number in range(1_000):
        member = Member(port, "")
        [token] = re.findall(r'name="csrf" value="([^"]+)"', member.get("/board/sign-in"))[:1]
        status, _ = member.post("/board/sign-in", {"csrf": token, "handle": handle, "password": password})
        session = member.cookies.get("bedside-board", "")
        if status == 303:
            say(session=session)
        if number % 2:
            say(leaving=session)
            if member.post("/board/sign-out", {"csrf": of_session(session)})[0] == 303:
                say(left=session)


def waited(port: int) -> None:
    """Until the server answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            Member(port, "").get("/healthz")
        except OSError:
            time.sleep(0.05)
        else:
            return


def main() -> None:
    """Let everybody work at once."""
    given = json.load(sys.stdin)
    port = given["port"]
    waited(port)
    work = [
        (reviewing, Member(port, each["session"]), each["handle"], each["items"], random.Random(each["seed"]))  # noqa: S311
        for each in given["reviewers"]
    ]
    work.append((adopting, Member(port, given["editor"]), given["worded"], given["proposal"]))
    work.append((entering, port, given["entering"], given["password"]))

    def one(task, *values) -> None:
        try:
            task(*values)
        except (OSError, HTTPException, TypeError, ValueError):  # the server is gone, in the midst of a page
            return

    threads = [threading.Thread(target=one, args=each, daemon=True) for each in work]
    for thread in threads:
        thread.start()
    until = time.monotonic() + LONGEST
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))


if __name__ == "__main__":
    main()
