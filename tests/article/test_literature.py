"""What counts as a dose, and how a source is called in a label."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bedside.article.dosage import has_dose
from bedside.article.literature import labelled, work_of
from bedside.evidence.source import SourceKind
from tests.evidence.made_up import REVIEW, TRIAL


@pytest.mark.parametrize(
    "text",
    [
        "50 mg of it", "50mg", "1,000 mcg", "1000 micrograms", "0.5 µg/kg", "0.5 μg", "2 g daily", "400 IU", "400 i.u.",
        "10 units", "5 mL", "a 10-mg tablet", "two tablets", "one to two capsules", "2 puffs", "40 mmol",
        "500 milligrams",
        "twice daily", "three times a day", "every 8 hours", "mg 5 mg/kg", "5 to 10 mg", "5-10 mg", "500 mg bid",
        "6 Gy",
        "half a tablet", "1.5 million units",
    ],
)  # fmt: skip
def test_a_dose_is_seen(text: str):
    """However it is written."""
    assert has_dose(f"They were given {text}.")


@pytest.mark.parametrize(
    "text",
    ["50 patients improved", "in 12 groups", "71% against 61%", "p = 0.03", "95% CI 0.8 to 1.2", "after 6 weeks",
     "grade 3",
     "vitamin B12", "two groups", "type 2 diabetes", "aged 60 and over"],
)  # fmt: skip
def test_other_numbers_are_no_dose(text: str):
    """Counts, shares and times may be told to anybody."""
    assert not has_dose(f"There were {text}.")


def test_a_source_is_called_by_its_design_and_year():
    """With the right article, and the kind where no design is known."""
    assert work_of(TRIAL.source, TRIAL.passages[0]) == "the abstract of a randomised controlled trial (2014)"
    assert work_of(replace(TRIAL.source, design="observational study")) == "an observational study (2014)"
    assert work_of(replace(REVIEW.source, design="unknown", year="")) == "a systematic review"
    assert work_of(replace(TRIAL.source, design="", kind=SourceKind.REFERENCE)) == "a published article (2014)"
    results = replace(TRIAL.passages[0], locator="Results, paragraph 2")
    assert work_of(TRIAL.source, results) == "a randomised controlled trial (2014)"


def test_a_label_is_filled_from_the_source_alone():
    """The title without its stop; a slot in a title stays as written."""
    passage = TRIAL.passages[0]
    assert labelled("{title}, {work}:", replace(TRIAL.source, title="On {work}."), passage) == (
        "On {work}, the abstract of a randomised controlled trial (2014):"
    )
    assert labelled("", TRIAL.source, passage) == ""
