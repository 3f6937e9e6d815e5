"""A small content for tests of the board, that can be changed piece by piece, and a board around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from bedside.board import Board
from bedside.evidence.source import RecordCheck, Source, SourceKind
from bedside.evidence.statement import Basis, Citation, Statement
from bedside.protocol.case import Case, Expectation
from bedside.protocol.condition import ALWAYS, All, Has, Is, parse
from bedside.protocol.protocol import (
    Band,
    Edge,
    Effect,
    Measure,
    Parameter,
    Pattern,
    Protocol,
    Rule,
    Urgency,
    Wording,
)
from bedside.protocol.strength import Jurisdiction, Level, Strength
from bedside.review.items import snapshot_of
from bedside.review.member import Member
from bedside.review.state import Role
from bedside.review.workflow import Policy
from bedside.stores.review_memory import ReviewMemory

START = "2026-11-22T09:00:00+00:00"
LOW = {"ng/L": Decimal(180)}


def source(key, **more):
    return replace(
        Source(key, SourceKind.GUIDELINE, f"Guideline {key}", "Issuer", RecordCheck.READ, year="2024"), **more
    )


def statement(name, cites="one", **more):
    made = Statement(
        id=f"t/{name}",
        clinical=f"About {name}.",
        plain=f"In plain words, about {name}.",
        citations=(Citation(cites, "1.1"),),
        strength=Strength.DO,
        jurisdiction=Jurisdiction.GB,
        level=Level.C,
        basis=Basis.READ,
        where="t/statements/a.md:3",
    )
    return replace(made, **more)


def rule(name, when=ALWAYS, statements=(), **more):
    made = Rule(
        id=name,
        row=name,
        table="T",
        order=0,
        jurisdiction=Jurisdiction.GB,
        given=ALWAYS,
        when=when,
        effect=Effect.RECOMMEND,
        strength=Strength.DO,
        level=Level.C,
        statements=tuple(f"t/{each}" for each in statements),
        section="do_now",
        where="t/rules/t.yaml:7",
    )
    return replace(made, **more)


def pattern(name, when, lead, why=(), certainty=()):
    return Pattern(
        name,
        when,
        Wording(f"{name} clinical", f"{name} plain"),
        *(tuple(f"t/{e}" for e in g) for g in (lead, why, certainty)),
        ("b12",),
    )


def parameter(name="low_below", numbers=None, cites="one", place=Jurisdiction.GB):
    return Parameter(name, place, "2024-03-06", numbers or LOW, cites, "table 1")


PROTOCOL = Protocol(
    id="t",
    title=Wording("Topic", "Topic"),
    version="1",
    scope=parse("adult"),
    scope_wording=Wording("Adults.", "Adults."),
    topics=("b12",),
    definitions={"low": Is("b12", "low"), "ill": Has("tingling"), "grave": All((Has("low"), Has("ill")))},
    measures={
        "b12": Measure(
            "b12",
            bands={
                "GB": (Band("low", None, Edge(LOW, inclusive=False)), Band("fine", Edge(LOW, inclusive=True), None))
            },
            table="t/limits",
        )
    },
    parameters=(parameter(), parameter("high_from", {"ng/L": Decimal(1000)}, "two", Jurisdiction.INT)),
    rules=(
        rule(
            "RF",
            Has("grave"),
            ["emergency"],
            effect=Effect.RED_FLAG,
            urgency=Urgency.IMMEDIATE,
            overrides=("TREAT",),
            section="red_flags",
        ),
        rule("TREAT", Has("low"), ["advice"]),
        rule("STOP", parse("b12 >= high_from"), ["dose"], order=2, why=("t/reason",)),
    ),
    asks=(),
    patterns=(
        pattern("low-and-ill", Has("grave"), ["advice"], ["reason"]),
        pattern("low", Has("low"), ["advice"]),
        pattern("any", ALWAYS, ["reason"]),
    ),
    same_day_signs="t/signs",
    where="t/protocol.yaml",
)
STATEMENTS = (
    statement("emergency", strength=Strength.DO),
    statement("advice", cites="two"),
    statement("dose", dose=True, plain="In plain words, what a prescriber uses.", clinical="What is used."),
    statement("reason", cites="two"),
    statement("signs"),
    statement("limits"),
    statement("alone", cites="three"),
)
SOURCES = {key: source(key) for key in ("one", "two", "three", "four")}
CASES = {"t": (Case("Somebody with a low value who is told to stop.", Expectation(fires=("STOP",), pattern="low")),)}


@dataclass(frozen=True, eq=False)
class Content:
    """What the board reviews, in one state."""

    protocol: Protocol = PROTOCOL
    statements: tuple[Statement, ...] = STATEMENTS
    sources: dict[str, Source] = None
    cases: dict[str, tuple[Case, ...]] = None

    def snapshot(self):
        """What of it is reviewed."""
        return snapshot_of([self.protocol], self.statements, self.sources or SOURCES, self.cases or CASES)

    def with_protocol(self, **changes):
        """Another protocol."""
        return replace(self, protocol=replace(self.protocol, **changes, _named={}, _rules={}))

    def with_rule(self, name, **changes):
        """One rule otherwise."""
        rules = tuple(replace(each, **changes) if each.id == name else each for each in self.protocol.rules)
        return self.with_protocol(rules=rules)

    def with_statement(self, name, **changes):
        """One statement otherwise."""
        made = tuple(replace(each, **changes) if each.id == f"t/{name}" else each for each in self.statements)
        return replace(self, statements=made)

    def without_statement(self, name):
        """One statement less."""
        return replace(self, statements=tuple(each for each in self.statements if each.id != f"t/{name}"))

    def with_source(self, key, **changes):
        """One source otherwise."""
        known = self.sources or SOURCES
        return replace(self, sources=known | {key: replace(known[key], **changes)})


def desk_of(content, release="r"):
    """As much of a desk as a board reads."""
    shelf = SimpleNamespace(
        wordings_seen=(),
        topics=lambda: (SimpleNamespace(id="t", computable=True), SimpleNamespace(id="u", computable=False)),
        protocol=lambda _topic: content.protocol,
        cases=lambda _topic: (content.cases or CASES)["t"],
    )
    shipped = SimpleNamespace(
        statements=lambda: content.statements, sources=lambda: tuple((content.sources or SOURCES).values())
    )
    home = SimpleNamespace(home=Path(__file__).parent / "no-home")  # where nobody adopted a wording
    return SimpleNamespace(settings=home, content=shelf, shipped=shipped, library=SimpleNamespace(release=release))


class People(dict):
    """Accounts in a dictionary, as the board asks for them."""

    def members(self):
        """Everybody."""
        return dict(self)

    def close(self):
        """Nothing to let go of."""


def member(handle, *roles, **more):
    made = Member(handle, handle.title(), frozenset(roles), "MB", f"GMC {handle}", "none", "2026-01-01")
    return replace(made, **more)


class Clock:
    """A clock that is set by hand."""

    def __init__(self, start=START):
        self.moment = datetime.fromisoformat(start)

    def __call__(self):
        """The time as an ISO text in UTC."""
        return self.moment.astimezone(UTC).isoformat(timespec="seconds")

    def step(self, **more):
        """Let time pass."""
        self.moment += timedelta(**more)


ANN, BEN = member("ann", Role.REVIEWER), member("ben", Role.REVIEWER)
EVE, WIN = member("eve", Role.EDITOR), member("win", Role.AUTHOR)


def board_of(content=None, store=None, people=(ANN, BEN, EVE, WIN), clock=None, policy=None):
    """A board of this content in memory."""
    accounts = People({each.handle: each for each in people})
    return Board(desk_of(content or Content()), store or ReviewMemory(), accounts, policy or Policy(), clock or Clock())
