"""The hazard log is complete, and every control it claims is proved by a test that exists."""

import ast
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
HAZARDS = yaml.safe_load((ROOT / "safety" / "hazard-log.yaml").read_text(encoding="utf-8"))["hazards"]
LEVELS = {"low", "medium", "high"}


@cache
def names_in(path):
    """The names of the test functions of a file; empty when there is no such file."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name.startswith("test_"))


def test_the_log_covers_enough():
    """At least 18 hazards, each with an id of its own."""
    assert len({hazard["id"] for hazard in HAZARDS}) == len(HAZARDS) >= 18


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_every_hazard_is_described_and_controlled(hazard):
    """Cause, harm, control, tests and both risks are given, and the control lowers the risk or keeps it low."""
    assert set(hazard) == {"id", "hazard", "cause", "harm", "control", "tests", "initial", "residual"}
    for risk in (hazard["initial"], hazard["residual"]):
        assert set(risk) == {"severity", "likelihood"}
        assert set(risk.values()) <= LEVELS
    order = ("low", "medium", "high")
    assert order.index(hazard["residual"]["likelihood"]) <= order.index(hazard["initial"]["likelihood"])
    assert hazard["tests"]


@pytest.mark.parametrize(
    "node", sorted({node for hazard in HAZARDS for node in hazard["tests"]}), ids=lambda node: node.split("::")[1]
)
def test_every_test_named_exists(node):
    """A control is only as good as the test that proves it."""
    path, name = node.split("::")
    assert name in names_in(path), f"{node} does not exist"
