"""What the tests of the question room share: the terms as shipped, labelled lines, and facts made by hand."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import bedside
from bedside.facts.fact import Fact, Facts, Kind, Quantity
from bedside.question.question import Question, Reader, Region
from bedside.question.terms import QuestionTerms
from bedside.question.understand import understand

CONTENT = Path(bedside.__file__).parent / "content"


@cache
def shipped(name: str) -> Any:
    """One shared content file as plain data."""
    return yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def terms() -> QuestionTerms:
    """The terms made from the content as shipped."""
    return QuestionTerms.from_mapping({name: shipped(name) for name in ("emergency", "scope", "context")})


def labelled(name: str) -> Any:
    """The labelled lines of one file beside the tests."""
    return yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))


def fact(written: str, **changes: Any) -> Fact:
    """A fact about the patient now from "concept" or "concept number unit"."""
    concept, *value = written.split()
    kind = Kind.DEMOGRAPHIC if concept in ("age_years", "sex") else Kind.CONDITION
    quantity = Quantity(Decimal(value[0]), value[1]) if value else None
    return Fact(concept, kind, **{"quantity": quantity, "text": written} | changes)


def asked(text: str, facts: tuple[Fact, ...] = (), reader: Reader = Reader.PATIENT) -> Question:
    """The question as understood, with the facts given and no others."""
    return understand(text, Facts(facts), terms(), reader, Region.BOTH)
