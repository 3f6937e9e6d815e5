"""A quote is whole sentences of a passage, word for word, and the best ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bedside.evidence.asked import Asked, asked_for, rarity, terms_wanted
from bedside.evidence.candidate import Statistics
from bedside.evidence.query import OtherName, build_query
from bedside.evidence.quote import LONGEST, best_quote
from bedside.evidence.record import make_passage
from bedside.text.sentences import sentences
from tests.evidence.made_up import QUESTION, REVIEW, TRIAL, library

ASKED = Asked({"zolvamid": 0.4, "hiccup": 0.4, "sailor": 0.2})


def passage(text: str, **changes):
    return make_passage("s", changes.pop("locator", "Abstract"), text, **changes)


def test_a_quote_stands_word_for_word_at_its_place():
    """The offsets give the text."""
    [whole] = TRIAL.passages
    quote = best_quote([whole], ASKED)
    assert quote is not None
    assert whole.text[quote.start : quote.end] == quote.text
    assert quote.text == "Zolvamide significantly reduced hiccups in sailors compared with placebo."
    assert (quote.passage, quote.source, quote.locator) == (whole.id, "pmid-100", "Abstract")
    assert (quote.support, set(quote.matched)) == (1.0, {"zolvamid", "hiccup", "sailor"})


def test_a_conclusion_is_preferred_to_an_aim_in_the_same_words():
    """What was to be found out answers nothing."""
    quote = best_quote(REVIEW.passages, ASKED)
    assert quote is not None
    assert quote.text == "Zolvamide had no effect on hiccups in sailors."


def test_a_sentence_that_says_more_of_what_is_asked_beats_the_last_one():
    """Place helps only among sentences that are close."""
    text = (
        "Zolvamide stopped hiccups in sailors. The weather was fair. The ships were old. Sailors liked the end of it."
    )
    quote = best_quote([passage(text)], ASKED)
    assert quote is not None
    assert quote.text == "Zolvamide stopped hiccups in sailors."


def test_two_sentences_are_quoted_where_the_second_adds():
    """Together they hold all three terms, with what stands between them."""
    text = "Sailors were given zolvamide for a month. Hiccups became rare in that month. Nothing else changed at all."
    quote = best_quote([passage(text)], ASKED)
    assert quote is not None
    assert quote.text == "Sailors were given zolvamide for a month. Hiccups became rare in that month."


def test_a_sentence_too_long_is_passed_over_and_never_cut():
    """The next best one is taken, or none."""
    long = "Zolvamide stops hiccups in sailors " + "and so on " * 30 + "for ever."
    short = "Hiccups are a trouble of sailors."
    quote = best_quote([passage(f"{long} {short}")], ASKED)
    assert quote is not None
    assert quote.text == short
    assert best_quote([passage(long)], ASKED) is None


def test_a_licence_may_forbid_a_quote_or_shorten_it():
    """0 words is none; fewer words passes longer sentences over."""
    whole = passage(
        "Zolvamide stops hiccups in all old sailors of the north. Hiccups soon stop in sailors.", licence="closed"
    )
    assert best_quote([whole], ASKED, lambda _: 0) is None
    short = best_quote([whole], ASKED, lambda _: 6)
    assert short is not None
    assert short.text == "Hiccups soon stop in sailors."
    named = []
    best_quote([whole], ASKED, lambda name: named.append(name) or 60)
    assert named == ["closed"]


def test_another_language_is_not_quoted():
    """Nobody could read it."""
    assert best_quote([passage("Zolvamide hiccups sailors in French words.", language="fre")], ASKED) is None


def test_a_piece_that_goes_on_in_lower_case_is_not_a_sentence():
    """A cut at an unknown abbreviation would change the meaning."""
    text = "It is not true in the view of Prof. et cetera. zolvamide stops hiccups in sailors of any age."
    quote = best_quote([passage(text)], ASKED)
    assert quote is None or "zolvamide stops" not in quote.text


def test_nothing_matched_is_no_quote():
    """A passage about something else has none."""
    assert best_quote([passage("Ropes and kettles were counted in the town.")], ASKED) is None


@given(st.text(alphabet="Zolvamide hiccups sailors. not 5!?\n;()", max_size=300))
def test_any_text_gives_whole_sentences_at_their_place_within_the_limit(text: str):
    """Whatever is loaded."""
    if not text:
        return
    quote = best_quote([passage(text)], ASKED)
    if quote is not None:
        assert text[quote.start : quote.end] == quote.text
        assert quote.words <= LONGEST
        spans = sentences(text)
        assert quote.start in {s.start for s in spans}
        assert quote.end in {s.end for s in spans}


def test_the_shares_of_a_question_sum_to_one_and_the_rare_weighs_most():
    """A term nobody uses weighs more than one that everybody does."""
    query = build_query(QUESTION)
    asked = asked_for(query, library(TRIAL).statistics(terms_wanted(query)))
    assert abs(sum(asked.shares.values()) - 1) < 1e-9
    assert asked.shares["zolvamid"] > asked.shares["sailor"]
    assert rarity(0, 10) > rarity(5, 10) > rarity(10, 10) > 0


def test_a_question_without_terms_asks_for_nothing():
    """No division by nothing."""
    assert asked_for(build_query(""), Statistics(0, {}, {})).shares == {}


def test_another_name_earns_the_share_of_what_it_stands_for():
    """As far as it means the same, and only when all of it is there."""
    asked = Asked({"heart": 0.5, "attack": 0.5}, (OtherName(("heart", "attack"), ("myocardi", "infarct"), 0.8),))
    assert sum(asked.held_by(frozenset({"myocardi", "infarct"})).values()) == 0.8
    assert asked.held_by(frozenset({"infarct"})) == {}
    assert sum(asked.held_by(frozenset({"heart", "attack", "myocardi", "infarct"})).values()) == 1
