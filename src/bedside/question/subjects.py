"""Subjects: what inside a topic a question speaks of, so that a gap in the content is said and not talked around."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bedside.question.wording import Wording

_LABEL = "subject "


def subject_patterns(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The patterns of ``scope.yaml`` that name a subject, by label."""
    return {_LABEL + entry["subject"]: entry["patterns"] for entry in data["subjects"]}


def gaps(data: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    """The subjects on which the content has nothing checked, each with the topics that are the exception."""
    return {e["subject"]: frozenset(e.get("gap_except", ())) for e in data["subjects"] if e.get("gap")}


def gaps_of(subjects: tuple[str, ...], topics: tuple[str, ...], gaps: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Those of the subjects on which none of the question's topics has anything checked."""
    return tuple(name for name in subjects if name in gaps and gaps[name].isdisjoint(topics))


def subjects_of(wording: Wording, names: tuple[str, ...]) -> tuple[str, ...]:
    """The subjects the words speak of, in the order of the content."""
    return tuple(name for name in names if any(True for _ in wording.found(_LABEL + name)))
