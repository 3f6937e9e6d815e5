"""The whole application with a board, for tests: ``create_app`` over a home and a cut of the content, members with
sessions, a clock by hand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from starlette.testclient import TestClient

from bedside.board import open_board
from bedside.review.member import Member
from bedside.review.report import ReportKind
from bedside.review.report_words import salted
from bedside.review.state import Action, Role
from bedside.review.workflow import Command
from bedside.servers import app as application
from bedside.servers import csrf
from bedside.servers.reports import keeping
from bedside.settings import Settings
from bedside.stores.account_password import Passwords
from bedside.stores.account_schema import account, session
from tests.board_content import cut_file
from tests.servers.application import HOME

PASSWORD = "lantern oboe gravel thirty"  # noqa: S105  of a home that is thrown away
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ROLES = {
    "guest": (),
    "ann": (Role.AUTHOR,),
    "ruth": (Role.REVIEWER,),
    "ravi": (Role.REVIEWER,),
    "ed": (Role.EDITOR,),
    "ada": (Role.ADMINISTRATOR,),
    "all": tuple(Role),
}


class Clock:
    """The time of this machine, set forward or back by hand."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def __call__(self) -> str:
        """Now, as the board is told."""
        return (datetime.now(UTC) + self.shift).isoformat(timespec="seconds")


class Whole:
    """The application over a home, its board, and who may come to it."""

    def __init__(self, home: Path, database: str = "", *, members: bool = True, every_statement: bool = False) -> None:
        content = cut_file(every_statement=every_statement)
        self.settings = Settings(home=home, content=content, asking_rate=0, database=database)
        self.clock = Clock()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(application, "open_board", partial(open_board, clock=self.clock))
            self.app = application.create_app(self.settings)
        self.board = self.app.state.board
        self.accounts = self.app.state.accounts
        self.accounts._passwords = Passwords(CHEAP)
        self._ids = itertools.count(1)
        if members:
            for number, (handle, roles) in enumerate(ROLES.items(), 1):
                self.join(handle, *roles, number=number)
        self._fresh = (item for item in sorted(self.board.snapshot.items) if self._plain(item))

    def _plain(self, item: str) -> bool:
        return item.startswith("statement:") and not self.board.item(item).dose

    def join(self, handle: str, *roles: Role, number: int = 99, one_time: bool = False) -> Member:
        """Make a member with everything that a signature says."""
        made = Member(handle, f"Dr {handle.title()}", frozenset(roles), "MB", f"GMC {number:07}", "None", "2026-11-01")
        return self.accounts.create(made, PASSWORD, self.clock(), one_time=one_time)

    def victim(self) -> str:
        """A new member to be changed; the handle."""
        return self.join(f"victim{next(self._ids)}", Role.AUTHOR).handle

    def session(self, handle: str) -> str:
        """The token of a new session."""
        return self.accounts.sign_in_by(handle, self.clock())

    def browser(self, session: str = "") -> Browser:
        """A browser with that session; without one, a reader's."""
        return Browser(self, session)

    def member(self, handle: str) -> Browser:
        """A browser in which a member has signed in."""
        return Browser(self, self.session(handle))

    def fresh(self) -> str:
        """A statement without a dose that no test has had yet."""
        return next(self._fresh)

    def seen(self, item: str) -> dict[str, str]:
        """The hidden fields that the page of an item carries."""
        return {"revision": str(self.board.standing(item).revision), "seal": self.board.snapshot.seal(item)}

    def act(self, handle: str, action: Action, item: str, **more):
        """Do something at the board itself."""
        seen = Command(action, item, self.board.standing(item).revision, seal=self.board.snapshot.seal(item), **more)
        return self.board.act(self.accounts.member(handle), seen)

    def sign(self, items: Iterable[str], expires: str = "") -> None:
        """Let as many reviewers sign as it takes."""
        for item in items:
            if self.board.approved(item):
                continue
            for who in ("ruth", "ravi")[: self.board.policy.signatures(self.board.item(item))]:
                self.act(who, Action.CLAIM, item)
                self.act(who, Action.APPROVE, item, expires=expires)

    def report(self, kind: ReportKind = ReportKind.WRONG) -> str:
        """The token of a new report."""
        return keeping.receive(self.board, self.app.state.reports, kind, (), "", salted("Words of a reader."))

    def report_id(self, kind: ReportKind = ReportKind.WRONG) -> str:
        """The id of a new report."""
        return self.app.state.reports.find(self.report(kind)).id

    def thread(self, question: str = "My B12 is 150 ng/L. What now?") -> str:
        """The private link of a new thread."""
        sent = self.browser().post("/ask", question=question, reader="patient", region="GB")
        assert sent.status_code == 303, sent.text[:500]
        return sent.headers["location"].removeprefix("/t/")

    def state(self):
        """Everything that a request which is refused leaves as it was: the trail, the accounts, who is signed in."""
        chosen = select(session.c.id), select(account).order_by(account.c.handle)
        sessions, accounts = (self.accounts._look(lambda base, one=one: base.execute(one).all()) for one in chosen)
        return self.board.store.head(), accounts, sessions, self.board.desk.library.release

    def close(self) -> None:
        """Let go of the databases."""
        self.app.state.threads.close()
        self.board.close()
        self.app.state.reports.close()


class Browser:
    """A browser that follows no redirect by itself, and the token that the forms of its pages carry."""

    def __init__(self, whole: Whole, session: str = "") -> None:
        self.client = TestClient(whole.app, base_url=HOME, follow_redirects=False)
        self.session = session
        self._token = csrf.of_session(session) if session else ""
        if session:
            self.client.cookies.set("bedside-board", session)

    @property
    def token(self) -> str:
        """The token of its forms."""
        if not self._token:
            page = self.client.get("/report")
            self._token = re.search(r'name="csrf" value="([^"]+)"', page.text)[1]
        return self._token

    def get(self, path: str):
        """Open a page."""
        return self.client.get(path)

    def text(self, path: str) -> str:
        """The text of a page that is there."""
        reply = self.client.get(path)
        assert reply.status_code == 200, (
            path,
            reply.status_code,
            " ".join(re.sub("<[^>]*>", " ", reply.text).split())[:400],
        )
        return reply.text

    def post(self, path: str, **fields):
        """Send a form with the token of its own pages."""
        return self.client.post(path, data={csrf.FIELD: self.token, **fields})
