"""Cases: what came out held against what was expected."""

from __future__ import annotations

import pytest

from bedside.facts.fact import Facts
from bedside.protocol import cases
from bedside.protocol.case import Case, Expectation, base_name, case_from
from bedside.protocol.cases import CaseResult, Coverage, coverage, judge, run_case
from bedside.protocol.condition import ALWAYS, Has
from bedside.protocol.outcome import BandResult, Because, Missing, Outcome, Run
from bedside.protocol.protocol import Ask, Effect, Measure, Pattern, Protocol, Rule, Wording
from bedside.protocol.strength import Jurisdiction, Level, Strength
from bedside.protocol.truth import Truth
from bedside.question.question import Intent, Region

WORDS = Wording("c", "p")


def rule(rule_id):
    """A rule of that id."""
    return Rule(
        id=rule_id, row=rule_id, table="A", order=0, jurisdiction=Jurisdiction.GB, given=ALWAYS, when=Has("fever"),
        effect=Effect.INFORM, strength=Strength.INFORMATION, level=Level.C, statements=("t/s",), section="",
    )  # fmt: skip


def ask(ask_id):
    """A question of that id."""
    return Missing(Ask(ask_id, ("fever",), WORDS, (), WORDS), 0, 0, 0, ())


def outcome(rule_id, truth, overridden_by=""):
    """What came of one rule."""
    return Outcome(
        rule(rule_id), truth, relevant=True, overridden_by=overridden_by, because=(Because("fever", truth, None),)
    )


PATTERN = Pattern("low", ALWAYS, WORDS, ("t/s",), (), (), ())
PROTOCOL = Protocol(
    id="t", title=WORDS, version="1", scope=ALWAYS, scope_wording=WORDS, topics=(), definitions={},
    measures={"any_sodium": Measure("any_sodium", first_known=("active", "sodium"))}, parameters=(),
    rules=(rule("T"), rule("F"), rule("U"), rule("O")), asks=(), patterns=(PATTERN,),
)  # fmt: skip
RUN = Run(
    protocol=PROTOCOL,
    scope=Truth.UNKNOWN,
    outcomes=(
        outcome("T", Truth.TRUE),
        outcome("F", Truth.FALSE),
        outcome("U", Truth.UNKNOWN),
        outcome("O", Truth.TRUE, overridden_by="T"),
    ),
    bands=(
        BandResult("sodium", "low", None, "GB", warn="unit"),
        BandResult("mma", "", None, "GB", ask="unit"),
        BandResult("egfr", "", None, "GB", ask="value"),
    ),
    classes=(("mma", "not_diagnostic"),),
    pattern=PATTERN,
    missing=(ask("first"), ask("second")),
    holds=(),
)


def failures(**expected):
    """What judging the run against these expectations says."""
    return judge(Case("A case", Expectation(**expected)), RUN).failures


@pytest.mark.parametrize(
    "expected",
    [
        {"fires": ("T",), "undecided": ("U",), "never": ("F", "O")},
        {"band": (("sodium", "low"), ("mma", "ask_unit"), ("egfr", "ask_value"), ("any_sodium", "low"))},
        {"warn": (("sodium", "unit"), ("mma", ""))},
        {"classes": (("mma", "not_diagnostic"), ("sodium", "low"))},
        {"asks_first": ("first",)},
        {"asks_first": ("first", "second")},
        {"pattern": "low", "scope": "unknown"},
    ],
)
def test_what_came_out_is_accepted(expected):
    """An expectation that is met gives no failure."""
    assert failures(**expected) == ()


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({"fires": ("F",)}, "F does not fire: it is false (fever: false)"),
        ({"fires": ("O",)}, "O does not fire: it is true, overridden by T"),
        ({"fires": ("U",)}, "U does not fire: it is unknown"),
        ({"undecided": ("T",)}, "T is not undecided: it is true"),
        ({"never": ("T",)}, "T is not excluded: it is true"),
        ({"never": ("U",)}, "U is not excluded: it is unknown"),
        ({"never": ("X",)}, "X was not run"),
        ({"band": (("sodium", "normal"),)}, "sodium is low, not normal"),
        ({"band": (("zinc", "low"),)}, "zinc is nothing, not low"),
        ({"warn": (("sodium", "assay"),)}, "sodium warns of unit, not assay"),
        ({"classes": (("mma", "raised"),)}, "mma is classed not_diagnostic, not raised"),
        ({"asks_first": ("second",)}, "asks first first, second, not second"),
        ({"asks_first": ("first", "second", "third")}, "not first, second, third"),
        ({"pattern": "high"}, "the pattern is low, not high"),
        ({"pattern": "none"}, "the pattern is low, not none"),
        ({"scope": "true"}, "the scope is unknown, not true"),
    ],
)
def test_what_differs_is_said(expected, said):
    """An expectation that is not met fails with what came out instead; unknown is never taken for excluded."""
    [failure] = failures(**expected)
    assert said in failure


