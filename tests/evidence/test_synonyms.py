"""Phrases that mean the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.evidence.descriptor import Descriptor
from bedside.evidence.synonyms import Group, Synonyms, turned

B12 = Descriptor("D014805", "Vitamin B 12", ("Cobalamins", "B12, Vitamin"), narrower=("Eritron",))
DEFICIENCY = Descriptor("D014806", "Vitamin B 12 Deficiency", ("Deficiency, Vitamin B12", "Cobalamin Deficiency"))
LEUKAEMIA = Descriptor(
    "D054198", "Precursor Cell Lymphoblastic Leukemia-Lymphoma", ("ALL", "Acute Lymphoblastic Leukemia")
)
INFARCT = Descriptor("D009203", "Myocardial Infarction", ("Heart Attack", "MI"))


@pytest.fixture
def synonyms():
    """A small vocabulary."""
    return Synonyms.of_vocabularies((B12, DEFICIENCY, LEUKAEMIA, INFARCT), {"numbness": ["numb feet", "dead feet"]})


def found(synonyms, text):
    """The phrases found in a text, as written in it."""
    words = text.split()
    return [" ".join(words[start:end]) for start, end, _ in synonyms.found_in(words)]


@pytest.mark.parametrize("phrase", ["Vitamin B 12", "vitamin b12", "vitamin B-12", "VITAMIN B12", "B12, Vitamin"])
def test_spellings_of_one_name(synonyms, phrase):
    """Case, hyphens and spaces do not make another name."""
    assert synonyms.of(phrase) == ("Cobalamins",)


def test_permuted_names_are_turned_round():
    """However many commas; chemical commas stay."""
    assert turned("Deficiency, Vitamin B 12") == "Vitamin B 12 Deficiency"
    assert turned("Education, Medical, Graduate") == "Graduate Medical Education"
    assert turned("1,2-Dipalmitoylphosphatidylcholine") == "1,2-Dipalmitoylphosphatidylcholine"
    assert turned("") == ""


def test_the_narrower_term_is_no_synonym(synonyms):
    """A kind of something is not the thing."""
    assert synonyms.of("Eritron") == ()
    assert "Eritron" not in synonyms.of("Vitamin B12")


def test_the_longest_phrase_wins_and_none_is_inside_another(synonyms):
    """The deficiency, not the vitamin in it."""
    assert found(synonyms, "treatment of vitamin B12 deficiency and numb feet") == [
        "vitamin B12 deficiency",
        "numb feet",
    ]
    assert found(synonyms, "vitamin B12 in heart attack") == ["vitamin B12", "heart attack"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("treat all patients", []),
        ("children with ALL", ["ALL"]),
        ("TREAT ALL PATIENTS NOW PLEASE", []),
        ("acute lymphoblastic leukemia", ["acute lymphoblastic leukemia"]),
        ("after MI", ["MI"]),
        ("mi amigo", []),
        ("Mi casa", []),
    ],
)
def test_acronyms_need_their_capitals(synonyms, text, expected):
    """Where they are words, or very short."""
    assert found(synonyms, text) == expected


def test_a_phrase_of_two_meanings_names_nothing():
    """In one vocabulary; where two vocabularies know it, both are heard."""
    cold = Descriptor("D1", "Common Cold", ("Cold",))
    chill = Descriptor("D2", "Cold Temperature", ("Cold",))
    both = Synonyms.of_vocabularies((cold, chill))
    assert both.of("cold") == ()
    assert both.of("common cold") == ("Cold",)
    two = Synonyms.of_vocabularies((cold,), {"cold": ["common cold", "sniffles"]})
    assert two.of("common cold") == ("Cold", "sniffles")
    assert two.of("sniffles") == ("common cold",)


def test_groups_of_one_are_left_out_and_nothing_is_found_in_nothing():
    """A name alone has no synonym."""
    alone = Synonyms.of_vocabularies((Descriptor("D3", "Abattoirs", ("abattoirs",)),))
    assert list(alone.rows()) == []
    assert list(alone.found_in([])) == []
    assert alone.of("") == ()


def test_a_phrase_ends_with_a_whole_word():
    """The word "B12" of a text is one, and "vitamin B" is not inside it."""
    vocabulary = Synonyms([Group("mesh", "Vitamin B", ("Vitamin B", "B vitamin"))])
    assert found(vocabulary, "vitamin B12 helps") == []
    assert found(vocabulary, "vitamin B helps") == ["vitamin B"]


def test_rows_travel_through_json(synonyms):
    """Stored and read again, they find the same."""
    again = Synonyms.from_rows(json.loads(json.dumps(list(synonyms.rows()))))
    assert list(again.rows()) == list(synonyms.rows())
    assert again.groups == synonyms.groups
    text = ["MI", "and", "vitamin", "B12", "deficiency"]
    assert list(again.found_in(text)) == list(synonyms.found_in(text))


@pytest.mark.parametrize("row", [[], ["mesh", "x"], ["mesh", "x", "abc"], ["mesh", 1, ["a"]], ["mesh", "x", [1]]])
def test_a_row_that_is_none_is_refused(row):
    """The message shows it."""
    with pytest.raises(ValueError, match="origin, name and phrases"):
        Synonyms.from_rows([row])


PHRASES = st.lists(st.sampled_from(["iron", "low iron", "vitamin b12", "b 12", "ALL", "x"]), min_size=2, max_size=4)


@given(
    st.lists(PHRASES, max_size=4),
    st.lists(st.sampled_from(["iron", "low", "vitamin", "b12", "B12", "b", "12", "ALL", "all", "x"])),
)
def test_matches_are_in_order_apart_and_known(phrases, words):
    """Each match is a known phrase, none overlaps, and the first start never goes back."""
    vocabulary = Synonyms.of_vocabularies((), {str(index): group for index, group in enumerate(phrases)})
    end = 0
    for start, after, others in vocabulary.found_in(words):
        assert end <= start < after <= len(words)
        assert others == vocabulary.of(" ".join(words[start:after]))
        assert others
        end = after


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_words_may_be_looked_through(words):
    """Marks, blanks and odd letters find nothing and break nothing."""
    vocabulary = Synonyms.of_vocabularies((B12, DEFICIENCY, LEUKAEMIA))
    for start, after, _ in vocabulary.found_in(words):
        assert 0 <= start < after <= len(words)
