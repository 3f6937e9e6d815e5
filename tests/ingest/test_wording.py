"""The wording of statements: what an author is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bedside.evidence.statement import Basis, Citation, Statement
from bedside.ingest.wording import wording_findings
from bedside.protocol.strength import Jurisdiction, Level, Strength
from bedside.text.matching import UnitTokens

UNITS = UnitTokens(
    {unit: unit for unit in ("ng/L", "pmol/L", "mg", "ug", "weeks", "months", "nmol/L")}
    | {"mcg": "ug", "micrograms": "ug", "week": "weeks", "month": "months"}
)

GOOD = Statement(
    id="t/s",
    clinical="A total B12 below 180 ng/L (133 pmol/L) is low.",
    plain="A result below 180 ng/L (133 pmol/L) is low.",
    citations=(Citation("key"),),
    strength=Strength.INFORMATION,
    jurisdiction=Jurisdiction.GB,
    level=Level.C,
    basis=Basis.SECONDHAND,
    where="t/statements/a.md:3",
)


def said(**changes):
    """What is found in the good statement after some changes, as one text."""
    return "; ".join(finding.text for finding in wording_findings(replace(GOOD, **changes), UNITS))


def test_a_good_statement_has_no_findings():
    """Nothing is said of a statement that keeps every rule."""
    assert said() == ""


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"plain": "A result below 181 ng/L (133 pmol/L) is low."}, "only the plain wording has <181 ng/L"),
        ({"plain": "A result below 180 nmol/L (133 pmol/L) is low."}, "only the clinical wording has <180 ng/L"),
        ({"plain": "A result above 180 ng/L (133 pmol/L) is low."}, "only the plain wording has >180 ng/L"),
        ({"plain": "A low result is low."}, "only the clinical wording has"),
        ({"plain": "A result below 180 ng/L (133 pmol/L) is not low."}, "only the plain wording holds a 'not'"),
        ({"strength": Strength.DO_NOT}, "a do-not whose clinical wording holds no 'not'"),
        ({"strength": Strength.CONSIDER}, "no 'consider'"),
        ({"clinical": "A total B12 below 180 ng/L (133 pmol/L) must be low."}, "says 'must'"),
        ({"plain": "A result below 180 ng/L (133 pmol/L) is always low."}, "says 'always'"),
        ({"dose": True}, "A prescriber would use"),
        ({"clinical": "Give 1 mg daily.", "plain": "Take 1 mg daily."}, "the dose '1 mg' without dose=yes"),
        ({"clinical": "Give 50,000 IU.", "plain": "Take 50,000 IU."}, "the dose '50,000 IU' without dose=yes"),
        (
            {"plain": " ".join(["A result below 180 ng/L (133 pmol/L) is low"] + ["very"] * 20) + "."},
            "words (at most 25)",
        ),
        ({"clinical": "A. B12 is low. It is. It is. " + GOOD.clinical}, "sentences (two at most)"),
        ({"clinical": "In the US, a total B12 below 180 ng/L (133 pmol/L) is low."}, "it is GB and names US"),
        ({"clinical": "UK and US: below 180 ng/L (133 pmol/L) is low."}, "it names both UK and US"),
        ({"clinical": "10 micrograms.", "plain": "10 mcg."}, "write micrograms"),
        ({"clinical": "1,000 tests.", "plain": "1,000 tests."}, "with a comma"),
        ({"plain": "For the person you care for, below 180 ng/L (133 pmol/L) is low."}, "write {you}"),
    ],
)
def test_a_broken_rule_is_found(changes, expected):
    """Each rule of the wording, broken alone, is found."""
    assert expected in said(**changes)


def test_a_comma_in_a_large_number_is_accepted():
    """From 10,000 on it helps to read: 300,000 is no 30,000."""
    text = "300,000 tests or 10,000."
    assert said(clinical=text, plain=text) == ""


def test_a_strength_verb_is_accepted():
    """Consider, may be considered and can be are what a consider statement says."""
    for verb in ("Consider it.", "It may be considered.", "It can be tried."):
        assert said(strength=Strength.CONSIDER, clinical=verb, plain=verb) == ""


def test_a_dose_in_the_words_of_a_prescriber_is_accepted():
    """The plain wording may name a dose as what a prescriber would use."""
    changes = {"clinical": "Give 100 mcg for 2 weeks.", "plain": "A prescriber would use 100 micrograms for 2 weeks."}
    assert said(dose=True, strength=Strength.DO, **changes) == ""


def test_a_disagreement_may_name_both_sides():
    """Only the file of disagreements may hold UK and US together."""
    text = "UK and US sources differ."
    where = "t/statements/disagreements.md:1"
    assert said(clinical=text, plain=text, jurisdiction=Jurisdiction.INT, where=where) == ""
