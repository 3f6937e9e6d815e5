"""From a question to weighted terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.evidence.query import OtherName, build_query


class Names:
    """Synonyms that know one other name."""

    def __init__(self, *names):
        self.names = names
        self.asked = None

    def found_in(self, words):
        """Whatever is asked, all of them."""
        self.asked = tuple(words)
        return self.names


def test_words_that_only_ask_are_left_out():
    assert build_query("What is the best treatment for pernicious anaemia?").words == ("treatment", "pernici", "anemia")


def test_a_question_of_nothing_but_such_words_keeps_them():
    assert build_query("What should I do?").words != ()


@pytest.mark.parametrize("question", ["", "?", "  ", "🙂"])
def test_a_question_without_words_asks_nothing(question):
    assert build_query(question).terms == ()


def test_a_term_said_twice_counts_twice_and_is_asked_once():
    assert build_query("iron and folate or iron").terms == (("iron", 2.0), ("folat", 1.0))


def test_a_word_that_a_longer_term_beside_it_holds_counts_less():
    """Vitamin D is said once and makes two terms."""
    weights = dict(build_query("vitamin D and birth weight").terms)
    assert weights["vitamind"] == weights["birth"] == weights["weight"] == 1.0
    assert 0 < weights["vitamin"] < 1.0
    assert dict(build_query("COVID-19 outcome").terms)["covid"] < 1.0
    assert dict(build_query("beta-blocker").terms) == {"beta": 1.0, "blocker": 1.0}


def test_words_run_together_are_parted():
    assert build_query("OralHypoglycemics").words == ("oral", "hypoglycem")
    assert build_query("NSAIDs").words == ("nsaid",)
    assert build_query("HbA1c").words == ("hba1c",)


def test_other_names_are_asked_with_less_weight_and_never_instead():
    synonyms = Names(OtherName(("kidney",), ("renal",), 0.5), OtherName(("kidney",), ("kidney", "stone")))
    query = build_query("kidney failure", synonyms)
    weights = dict(query.terms)
    assert weights["kidney"] == weights["failur"] == 1.0
    assert 0 < weights["renal"] < weights["stone"] < 1.0
    assert query.words == ("kidney", "failur")
    assert query.other_names == synonyms.names


def test_synonyms_are_asked_with_all_terms_of_the_question():
    synonyms = Names()
    build_query("What is lack of iron?", synonyms)
    assert "lack" in synonyms.asked
    assert "iron" in synonyms.asked


def test_extra_words_are_asked_with_less_weight():
    weights = dict(build_query("B12 dose", extra=("metformin", "b12")).terms)
    assert weights["b12"] == 1.0
    assert 0 < weights["metformin"] < 1.0


@given(st.text())
def test_any_question_gives_each_term_once_with_a_weight(question):
    query = build_query(question)
    assert len(dict(query.terms)) == len(query.terms)
    assert all(weight > 0 for _, weight in query.terms)
    assert {term for term, _ in query.terms} == set(query.words)
    assert query == build_query(question)
