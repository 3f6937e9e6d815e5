"""No sequence of events approves unseen or changed content, skips a role, loses an event, or leaves an approval
standing on what has changed: random members do random things to a board. On databases: tests/stores."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bedside.stores.review_memory import ReviewMemory
from tests.review.machine import machine_over

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def test_every_promise_holds_whatever_happens():
    steps = settings(max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=QUIET)
    run_state_machine_as_test(machine_over(ReviewMemory), settings=steps)
