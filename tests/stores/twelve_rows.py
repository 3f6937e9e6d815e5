"""A trail of twelve rows of three subjects, for tests of faults and of tampering: written once, copied by each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bedside.settings import Settings
from bedside.stores.review_conformance import an_append
from bedside.stores.review_store import ReviewDatabase, open_review

ROWS = 12


@pytest.fixture(scope="session")
def twelve_rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of such a trail, in a SQLite file."""
    home = tmp_path_factory.mktemp("twelve")
    with closing(open_review(Settings(home=home))) as opened:
        for number in range(ROWS):
            addition = an_append(f"statement:topic/{number % 3}", number // 3, f"2026-03-01T12:00:{number:02}+00:00")
            opened.append([replace(addition, draft=replace(addition.draft, detail={"n": number}))])
    return home


@pytest.fixture
def store(twelve_rows: Path, settings: Settings) -> Iterator[ReviewDatabase]:
    """A copy of it in the home of the test."""
    shutil.copytree(twelve_rows, settings.home)
    with closing(open_review(settings)) as opened:
        yield opened
