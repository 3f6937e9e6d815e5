"""Words and marks, as phrases are matched on."""

from hypothesis import given
from hypothesis import strategies as st

from bedside.text.phrases import PhraseIndex
from bedside.text.words import norms, spellings, words


def test_a_contraction_is_not_a_route():
    """The words "I'm" and "IM" stay apart."""
    assert words("I'm")[0].norm != words("IM")[0].norm


def test_hyphens_inside_a_term_are_left_out():
    """The term "pins-and-needles" is three words."""
    assert [word.norm for word in words("pins-and-needles")] == ["pins", "and", "needles"]


def test_b12_is_found_in_every_spelling():
    """The spellings "b12", "B 12" and "B-12" are one phrase."""
    index = PhraseIndex([("vitamin b12", "x")])
    for written in ("Vitamin B12", "vitamin B 12", "VITAMIN b-12"):
        assert index.scan(words(written)), written


def test_the_longest_phrase_wins():
    """A phrase inside a longer phrase is not found for itself."""
    index = PhraseIndex([("active b12", "active"), ("b12", "total")])
    assert [hit.payload for hit in index.scan(words("my active B12"))] == ["active"]


@given(st.text())
def test_words_stand_where_they_say(text):
    """Every word has characters of the text, in order, without overlap."""
    end = 0
    for word in words(text):
        assert end <= word.start < word.end <= len(text)
        end = word.end


@given(st.lists(st.sampled_from(["b12", "crohn's", "pins", "h.", "no", "T1DM", "10"]), min_size=1).map(" ".join))
def test_a_phrase_matches_its_own_words(phrase):
    """What a phrase is indexed as is what the same words in a text become."""
    assert tuple(word.norm for word in words(phrase)) == norms(phrase)
    assert norms(phrase) in spellings(phrase)
