"""The scores of the public sets are what their parts say, and the aid never overrules a contradiction."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bedside.evaluation.claim_sets import Label, Pair
from bedside.evaluation.overlap_baseline import grown
from bedside.evaluation.public_sets import bounded, label_of, score_set, score_sets, stance_label
from bedside.verification.aid.claim_aid import Probabilities, claim_aid
from bedside.verification.verdict import Verdict
from tests.verification.material import shipped_terms

TERMS = shipped_terms()
DATA = Path(__file__).parents[2].parent / "shared" / "data"


def test_a_tree_on_one_figure_finds_the_ranges_of_the_labels():
    """Three ranges are told apart, on figures it was not grown on too."""
    figures = [each / 300 for each in range(300)]
    tree = grown(figures, ["low"] * 100 + ["middle"] * 100 + ["high"] * 100)
    assert [tree.label(each) for each in (0.1, 0.5, 0.9)] == ["low", "middle", "high"]
    assert tree.label(-5) == "low"
    assert tree.label(5) == "high"


def test_a_tree_aims_at_accuracy_and_says_the_commonest_of_figures_that_tell_nothing():
    """One figure for all: the commonest label. Nothing to learn from is refused."""
    assert grown([0.5] * 10, ["a"] * 4 + ["b"] * 6).label(0.5) == "b"
    with pytest.raises(ValueError, match="nothing to learn"):
        grown([], [])


def test_the_aid_never_turns_a_contradiction_into_support():
    """Its support is taken, whatever it is; the rest keeps its proportions."""
    sure = Probabilities(0.98, 0.01, 0.01)
    assert bounded(sure, Verdict.CONTRADICTED) == Probabilities(0.0, 0.5, 0.5)
    assert bounded(Probabilities(1.0, 0.0, 0.0), Verdict.CONTRADICTED).support == 0
    assert stance_label(bounded(sure, Verdict.CONTRADICTED), neutral=False) == "REFUTE"
    assert all(bounded(sure, verdict) is sure for verdict in Verdict if verdict is not Verdict.CONTRADICTED)


def test_verdicts_stand_for_labels():
    """What may be shown supports; a contradiction refutes; the rest is open where a set has such pairs."""
    assert label_of(Verdict.QUALIFIED, neutral=True) == "SUPPORT"
    assert label_of(Verdict.WRONG_FIGURE, neutral=True) == "REFUTE"
    assert label_of(Verdict.UNSUPPORTED, neutral=True) == "NEUTRAL"
    assert label_of(Verdict.UNSUPPORTED, neutral=False) == "REFUTE"


def test_a_set_is_scored_by_every_way_of_judging():
    """Made-up pairs of which the checks are sure: what is repeated stands, what is denied does not."""
    told = "Aspirin reduces the risk of stroke by 20% in adults."
    denied = "Aspirin does not reduce the risk of stroke by 20% in adults."
    off = "The genome of the bat was sequenced from caves."
    rows = ((told, told, Label.SUPPORT), (told, denied, Label.REFUTE), (told, off, Label.NEUTRAL))
    pairs = [Pair(f"{at}", f"group {at}", *rows[at % 3]) for at in range(30)]
    score = score_set("made_up", pairs, TERMS, claim_aid())
    assert score.labels == {"NEUTRAL": 10, "REFUTE": 10, "SUPPORT": 10}
    by_name = {each.name: each for each in score.judged}
    assert by_name["deterministic checks"].macro_f1 == 1
    assert by_name["deterministic checks"].precision == by_name["deterministic checks"].recall == 1
    assert by_name["plain word overlap"].macro_f1 < 1  # a denial repeats the words
    assert by_name["shipped aid"].macro_f1 > 0
    strict = score.routes[-1]
    assert (strict.at_precise, strict.precisions[-1]) == (1, 1)
    assert json.loads(json.dumps(score.as_json()))["support"][0]["name"] == "aid alone"
    assert any("deterministic checks" in line for line in score.table())


def test_sets_that_are_not_there_are_passed_over(tmp_path):
    """An empty folder has none."""
    assert score_sets(tmp_path, TERMS) == ()


@pytest.mark.skipif(not (DATA / "scifact").is_dir(), reason="the data sets are not beside the project")
def test_the_checks_contradict_few_claims_that_experts_call_supported():
    """SciFact: of what the checks let stand, most is supported, and more than by overlap."""
    [score] = score_sets(DATA, TERMS, names=("scifact",))
    by_name = {each.name: each for each in score.judged}
    assert by_name["deterministic checks"].precision > by_name["word overlap, fitted thresholds"].precision
    assert score.known
