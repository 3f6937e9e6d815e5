"""An answer as JSON, schema ``bedside.answer/1`` (docs/answer-json.md, docs/answer.schema.json).

The same answer gives the same bytes: keys in order, no clock, and no floating-point number except the values of the
section 20 projection of the facts.
"""

from __future__ import annotations

import json
from typing import Any

from bedside.answer import Answer
from bedside.facts.fact import Concern, Fact, Quantity
from bedside.facts.projection import project
from bedside.question.question import Emergency, Question
from bedside.rendering.contract import outcome
from bedside.rendering.json_article import article, references, withheld
from bedside.rendering.json_run import protocol_run
from bedside.rendering.reviewed import review_line
from bedside.review.status import AnswerStatus
from bedside.text.span import NOWHERE, Span

SCHEMA = "bedside.answer/1"


def render(answer: Answer, review: AnswerStatus | None = None) -> str:
    """The answer as indented JSON in UTF-8 characters, ending in a line break; *review* is what a board says."""
    return json.dumps(document(answer, review), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def compact(answer: Answer) -> str:
    """The same values without line breaks, as they are kept: a quarter of the time."""
    return json.dumps(document(answer), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def document(answer: Answer, review: AnswerStatus | None = None) -> dict[str, Any]:
    """The answer as plain values: everything that is shown, folded or not, and everything that led to it."""
    return {
        "schema": SCHEMA,
        "kind": answer.kind.value,
        "question": _question(answer.question),
        "facts": project(answer.facts),
        "facts_detail": [_fact(fact) for fact in answer.facts.items],
        "concerns": [_concern(concern) for concern in answer.facts.concerns],
        "protocols": [protocol_run(run) for run in answer.runs],
        "outcome": outcome(answer, review),
        "article": article(answer, review),
        "references": references(answer),
        "withheld": withheld(answer),
        "review_status": review_line(review),
        "release": answer.release,
        "as_of": answer.as_of,
        "code_version": answer.code_version,
        "fingerprints": {"content": answer.fingerprints.content, "run": answer.fingerprints.run},
        "settings": dict(answer.settings),
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "text": question.text,
        "reader": question.reader.value,
        "region": question.region.value,
        "intents": [intent.value for intent in question.intents],
        "topics": list(question.topics),
        "emergencies": [_emergency(emergency) for emergency in question.emergencies],
        "decline": question.decline.value if question.decline else None,
    }


def _emergency(emergency: Emergency) -> dict[str, Any]:
    return {
        "kind": emergency.kind,
        "statements": list(emergency.statements),
        "text": emergency.text,
        "span": _span(emergency.span),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "concept": fact.concept,
        "kind": fact.kind.value,
        "presence": fact.presence.value,
        "subject": fact.subject.value,
        "when": fact.when.value,
        "course": fact.course.value,
        "quantity": _quantity(fact.quantity) if fact.quantity else None,
        "result": fact.result,
        "assay": fact.assay,
        "observed_on": fact.observed_on,
        "origin": {"source": fact.origin.source, "turn": fact.origin.turn},
        "span": _span(fact.span),
        "text": fact.text,
    }


def _quantity(quantity: Quantity) -> dict[str, Any]:
    """Numbers as text, digit for digit."""
    return {
        "value": str(quantity.value),
        "upper": None if quantity.upper is None else str(quantity.upper),
        "unit": quantity.unit,
        "comparator": quantity.comparator.value,
        "written": quantity.written,
    }


def _concern(concern: Concern) -> dict[str, Any]:
    return {
        "kind": concern.kind.value,
        "concept": concern.concept,
        "text": concern.text,
        "span": _span(concern.span),
    }


def _span(span: Span) -> list[int] | None:
    """Start and end in characters of the question's text; None when it was not read from text."""
    return None if span == NOWHERE else [span.start, span.end]
