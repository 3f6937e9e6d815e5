"""Questions that no topic covers, drawn from public sets: none may be answered as if one did.

No text of the sets is kept here: a question is named by its set and its row, and read from the folder of the sets when
it is asked. They are drawn by a seed, in turn from each set; those that a planned topic covers, in the judgement of
whoever wrote ``outside.yaml``, are passed over, each with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bedside.answer import Answer, AnswerKind
from bedside.article.article import SectionKey, Sentence
from bedside.article.literature import work_of
from bedside.errors import UsageError
from bedside.evaluation.data_rows import rows
from bedside.question.question import Reader
from bedside.rendering.citations import what_it_is
from bedside.rendering.view import view

OUTSIDE = Path(__file__).resolve().parent / "outside.yaml"
WANTED = 50
_SETS: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], str], Reader]] = {
    "kqa": ("questions", lambda row: row["Question"], Reader.PATIENT),
    "liveqa_med": ("train", lambda row: row["message"] or row["subject"], Reader.PATIENT),
    "medquad": ("qa", lambda row: row["question"], Reader.PATIENT),
    "bioasq": ("golden_7b_11b.dev", lambda row: row["question"], Reader.CLINICIAN),
    "pubmedqa": ("pqal.dev", lambda row: row["question"], Reader.CLINICIAN),
}
_SHARED = "safety/"
"""Statements that belong to no topic: what to do in an emergency."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question of a set: ``row`` counts from 0 in its file."""

    set: str
    row: int
    ask: str
    reader: Reader

    @property
    def name(self) -> str:
        """``set:row``."""
        return f"{self.set}:{self.row}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """How the questions are chosen: the seed, and what is passed over, ``set:row`` with the reason."""

    seed: int
    within: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Faced:
    """What came of a question outside. ``how`` is declined, literature or emergency; ``invented`` are the
    statements of topics that the answer shows as if a topic covered it (the list of danger signs alone covers nothing),
    ``found`` statements of ours that the search put among the literature, ``ungraded`` the quotations shown without
    what kind of source it is."""

    drawn: Drawn
    how: str
    invented: tuple[str, ...]
    found: tuple[str, ...]
    ungraded: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether nothing was invented and every quotation shows its grade."""
        return not self.invented and not self.ungraded


def choice(path: Path = OUTSIDE) -> Chosen:
    """The choice that ships. Raises UsageError when the file is none."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Chosen(int(data["seed"]), {row["question"]: row["because"] for row in data["within"]})
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{path.name}: the choice cannot be read.", "Compare it with the file that ships.") from error


def draw(data: Path, chosen: Chosen, count: int = WANTED) -> tuple[Drawn, ...]:
    """The first *count* questions of the seed that are not passed over, in turn from each set.

    Raises InputRefused where a set is missing from the folder *data*.
    """
    shuffled = [_shuffled(data, name, chosen.seed) for name in _SETS]
    in_turn = (each for turn in zip(*shuffled, strict=False) for each in turn)
    outside = (each for each in in_turn if each.name not in chosen.within)
    return tuple(each for each, _ in zip(outside, range(count), strict=False))


def _shuffled(data: Path, name: str, seed: int) -> list[Drawn]:
    stem, text_of, reader = _SETS[name]
    asked: dict[str, Drawn] = {}
    for number, row in enumerate(rows(data / name, stem)):
        if text := text_of(row).strip():
            asked.setdefault(text, Drawn(name, number, text, reader))
    every = list(asked.values())
    Random(f"{seed}:{name}").shuffle(every)  # noqa: S311  (a draw that anybody can repeat)
    return every


def face(drawn: Iterable[Drawn], ask: Callable[[Drawn], Answer]) -> tuple[Faced, ...]:
    """Ask each question and look at what its answer claims."""
    return tuple(_faced(each, ask(each)) for each in drawn)


def _faced(drawn: Drawn, answer: Answer) -> Faced:
    warnings = {run.protocol.same_day_signs for run in answer.runs}
    ours = {
        section.key: [
            s.statement for s in section.sentences if _of_a_topic(s.statement) and s.statement not in warnings
        ]
        for section in answer.article.sections
    }
    found = ours.pop(SectionKey.LITERATURE, [])
    lines = _lines(answer)
    quoted = [s for s in answer.article.sentences() if s.passage and s.id in lines]
    how = "literature" if answer.article.section(SectionKey.LITERATURE) else "topic"
    named = {AnswerKind.DECLINED: "declined", AnswerKind.EMERGENCY: "emergency", AnswerKind.ANSWERED: how}
    return Faced(
        drawn,
        named[answer.kind],
        tuple(sorted(set[str]().union(*ours.values()))),
        tuple(found),
        tuple(s.id for s in quoted if not _graded(s, answer, lines[s.id])),
    )


def _of_a_topic(statement: str) -> bool:
    return bool(statement) and not statement.startswith(_SHARED)


def _graded(sentence: Sentence, answer: Answer, line: str) -> bool:
    """Whether the line of a quotation says what kind of source it is, with its year."""
    passage = answer.passages[sentence.passage]
    source = answer.sources[passage.source]
    return work_of(source, passage) in line or what_it_is(source).lower() in line.lower()


def _lines(answer: Answer) -> dict[str, str]:
    """Sentence id -> its line as the reader sees it, with its mark."""
    blocks = (block for section in view(answer).sections for block in section.blocks)
    return {line.sentence.id: f"{line.text} {line.mark}" for block in blocks for line in block.lines}
