"""Subjects: what inside the topic is asked, and on what the content has nothing."""

from __future__ import annotations

import pytest

from bedside.facts.fact import Fact, Kind, Subject
from bedside.question.question import Intent
from bedside.text.span import Span
from tests.question.material import asked


@pytest.mark.parametrize(
    ("text", "subjects", "gaps"),
    [
        ("Does folic acid mask B12 deficiency?", ("folate",), ()),
        ("What foods have the most B12?", ("foods",), ("foods",)),
        ("Are there side effects of B12 injections?", ("side_effects",), ("side_effects",)),
        ("Are there side effects of iron tablets?", ("side_effects",), ()),
        ("Can I take iron with levothyroxine?", ("iron_interactions",), ()),
        ("I am pregnant with B12 150 ng/L. Is my baby at risk?", ("baby",), ("baby",)),
        ("My potassium was low after B12 injections", ("potassium",), ()),
        ("My B12 is 268 pg/mL on tablets. What now?", (), ()),
    ],
)
def test_subjects_are_heard_and_gaps_named(text: str, subjects: tuple[str, ...], gaps: tuple[str, ...]) -> None:
    """A subject the content has nothing on is a gap, so that the answer can say so first."""
    question = asked(text)
    assert question.subjects == subjects
    assert question.gaps == gaps


@pytest.mark.parametrize(
    ("text", "span", "subjects"),
    [
        ("my nan had too much vitamin d. i take 10 micrograms, is that ok?", (11, 29), ()),
        ("i had too much vitamin d. my nan takes it, is that ok?", None, ("vitamin_d_toxicity",)),
        ("my nan had too much vitamin d. can vitamin d be toxic?", (11, 29), ("vitamin_d_toxicity",)),
    ],
)
def test_what_a_relative_had_is_not_asked(text: str, span: tuple[int, int] | None, subjects: tuple[str, ...]) -> None:
    """Words that tell of a relative ask nothing; the same words of one's own do."""
    told = (Fact("vitamin_d_overdose", Kind.CONDITION, subject=Subject.RELATIVE, span=Span(*span)),) if span else ()
    question = asked(text, told)
    assert tuple(each for each in question.subjects if each.startswith("vitamin_d")) == subjects
    assert (Intent.SAFETY in question.intents) is bool(subjects)
