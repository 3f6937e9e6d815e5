"""The figures on the answers, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bedside.evaluation.answers import Judged, Score, by_voice, score
from bedside.evaluation.answers_questions import Demand
from bedside.evaluation.answers_words import folded, met
from bedside.evidence.statement import Statement
from bedside.question.question import Reader

_NAMED = 3
TARGETS = {"must say": "95 %", "must not say": "0 broken", "red flags": "100 %", "declines": "95 %"}
"""What is aimed at."""
HEAD = (
    "",
    "questions",
    "as expected",
    "must say",
    "with folded",
    "not broken",
    "red flags",
    "over-triage",
    "decoys",
    "declined",
    "rightly",
)


@dataclass(frozen=True, slots=True)
class Report:
    """The judged questions by topic: of topics that are ``built``, and of others, which count for nothing."""

    built: Mapping[str, tuple[Judged, ...]]
    not_built: Mapping[str, tuple[Judged, ...]]

    def every(self) -> tuple[Judged, ...]:
        """The judged questions of the topics that are built."""
        return tuple(each for judged in self.built.values() for each in judged)

    def table(self) -> Iterator[tuple[str, ...]]:
        """A row a topic, then all, then by voice; the counts are right of how many."""
        yield HEAD
        for topic, judged in self.built.items():
            yield row(topic, score(judged))
        yield row("all", score(self.every()))
        for voice, judged in by_voice(self.every()).items():
            yield row(f"  {voice}", score(judged))

    def apart(self) -> Iterator[str]:
        """What is said of the topics that are not built."""
        if not self.not_built:
            return
        every = tuple(each for judged in self.not_built.values() for each in judged)
        found = score(every)
        answered = sum(each.came.kind.value != "declined" and not each.came.urgent for each in every)
        yield f"Not built, and counted nowhere above: {len(every)} questions of {len(self.not_built)} topics"
        yield f"  ({', '.join(self.not_built)})."
        yield (
            f"  Emergency words alone find {_pair(found.red_flags)} of their red flags; "
            f"{answered} are answered by another topic or from literature."
        )

    def as_json(self) -> dict[str, Any]:
        """All of it."""
        return {
            "schema": "bedside.answers/1",
            "targets": TARGETS,
            "topics": {topic: score(judged).as_json() for topic, judged in self.built.items()},
            "all": score(self.every()).as_json(),
            "voices": {voice: score(judged).as_json() for voice, judged in by_voice(self.every()).items()},
            "not_built": {topic: score(judged).as_json() for topic, judged in self.not_built.items()},
            "failures": [failure_json(each) for each in self.every() if not each.passes],
        }


def row(name: str, counts: Score) -> tuple[str, ...]:
    """One row of the table."""
    cells = (getattr(counts, field) for field in counts.__slots__)
    return (name, *map(_pair, cells))


def _pair(pair: tuple[int, int]) -> str:
    return f"{pair[0]}/{pair[1]}"


def failures(judged: Sequence[Judged], statements: Iterable[Statement]) -> Iterator[str]:
    """Each question that fails, with what was asked, what came of it, and what is missing or wrong.

    For a sentence that is missing the *statements* of the topic that would say it are named, or that there is none.
    """
    every = tuple(statements)
    for each in judged:
        if not each.passes:
            yield from _failure(each, [s for s in every if s.id.startswith(f"{each.item.topic}/")])


def would_say(demand: Demand, reader: Reader, statements: Iterable[Statement]) -> tuple[str, ...]:
    """The statements whose wording for that reader meets a demand."""
    worded = ((each.id, each.plain if reader.plain else each.clinical) for each in statements)
    return tuple(name for name, text in worded if met(demand, (folded(text),)))


def _failure(each: Judged, statements: Sequence[Statement]) -> Iterator[str]:
    item, came = each.item, each.came
    yield f"{item.id} ({item.voice.value}, {item.region.value}{', decoy' if item.decoy else ''}): {item.ask}"
    reached = ", ".join(came.patterns) or came.decline or "no pattern"
    if not each.as_expected:
        yield f"  expected {item.expect.value}, came {came.kind.value}{' (urgent)' if came.urgent else ''}"
    yield f"  reached: {reached}{'; red flags ' + ', '.join(came.red_flags) if came.red_flags else ''}"
    for demand in each.unsaid:
        yield f"  not said{' (only folded)' if demand in each.only_folded else ''}: {demand.line}"
        able = would_say(demand, item.voice.reader, statements)
        named = f"{', '.join(able[:_NAMED])}{f' and {len(able) - _NAMED} more' if len(able) > _NAMED else ''}"
        yield f"    would be said by {named}" if able else "    no statement of the topic says it"
    for demand, name in each.wrongly_said:
        yield f"  wrongly said by {name}: {demand.line}"


def failure_json(each: Judged) -> dict[str, Any]:
    """One failing question for programs."""
    return {
        "id": each.item.id,
        "topic": each.item.topic,
        "ask": each.item.ask,
        "expected": each.item.expect.value,
        "came": each.came.kind.value,
        "urgent": each.came.urgent,
        "decline": each.came.decline or None,
        "patterns": list(each.came.patterns),
        "red_flags": list(each.came.red_flags),
        "not_said": [list(demand.alternatives) for demand in each.unsaid],
        "only_folded": [list(demand.alternatives) for demand in each.only_folded],
        "wrongly_said": [{"demand": list(demand.alternatives), "by": name} for demand, name in each.wrongly_said],
    }
