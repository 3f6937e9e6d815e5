"""A small application for tests: the walls and the API around a desk that is opened once, threads in memory."""

from __future__ import annotations

import os
from functools import cache

from fastapi import FastAPI
from starlette.testclient import TestClient

import bedside
from bedside.servers import middleware, problem
from bedside.servers.answers import Answers
from bedside.servers.api.router import router
from bedside.servers.middleware import NO_TELEMETRY
from bedside.servers.walls import Rate, Walls
from bedside.settings import Settings
from bedside.stores.thread_memory import ThreadsInMemory

HOME = "http://localhost"
QUESTION = "My B12 is 268 pg/mL on 1000 mcg cyanocobalamin tablets daily. What now?"
OPEN = Walls(asking=Rate(0, 0), reading=Rate(0, 0))
"""Walls without a limit of rate: a test asks more often than a person."""


@cache
def desk():
    """The desk of the shipped content, without a library."""
    return bedside.open()


def application(walls=OPEN, routes=(), shared_desk=None):
    """The API behind the walls; *routes* are functions that add routes to it."""
    used = shared_desk or desk()
    app = FastAPI(openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None, telemetry=NO_TELEMETRY)
    app.state.settings = Settings.load(os.environ)
    app.state.desk = used
    app.state.answers = Answers(used)
    app.state.threads = ThreadsInMemory()
    middleware.install(app, app.state.settings, walls)
    problem.install(app)
    app.include_router(router)
    for add in routes:
        add(app)
    return app


def client(app=None, **options):
    """A client of it under its own name. An error that gets past the walls fails the test."""
    return TestClient(app or application(), base_url=HOME, raise_server_exceptions=True, **options)


def asking(question=QUESTION, **more):
    """The body of a question."""
    return {"question": question, "reader": "patient", "region": "GB", **more}
