"""A server with a board and reader reports for tests: threads, trail and reports in memory, members made up."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from html import unescape

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from bedside.board import Board
from bedside.review.state import Action
from bedside.review.workflow import Command, Policy
from bedside.servers import csrf, middleware, problem
from bedside.servers.answers import Answers
from bedside.servers.app import STATIC
from bedside.servers.board.router import router as board_pages
from bedside.servers.identity import guard, member
from bedside.servers.pages.ask import router as ask
from bedside.servers.pages.takeaway import router as takeaway
from bedside.servers.pages.thread import router as thread
from bedside.servers.public.router import router as public
from bedside.servers.readings import Readings
from bedside.servers.reports.router import router as reports
from bedside.servers.reviewed import footer_line
from bedside.servers.templating import environment
from bedside.settings import Settings
from bedside.stores.report_memory import ReportsInMemory
from bedside.stores.review_memory import ReviewMemory
from bedside.stores.thread_memory import ThreadsInMemory
from tests.servers.application import HOME, OPEN, QUESTION
from tests.servers.board.application import NOW, PEOPLE, People, desk

__all__ = ["NOW", "PEOPLE", "QUESTION", "House", "approve", "house"]


@dataclass
class House:
    """The server, its parts, and who sits at the board ("" for nobody)."""

    app: FastAPI
    board: Board
    reports: object
    clock: list
    who: str = ""

    def browser(self):
        """A new browser of our own site."""
        return TestClient(self.app, base_url=HOME, follow_redirects=False)

    def sit(self, handle):
        """Let somebody sign in."""
        self.who = handle
        if handle:
            self.app.dependency_overrides[member] = lambda: PEOPLE[handle]
        else:
            self.app.dependency_overrides.clear()
        return self

    def get(self, path, status=200):
        """The text of a page."""
        reply = self.browser().get(path)
        assert reply.status_code == status, (path, reply.status_code, reply.text[:1500])
        return reply.text

    def post(self, path, **fields):
        """Send a form with the token of a page of ours."""
        browser = self.browser()
        return browser.post(path, data={csrf.FIELD: token_in(browser.get("/report").text), **fields})

    def asked(self, question=QUESTION, reader="patient", region="GB"):
        """The address of a new thread."""
        sent = self.post("/ask", question=question, reader=reader, region=region)
        assert sent.status_code == 303, sent.text[:500]
        return sent.headers["location"]

    def reported(self, kind="wrong", words="", **more):
        """The address of a new report."""
        sent = self.post("/report", kind=kind, words=words, **more)
        assert sent.status_code == 303, sent.text[:500]
        return sent.headers["location"]


def token_in(text):
    """The token of the forms of a page."""
    return unescape(re.search(rf'name="{csrf.FIELD}" value="([^"]+)"', text)[1])


def house(*, accounts=None, store=None, reports_store=None, shared=None, walls=OPEN, policy=None):
    """A server with a board."""
    clock = [NOW]
    board = Board(
        shared or desk(),
        store or ReviewMemory(),
        accounts or People(),
        policy or Policy("none"),
        lambda: clock[0],
    )
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, telemetry=middleware.NO_TELEMETRY)
    app.state.settings = Settings.load(os.environ)
    app.state.desk, app.state.board = board.desk, board
    app.state.answers = Answers(board.desk)
    app.state.threads = ThreadsInMemory()
    app.state.reports = ReportsInMemory() if reports_store is None else reports_store
    app.state.readings = Readings()
    app.state.templates = environment()
    app.state.templates.globals |= {"csrf_field": csrf.csrf_field, "footer_line": footer_line}
    middleware.install(app, app.state.settings, walls)
    problem.install(app)
    guard.install(app)
    app.mount("/static", StaticFiles(packages=STATIC), name="static")
    for router in (ask, thread, takeaway, public, reports, board_pages):
        app.include_router(router)
    return House(app, board, app.state.reports, clock)


def approve(board, items, *, handle="ruth", expires=""):
    """Let one reviewer sign items, what they need first."""
    for item in dict.fromkeys(_needed(board, items)):
        if board.approved(item):
            continue
        for action in (Action.CLAIM, Action.APPROVE):
            standing, seal = board.standing(item), board.snapshot.seal(item)
            board.act(PEOPLE[handle], Command(action, item, standing.revision, seal=seal, expires=expires))


def _needed(board, items):
    for item in items:
        yield from _needed(board, board.snapshot.items[item].needs)
        yield item
