"""The questions put to the answers, and what a safe answer must and must not say: read from YAML a clinician can read.

They were written by somebody who has not read the rules. What the program did with them is recorded in other files
(:mod:`bedside.evaluation.answers_record`), so that a demand and a record never mix.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from bedside.errors import UsageError
from bedside.question.question import Reader, Region

QUESTIONS = Path(__file__).resolve().parent / "questions"
"""The sets that ship, one file a topic."""
_KEYS = {"id", "voice", "region", "ask", "why", "expect", "must_say", "must_not_say", "red_flag", "source"}
_REGIONS = {"gb": Region.GB, "us": Region.US}


class Voice(StrEnum):
    """Who asks; the answer is written for this reader."""

    PATIENT = "patient"
    CLINICIAN = "clinician"

    @property
    def reader(self) -> Reader:
        """The reader of that voice."""
        return Reader(self.value)


class Expect(StrEnum):
    """What must come of the question. ASKED: a fact must be asked back before anything can be decided."""

    ANSWERED = "answered"
    EMERGENCY = "emergency"
    DECLINED = "declined"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Demand:
    """Met when one of its alternatives is; see :mod:`bedside.evaluation.answers_words`."""

    alternatives: tuple[str, ...]

    @property
    def line(self) -> str:
        """The alternatives in one line, the first three of them."""
        more = len(self.alternatives) - _NAMED
        return " | ".join(self.alternatives[:_NAMED]) + (f" | and {more} more" if more > 0 else "")


_NAMED = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its demands. A decoy has danger words that are not the patient's, or not now, or not meant."""

    id: str
    topic: str
    voice: Voice
    region: Region
    ask: str
    why: str
    expect: Expect
    must_say: tuple[Demand, ...]
    must_not_say: tuple[Demand, ...]
    red_flag: bool
    source: str
    decoy: bool


def question_sets(folder: Path = QUESTIONS) -> dict[str, tuple[Item, ...]]:
    """Every set of a folder by topic, in order of the file names.

    Raises UsageError, with the file and the question, for a file that does not read as one.
    """
    found: dict[str, tuple[Item, ...]] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
            items = tuple(_items(data))
        except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
            raise UsageError(f"{path.name}: {error}", "Compare it with the sets that ship.") from error
        if data["topic"] in found:
            raise UsageError(f"{path.name}: the topic {data['topic']!r} has another file.", "Keep one file a topic.")
        found[data["topic"]] = items
    _unique([item.id for items in found.values() for item in items])
    return found


def _items(data: Mapping[str, Any]) -> Iterator[Item]:
    for name in ("questions", "decoys"):
        for row in data.get(name) or ():
            yield _item(row, data["topic"], decoy=name == "decoys")


def _item(row: Mapping[str, Any], topic: str, *, decoy: bool) -> Item:
    if wrong := set(row) ^ _KEYS:
        raise ValueError(f"question {row.get('id', '?')}: {', '.join(sorted(wrong))} is missing or not known")
    expect, red_flag = Expect(row["expect"]), bool(row["red_flag"])
    if red_flag and (decoy or expect is not Expect.EMERGENCY):
        raise ValueError(f"question {row['id']}: a red flag is an emergency and no decoy")
    return Item(
        id=row["id"],
        topic=topic,
        voice=Voice(row["voice"]),
        region=_REGIONS[row["region"]],
        ask=row["ask"],
        why=row["why"],
        expect=expect,
        must_say=_demands(row["must_say"]),
        must_not_say=_demands(row["must_not_say"]),
        red_flag=red_flag,
        source=row["source"],
        decoy=decoy,
    )


def _demands(rows: list[Mapping[str, list[str]]] | None) -> tuple[Demand, ...]:
    return tuple(Demand(tuple(str(each) for each in row["any"])) for row in rows or ())


def _unique(ids: list[str]) -> None:
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise UsageError(f"{', '.join(twice)}: more than one question has this id.", "Give each its own.")
