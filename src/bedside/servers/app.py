"""The application: one desk, one store of threads, and the rooms that readers and programs come through.

>>> from bedside.servers.app import create_app
>>> from bedside.settings import Settings
>>> app = create_app(Settings.load(os.environ))
"""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from bedside import __version__
from bedside.board import Board, open_board
from bedside.board_notices import hear
from bedside.clock import now
from bedside.desk import Desk
from bedside.desk import open as open_desk
from bedside.errors import BedsideError
from bedside.servers import csrf, middleware, problem
from bedside.servers.answers import Answers
from bedside.servers.api.router import router as api
from bedside.servers.board.router import router as board
from bedside.servers.identity import guard
from bedside.servers.identity.router import router as identity
from bedside.servers.pages.ask import router as ask
from bedside.servers.pages.takeaway import router as takeaway
from bedside.servers.pages.thread import router as thread
from bedside.servers.public.router import router as public
from bedside.servers.readings import Readings
from bedside.servers.reports import keeping
from bedside.servers.reports.router import router as reports
from bedside.servers.reviewed import footer_line
from bedside.servers.templating import environment
from bedside.settings import Settings
from bedside.stores.report_store import open_reports
from bedside.stores.thread_store import open_threads

STATIC: list[str | tuple[str, str]] = [("bedside.servers", "static"), ("bedside.rendering.html", "static")]
_WARMING = "B12"
SWEEP_SECONDS = 3600
HEAR_SECONDS = 60


def create_app(settings: Settings) -> FastAPI:
    """The pages and the API over the content, library and threads that the settings name.

    ``app.state`` has ``settings``, ``desk``, ``answers``, ``threads``, ``board``, ``accounts`` and ``templates``.
    Raises LibraryUnusable where one of them cannot be opened.
    """
    app = FastAPI(
        title="bedside",
        version=__version__,
        summary="Clinical questions answered from named guidelines, each sentence checked and tied to its source.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
        lifespan=_living,
        telemetry=middleware.NO_TELEMETRY,  # its hooks would see addresses and bodies
    )
    app.state.settings = settings
    app.state.desk = open_desk(settings)
    app.state.answers = Answers(app.state.desk)
    app.state.threads = open_threads(settings)
    app.state.board = open_board(settings, app.state.desk)
    app.state.accounts = app.state.board.accounts
    app.state.reports = open_reports(settings)
    app.state.readings = Readings()
    app.state.board.follow = partial(_follow, app)
    app.state.templates = environment()
    app.state.templates.globals |= {"csrf_field": csrf.csrf_field, "footer_line": footer_line}
    middleware.install(app, settings)
    problem.install(app)
    guard.install(app)
    app.mount("/static", StaticFiles(packages=STATIC), name="static")
    for router in (ask, thread, takeaway, api, public, identity, board, reports):
        app.include_router(router)
    app.add_api_route("/healthz", healthy, include_in_schema=False)
    app.add_api_route("/readyz", ready(app), include_in_schema=False)
    return app


def _follow(app: FastAPI, desk: Desk) -> None:
    """Answer from another desk from now on: a wording was adopted or taken back."""
    app.state.desk, app.state.answers = desk, Answers(desk)


def from_environment() -> FastAPI:
    """The application of this environment's settings, for servers that start it by name."""
    return create_app(Settings.load(os.environ))


def healthy() -> JSONResponse:
    """That the process answers."""
    return JSONResponse({"status": "ok", "version": __version__})


def ready(app: FastAPI) -> Callable[[], JSONResponse]:
    """The endpoint that says whether questions can be answered and threads be kept now."""

    def readyz() -> JSONResponse:
        """The content's release, and that threads, trail and accounts can be read."""
        app.state.threads.ready()
        app.state.board.store.ready()
        app.state.accounts.ready()
        app.state.reports.ready()
        return JSONResponse({"status": "ready", "release": app.state.desk.parts.library.release})

    return readyz


@asynccontextmanager
async def _living(app: FastAPI) -> AsyncIterator[None]:
    """Warm before the first reader comes; close after the last has gone.

    What stands after warming up is left to the garbage collector no more: looking through it would hold up one
    question in a hundred for a tenth of a second.
    """
    app.state.desk.ask(_WARMING)
    app.state.board.refresh()
    gc.collect()
    gc.freeze()
    sweeping = asyncio.create_task(_swept(_hourly(app), SWEEP_SECONDS))
    hearing = asyncio.create_task(_swept((lambda: hear(app.state.board),), HEAR_SECONDS))
    yield
    sweeping.cancel()
    hearing.cancel()
    with suppress(BedsideError):
        app.state.readings.flush(app.state.board.store)
    app.state.threads.close()
    app.state.board.close()
    app.state.reports.close()


def _hourly(app: FastAPI) -> tuple[Callable[[], object], ...]:
    """What is to be done each hour: delete what has expired, which is not ours to keep; write down what has lapsed, and
    how often what was read."""
    state = app.state
    return (
        lambda: state.threads.purge("", now=now()),
        state.board.refresh,
        lambda: _proved(state.board),
        lambda: keeping.purge(state.board, state.reports),
        lambda: state.readings.flush(state.board.store),
    )


def _proved(board: Board) -> None:
    """Follow the whole trail: a row that was changed long after it was read is found, too."""
    proof = board.prove()
    if not proof.whole:
        board.distrust(proof.broken)


async def _swept(tasks: tuple[Callable[[], object], ...], seconds: int) -> None:
    """Do it all, now and again after so many seconds."""
    while True:
        for task in tasks:
            with suppress(BedsideError):  # the stores say so to whoever asks; the next round tries again
                await run_in_threadpool(task)
        await asyncio.sleep(seconds)
