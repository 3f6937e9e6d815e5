"""Subjects: what inside a topic a question speaks of, so that a gap in the content is said and not talked around."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bedside.question.wording import Wording

_LABEL = "subject "


def subject_patterns(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The patterns of ``scope.yaml`` that name a subject, by label."""
    return {_LABEL + entry["subject"]: entry["patterns"] for entry in data["subjects"]}


def gaps(data: Mapping[str, Any]) -> frozenset[str]:
    """The subjects on which the content has nothing checked."""
    return frozenset(entry["subject"] for entry in data["subjects"] if entry.get("gap"))


def subjects_of(wording: Wording, names: tuple[str, ...]) -> tuple[str, ...]:
    """The subjects the words speak of, in the order of the content."""
    return tuple(name for name in names if any(True for _ in wording.found(_LABEL + name)))
