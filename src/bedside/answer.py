"""The answer: the noun that review and rendering work on, with its two fingerprints."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import rfc8785

from bedside.article.article import Article, Role, Sentence
from bedside.evidence.passage import Passage
from bedside.evidence.source import Source
from bedside.evidence.statement import Citation, Statement
from bedside.facts.case import Case, Told
from bedside.facts.fact import Fact, Facts
from bedside.protocol.condition import to_json
from bedside.protocol.outcome import Run
from bedside.protocol.protocol import Protocol
from bedside.question.question import Question
from bedside.verification.verdict import Report

if TYPE_CHECKING:
    from bedside.evidence.lookup import Found


class AnswerKind(StrEnum):
    """What came of the question. All three are results, none an error."""

    ANSWERED = "answered"
    EMERGENCY = "emergency"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """SHA-256 over canonical JSON (RFC 8785), in hex.

    ``content``: outcome ids, statement, rule, passage and frame hashes, reader and region; no patient value, no library
    state. People sign this one. ``run``: content, question, facts, as_of, release, code version, settings. Replay
    compares this one.
    """

    content: str
    run: str


UNSEALED = Fingerprints("", "")


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that came of one question.

    ``statements`` and ``sources`` are those the answer may use, by id and key. ``article`` holds only sentences that
    passed; ``report`` names the others. ``as_of`` is an ISO date; ``settings`` are those that could change an answer.
    ``passages`` are those the article may quote, by id; ``found`` is what was found in the literature, None where
    nothing was looked up. ``told`` are the turns it answers and ``case`` what was known after them; () and None for one
    text by itself.
    """

    kind: AnswerKind
    question: Question
    facts: Facts
    runs: tuple[Run, ...]
    article: Article
    report: Report
    statements: Mapping[str, Statement]
    sources: Mapping[str, Source]
    release: str
    as_of: str
    code_version: str
    fingerprints: Fingerprints = UNSEALED
    settings: Mapping[str, str] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(default_factory=dict)
    found: Found | None = None
    told: tuple[Told, ...] = ()
    case: Case | None = None


def sealed(answer: Answer) -> Answer:
    """The same answer with its fingerprints."""
    content = fingerprint(_content(answer))
    return replace(answer, fingerprints=Fingerprints(content, fingerprint(_run(answer, content))))


def fingerprint(value: Any) -> str:
    """SHA-256 in hex of the canonical JSON (RFC 8785) of *value*, which holds no floats."""
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


def _content(answer: Answer) -> dict[str, Any]:
    """What people sign: which outcomes, in which exact words; no patient value, no library state."""
    outcomes = [(run.protocol, o) for run in answer.runs for o in (*run.firing(), *run.open_branches())]
    claims = [s for s in answer.article.sentences() if s.role is Role.CLAIM]
    frames = sorted({s.template for s in answer.article.sentences() if s.role is not Role.CLAIM})
    content = {
        "kind": answer.kind.value,
        "reader": answer.question.reader.value,
        "region": answer.question.region.value,
        "patterns": [run.pattern.id for run in answer.runs if run.pattern is not None],
        "outcomes": [[o.rule.id, o.truth.name, _rule(protocol, o.rule.id)] for protocol, o in outcomes],
        "statements": [[s.id, _wordings(s.clinical, s.plain, s.citations)] for s in claims],
        "frames": [fingerprint(template) for template in frames],
    }
    quoted = [_quoted(s, answer.passages[s.passage]) for s in claims if s.passage]
    return content | {"passages": quoted} if quoted else content


def _quoted(sentence: Sentence, passage: Passage) -> list[str | int]:
    """Which words of which text were quoted, and under which label."""
    place = sentence.quoted
    return [passage.id, passage.sha256, place.start, place.end, fingerprint(sentence.template)]


def _run(answer: Answer, content: str) -> dict[str, Any]:
    turns = {"turns": [_told(told) for told in answer.told]} if answer.told else {}
    return turns | {
        "content": content,
        "question": answer.question.text,
        "facts": [_fact(fact) for fact in answer.facts.items],
        "as_of": answer.as_of,
        "release": answer.release,
        "code_version": answer.code_version,
        "settings": dict(answer.settings),
        "text": [[s.id, s.clinical, s.plain, s.folded] for s in answer.article.sentences()],
    }


def _told(told: Told) -> list[str | list[list[str]]]:
    return [told.text, [[edit.name, edit.value] for edit in told.edits]]


@lru_cache(maxsize=8192)
def _rule(protocol: Protocol, rule_id: str) -> str:
    rule = protocol.rule(rule_id)
    return fingerprint(
        [
            rule.id,
            to_json(rule.given),
            to_json(rule.when),
            rule.effect.value,
            rule.strength.value,
            rule.jurisdiction.value,
            list(rule.statements),
        ]
    )


@lru_cache(maxsize=8192)
def _wordings(clinical: str, plain: str, citations: tuple[Citation, ...]) -> str:
    return fingerprint([clinical, plain, [[citation.source, citation.locator] for citation in citations]])


def _fact(fact: Fact) -> list[str]:
    quantity = fact.quantity
    number = "" if quantity is None else f"{quantity.comparator.value}{quantity.value}~{quantity.upper} {quantity.unit}"
    parts = (fact.presence, fact.subject, fact.when, fact.course)
    return [fact.concept, *(part.value for part in parts), number, fact.result, str(fact.order)]
