"""The case: one patient, named by a sentence, and what must come out of a protocol."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bedside.question.question import Intent

_PREFIX = re.compile(r"(?:past|family_history|hypothetical|planned|infant)_(?!age_months$)")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must come out. Pairs are (measure, word); rule, ask and pattern ids as in the protocol; ``scope`` is a
    truth in lower case. What is empty is not looked at, except ``pattern`` and ``scope``, where None is."""

    band: tuple[tuple[str, str], ...] = ()
    warn: tuple[tuple[str, str], ...] = ()
    classes: tuple[tuple[str, str], ...] = ()
    fires: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    asks_first: tuple[str, ...] = ()
    pattern: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One case. ``name`` is a sentence; ``facts`` are pairs of name and value as in section 20 of the B12
    specification, prefixes included, or ``question`` is read instead; ``subjects`` are what is asked in the topic."""

    name: str
    expect: Expectation
    question: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    asked: tuple[Intent, ...] = (Intent.MANAGE,)
    subjects: tuple[str, ...] = ()
    where: str = ""


def base_name(name: str) -> str:
    """The concept behind a name of section 20: without ``past_``, ``family_history_`` and the like."""
    return _PREFIX.sub("", name, count=1)


def case_from(data: Mapping[str, Any]) -> Case:
    """The case of its compiled form. Raises KeyError or ValueError when *data* is not one."""
    expect = data["expect"]
    return Case(
        name=data["name"],
        expect=Expectation(
            band=tuple(sorted(expect.get("band", {}).items())),
            warn=tuple(sorted(expect.get("warn", {}).items())),
            classes=tuple(sorted(expect.get("class", {}).items())),
            fires=tuple(expect.get("fires", ())),
            undecided=tuple(expect.get("undecided", ())),
            never=tuple(expect.get("never", ())),
            asks_first=tuple(expect.get("asks_first", ())),
            pattern=expect.get("pattern"),
            scope=expect.get("scope"),
        ),
        question=data.get("question", ""),
        facts=tuple((name, value) for name, value in data.get("facts", ())),
        asked=tuple(Intent(intent) for intent in data.get("asked", (Intent.MANAGE,))),
        subjects=tuple(data.get("subjects", ())),
        where=data.get("where", ""),
    )
