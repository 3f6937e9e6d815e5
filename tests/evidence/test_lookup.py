"""What is found, what is used, in which order, and when it is too little."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bedside.evidence.direction import Direction
from bedside.evidence.lookup import NEAREST, Found, look_up
from bedside.evidence.query import OtherName
from bedside.evidence.shelf import StatementShelf, Together
from bedside.evidence.source import SourceStatus
from tests.evidence.made_up import (
    CASE,
    DOSED,
    NEWER,
    OLD_GUIDELINE,
    QUESTION,
    RETRACTED,
    REVIEW,
    TRIAL,
    library,
    record,
)
from tests.evidence.test_shelf import of_statements, statement


def keys(found: Found) -> list[str]:
    return [quote.source for quote in found.quotes]


def test_the_best_supported_come_first():
    """What stands, then the kind of evidence, then the newer; relevance last."""
    found = look_up(QUESTION, library(CASE, OLD_GUIDELINE, TRIAL, NEWER, REVIEW, DOSED))
    assert not found.thin
    assert keys(found) == ["pmid-200", "pmid-300", "pmid-100", "pmid-700", "pmid-400", "pmid-500"]


def test_at_most_as_many_sources_as_wanted_by_relevance():
    """The limit cuts the least relevant, not the weakest kind."""
    assert len(look_up(QUESTION, library(CASE, TRIAL, NEWER, REVIEW), limit=2).quotes) == 2


def test_everything_needed_to_show_and_check_a_quote_is_there():
    """Its passage, its source, and the hit with the reasons for it."""
    found = look_up(QUESTION, library(TRIAL))
    [quote] = found.quotes
    assert quote.text in found.passages[quote.passage].text
    assert found.sources[quote.source] == TRIAL.source
    assert [hit.candidate.source for hit in found.hits] == ["pmid-100"]
    assert found.hits[0].reasons
    assert found.support == 1.0


def test_a_retracted_source_is_never_used_and_is_reported_when_it_would_have_been():
    """It is named with its title; the others are used as if it were not there."""
    found = look_up(QUESTION, library(TRIAL, RETRACTED))
    assert keys(found) == ["pmid-100"]
    assert [aside.statement for aside in found.set_aside] == ["pmid-600"]
    assert "Zolvamide ends hiccups" in found.set_aside[0].reason
    assert "pmid-600" not in found.sources
    assert look_up(QUESTION, library(TRIAL)).quotes == found.quotes


def test_a_retracted_source_alone_answers_nothing():
    """Thin, and still reported; not among the nearest."""
    found = look_up(QUESTION, library(RETRACTED))
    assert (found.thin, keys(found)) == (True, [])
    assert [aside.statement for aside in found.set_aside] == ["pmid-600"]


def test_a_retracted_source_about_something_else_is_not_reported():
    """Only what an answer would have used."""
    other = record("601", "Ropes.", "Ropes were counted by sailors.", status=SourceStatus.RETRACTED)
    assert look_up(QUESTION, library(TRIAL, other)).set_aside == ()


def test_a_library_that_knows_of_a_retraction_before_its_index_is_believed():
    """The index may be behind; the source decides."""

    class Behind(type(library())):
        def candidates(self, query, filters, limit=200):
            current = SourceStatus.CURRENT
            return tuple(replace(each, status=current) for each in super().candidates(query, filters, limit))

    found = look_up(QUESTION, Behind.of_records("behind", (TRIAL, RETRACTED)))
    assert keys(found) == ["pmid-100"]
    assert [aside.statement for aside in found.set_aside] == ["pmid-600"]


@pytest.mark.parametrize("design", ["retraction notice", "erratum", "expression of concern", "study protocol"])
def test_what_has_no_findings_of_its_own_is_not_quoted(design: str):
    """A notice about an article says the same words as the article."""
    assert keys(look_up(QUESTION, library(replace(TRIAL, source=replace(TRIAL.source, design=design))))) == []


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "How do I change a tyre?",
        "flurbex dorvanitol zinquex",
        "zolvamide for baldness in kings",
        "the of and",
        "",
        "?!",
    ],
)
def test_a_question_the_library_does_not_carry_is_thin(question: str):
    """At most the nearest, and no disagreement among them."""
    found = look_up(question, library(TRIAL, REVIEW, NEWER, CASE))
    assert found.thin
    assert len(found.quotes) <= NEAREST
    assert found.disagreement is None


def test_one_common_word_is_no_question():
    """Sailors are in every record, zolvamide in one."""
    place = library(TRIAL)
    assert look_up("sailors?", place).thin
    assert not look_up("zolvamide?", place).thin


def test_a_source_that_holds_less_than_the_best_is_not_put_beside_it():
    """Each quoted source carries the question itself."""
    half = record("800", "Hiccups.", "Hiccups are common in sailors of all ages.")
    assert keys(look_up(QUESTION, library(TRIAL, half))) == ["pmid-100"]


def test_the_same_words_are_quoted_once():
    """Two records of one abstract."""
    twin = record("101", "Again.", TRIAL.passages[0].text)
    assert len(look_up(QUESTION, library(TRIAL, twin)).quotes) == 1


def test_disagreement_is_found_among_sources_that_stand():
    """The review says no difference, the trials fewer."""
    found = look_up(QUESTION, library(TRIAL, REVIEW, NEWER))
    assert found.disagreement is not None
    assert set(found.disagreement.directions) == {Direction.DECREASE, Direction.NO_DIFFERENCE}
    superseded = replace(REVIEW, source=replace(REVIEW.source, status=SourceStatus.SUPERSEDED))
    assert look_up(QUESTION, library(TRIAL, superseded, NEWER)).disagreement is None


def test_a_licence_that_forbids_quoting_leaves_the_source_out():
    """It cannot be shown, so it does not answer."""
    closed = replace(TRIAL, passages=tuple(replace(p, licence="closed") for p in TRIAL.passages))
    found = look_up(QUESTION, library(closed), may_quote=lambda name: 0 if name == "closed" else 60)
    assert (found.thin, found.quotes) == (True, ())


def test_another_name_finds_and_carries_the_question():
    """Somebody asks for singultus."""

    class Names:
        def found_in(self, words):
            del words
            return [OtherName(("singultus",), ("hiccup",))]

    asked = "Does zolvamide prevent singultus in sailors?"
    assert look_up(asked, library(TRIAL)).thin
    assert not look_up(asked, library(TRIAL), Names()).thin


def test_our_statements_are_found_with_the_cautions_that_guard_them():
    """Advice never comes without its caution."""
    advice = statement("advice", "Offer zolvamide for hiccups in sailors.")
    caution = statement("caution", "Not in storms.", guards=("t/advice",))
    found = look_up(QUESTION, Together((StatementShelf(of_statements(advice, caution)), library(TRIAL))))
    assert [each.id for each in found.statements] == ["t/advice", "t/caution"]
    assert keys(found) == ["pmid-100"]
    assert "guide" in found.sources


def test_the_same_library_in_another_order_finds_the_same():
    """Nothing rests on the order of loading."""
    records = (CASE, OLD_GUIDELINE, TRIAL, NEWER, REVIEW)
    assert look_up(QUESTION, library(*records)) == look_up(QUESTION, library(*reversed(records)))


def test_a_source_that_never_says_what_the_question_turns_on_is_not_quoted():
    """Much of the weight of a question is not enough: the term that carries it must be said."""
    beside = record(
        "800",
        "Zolvamide and sleep in sailors.",
        "In sailors on zolvamide sleep was significantly better than on placebo.",
    )
    found = look_up(QUESTION, library(TRIAL, beside))
    assert keys(found) == ["pmid-100"]
    assert look_up(QUESTION, library(beside)).thin
