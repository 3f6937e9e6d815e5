"""Decision tables as a reader sees them: a row a rule, conditions in words, statements linked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bedside.article.article import SectionKey
from bedside.evidence.statement import Statement
from bedside.protocol.protocol import Effect, Protocol, Rule
from bedside.rendering.headings import HEADINGS
from bedside.rendering.public.clauses import Clause, ClauseKind, Clauses
from bedside.rendering.public.flow import Flow, flow
from bedside.rendering.public.words import COUNTRIES, EFFECTS, LEVELS, STRENGTHS, URGENCIES

UNSHOWN = "Not shown by itself"


@dataclass(frozen=True, slots=True)
class Said:
    """A statement a rule brings: its id and its clinical wording ("" where the library has none)."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One rule. ``shown`` is the heading of the section of the article that its statements stand in."""

    id: str
    row: str
    country: str
    given: Clause
    when: Clause
    effect: str
    strength: str
    level: str
    level_means: str
    urgency: str
    shown: str
    statements: tuple[Said, ...]
    classifies: tuple[str, ...]
    silences: tuple[str, ...]
    branch: bool
    unconfirmed: bool

    @property
    def always(self) -> bool:
        """Whether it holds for everybody in its setting."""
        return self.when.kind is ClauseKind.ALWAYS


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """One table. ``about`` are the headings of the statements it uses, the most used first."""

    id: str
    about: tuple[str, ...]
    rows: tuple[Row, ...]
    flow: Flow | None

    @property
    def unconfirmed(self) -> int:
        """How many of its rows two readings could not settle."""
        return sum(row.unconfirmed for row in self.rows)


def decision_tables(
    protocol: Protocol, clauses: Clauses, statement: Callable[[str], Statement | None]
) -> dict[str, DecisionTable]:
    """Every table by id, in the order of the content."""
    rules: dict[str, list[Rule]] = {}
    for rule in protocol.rules:
        rules.setdefault(rule.table, []).append(rule)
    return {table: _table(table, mine, clauses, statement) for table, mine in rules.items()}


def _table(
    table: str, rules: list[Rule], clauses: Clauses, statement: Callable[[str], Statement | None]
) -> DecisionTable:
    headings: dict[str, int] = {}
    for rule in rules:
        for found in filter(None, map(statement, rule.statements)):
            if found.heading:
                headings[found.heading] = headings.get(found.heading, 0) + 1
    about = tuple(sorted(headings, key=lambda heading: -headings[heading]))
    return DecisionTable(table, about, tuple(_row(r, clauses, statement) for r in rules), _outcomes(table, rules))


def _row(rule: Rule, clauses: Clauses, statement: Callable[[str], Statement | None]) -> Row:
    said = ((statement_id, statement(statement_id)) for statement_id in rule.statements)
    return Row(
        id=rule.id,
        row=rule.row,
        country=COUNTRIES[rule.jurisdiction],
        given=clauses.of(rule.given),
        when=clauses.of(rule.when),
        effect=EFFECTS[rule.effect],
        strength=STRENGTHS[rule.strength],
        level=rule.level.value,
        level_means=LEVELS[rule.level],
        urgency=URGENCIES[rule.urgency],
        shown=shown_in(rule),
        statements=tuple(Said(statement_id, found.clinical if found else "") for statement_id, found in said),
        classifies=tuple(f"{measure.replace('_', ' ')}: {word.replace('_', ' ')}" for measure, word in rule.classify),
        silences=rule.overrides,
        branch=rule.branch,
        unconfirmed=rule.unconfirmed,
    )


def shown_in(rule: Rule) -> str:
    """The heading of the section that a rule's statements are shown in."""
    if rule.section in ("", "none"):
        return UNSHOWN
    return HEADINGS[SectionKey(rule.section)].clinical


def outcome_of(rule: Rule) -> str:
    """What a rule leads to, in a word or two."""
    strength = STRENGTHS[rule.strength]
    if rule.effect in (Effect.RECOMMEND, Effect.INFORM):
        return strength.capitalize()
    return EFFECTS[rule.effect]


OUTCOMES = (
    EFFECTS[Effect.RED_FLAG],
    *(word.capitalize() for word in STRENGTHS.values()),
    *(EFFECTS[effect] for effect in (Effect.ASK, Effect.CLASSIFY, Effect.DISAGREE, Effect.ABSTAIN)),
)
"""Every outcome a drawing may have on its right side, in order."""


def _outcomes(table: str, rules: list[Rule]) -> Flow | None:
    """How the rows lead to outcomes; None where all lead to the same: a drawing of that says nothing."""
    pairs = [(rule.id, outcome_of(rule)) for rule in rules]
    if len({right for _, right in pairs}) < 2:  # noqa: PLR2004  (two sides make a choice)
        return None
    hrefs = {rule.id: f"#rule-{rule.id}" for rule in rules}
    return flow(f"flow-{table}", f"From the rows of table {table} to what follows", pairs, OUTCOMES, hrefs)


def overview(protocol: Protocol, href: str) -> Flow:
    """How the tables lead to the sections of an article; *href* is the address that table ids follow."""
    pairs = [(rule.table, shown_in(rule)) for rule in protocol.rules]
    order = (*(wording.clinical for wording in HEADINGS.values()), UNSHOWN)
    hrefs: Mapping[str, str] = {rule.table: f"{href}{rule.table}" for rule in protocol.rules}
    return flow("flow-overview", "From the decision tables to the sections of an answer", pairs, order, hrefs)
