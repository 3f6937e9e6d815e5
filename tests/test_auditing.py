"""An audit puts the claims, the judge, the search and the checks of the article together, and adds nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import bedside
from bedside.auditing import NOTHING_FOUND, audit
from bedside.verification.article_checks.finding import FindingKind, Weight
from bedside.verification.claims import CHECKED
from bedside.verification.document import document_of
from bedside.verification.verdict import Verdict
from tests.auditing_doubles import ToldJudge, found

TEXT = "Iron\n\nIron cures anaemia. Zinc cures anaemia. Tea is safe.\n\nThis page is for information only."
PAGE = Path(__file__).parents[1] / "../shared/reference/b12-page.txt"


@pytest.fixture(scope="module")
def vocabulary():
    """The words and units of the shipped content."""
    return bedside.open().vocabulary


def test_each_claim_is_judged_once_on_what_was_found_for_it(vocabulary):
    """What is no claim is not judged, and a claim without passages is unsupported, never supported."""
    judge = ToldJudge({"Iron": Verdict.SUPPORTED, "Tea": Verdict.OVERSTATED})
    made = audit(document_of(TEXT), judge, found, vocabulary, lambda name: f"source of {name}")
    assert judge.asked == ["Iron cures anaemia.", "Tea is safe."]
    assert [each.verdict for each in made.checked] == [Verdict.SUPPORTED, Verdict.UNSUPPORTED, Verdict.OVERSTATED]
    iron, zinc, tea = made.checked
    assert iron.against is not None
    assert (iron.against.id, iron.against.source, iron.considered) == ("p1", "source of p1", ("p1", "p2"))
    assert (zinc.against, zinc.reason) == (None, NOTHING_FOUND)
    assert tea.reason == "The judge was told overstated."
    assert {each.verdict for each in made.claims if each.claim.kind not in CHECKED} == {Verdict.NOT_A_CLAIM}


def test_a_passage_that_speaks_of_something_else_is_not_shown_as_the_reason(vocabulary):
    """Below half of the claim's content it counts as nothing found; what was looked at stays on record."""

    class FarJudge(ToldJudge):
        def __call__(self, claim, passages):
            ruled = super().__call__(claim, passages)
            return replace(ruled, judgement=replace(ruled.judgement, coverage=0.49))

    [far] = audit(document_of("Tea is safe."), FarJudge({}), found, vocabulary).checked
    assert (far.against, far.reason, far.considered) == (None, NOTHING_FOUND, ("p1", "p2"))
    [denied] = audit(document_of("Tea is safe."), FarJudge({"Tea": Verdict.CONTRADICTED}), found, vocabulary).checked
    assert denied.against is not None


def test_the_counts_are_those_of_the_claims(vocabulary):
    """Every verdict and kind is counted, and only a clean audit is clean."""
    made = audit(document_of(TEXT), ToldJudge({"Iron": Verdict.SUPPORTED}), found, vocabulary)
    assert sum(made.verdicts.values()) == len(made.checked) == 3
    assert sum(made.kinds.values()) == len(made.claims)
    assert not made.clean
    clean = audit(document_of("Iron cures anaemia."), ToldJudge({"Iron": Verdict.QUALIFIED}), found, vocabulary)
    assert clean.clean


def test_the_same_article_gives_the_same_audit(vocabulary):
    """Twice over."""
    made = [audit(document_of(TEXT), ToldJudge({"Iron": Verdict.SUPPORTED}), found, vocabulary) for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.skipif(not PAGE.is_file(), reason="the founding page is not there")
def test_what_is_wrong_inside_the_founding_page_is_found(vocabulary):
    """Eight numbers against seven references, treatment before its test, reviewed against pending, and the rest."""
    made = audit(document_of(PAGE.read_text(encoding="utf-8")), ToldJudge({}), lambda _: [], vocabulary)
    faults = {each.kind: each.message for each in made.findings if each.weight is Weight.FAULT}
    assert set(faults) == {
        FindingKind.TREATMENT_BEFORE_TEST,
        FindingKind.CONTRADICTION,
        FindingKind.SINGLE_VALUE,
        FindingKind.SCHEDULE,
        FindingKind.CITATION_NUMBERS,
        FindingKind.OWN_SUMMARY,
        FindingKind.REFERENCE_RECORD,
        FindingKind.REVIEW,
    }
    assert "8 numbers (1 to 8); the list has 7 references" in faults[FindingKind.CITATION_NUMBERS]
    assert "4 of 7 references" in faults[FindingKind.OWN_SUMMARY]
    assert "pending human review" in faults[FindingKind.REVIEW]
    assert "pernicious anemia" in faults[FindingKind.CONTRADICTION]
    correct = [each.message for each in made.findings if each.weight is Weight.CORRECT]
    assert any("258 pmol/L" in message and "349.7 pg/mL" in message for message in correct)
    assert [each.kind for each in made.findings if each.weight is Weight.NOTE] == [FindingKind.TARGET_IS_CUT_OFF]


@pytest.mark.skipif(not PAGE.is_file(), reason="the founding page is not there")
def test_every_conversion_of_the_founding_page_that_is_spoilt_is_found(vocabulary):
    """Another number in the place of one of a pair."""
    text = PAGE.read_text(encoding="utf-8")
    for right, wrong in (("< 350 pg/mL", "< 450 pg/mL"), ("(1000 mcg)", "(100 mcg)"), ("> 400 pg/mL", "> 500 pg/mL")):
        assert text.count(right) == 1
        made = audit(document_of(text.replace(right, wrong)), ToldJudge({}), lambda _: [], vocabulary)
        assert any(
            each.kind is FindingKind.CONVERSION and each.weight is Weight.FAULT and wrong.strip("()") in each.message
            for each in made.findings
        )
