"""How a text is read for the checks: phrases, figures, names in capitals, abbreviations, and what is left unread."""

from __future__ import annotations

import pytest

from bedside.text.span import Span
from bedside.verification.judging import CHECKS, MISSING, judge
from bedside.verification.pair import Pair, best_window, covered
from bedside.verification.reading import read
from bedside.verification.senses import entry
from bedside.verification.terms import Part
from bedside.verification.verdict import Verdict
from tests.verification.material import shipped_terms

TERMS = shipped_terms()
TEXTS = (
    "Metformin was not superior to gliclazide in adults. Pain was lower with morphine than with ketamine.",
    "Simvastatin 40 mg daily may be considered if LDL is above 3 mmol/L, unless the patient is pregnant.",
    'The authors write: "smoking was associated with fracture in women aged 65 years or older".',
    "Aspirin reduced mortality by 12% in men and 3% in women; oral vitamin B12 had no effect.",
    "Mice were given 5 mg twice daily for 2 weeks. It must be stopped at once.",
    "Proton pump inhibitors (PPI) caused fractures, which makes them unsafe.",
)


def test_every_mark_stands_where_it_says() -> None:
    text = "Group A got 5 mg; group B did not."
    (said,) = read(text, TERMS).sentences
    assert [mark.span.of(text) for mark in said.marks] == ["Group", "A", "got", "group", "B", "did", "not"]
    assert [mark.clause for mark in said.marks] == [0, 0, 0, 1, 1, 1, 1]
    assert said.denied == {1}
    assert [figure.span.of(text) for figure in said.figures] == ["5 mg"]


def test_a_stroke_before_a_time_is_per() -> None:
    assert "per" in read("They smoked cigarettes/day.", TERMS).sentences[0].stems
    assert "per" not in read("They smoked cigarettes/cigars.", TERMS).sentences[0].stems


def test_the_organisation_is_not_the_pronoun() -> None:
    assert "WHO" in read("The WHO recommends it.", TERMS).keys
    assert "WHO" not in read("Patients who recommend it.", TERMS).keys


def test_an_abbreviation_stands_for_its_words_and_they_for_it() -> None:
    first, second = read("Zebra quartz lantern (ZQL) helps. A ZQL is safe.", TERMS).sentences
    assert {"zebra", "quartz", "lantern"} <= second.keys
    assert "zql" in first.keys


def test_the_whole_is_its_sentences() -> None:
    reading = read(TEXTS[0], TERMS)
    first, second = reading.sentences
    assert [mark.span for mark in reading.whole.marks] == [mark.span for mark in (*first.marks, *second.marks)]
    assert reading.whole.span == Span(0, len(TEXTS[0]))


def test_a_word_in_no_phrase_is_known_by_its_ending() -> None:
    assert entry("examplestatin", TERMS).alone.parts == {Part.DRUG}
    assert not entry("examplestone", TERMS).alone.parts


@pytest.mark.parametrize("passage", TEXTS)
def test_only_the_checks_of_what_is_missing_find_that_it_is(passage: str) -> None:
    """A passage that speaks of something else is held against these alone, so no other may say so."""
    there = read(passage, TERMS)
    for text in (*TEXTS, *(each.replace("not ", "").replace("40", "80") for each in TEXTS)):
        said = read(text, TERMS)
        for each in said.sentences:
            pair = Pair(said, each, there, best_window(each, there), TERMS)
            for check in (check for check in CHECKS if check not in MISSING):
                assert all(finding.verdict is not Verdict.UNSUPPORTED for finding in check(pair)), (check, text)


@pytest.mark.parametrize("passage", TEXTS)
@pytest.mark.parametrize("claim", TEXTS)
def test_what_is_covered_is_what_the_judge_says_is_covered(claim: str, passage: str) -> None:
    assert covered(read(claim, TERMS), read(passage, TERMS)) == judge(claim, passage, TERMS).coverage
