"""A server with accounts, for tests: cheap passwords, a clock that is set by hand, a trail in memory."""

from __future__ import annotations

import re
import tempfile
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated

from argon2 import PasswordHasher
from fastapi import Depends, FastAPI, Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from bedside.review.member import Member
from bedside.review.state import Role
from bedside.review.store import Append
from bedside.servers import csrf, identity, middleware, problem
from bedside.servers.identity.router import router
from bedside.servers.middleware import NO_TELEMETRY
from bedside.servers.templating import environment
from bedside.servers.walls import Walls
from bedside.settings import Settings
from bedside.stores.account_changes import first_administrator
from bedside.stores.account_password import Passwords
from bedside.stores.account_store import open_accounts
from bedside.stores.review_memory import ReviewMemory
from bedside.stores.transacting import FILE
from tests.servers.application import HOME, OPEN

START = "2026-11-23T10:00:00+00:00"
ADMIN, WORDS = "ada", "violet kettle moss parade"
SECOND = "lantern oboe gravel thirty"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Trail:
    """The board as far as accounts need it."""

    def __init__(self) -> None:
        self.store = ReviewMemory()
        self.time = START

    def clock(self) -> str:
        """The time, as it was set."""
        return self.time

    now = clock

    def later(self, **by: float) -> str:
        """Let time pass."""
        self.time = (datetime.fromisoformat(self.time) + timedelta(**by)).isoformat(timespec="seconds")
        return self.time

    def revision(self, subject: str) -> int:
        """How many rows a subject has."""
        return sum(1 for _ in self.store.events(subject=subject))

    def write(self, draft, revision, text=""):
        """Add a row."""
        [event] = self.store.append([Append(draft, revision, text)])
        return event

    def actions(self, handle: str) -> list[str]:
        """What the trail says of a member."""
        return [event.action for event in self.store.events(subject=f"member:{handle}")]


@cache
def _tables() -> bytes:
    """A database in which the tables of accounts are made, and nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        open_accounts(Settings(home=Path(folder)), Passwords(CHEAP)).close()
        return (Path(folder) / FILE).read_bytes()


def _furnish(home: Path) -> None:
    """Put such a database into a home that has none: to make the tables takes longer than most of these tests."""
    if not (home / FILE).exists():
        home.mkdir(parents=True, exist_ok=True)
        (home / FILE).write_bytes(_tables())


class House:
    """The server, its accounts and its trail."""

    def __init__(self, home: Path, walls: Walls = OPEN, **settings: object) -> None:
        self.settings = Settings(home=home, asking_rate=0, **settings)
        _furnish(home)
        self.accounts = open_accounts(self.settings, Passwords(CHEAP))
        self.trail = Trail()
        self.app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, telemetry=NO_TELEMETRY)
        state = self.app.state
        state.settings, state.accounts, state.board = self.settings, self.accounts, self.trail
        state.templates = environment()
        state.templates.globals["csrf_field"] = csrf.csrf_field
        middleware.install(self.app, self.settings, walls)
        problem.install(self.app)
        identity.install(self.app)
        self.app.include_router(router)
        self.app.add_api_route("/board", _home)
        self.app.add_api_route("/board/items/{name:path}", _home)
        self.app.add_api_route("/board/review", _reviewers)
        self.app.add_api_route("/board/act", _act, methods=["POST"])
        self.app.add_api_route("/open", _anybody)

    def begin(self) -> Member:
        """The first administrator."""
        return first_administrator(self.accounts, self.trail, ADMIN, "Ada Smith", WORDS)

    def member(self, handle: str = "rae", *roles: Role, password: str = SECOND) -> Member:
        """A further member with a password of their own."""
        made = Member(handle, f"{handle.title()} Jones", frozenset(roles))
        return self.accounts.create(made, password, self.trail.time)

    def browser(self, base: str = HOME) -> Browser:
        """A fresh browser that follows no redirect by itself."""
        return Browser(TestClient(self.app, base_url=base, follow_redirects=False))


class Browser:
    """Opens pages and sends the forms that stand on them."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str, **more):
        """Open a page."""
        return self.client.get(path, **more)

    def token(self, path: str) -> str:
        """The token of the forms of a page."""
        page = self.get(path)
        found = re.findall(r'name="csrf" value="([^"]+)"', page.text)
        assert found, f"{path}: {page.status_code} has no form"
        return found[0]

    def send(self, path: str, fields: dict, page: str = ""):
        """Send a form of *page* (where it is another one than *path*)."""
        return self.client.post(path, data={"csrf": self.token(page or path), **fields})

    def sign_in(self, handle: str = ADMIN, password: str = WORDS, **fields):
        """Send the form of the sign-in."""
        return self.send("/board/sign-in", {"handle": handle, "password": password, **fields})

    @property
    def session(self) -> str:
        """The token of the session cookie."""
        return next((each.value for each in self.client.cookies.jar if each.name.endswith("bedside-board")), "")


def _home(who: Annotated[Member, Depends(identity.member)]) -> PlainTextResponse:
    return PlainTextResponse(f"home of {who.handle}: {' '.join(sorted(who.roles))}")


def _reviewers(who: Annotated[Member, Depends(identity.having(Role.REVIEWER, Role.EDITOR))]) -> PlainTextResponse:
    return PlainTextResponse(f"reviewing: {who.handle}")


async def _act(
    form: Annotated[object, Depends(csrf.checked_form)],  # noqa: ARG001  the form must be ours
    who: Annotated[Member, Depends(identity.member)],
) -> PlainTextResponse:
    return PlainTextResponse(f"done by {who.handle}")


def _anybody(request: Request) -> PlainTextResponse:
    found = identity.signed_in(request)
    return PlainTextResponse(found.handle if found else "nobody")
