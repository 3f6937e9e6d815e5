"""The pack of docs/packs.md, written out file by file, for tests to run and to break."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "packs.md"
NAME = "st-elsewhere"

_FILE = re.compile(r"`packs/([a-z0-9./-]+)`.*?^```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class ExamplePack:
    """The example in a home, that can be changed in one place."""

    def __init__(self, home: Path) -> None:
        self.home, self.root = home, home / "packs" / NAME
        for name, text in _FILE.findall(PAGE.read_text(encoding="utf-8")):
            self.write(name.removeprefix(f"{NAME}/"), text)

    def write(self, name: str, text: str) -> None:
        """Write one file, in folders made as needed."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> int:
        """Replace the one place where *old* stands, and return its line."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1
