"""Weighing a sentence written elsewhere: what speaks to it decides, and company that does not changes nothing."""

from __future__ import annotations

import pytest

from bedside.verification.verdict import Verdict
from bedside.verification.weighing import weigh
from tests.verification.material import shipped_terms

TERMS = shipped_terms()
LIBRARY = (
    ("mma", "A raised MMA supports B12 deficiency, but does not prove it: reduced kidney function raises MMA, too."),
    ("target", "On B12 injections, the homocysteine level is not a treatment target."),
    ("oral", "High-dose oral B12 can correct deficiency in pernicious anaemia, because part is absorbed by diffusion."),
    ("life", "B12 injections are for life only if the cause is irreversible."),
    ("dose", "Without neurological involvement, give hydroxocobalamin 1 mg IM three times a week for 2 weeks."),
    ("stroke", "In pooled trials, B vitamins reduced stroke by about 10%."),
)


@pytest.mark.parametrize(
    ("claim", "expected", "against"),
    [
        ("An MMA above the limit proves B12 deficiency.", Verdict.OVERSTATED, "mma"),
        ("Homocysteine (target < 10 umol/L)", Verdict.CONTRADICTED, "target"),
        ("Oral B12 fails in pernicious anemia.", Verdict.CONTRADICTED, "oral"),
        ("B12 injections are for life.", Verdict.OVERSTATED, "life"),
        ("Hydroxocobalamin 1 mg IM is given three times a week for 2 weeks.", Verdict.SUPPORTED, "dose"),
        ("B vitamins reduced stroke by 43% in meta-analyses.", Verdict.WRONG_FIGURE, "stroke"),
        ("Vitamin D prevents falls in care homes.", Verdict.UNSUPPORTED, ""),
    ],
)
def test_a_sentence_against_a_library(claim: str, expected: Verdict, against: str) -> None:
    found = weigh(claim, LIBRARY, TERMS)
    assert (found.verdict, found.against) == (expected, against)
    assert found.reason.endswith(".")


def test_unrelated_passages_change_nothing() -> None:
    unrelated = tuple(
        (f"u{n}", f"Hip protectors of make {n} do not prevent fractures in care homes.") for n in range(30)
    )
    for claim in ("Oral B12 fails in pernicious anemia.", "An MMA above the limit proves B12 deficiency."):
        assert weigh(claim, (*unrelated, *LIBRARY), TERMS).verdict is weigh(claim, LIBRARY, TERMS).verdict


def test_nothing_is_refuted_by_silence() -> None:
    assert weigh("Oral B12 fails in pernicious anemia.", (), TERMS).verdict is Verdict.UNSUPPORTED
    assert weigh("...", LIBRARY, TERMS).verdict is Verdict.NOT_A_CLAIM
