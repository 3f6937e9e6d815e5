"""The terms by which questions are understood: emergency words, scope and context rules, indexed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bedside.facts.context import ContextRules
from bedside.question.declines import DeclineRules, decline_patterns
from bedside.question.emergency import EmergencyRules, emergency_books
from bedside.question.intents import IntentRules, intent_patterns
from bedside.question.patterns import PatternBook, indexed
from bedside.question.prompt import prompt_patterns
from bedside.question.scope import Topic, topic_patterns
from bedside.question.subjects import gaps, subject_patterns


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """Everything :func:`bedside.question.understand.understand` needs besides the question.

    ``prompts`` finds words that speak to a machine; ``book`` holds every other pattern of ``scope.yaml``.
    """

    emergencies: EmergencyRules
    context: ContextRules
    prompts: PatternBook
    book: PatternBook
    intents: IntentRules
    topics: tuple[Topic, ...]
    subjects: tuple[str, ...]
    gaps: Mapping[str, frozenset[str]]
    declines: DeclineRules

    @classmethod
    def from_mapping(cls, compiled: Mapping[str, Any], context: ContextRules | None = None) -> QuestionTerms:
        """Open ``{"emergency": ..., "scope": ..., "context": ..., "books": ...}``: the content files of those names as
        plain JSON, and their patterns as :func:`books_of` made them; without books, they are made here.

        ``context`` are the context rules where they were made already.
        """
        scope = compiled["scope"]
        books = compiled["books"] if "books" in compiled else books_of(compiled)
        return cls(
            EmergencyRules.from_mapping(compiled["emergency"], books),
            context or ContextRules.from_mapping(compiled["context"]),
            PatternBook(books["prompts"]),
            PatternBook(books["scope"]),
            IntentRules.from_mapping(scope),
            tuple(Topic.from_mapping(name, entry) for name, entry in scope["topics"].items()),
            tuple(entry["subject"] for entry in scope["subjects"]),
            gaps(scope),
            DeclineRules.from_mapping(scope),
        )


def books_of(compiled: Mapping[str, Any]) -> dict[str, Any]:
    """Every pattern of ``{"emergency": ..., "scope": ...}``, sorted into books as plain JSON; made when content is
    compiled. Raises LibraryUnusable for a pattern that cannot be read."""
    scope = compiled["scope"]
    patterns = {
        **intent_patterns(scope),
        **topic_patterns(scope),
        **subject_patterns(scope),
        **decline_patterns(scope),
    }
    return {
        **emergency_books(compiled["emergency"]),
        "prompts": indexed(prompt_patterns(scope), scope["groups"]),
        "scope": indexed(patterns, scope["groups"], scope["real_words"]),
    }
