"""A small content folder, whole and correct, that each test may break in one place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SMALL = Path(__file__).parent / "small"


class Folder:
    """A copy of the small content that can be changed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def change(self, file: str, old: str, new: str) -> int:
        """Replace the one place where *old* stands, and return its line."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1


@pytest.fixture
def folder(tmp_path):
    """A fresh copy of the small content."""
    root = tmp_path / "content"
    shutil.copytree(SMALL, root)
    return Folder(root)
