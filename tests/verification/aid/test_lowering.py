"""The aid lowers confidence and never raises it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.verification.aid.claim_aid import Probabilities
from bedside.verification.aid.lowering import DOUBTED, lowered
from bedside.verification.verdict import SHOWN, Verdict

VERDICTS = tuple(Verdict)
any_number = st.floats(allow_nan=True, allow_infinity=True)
probabilities = st.builds(Probabilities, any_number, any_number, any_number)


@given(st.sampled_from(VERDICTS), probabilities)
def test_no_verdict_is_ever_raised(verdict, given_probabilities):
    """Whatever the probabilities, even none at all, the verdict is the same or a worse one."""
    assert VERDICTS.index(lowered(verdict, given_probabilities)) >= VERDICTS.index(verdict)


@given(st.sampled_from([each for each in VERDICTS if each not in SHOWN]), probabilities)
def test_what_the_checks_refused_stays_refused_as_it_was(verdict, given_probabilities):
    """A contradiction, a wrong figure or an overstatement is never changed, least of all into support."""
    assert lowered(verdict, given_probabilities) is verdict


@given(st.sampled_from(VERDICTS), probabilities)
def test_lowering_twice_is_lowering_once(verdict, given_probabilities):
    """The rule has nothing more to say of what it has lowered."""
    once = lowered(verdict, given_probabilities)
    assert lowered(once, given_probabilities) is once


@pytest.mark.parametrize(
    ("support", "verdict"),
    [(DOUBTED, Verdict.SUPPORTED), (DOUBTED - 0.01, Verdict.QUALIFIED), (math.nan, Verdict.QUALIFIED)],
)
def test_support_is_qualified_where_the_aid_doubts_it(support, verdict):
    """At the threshold it stands; below it, and for what is no number, it is qualified."""
    assert lowered(Verdict.SUPPORTED, Probabilities(support, 0.0, 0.0)) is verdict


@given(probabilities)
def test_what_is_not_a_claim_stays_no_claim(given_probabilities):
    """A heading or a greeting is not made a doubtful claim."""
    assert lowered(Verdict.NOT_A_CLAIM, given_probabilities) is Verdict.NOT_A_CLAIM
