"""A board that is made once; each test has a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.reviewing import CommandLine, settle


@pytest.fixture(scope="session")
def settled(tmp_path_factory) -> Path:
    """The home of a board with everybody of ``MEMBERS`` and a session of each."""
    return settle(tmp_path_factory.mktemp("settled") / "home")


@pytest.fixture
def board(settled, tmp_path, monkeypatch, capsys) -> CommandLine:
    """The command line in a copy of it."""
    return CommandLine(shutil.copytree(settled, tmp_path / "home"), monkeypatch, capsys)
