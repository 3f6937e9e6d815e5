"""Public pages on the content of this checkout, served without the rest of the server."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import bedside
from bedside.desk import Desk
from bedside.ingest.compile import compile_content
from bedside.ingest.compiled import CompiledContent
from bedside.servers.public.router import router
from bedside.servers.templating import environment
from bedside.settings import Settings

CONTENT = Path(bedside.__file__).parent / "content"


class NoThreads:
    """A store that nobody may touch: public pages have nothing to look for in it."""

    def __getattr__(self, name):
        raise AssertionError(f"a public page reached for the threads: {name}")


def public_app(desk: Desk) -> FastAPI:
    """The public pages of one desk."""
    app = FastAPI()
    app.state.desk = desk
    app.state.settings = desk.settings
    app.state.threads = NoThreads()
    app.state.templates = environment()
    app.state.templates.globals["static"] = lambda name: f"/static/{name}"
    app.include_router(router)
    return app


@pytest.fixture(scope="session")
def desk(tmp_path_factory) -> Desk:
    """A desk on the content of this checkout, with the settings a new user has."""
    home = tmp_path_factory.mktemp("public")
    compiled = home / "compiled.jsonl"
    compiled.write_bytes(compile_content(CONTENT))
    return Desk(Settings.load({"BEDSIDE_HOME": str(home)}), CompiledContent.open(compiled))


@pytest.fixture(scope="session")
def client(desk) -> TestClient:
    """A reader of its public pages."""
    return TestClient(public_app(desk))
