"""The golden articles: which there are, and how each is made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from bedside.answer import Answer
from bedside.desk import Desk
from bedside.rendering.markdown import render as markdown
from bedside.rendering.terminal import render as terminal
from bedside.rendering.view import view

HERE = Path(__file__).parent
README = HERE.parents[1] / "README.md"
_START, _END = "<!-- answer: written by python -m tests.golden.rewrite -->", "<!-- end of answer -->"


def articles(desk: Desk) -> Iterator[tuple[Path, str]]:
    """Each golden file, and the article as it is today."""
    for entry in _entries():
        for reader in entry["for"]:
            answer = desk.ask(entry["question"], reader=reader, region="both")
            yield HERE / f"{entry['id']}.{reader}.md", _kept(markdown(_seen(desk, answer)))


def readme_with_answer(desk: Desk) -> str:
    """README.md with the founding question answered for a patient in the UK, as the command prints it."""
    text = README.read_text(encoding="utf-8")
    question = _entries()[0]["question"]
    printed = _kept(terminal(_seen(desk, desk.ask(question, reader="patient", region="GB")), width=100))
    before, after = text.split(_START)[0], text.split(_END)[1]
    shown = f'    bedside ask --region GB "{question}"'
    return f"{before}{_START}\n\n{shown}\n\n```text\n{printed}```\n\n{_END}{after}"


def _entries() -> list[dict[str, object]]:
    return yaml.safe_load((HERE / "questions.yaml").read_text(encoding="utf-8"))


def _seen(desk: Desk, answer: Answer):
    return view(answer, glossary=desk.words())


def _kept(text: str) -> str:
    """The words without the status line: fingerprints move with the version of the code."""
    lines = text.rstrip().splitlines()
    end = next((place for place, line in enumerate(lines) if line.startswith("Release ")), len(lines))
    return "\n".join(lines[:end]).rstrip() + "\n"
