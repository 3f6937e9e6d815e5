"""A server process for tests: python -m tests.servers.security.served PORT. It stops when its input ends."""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import replace

import uvicorn

from bedside.servers.middleware import server_options
from tests.servers.application import OPEN, application


def failing(app):
    """A route that fails with the reader's words in the error."""

    def page(word: str):
        raise ValueError(f"cannot read {word!r}")

    app.add_api_route("/failing/{word}", page)


def main():
    """Serve until the test that started it is gone."""
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    app = application(replace(OPEN, body_seconds=0.5, body_bytes=20_000), routes=[failing])
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), **server_options())


if __name__ == "__main__":
    main()
