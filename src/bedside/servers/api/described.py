"""The description of the API: the shapes of its replies, and which problem each request can meet (OpenAPI)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bedside.servers.problem import KIND, Problem, document

Many = list[dict[str, Any]]


class Reply(BaseModel):
    """A reply; never a field that is not described."""

    model_config = ConfigDict(extra="forbid")


class AnswerDocument(Reply):
    """An answer, schema ``bedside.answer/1``: exactly what ``bedside ask --format json`` writes. Each key is explained
    in docs/answer-json.md."""

    schema_: Annotated[Literal["bedside.answer/1"], Field(alias="schema")]
    kind: str
    question: dict[str, Any]
    facts: Many
    facts_detail: Many
    concerns: Many
    protocols: Many
    outcome: dict[str, Any]
    article: dict[str, Any]
    references: Many
    withheld: Many
    review_status: str
    release: str
    as_of: str
    code_version: str
    fingerprints: dict[str, str]
    settings: dict[str, str]


class ThreadKey(Reply):
    """The thread that a turn belongs to. ``token`` is given once, when it is begun."""

    token: Annotated[str | None, Field(description="The key of the thread; given when it is begun only.")] = None
    created: str
    expires: str
    turns: Annotated[int, Field(ge=1, description="How many turns it has; the number of the next one.")]


class StepDocument(Reply):
    """What a turn did to one concept."""

    turn: int
    kind: str
    concept: str
    before: str | None
    after: str | None


class ChangeLine(Reply):
    """One thing that reads differently, and the steps that bring it about."""

    what: str
    because: list[StepDocument]


class TurnDocument(Reply):
    """A turn that was kept, with its answer and what it changed (null for the first turn, or another person)."""

    schema_: Annotated[Literal["bedside.turn/1"], Field(alias="schema")]
    thread: ThreadKey
    number: int
    answer: AnswerDocument
    changes: list[ChangeLine] | None


class KeptTurn(Reply):
    """A turn as it was asked and answered."""

    number: int
    text: str
    edits: list[dict[str, str]]
    reader: str
    region: str
    as_of: str
    asked_at: str
    fingerprints: dict[str, str]
    answer: dict[str, Any]


class ThreadDocument(Reply):
    """A whole thread, oldest turn first."""

    schema_: Annotated[Literal["bedside.thread/1"], Field(alias="schema")]
    created: str
    expires: str
    turns: list[KeptTurn]


class Shown(Reply):
    """Whether words are shown whole, and why (their licence)."""

    whole: bool
    reason: str


class StatementDocument(Reply):
    """A statement, as ``bedside library show ID --json`` writes it."""

    id: str
    clinical: str
    plain: str
    unconfirmed: bool
    dose: bool
    population: str
    heading: str
    checked_on: str
    next_check: str
    citations: list[dict[str, str]]
    strength: str
    jurisdiction: str
    level: str
    basis: str
    guards: list[str]


class PassageDocument(Reply):
    """A source's own words, as far as their licence lets them be shown."""

    id: str
    source: str
    locator: str
    heading: str
    position: int
    language: str
    licence: str
    sha256: str
    text: str
    shown: Shown


class SourceDocument(Reply):
    """A source in a list; what is not known is empty."""

    key: str
    title: str
    issuer: str
    container: str
    volume: str
    issue: str
    pages: str
    year: str
    version: str
    doi: str
    pmid: str
    pmcid: str
    url: str
    jurisdiction: str
    licence: str
    superseded_by: str
    checked_on: str
    note: str
    authors: list[str]
    kind: str
    status: str
    check: str
    pack: Annotated[str | None, Field(description="The hospital pack it comes from.")] = None


class WholeSource(SourceDocument):
    """A source with the statements that cite it and its passages."""

    cited_by: list[str]
    passages: list[PassageDocument]


class SourceList(Reply):
    """The sources of the content and of hospital packs; ``loaded`` is how many more the library holds."""

    sources: list[SourceDocument]
    loaded: int


class HitDocument(Reply):
    """A statement or passage in its place, with the reasons for it; ``shown`` is null for our own wording."""

    rank: int
    score: float
    id: str
    source: str
    title: str
    heading: str
    text: str
    shown: Shown | None
    kind: str
    design: str
    year: int | None
    status: str
    jurisdiction: str
    reasons: Many


class ProtocolSummary(Reply):
    """A protocol in the list."""

    id: str
    title: str
    version: str
    rules: int
    questions: int
    patterns: int


class ProtocolDocument(Reply):
    """A protocol with its bands, questions and rules, conditions as text."""

    id: str
    title: str
    version: str
    scope: str
    topics: list[str]
    definitions: dict[str, str]
    bands: dict[str, dict[str, list[str]]]
    questions: dict[str, str]
    patterns: list[str]
    rules: Many


class AuditDocument(Reply):
    """An audit, schema ``bedside.audit/1``: exactly what ``bedside audit --format json`` writes (docs/audit.md)."""

    schema_: Annotated[Literal["bedside.audit/1"], Field(alias="schema")]
    name: str
    text: str
    summary: dict[str, Any]
    findings: Many
    claims: Many
    references: Many


class VersionDocument(Reply):
    """What answers here."""

    version: str
    release: str
    content_date: str
    library: Annotated[str | None, Field(description="The state of the loaded library; null where none was loaded.")]
    answer_schema: str


_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "additionalProperties": False,
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What to do; never a word of the request."},
        "instance": {"type": "string", "description": "The id of the request in the log."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "problem"],
                "additionalProperties": False,
                "properties": {
                    "field": {"type": "string"},
                    "problem": {"type": "string"},
                    "limit": {"type": "integer"},
                    "choices": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}
_EVERYWHERE = (Problem.WRONG_HOST, Problem.UNFIT, Problem.TOO_MANY, Problem.FAULT, Problem.BUSY, Problem.UNUSABLE)
_OF_BODIES = (Problem.NOT_JSON, Problem.TOO_SLOW, Problem.TOO_LARGE, Problem.NOT_JSON_TYPE)
_INSTANCE = "urn:uuid:7f1d1c5e-3c0f-4f2e-9a53-0d3c5a0b6c11"


def problems(*own: Problem, body: bool = False) -> dict[int | str, dict[str, Any]]:
    """The problems that a request can meet, for ``responses=``: of every request, of every *body*, and its own."""
    found: dict[int | str, list[Problem]] = {}
    for problem in dict.fromkeys((*_EVERYWHERE, *(_OF_BODIES if body else ()), *own)):
        found.setdefault(problem.status, []).append(problem)
    return {status: _response(each) for status, each in sorted(found.items(), key=lambda item: int(item[0]))}


def _response(each: list[Problem]) -> dict[str, Any]:
    examples = {
        problem.slug: {"summary": problem.value.title, "value": document(problem, _INSTANCE)} for problem in each
    }
    described: dict[str, Any] = {
        "description": " · ".join(f"{problem.value.title}: {problem.value.detail}" for problem in each),
        "content": {KIND: {"schema": _PROBLEM, "examples": examples}},
    }
    if any(problem in (Problem.TOO_MANY, Problem.BUSY) for problem in each):
        described["headers"] = {
            "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string", "pattern": "^[0-9]+$"}}
        }
    return described
