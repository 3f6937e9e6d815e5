"""The word budget folds, and never folds what must stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.article.article import FIRST_SCREEN, Role, Section, SectionKey, Sentence
from bedside.article.budget import CLINICAL_WORDS, FIRST_SCREEN_WORDS, PLAIN_WORDS, fit, words
from bedside.protocol.strength import Jurisdiction
from bedside.question.question import Reader


def sentence(key: str, count: int, **changes) -> Sentence:
    text = " ".join(["word"] * count)
    return replace(Sentence(key, Role.CLAIM, text, text, text), **changes)


def shown(sections: tuple[Section, ...]) -> list[Sentence]:
    return [s for section in sections for s in section.sentences if not s.folded]


def total(sections: tuple[Section, ...], reader: Reader, keys=tuple(SectionKey)) -> int:
    return sum(
        words(s.text_for(reader))
        for section in sections
        if section.key in keys
        for s in section.sentences
        if not s.folded
    )


drafts = st.lists(
    st.tuples(st.sampled_from(SectionKey), st.integers(5, 60), st.sampled_from(Jurisdiction), st.booleans()),
    min_size=1,
    max_size=60,
)


@given(drafts, st.sampled_from(Reader))
def test_budgets_hold_unless_only_red_flags_and_lead_are_left(draft, reader: Reader) -> None:
    """Whatever is drafted, the first screen and each region's article fit, or nothing is left that may be folded."""
    by_key: dict[SectionKey, list[Sentence]] = {}
    for place, (key, count, jurisdiction, branch) in enumerate(draft):
        by_key.setdefault(key, []).append(sentence(f"s{place}", count, jurisdiction=jurisdiction, branch=branch))
    sections = fit(tuple(Section(key, tuple(by_key[key])) for key in SectionKey if key in by_key), reader, {})
    kept = (SectionKey.RED_FLAGS, SectionKey.LEAD, *((SectionKey.WHY,) if reader is Reader.STUDENT else ()))
    fixed = total(sections, reader, kept)
    first = total(sections, reader, FIRST_SCREEN)
    assert first <= FIRST_SCREEN_WORDS or first == fixed
    other = total(sections, reader, (SectionKey.HOLDS, *FIRST_SCREEN))
    for own, rest in ((Jurisdiction.US, {Jurisdiction.GB, Jurisdiction.LOCAL}), (Jurisdiction.GB, {Jurisdiction.US})):
        mine = [s for s in shown(sections) if s.jurisdiction not in rest]
        limit = PLAIN_WORDS if reader.plain else CLINICAL_WORDS
        assert own is not None
        assert sum(words(s.text_for(reader)) for s in mine) <= max(limit, other)


def test_red_flags_and_lead_are_never_folded() -> None:
    """Even far over budget they stand; everything else gives way."""
    sections = fit(
        (
            Section(SectionKey.RED_FLAGS, (sentence("flag", 400),)),
            Section(SectionKey.LEAD, (sentence("lead", 300),)),
            Section(SectionKey.DO_NOW, (sentence("advice", 50),)),
            Section(SectionKey.TREATMENT, (sentence("dose", 900),)),
        ),
        Reader.PATIENT,
        {},
    )
    assert [s.id for s in shown(sections)] == ["flag", "lead"]


def test_a_caution_is_folded_with_the_last_advice_it_guards() -> None:
    """Alone it would puzzle; while any of its advice is shown it stands."""
    treatment = (sentence("dose", 1300), sentence("caution", 20))
    folded = fit((Section(SectionKey.TREATMENT, treatment),), Reader.CLINICIAN, {"caution": ("dose",)})
    kept = fit(
        (Section(SectionKey.TREATMENT, (sentence("dose", 30), treatment[1])),), Reader.CLINICIAN, {"caution": ("dose",)}
    )
    assert shown(folded) == []
    assert [s.id for s in shown(kept)] == ["dose", "caution"]


def test_open_branches_give_way_before_advice_that_holds() -> None:
    """What is sure stays; what may apply is folded first, the last first."""
    treatment = tuple(sentence(f"sure{n}", 150) for n in range(4)) + tuple(
        sentence(f"maybe{n}", 150, branch=True) for n in range(4)
    )
    sections = fit((Section(SectionKey.TREATMENT, treatment),), Reader.PATIENT, {})
    assert [s.id for s in shown(sections)] == ["sure0", "sure1", "sure2", "sure3", "maybe0", "maybe1"]


def test_positions_of_a_disagreement_are_folded_together() -> None:
    """One position never stands without the other."""
    pair = (sentence("gb", 700, group="DIS1"), sentence("us", 700, group="DIS1"))
    sections = fit((Section(SectionKey.DISAGREEMENTS, pair),), Reader.CLINICIAN, {})
    assert {s.folded for s in sections[0].sentences} == {True}


@pytest.mark.parametrize("reader", Reader)
def test_nothing_is_folded_that_fits(reader: Reader) -> None:
    """A short article is shown whole."""
    sections = (Section(SectionKey.WHY, (sentence("why", 20),)), Section(SectionKey.TESTS, (sentence("test", 20),)))
    assert fit(sections, reader, {}) == sections


def test_a_student_reads_the_whole_why() -> None:
    """However long, the reasons stand unfolded for a student, and give way for others."""
    why = (Section(SectionKey.WHY, tuple(sentence(f"why{n}", 100) for n in range(4))),)
    assert len(shown(fit(why, Reader.STUDENT, {}))) == 4
    assert len(shown(fit(why, Reader.CLINICIAN, {}))) == 1
