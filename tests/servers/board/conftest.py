"""A board whose trail is kept in memory, a new one for each test."""

from __future__ import annotations

import pytest

from tests.servers.board.application import made


@pytest.fixture
def board():
    """A board at its pages; Dr Ruth, a reviewer, sits at it."""
    return made()
