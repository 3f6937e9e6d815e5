"""Explain shows every step from the text to the sentences."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bedside.facts.fact import Comparator, Presence, Quantity, Subject, When
from bedside.rendering.explain import explain, fact_line, quantity_text
from tests.rendering.sample import B12, sample


def lines_of(heading, answer=None):
    """The lines of the part whose heading starts like this."""
    [part] = [part for part in explain(answer or sample()) if part.heading.startswith(heading)]
    return part.lines


def test_facts_come_with_the_place_they_were_read_from():
    """Value, words and characters."""
    assert lines_of("Facts read") == ("total_b12 = 268 pg/mL ('268 pg/mL', characters 10 to 19)",)


def test_rules_come_with_what_decided_them():
    """Fired, still open and silenced rules each with their leaves."""
    assert any(
        line.startswith("CF3-GB [GB]") and "on_oral_b12 is true" in line for line in lines_of("Rules that fired")
    )
    assert any("on_oral_b12 is unknown" in line for line in lines_of("Rules that could still fire"))
    assert any("silenced by RF1" in line for line in lines_of("Rules silenced"))


def test_verdicts_and_what_was_withheld_are_named():
    """One verdict a sentence and wording, and each withheld sentence with its reason."""
    assert "t/red (clinical): supported" in lines_of("Verdict")
    assert lines_of("Withheld") == ("t/gone: wrong figure: 5 mg",)


def test_an_empty_part_says_none():
    """Nothing is left out silently."""
    answer = sample()
    quiet = replace(answer, report=replace(answer.report, withheld=()))
    assert lines_of("Withheld", quiet) == ("none",)


def test_facts_about_others_and_other_times_say_so():
    """A relative's past, denied fact reads as that."""
    fact = replace(B12, subject=Subject.RELATIVE, when=When.PAST, presence=Presence.ABSENT, quantity=None)
    assert fact_line(fact).startswith("relative's past total_b12 (absent)")


def test_quantities_read_as_people_write_them():
    """Comparators and ranges are kept."""
    assert quantity_text(Quantity(Decimal(50), "ng/L", Comparator.BELOW)) == "<50 ng/L"
    assert quantity_text(Quantity(Decimal(250), "pg/mL", upper=Decimal(300))) == "250 to 300 pg/mL"
