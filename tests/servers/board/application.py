"""A board for tests: a cut of the shipped content, the trail in memory, members made up, one of them signed in."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cache
from html import unescape

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from bedside.board import Board
from bedside.desk import Desk
from bedside.review.member import Member
from bedside.review.state import Role
from bedside.review.workflow import Command, Policy
from bedside.servers import csrf, middleware, problem
from bedside.servers.app import STATIC
from bedside.servers.board.router import router as board_pages
from bedside.servers.identity import member
from bedside.servers.templating import environment
from bedside.settings import Settings
from bedside.stores.review_memory import ReviewMemory
from tests.board_content import cut
from tests.servers.application import HOME, OPEN

NOW = "2026-11-23T09:00:00+00:00"


def person(handle, *roles, **more):
    """A member with everything that a signature says."""
    given = {
        "name": f"Dr {handle.capitalize()}",
        "credentials": "MB ChB",
        "registration": f"GMC {sum(handle.encode()):07}",
        "interests": "None",
        "declared_on": "2026-11-01",
    }
    return Member(handle, roles=frozenset(roles), **{**given, **more})


PEOPLE = {
    each.handle: each
    for each in (
        person("ann", Role.AUTHOR),
        person("ruth", Role.REVIEWER),
        person("ravi", Role.REVIEWER),
        person("ed", Role.EDITOR),
        person("ada", Role.ADMINISTRATOR),
        person("all", *Role),
        person("new", Role.REVIEWER, registration=""),
    )
}


class People:
    """The ``Accounts`` port over a dictionary."""

    def members(self):
        """Everybody."""
        return PEOPLE

    def close(self):
        """Nothing to let go of."""


@dataclass
class Sitting:
    """A reviewer's morning in a test: the board, its application, and who sits at it."""

    board: Board
    app: FastAPI
    who: str = "ruth"
    clock: list = field(default_factory=lambda: [NOW])

    def client(self):
        """A browser with no cookie yet."""
        return TestClient(self.app, base_url=HOME, follow_redirects=False)

    def sit(self, handle):
        """Let somebody else sign in."""
        self.who = handle
        return self

    def get(self, path, status=200):
        """The text of a page."""
        reply = self.client().get(path)
        assert reply.status_code == status, (reply.status_code, reply.text[:2000])
        return reply.text

    def post(self, path, **fields):
        """Send a form with the token of a page of ours."""
        browser = self.client()
        token = csrf_of(browser.get("/board/trail").text)
        return browser.post(path, data={csrf.FIELD: token, **fields})

    def seen(self, item):
        """The hidden fields that the page of an item carries."""
        return {"revision": str(self.board.standing(item).revision), "seal": self.board.snapshot.seal(item)}

    def do(self, action, item, **fields):
        """Send one of an item's forms."""
        return self.post(f"/board/items/{item}/{action}", **{**self.seen(item), **fields})

    def act(self, handle, action, item, **more):
        """Do something at the board itself."""
        standing = self.board.standing(item)
        command = Command(action, item, standing.revision, seal=self.board.snapshot.seal(item), **more)
        return self.board.act(PEOPLE[handle], command)


def csrf_of(text):
    """The token of the forms of a page."""
    return unescape(re.search(rf'name="{csrf.FIELD}" value="([^"]+)"', text)[1])


@cache
def desk():
    """A desk over the cut of the content, for every board that changes nothing of it."""
    return Desk(Settings.load({}), cut())


def made(policy=None, walls=OPEN, store=None, shared=None):
    """A board at its pages."""
    clock = [NOW]
    board = Board(shared or desk(), store or ReviewMemory(), People(), policy or Policy(), lambda: clock[0])
    board.refresh()
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, telemetry=middleware.NO_TELEMETRY)
    app.state.settings = Settings.load(os.environ)
    app.state.desk = board.desk
    app.state.board = board
    app.state.templates = environment()
    app.state.templates.globals["csrf_field"] = csrf.csrf_field
    app.state.templates.globals["signed_in"] = lambda _request: None
    middleware.install(app, app.state.settings, walls)
    problem.install(app)
    app.mount("/static", StaticFiles(packages=STATIC), name="static")
    app.include_router(board_pages)
    sitting = Sitting(board, app, clock=clock)
    app.dependency_overrides[member] = lambda: PEOPLE[sitting.who]
    return sitting
