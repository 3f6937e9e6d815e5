"""The board's promises hold over real databases too: random members do random things (see tests/review/machine.py)."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as steps
from hypothesis.stateful import run_state_machine_as_test

from bedside.settings import Settings
from bedside.stores.review_store import open_review
from tests.review.machine import machine_over

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
FEW = steps(max_examples=4, stateful_step_count=10, deadline=None, suppress_health_check=QUIET)


@pytest.fixture
def home(tmp_path):
    """Makes settings with a new home each time."""

    def fresh():
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        return Settings.load({"BEDSIDE_HOME": str(folder)})

    return fresh


def test_every_promise_holds_on_sqlite(home):
    run_state_machine_as_test(machine_over(lambda: open_review(home())), settings=FEW)


def test_every_promise_holds_on_postgresql(home, new_database):
    def fresh():
        return open_review(replace(home(), database=new_database()))

    run_state_machine_as_test(machine_over(fresh), settings=FEW)
