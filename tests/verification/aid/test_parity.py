"""The plain Python of the aid computes what scikit-learn does."""

from __future__ import annotations

import random
import sys
import warnings
from pathlib import Path

import pytest

from bedside.verification.aid.claim_aid import GRAIN
from bedside.verification.aid.ensemble import Ensemble

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


@pytest.fixture
def script(monkeypatch):
    """The training script, where what it needs is installed."""
    for name in ("numpy", "sklearn", "zstandard"):
        pytest.importorskip(name, reason="scikit-learn and its companions are only needed to train")
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import train_claim_aid

    yield train_claim_aid
    sys.modules.pop("train_claim_aid", None)


@pytest.mark.parametrize("width", [6, 9])
def test_networks_and_trees_agree_with_scikit_learn(script, width):
    """Trained on made-up rows, written, read and run: every probability within 1e-9, with and without vectors."""
    import numpy as np

    chance = random.Random(width)  # noqa: S311 - made-up rows, the same every time
    table = np.array([[round(chance.uniform(-2, 2) / GRAIN) * GRAIN for _ in range(9)] for _ in range(400)])
    yes = np.array([row[0] * row[1] + row[2] > chance.gauss(0, 0.3) for row in table])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        known = script.trained(table, yes, np.ones(len(yes)), width)
    ours = Ensemble.of(script.exported(known, 1.0, 0.0))
    theirs = known.probability(table)
    assert theirs.std() > 0.1  # it learnt something, so that agreeing is no accident
    assert all(abs(ours.probability(row) - one) < 1e-9 for row, one in zip(table.tolist(), theirs, strict=True))


def test_calibration_agrees_with_its_formula(script):
    """Slope and offset that were fitted bring overconfident probabilities back to what happened."""
    import numpy as np

    chance = random.Random(3)  # noqa: S311 - as above
    honest = np.array([chance.uniform(0.1, 0.9) for _ in range(4000)])
    happened = np.array([chance.random() < each for each in honest])
    bold = script._logistic(2 * script._logit(honest))
    slope, offset = script.calibration(bold, happened, np.ones(len(bold)))
    row = {"networks": [], "trees": {"start": 0, "rate": 0, "roots": []}, "slope": slope, "offset": offset}
    ours = np.array([Ensemble.of(row).calibrated(float(each)) for each in bold])
    assert np.abs(ours - honest).max() < 0.03
