"""The protocol: one computable guideline, as the compiled content gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bedside.protocol.condition import Condition
from bedside.protocol.strength import Jurisdiction, Level, Strength


class Effect(StrEnum):
    """What a rule does when it holds."""

    RED_FLAG = "red_flag"
    RECOMMEND = "recommend"
    INFORM = "inform"
    CLASSIFY = "classify"
    ASK = "ask"
    ABSTAIN = "abstain"
    DISAGREE = "disagree"


class Urgency(StrEnum):
    """How soon a red flag must be acted on."""

    NONE = ""
    WEEK = "week"
    SAME_DAY = "same_day"
    IMMEDIATE = "immediate"


@dataclass(frozen=True, slots=True)
class Edge:
    """One limit of a band, in every unit it was published in: unit token -> number. ``inclusive`` is <= or >=."""

    values: Mapping[str, Decimal]
    inclusive: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A named interval of one measure. A missing edge is open-ended."""

    name: str
    low: Edge | None
    high: Edge | None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a bare number (no unit, or an assay not stated) between two limits is read.

    One of ``band`` (the same band on every reading), ``unit`` (this unit is meant) or ``ask`` (the readings differ)
    is set. ``warn`` says the reading is an assumption that must be shown.
    """

    low: Decimal | None
    low_inclusive: bool
    high: Decimal | None
    high_inclusive: bool
    band: str = ""
    unit: str = ""
    ask: str = ""
    warn: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """Something with a value: a concept, the first known of several, or a dose per day.

    ``bands`` are keyed by jurisdiction ("" where all share one table). ``unitless`` reads a bare number; ``assay``
    reads a number whose assay was not stated, keyed by unit.
    """

    name: str
    first_known: tuple[str, ...] = ()
    per_day: tuple[str, ...] = ()
    bands: Mapping[str, tuple[Band, ...]] = field(default_factory=dict)
    unitless: tuple[Reading, ...] = ()
    assay: Mapping[str, tuple[Reading, ...]] = field(default_factory=dict)
    table: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated number of one jurisdiction: unit token -> number, from a day on, with its citation."""

    name: str
    jurisdiction: Jurisdiction
    since: str
    values: Mapping[str, Decimal]
    source: str
    locator: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A dose worked out from a measure, shown beside the advice of ``rule``: measure x ``each``, rounded to the nearest
    ``step``, never above ``ceiling``. The last three name parameters in one unit of mass; ``unit`` is the measure's.
    """

    rule: str
    of: str
    unit: str
    each: str
    step: str
    ceiling: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A short text in both wordings."""

    clinical: str
    plain: str


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """What counts in a score, and how many points it gives."""

    points: int
    when: Condition
    name: Wording


@dataclass(frozen=True, slots=True)
class Score:
    """A score as data: its items with their points. ``behind`` are the statements behind which its sum is shown;
    conditions ask for it as the definitions ``ID_from_1`` to the highest sum, which the compiler adds. Where the fact
    ``stated`` is known, somebody gave the score itself and no sum is shown."""

    id: str
    name: Wording
    items: tuple[ScoreItem, ...]
    behind: tuple[str, ...]
    stated: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question a person can answer: the facts it settles, and how to put it.

    ``values`` lists what to try for each fact when looking for what its answer would change
    ("present", "absent", "85 mL/min/1.73m2", "positive" ...). With ``one_is_enough`` any one of its facts answers it.
    """

    id: str
    facts: tuple[str, ...]
    wording: Wording
    values: tuple[tuple[str, tuple[str, ...]], ...]
    changes: Wording
    one_is_enough: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a decision table.

    It holds when ``given`` and ``when`` hold. It is shown as an open branch when ``given`` is true, ``when`` is
    unknown and ``branch`` is set. ``row`` is the row of the published table (``OR3``); ``id`` adds the jurisdiction
    where a row has two (``OR3-GB``). ``overrides`` names the rules it silences. ``order`` is its place in the content.
    ``section`` is the section of the article its statements are shown in (``show`` in the content), "" for none.
    """

    id: str
    row: str
    table: str
    order: int
    jurisdiction: Jurisdiction
    given: Condition
    when: Condition
    effect: Effect
    strength: Strength
    level: Level
    statements: tuple[str, ...]
    section: str
    urgency: Urgency = Urgency.NONE
    branch: bool = False
    first_screen: bool = False
    classify: tuple[tuple[str, str], ...] = ()
    overrides: tuple[str, ...] = ()
    unconfirmed: bool = False
    sources: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    where: str = ""

    @property
    def show_worthy(self) -> bool:
        """Whether the rule ever puts a sentence into an article, or classifies."""
        return self.section not in ("", "none") or bool(self.classify)


@dataclass(frozen=True, slots=True)
class Pattern:
    """An answer pattern: a kind of question with its lead. The first whose ``when`` is true gives title and lead."""

    id: str
    when: Condition
    title: Wording
    lead: tuple[str, ...]
    why: tuple[str, ...]
    certainty: tuple[str, ...]
    decisive: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Protocol:
    """One computable guideline: scope, parameters, measures, definitions, rules, questions, answer patterns.

    Compared and hashed by identity, so that what is worked out once about a protocol can be kept beside it.
    """

    id: str
    title: Wording
    version: str
    scope: Condition
    scope_wording: Wording
    topics: tuple[str, ...]
    definitions: Mapping[str, Condition]
    measures: Mapping[str, Measure]
    parameters: tuple[Parameter, ...]
    rules: tuple[Rule, ...]
    asks: tuple[Ask, ...]
    patterns: tuple[Pattern, ...]
    assumptions: tuple[str, ...] = ()
    same_day_signs: str = ""
    where: str = ""
    sums: tuple[Sum, ...] = ()
    scores: tuple[Score, ...] = ()
    _named: dict[str, tuple[Parameter, ...]] = field(default_factory=dict)
    _rules: dict[str, Rule] = field(default_factory=dict)

    def parameters_of(self, name: str) -> tuple[Parameter, ...]:
        """Every parameter of that name, of all jurisdictions and dates."""
        if name not in self._named:
            self._named[name] = tuple(p for p in self.parameters if p.name == name)
        return self._named[name]

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id; KeyError when there is none."""
        if not self._rules:
            self._rules.update({rule.id: rule for rule in self.rules})
        return self._rules[rule_id]
