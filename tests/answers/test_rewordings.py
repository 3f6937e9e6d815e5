"""Metamorphic: the same case in other words or other units has the same outcome."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bedside.desk import Desk
from tests.answers.signature import signature

BASES = yaml.safe_load((Path(__file__).parent / "rewordings.yaml").read_text(encoding="utf-8"))
PAIRS = [(base["base"], reworded) for base in BASES for reworded in base["rewordings"]]


def test_there_are_enough_rewordings() -> None:
    """At least ten questions and sixty rewordings stand in the file."""
    assert len(BASES) >= 10
    assert len(PAIRS) >= 60


@pytest.mark.parametrize(("base", "reworded"), PAIRS, ids=[f"{p[0][:24]}~{p[1][:32]}" for p in PAIRS])
def test_a_rewording_or_unit_change_gives_the_same_outcome(desk: Desk, base: str, reworded: str) -> None:
    """Bands, answer pattern and firing rules do not move with words or units."""
    assert signature(desk.ask(reworded, reader="clinician")) == signature(desk.ask(base, reader="clinician"))
