"""The analysis of text: spellings of one word are one term, names stay whole, and nothing upsets it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.evidence.analysis import FUNCTION_WORDS, term_line, terms, token_terms

SAME = [
    ("B12", "B-12"),
    ("B12", "b 12"),
    ("vitamin B12", "Vitamin B 12"),
    ("IL-6", "IL6"),
    ("IL-1β", "IL-1beta"),
    ("COVID-19", "covid19"),
    ("α-synuclein", "alpha-synuclein"),
    ("β-blockers", "betablockers"),
    ("hepatitis B", "Hepatitis-B"),
    ("anaemia", "anemia"),
    ("leukaemia", "leukemia"),
    ("ischaemic", "ischemic"),
    ("oedema", "edema"),
    ("lymphoedema", "lymphedema"),
    ("oesophageal", "esophageal"),
    ("gastro-oesophageal", "gastroesophageal"),
    ("diarrhoea", "diarrhea"),
    ("apnoea", "apnea"),
    ("foetus", "fetus"),
    ("coeliac", "celiac"),
    ("oestrogen", "estrogen"),
    ("paediatric", "pediatric"),
    ("tumours", "tumor"),
    ("randomised", "randomized"),
    ("hospitalisation", "hospitalization"),
    ("analysed", "analyzed"),
    ("litres", "liters"),
    ("labelled", "labeled"),
    ("counselling", "counseling"),
    ("catalogue", "catalog"),
    ("sulphate", "sulfate"),
    ("programme", "program"),
    ("RCTs", "RCT"),
    ("mRNAs", "mRNA"),
    ("Sjögren’s", "Sjogren"),
    ("patient's", "patient"),
    ("1,200", "1200"),
    ("3,5", "3.5"),
    ("health-care", "healthcare"),
    ("follow-up", "followup"),
    ("10‑15", "10-15"),
    ("µg", "ug"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_to_write_a_word_give_the_same_terms(one, other):
    assert terms(one) == terms(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vitamin A", "vitamin D"),
        ("hepatitis A", "hepatitis B"),
        ("B12", "B6"),
        ("3.5", "35"),
        ("aerobic", "erotic"),
        ("hyperkalaemia", "hypokalaemia"),
        ("T cell", "B cell"),
        ("1.2", "12"),
    ],
)
def test_different_names_stay_different(one, other):
    assert terms(one) != terms(other)


def test_a_letter_of_a_vitamin_is_kept_with_it_and_the_word_is_found_too():
    assert terms("vitamin A deficiency") == ["vitamin", "vitamina", "defici"]


def test_a_prefix_is_taken_both_ways():
    assert set(terms("noninvasive")) < set(terms("non-invasive"))
    assert set(terms("invasive")) < set(terms("non-invasive"))


def test_a_long_name_with_a_number_is_found_by_its_word():
    assert terms("COVID-19") == ["covid19", "covid"]


def test_function_words_go_and_names_that_look_like_them_stay():
    assert terms(" ".join(sorted(FUNCTION_WORDS))) == []
    assert terms("WHO and US ALL") == ["who", "us", "all"]


def test_terms_keep_their_order_and_repeats():
    assert terms("iron, then folate, iron") == ["iron", "folat", "iron"]


@pytest.mark.parametrize("text", ["", " ", "...", "\x00", "½ × ≥ 🙂", "́", "the of and"])
def test_a_text_without_words_has_no_terms(text):
    assert terms(text) == []


@given(st.text())
def test_any_text_gives_plain_terms(text):
    found = terms(text)
    assert all(term.isascii() and term == term.lower() and term.strip() == term != "" for term in found)
    assert terms(text) == found


@given(st.text(), st.text())
def test_a_line_break_parts_two_texts(first, second):
    assert terms(first + "\n" + second) == terms(first) + terms(second)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_case_makes_no_difference(text):
    assert terms(text.upper()) == terms(text.lower())


@given(st.text())
def test_every_form_holds_the_same_terms(text):
    assert term_line(text).split() == terms(text) == " ".join(token_terms(text)).split()


def test_a_text_of_one_endless_word_is_read():
    assert len(terms("x" * 1_000_000)) == 1
    assert len(terms("a-" * 100_000 + "z")) >= 1


def test_what_was_read_before_makes_no_difference(monkeypatch):
    """The cache of words is emptied when it is full, and the terms are the same."""
    monkeypatch.setattr("bedside.evidence.analysis._MOST_KEPT", 3)
    text = "anaemia and oedema in paediatric gastroenterology with tumours of the oesophagus"
    assert terms(text) == terms(text) == [term for word in text.split() for term in terms(word)]
