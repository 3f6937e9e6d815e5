"""Three-valued logic obeys Kleene's laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.protocol.truth import Truth, all_of, any_of, at_least

truths = st.sampled_from(Truth)
many = st.lists(truths, max_size=6)


@given(truths)
def test_double_negation_gives_the_value_back(value: Truth) -> None:
    """Not not x is x."""
    assert ~~value is value


@given(many)
def test_de_morgan_holds_for_any_number_of_parts(values: list[Truth]) -> None:
    """Not (all) is any (not), unknown included."""
    assert ~all_of(values) is any_of([~v for v in values])


@given(many, st.randoms())
def test_order_does_not_matter(values: list[Truth], random) -> None:
    """All and any give the same for every order of the parts."""
    shuffled = values[:]
    random.shuffle(shuffled)
    assert all_of(shuffled) is all_of(values)
    assert any_of(shuffled) is any_of(values)


@given(many)
def test_at_least_one_is_any_and_at_least_every_is_all(values: list[Truth]) -> None:
    """The counting condition meets the two others at its ends."""
    assert at_least(1, values) is any_of(values)
    assert at_least(len(values), values) is all_of(values)


@given(st.lists(truths, min_size=1, max_size=6), st.data())
def test_learning_a_fact_never_turns_a_decided_value(values: list[Truth], data) -> None:
    """Replacing an unknown by a value may decide the whole but never reverses what was decided (monotony)."""
    learnt = [data.draw(st.sampled_from([Truth.TRUE, Truth.FALSE])) if v is Truth.UNKNOWN else v for v in values]
    for combine in (all_of, any_of, lambda vs: at_least(2, vs)):
        before, after = combine(values), combine(learnt)
        assert before is Truth.UNKNOWN or before is after


def test_unknown_is_neither_absorbed_nor_taken_as_false() -> None:
    """Unknown with true under "all" stays unknown; with false it is false."""
    assert all_of([Truth.TRUE, Truth.UNKNOWN]) is Truth.UNKNOWN
    assert all_of([Truth.FALSE, Truth.UNKNOWN]) is Truth.FALSE
    assert any_of([Truth.FALSE, Truth.UNKNOWN]) is Truth.UNKNOWN


def test_a_truth_refuses_to_be_a_bool() -> None:
    """Using a truth in an if statement is an error, so that unknown cannot slip through as true."""
    with pytest.raises(TypeError, match="three values"):
        bool(Truth.UNKNOWN)