def test_only_passing_cases_prove_a_rule():
    """Coverage counts, for every rule, the passing cases in which it fires and those that exclude it."""
    good = Case("Good", Expectation(fires=("T",), never=("F",)))
    bad = Case("Bad", Expectation(fires=("T", "U")))
    counted = coverage([CaseResult(good, ()), CaseResult(good, ()), CaseResult(bad, ("no",))], PROTOCOL)
    assert counted == {"T": Coverage(2, 0), "F": Coverage(0, 2), "U": Coverage(), "O": Coverage()}


def test_a_case_is_run_with_its_facts_under_both_regions(monkeypatch):
    """Each given fact is read by its name and value, and the question has the case's intents and the topic."""
    seen = {}
    monkeypatch.setattr(cases, "given", lambda name, value, _: (name, value))
    monkeypatch.setattr(Facts, "with_fact", lambda self, fact: seen.setdefault("facts", []).append(fact) or self)
    monkeypatch.setattr(cases, "run", lambda *arguments, **_: seen.update(question=arguments[2]) or RUN)
    case = Case("A case", Expectation(fires=("T",)), facts=(("sodium", "1"), ("fever", "new")), asked=(Intent.STOP,))
    assert run_case(case, PROTOCOL, object(), read=None).passed
    assert seen["facts"] == [("sodium", "1"), ("fever", "new")]
    assert seen["question"].region is Region.BOTH
    assert (seen["question"].intents, seen["question"].topics) == ((Intent.STOP,), ("t",))


def test_a_case_may_be_a_question_in_words(monkeypatch):
    """A question is read by the reader that is handed in."""
    seen = []
    monkeypatch.setattr(cases, "run", lambda *_, **__: RUN)
    case = Case("A case", Expectation(fires=("T",)), question="My sodium is low")
    assert run_case(case, PROTOCOL, "words", read=lambda *arguments: seen.append(arguments) or Facts()).passed
    assert seen == [("My sodium is low", "words")]


def test_a_case_is_read_from_its_compiled_form():
    """Expectations become pairs and tuples; what is not expected stays empty."""
    case = case_from({"name": "A case", "facts": [["a", "1"]], "expect": {"band": {"a": "low"}, "never": ["T"]}})
    assert case.expect == Expectation(band=(("a", "low"),), never=("T",))
    assert (case.facts, case.asked) == ((("a", "1"),), (Intent.MANAGE,))


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("past_tia", "tia"),
        ("family_history_vitiligo", "vitiligo"),
        ("planned_cyanocobalamin_im", "cyanocobalamin_im"),
        ("infant_hypotonia", "hypotonia"),
        ("infant_age_months", "infant_age_months"),
        ("total_b12", "total_b12"),
    ],
)
def test_a_prefix_is_set_aside(name, base):
    """The concept behind a name of section 20 is the name without its prefix."""
    assert base_name(name) == base
