"""Rewrite the golden articles and the answer in README.md: ``python -m tests.golden.rewrite``."""

from __future__ import annotations

import tempfile
from pathlib import Path

import bedside
from bedside.desk import Desk
from bedside.ingest.compile import compile_content
from bedside.ingest.compiled import CompiledContent
from bedside.settings import Settings
from tests.golden.articles import HERE, README, articles, readme_with_answer


def main() -> None:
    """Write every article; files of articles that are gone are removed."""
    with tempfile.TemporaryDirectory() as home:
        compiled = Path(home) / "compiled.jsonl"
        compiled.write_bytes(compile_content(Path(bedside.__file__).parent / "content"))
        desk = Desk(Settings.load({"BEDSIDE_HOME": home}), CompiledContent.open(compiled))
        written = dict(articles(desk))
        README.write_text(readme_with_answer(desk), encoding="utf-8")
    for old in HERE.glob("*.md"):
        if old not in written:
            old.unlink()
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
