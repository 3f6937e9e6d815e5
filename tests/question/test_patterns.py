"""The pattern language: each element, spelling, and the refusal of a pattern that cannot be meant."""

from __future__ import annotations

import pytest

from bedside.errors import LibraryUnusable
from bedside.question.patterns import PatternBook
from bedside.question.words import Break, words


def _found(pattern, text, **groups):
    cut = words(text)
    book = PatternBook.of({"x": [pattern]}, groups)
    return [text[cut[hit.first].start : cut[hit.last].end] for hit in book.find(cut)]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("chest pain", "Chest  pain!", ["Chest  pain"]),
        ("chest pain", "chest. Pain", []),
        ("chest|rib pain", "rib pain", ["rib pain"]),
        ("vomit* blood", "vomiting blood", ["vomiting blood"]),
        ("my? chest", "my chest", ["my chest", "chest"]),
        ("c diff", "Is it C. diff?", ["C. diff"]),
        ("c what", "Is it vitamin C. what now", []),
        ("c what", "Is it C. What now", []),
        ("pain ~2 chest", "pain in my chest", ["pain in my chest"]),
        ("pain ~2 chest", "pain in my whole chest", []),
        ("pain ~3 chest", "leg pain, chest fine", []),
        ("took ~6 pills", "took a few, then more pills", ["took a few, then more pills"]),
        ("#1-15 year", "9 year", ["9 year"]),
        ("#1-15 year", "16 year", []),
        ("took #10- pills", "took 30 pills", ["took 30 pills"]),
        ("three|#2 times", "2 times three times", ["2 times", "three times"]),
        ("pain no $", "pain: no, thanks", ["pain: no"]),
        ("pain no $", "pain no relief", []),
        ("cant breathe", "I can’t breathe", ["can’t breathe"]),
        ("year old", "year-old", ["year-old"]),
        ("cure ~2 pylori", "cure my H. pylori", ["cure my H. pylori"]),
        ("cure ~2 pylori", "cure my h. pylori", ["cure my h. pylori"]),
        ("vitamin ~3 now", "vitamin d. ok now", []),
    ],
)
def test_an_element_means_what_the_docstring_says(pattern, text, found):
    """Each element of the pattern language matches what it should and nothing beside it."""
    assert _found(pattern, text) == found


def test_a_group_stands_for_its_words():
    """A group may be one of several alternatives."""
    assert _found("{pain}|sore chest", "aching chest sore chest", pain=["aching"]) == ["aching chest", "sore chest"]


@pytest.mark.parametrize(
    "pattern",
    [
        "~2 chest",
        "$",
        "chest ~2",
        "chest $ pain",
        "{unknown} pain",
        "pain ~x chest",
        'im|"i\'m" tired',
        "a ~30 b ~30 c",
    ],
)
def test_a_pattern_that_cannot_be_meant_is_refused(pattern):
    """A slip in a content file is an error that shows the pattern, not a rule that never fires."""
    with pytest.raises(LibraryUnusable) as refused:
        PatternBook.of({"x": [pattern]})
    assert pattern.split()[0][:5] in refused.value.what
    assert refused.value.remedy


@pytest.mark.parametrize("slip", ["seizrue", "seizur", "seizuree", "seixure"])
def test_one_slip_finds_a_long_word(slip):
    """A letter swapped, missing, added or changed is forgiven in words of six letters and more."""
    assert _found("seizure", slip) == [slip]


@pytest.mark.parametrize("other", ["leisure", "seizes", "szzure", "seiz"])
def test_two_slips_do_not(other):
    """Two slips, or another first letter, make another word."""
    assert _found("seizure", other) == []


def test_a_real_word_is_no_slip():
    """Words listed as words of their own are not corrected."""
    book = PatternBook.of({"x": ["breath"]}, real_words=["breast"])
    assert book.find(words("breast")) == ()
    assert book.find(words("breeth")) != ()


def test_breaks_are_seen():
    """Commas, line ends and sentence ends are told apart; a decimal point is none."""
    assert [word.before for word in words("a, b. c\nd\n\ne 1.5 f")] == [
        Break.SENTENCE, Break.COMMA, Break.SENTENCE, Break.LINE, Break.SENTENCE, Break.NONE, Break.NONE, Break.NONE,
    ]  # fmt: skip
