"""A desk on the content of this checkout, and the pages of its answers as a tree of elements."""

from __future__ import annotations

import pytest

from bedside.article.naming import Names
from bedside.rendering.html.aids import Aids
from tests.answers.conftest import desk

__all__ = ["aids", "desk"]


@pytest.fixture(scope="session")
def aids(desk) -> Aids:
    """What a page needs besides the answer, without any original loaded."""
    return Aids(Names(desk.vocabulary, desk.parts.frames), desk.vocabulary, desk.checks)
