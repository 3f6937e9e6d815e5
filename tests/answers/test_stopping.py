"""Stopping injections: what is said of a high level is not said of a low one."""

from bedside.desk import Desk

HIGH = "vitamin-b12/high-on-injections-gb"


def said(desk: Desk, text: str) -> set[str]:
    result = desk.ask(text, reader="clinician")
    return {sentence.statement for section in result.article.sections for sentence in section.sentences}


def test_a_high_level_is_not_expected_of_a_low_one(desk: Desk) -> None:
    """At 120 ng/L nothing is said of a high level; at 1,500 it is, and whether to stop depends on the cause in both."""
    asked = "62F, total gastrectomy 2019, B12 {} ng/L on hydroxocobalamin injections. Can she stop the injections?"
    low, high = said(desk, asked.format(120)), said(desk, asked.format(1500))
    assert HIGH in high
    assert HIGH not in low
    assert "vitamin-b12/stopping-depends-on-cause" in low & high
