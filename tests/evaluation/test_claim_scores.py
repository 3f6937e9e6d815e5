"""The scores are what their definitions say, and folds never share a group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.evaluation.claim_scores import (
    FOLDS,
    Point,
    Thresholds,
    calibration_error,
    curve,
    f1,
    fitted_thresholds,
    macro_f1,
    recall_at,
    splits,
)


def test_macro_f1_is_the_mean_over_the_labels_of_the_set():
    """Worked by hand: 2/3 for one label, 1/2 for another, 0 for one that is never right."""
    true, said = ["a", "a", "b", "c"], ["a", "b", "b", "b"]
    assert f1(true, said, "a") == pytest.approx(2 / 3)
    assert f1(true, said, "b") == pytest.approx(1 / 2)
    assert f1(true, said, "c") == 0
    assert macro_f1(true, said, ["a", "b", "c"]) == pytest.approx((2 / 3 + 1 / 2) / 3)
    assert f1([], [], "a") == 0


@given(st.lists(st.text(max_size=4), min_size=1, max_size=60))
def test_every_place_is_tested_once_and_never_trained_on_with_its_group(groups):
    """The folds part the places, and no group is on both sides of a split."""
    tested = []
    for train, test in splits(groups):
        assert not {groups[at] for at in train} & {groups[at] for at in test}
        assert sorted(train + test) == list(range(len(groups)))
        tested += test
    assert sorted(tested) == list(range(len(groups)))


def test_groups_spread_over_all_folds():
    """Two hundred groups leave no fold empty."""
    assert all(test for _, test in splits([f"group {each}" for each in range(200)]))
    assert len(list(splits(["one"]))) == FOLDS


def test_thresholds_find_the_edges_that_part_the_labels():
    """Figures that are parted by two edges are labelled without an error."""
    figures = [each / 30 for each in range(30)]
    true = ["low"] * 10 + ["middle"] * 10 + ["high"] * 10
    fit = fitted_thresholds(figures, true, ["low", "middle", "high"])
    said = [fit.label(each) for each in figures]
    assert macro_f1(true, said, fit.labels) > 0.93  # edges are quantiles, so one of them can be a place off
    assert Thresholds(("n", "y"), (0.5,)).label(0.5) == "y"


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from("ns")), min_size=1, max_size=25))
def test_no_other_edges_of_the_grid_are_better(rows):
    """The macro-F1 of the edges chosen is that of labelling with them, and the best of all edges tried singly."""
    figures, true = [each / 10 for each, _ in rows], [label for _, label in rows]
    fit = fitted_thresholds(figures, true, ["n", "s"])

    def reached(edge):
        return macro_f1(true, [Thresholds(("n", "s"), (edge,)).label(each) for each in figures], ["n", "s"])

    assert reached(fit.edges[0]) == pytest.approx(max(reached(edge) for edge in set(figures)))


def test_the_curve_has_a_point_for_each_figure():
    """Worked by hand, with two that tie."""
    points = curve([0.9, 0.8, 0.8, 0.1], [True, False, True, False])
    assert points == (Point(0.9, 1.0, 0.5), Point(0.8, 2 / 3, 1.0), Point(0.1, 0.5, 1.0))
    assert recall_at(points, 0.9) == 0.5
    assert recall_at(points, 0.6) == 1.0
    assert recall_at(points[1:], 0.9) == 0.0
    assert curve([0.5], [False]) == ()


def test_calibration_error_is_the_distance_of_what_was_said_from_what_happened():
    """None where a half happened half the time, 0.4 where what was sure at 0.9 happened half the time."""
    assert calibration_error([0.5, 0.5], [True, False]) == pytest.approx(0)
    assert calibration_error([0.9, 0.9], [True, False]) == pytest.approx(0.4)
    assert calibration_error([1.0], [True]) == pytest.approx(0)
