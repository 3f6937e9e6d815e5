"""What every test stands on: fresh compiled content, no network, no settings of this machine."""

from __future__ import annotations

import itertools
import os
import socket
import sys

import pytest
import yaml

from bedside.errors import BedsideError
from bedside.ingest.compile import COMPILED, CONTENT, compile_content

# What tests read with yaml.safe_load is read by libyaml where it is there: the same values, ten times as fast.
yaml.SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def pytest_configure(config):
    """Compile the content again when one of its files is newer, once, before any test."""
    if hasattr(config, "workerinput"):  # a worker of pytest-xdist: its controller has done it
        return
    newest = max(
        (path.stat().st_mtime for path in CONTENT.rglob("*") if path.is_file() and path != COMPILED), default=0
    )
    if COMPILED.is_file() and COMPILED.stat().st_mtime >= newest:
        return
    try:
        compiled = compile_content(CONTENT)
    except BedsideError as error:  # the tests that need content say so themselves
        sys.stderr.write(f"The content does not compile:\n{error}\n")
        return
    fresh = COMPILED.with_suffix(".new")
    fresh.write_bytes(compiled)
    fresh.replace(COMPILED)


class NetworkForbiddenError(AssertionError):
    """A test tried to reach the network."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Refuse every connection and every name lookup for the length of a test."""

    def refuse(*args, **kwargs):
        raise NetworkForbiddenError(f"a test tried to reach the network: {args} {kwargs}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def homes(tmp_path_factory):
    """Folders that are not there yet, all in one of their own: to number one more, pytest reads the whole folder."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_home(monkeypatch, homes):
    """Give every test an empty home and none of this machine's BEDSIDE_* variables."""
    for name in [name for name in os.environ if name.startswith("BEDSIDE_")]:
        monkeypatch.delenv(name)
    home = next(homes)
    home.mkdir()
    monkeypatch.setenv("BEDSIDE_HOME", str(home))
