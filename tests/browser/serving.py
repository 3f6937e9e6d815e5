"""``bedside serve`` as readers start it, over a home of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(home: Path) -> Iterator[str]:
    """A server over a home; its address, once it takes connections."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {**os.environ, "BEDSIDE_HOME": str(home), "BEDSIDE_ASKING_RATE": "0"}
    command = [sys.executable, "-m", "bedside", "serve", "--port", str(port)]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
        try:
            _wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the port takes connections, at most two minutes."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if server.poll() is not None:
            raise ChildProcessError("the server ended before it answered")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not answer within two minutes")
