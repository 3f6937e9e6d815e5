"""The outcome: what one rule says of one patient, and why."""

from __future__ import annotations

from dataclasses import dataclass

from bedside.facts.fact import Fact
from bedside.protocol.protocol import Ask, Pattern, Protocol, Rule
from bedside.protocol.scores import Scored
from bedside.protocol.sums import Worked
from bedside.protocol.truth import Truth


@dataclass(frozen=True, slots=True)
class Because:
    """One leaf of a rule's condition, its value, and the fact that gave it (None where nothing is known)."""

    leaf: str
    truth: Truth
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One rule on one patient.

    ``truth`` is the value of the whole condition; ``relevant`` says that ``given`` is true, so that an UNKNOWN is an
    open branch. ``overridden_by`` names the rule that silences it, or "". ``because`` is the trace, empty for a
    rule that is false or whose setting does not hold.
    """

    rule: Rule
    truth: Truth
    relevant: bool
    overridden_by: str
    because: tuple[Because, ...]

    @property
    def fires(self) -> bool:
        """The rule holds and nothing silences it."""
        return self.truth is Truth.TRUE and not self.overridden_by

    @property
    def open_branch(self) -> bool:
        """The rule is undecided, its setting holds, and it may be shown as a branch."""
        return self.truth is Truth.UNKNOWN and self.relevant and self.rule.branch and not self.overridden_by


@dataclass(frozen=True, slots=True)
class BandResult:
    """Where a measure falls. ``band`` is ``""`` when it cannot be said; ``ask`` then says what to ask
    ("unit", "assay", "value"). ``warn`` names an assumption that was made ("unit", "assay")."""

    measure: str
    band: str
    fact: Fact | None
    jurisdiction: str
    ask: str = ""
    warn: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A question whose answer would change the outcome, and what it would change.

    ``red_flag``, ``changes`` and ``settles`` are the numbers it is ranked by: red-flag rules it could fire, action
    or dose rules it could fire or cancel, undecided rules it would settle. ``rules`` are the rules it touches.
    """

    ask: Ask
    red_flag: int
    changes: int
    settles: int
    rules: tuple[str, ...]
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holds:
    """The range of one decisive measure over which the same rules fire (design rule 11).

    ``low`` and ``high`` are numbers in ``unit`` (None is open); ``below`` and ``above`` name the neighbouring band.
    """

    measure: str
    jurisdiction: str
    unit: str
    low: str | None
    low_inclusive: bool
    high: str | None
    high_inclusive: bool
    band: str
    below: str
    above: str


@dataclass(frozen=True, slots=True)
class Run:
    """What one protocol says of one patient. ``beside`` is true where the question speaks of its topic in passing: then
    it holds red flags only, and nothing else of it is shown."""

    protocol: Protocol
    scope: Truth
    outcomes: tuple[Outcome, ...]
    bands: tuple[BandResult, ...]
    classes: tuple[tuple[str, str], ...]
    pattern: Pattern | None
    missing: tuple[Missing, ...]
    holds: tuple[Holds, ...]
    sums: tuple[Worked, ...] = ()
    scores: tuple[Scored, ...] = ()
    beside: bool = False

    def firing(self) -> tuple[Outcome, ...]:
        """The outcomes that hold, in content order."""
        return tuple(o for o in self.outcomes if o.fires)

    def open_branches(self) -> tuple[Outcome, ...]:
        """The undecided outcomes to be shown as branches, in content order."""
        return tuple(o for o in self.outcomes if o.open_branch)
