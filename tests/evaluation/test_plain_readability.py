"""The measures of readability are those of their formulas, and the plain wordings stay where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from bedside.errors import InputRefused
from bedside.evaluation.lay_words import common_words
from bedside.evaluation.plain_readability import (
    Wording,
    agreement,
    by_topic,
    hardest,
    rare_words,
    reading,
    smog,
    wordings,
)
from bedside.ingest.compiled import CompiledContent

DATA = Path(__file__).parents[3] / "shared" / "data"
TEXT = "The cat sat on the mat. Hospitals investigate emergencies."


def test_the_counts_and_grades_of_a_text_worked_by_hand():
    """9 words in 2 sentences; 17 syllables (6, then 3 + 4 + 4); 3 long words."""
    found = reading([TEXT])
    assert (found.wordings, found.sentences, found.words, found.longest) == (1, 2, 9, 6)
    assert found.sentence_length == pytest.approx(4.5)
    assert found.long_words == pytest.approx(3 / 9)
    assert found.smog == pytest.approx(1.043 * (3 * 15) ** 0.5 + 3.1291)
    letters = sum(letter.isalnum() for letter in TEXT)
    assert found.coleman_liau == pytest.approx(0.0588 * letters / 9 * 100 - 0.296 * 2 / 9 * 100 - 15.8)
    assert found.grade == pytest.approx(0.39 * 9 / 2 + 11.8 * 17 / 9 - 15.59)
    assert found.rare is None


def test_smog_of_thirty_sentences_is_the_published_formula():
    """Thirty long words in thirty sentences."""
    assert smog(30, 30) == pytest.approx(1.043 * 30**0.5 + 3.1291)


def test_rare_words_are_those_that_are_not_common():
    """In any case, and with a possessive s."""
    common = {"the", "cat", "sat", "on", "mat", "doctor"}
    assert reading(["The cat's mat.", "Ferritin sat."], common).rare == pytest.approx(1 / 5)
    assert rare_words(["Ferritin and ferritin, the doctor’s cat"], common) == (("ferritin", 2), ("and", 1))


def test_the_hardest_come_first_and_are_whole_sentences():
    """A title is no sentence."""
    easy, hard = Wording("t/a", "t", "The cat sat."), Wording("t/b", "t", "Hospitals investigate emergencies.")
    title = Wording("t/c", "t", "Hospitalisation investigations")
    assert [each.id for each, _ in hardest([easy, hard, title])] == ["t/b", "t/a"]


def test_agreement_is_the_rank_correlation():
    """1 where the harder text is rated harder, -1 where it is the other way round."""
    texts = ["The cat sat.", "The doctors often visit.", "Hospitals investigate emergencies."]
    assert agreement([(text, rating) for rating, text in enumerate(texts)]) == pytest.approx(1)
    assert agreement([(text, -rating) for rating, text in enumerate(texts)]) == pytest.approx(-1)


def test_every_plain_wording_is_measured():
    """Statements of every topic, scope, questions and titles; and none holds an open slot."""
    content = CompiledContent.open()
    every = tuple(wordings(content))
    ids = {each.id for each in every}
    assert {name for entry in content.topics() for name in content.statements(entry.id)} <= ids
    assert "iron-deficiency/scope" in ids
    assert not [each.id for each in every if "{" in each.text]


# "Potassium" alone has four syllables and stands in nearly every sentence of its topic.
LIMITS = {"potassium": 8.5}


@pytest.mark.parametrize("topic", [entry.id for entry in CompiledContent.open().topics()])
def test_the_median_wording_of_a_topic_is_for_a_reader_of_about_twelve(topic):
    """Flesch-Kincaid grade 7 is about 12 years; rounded, a median up to 7.5 is that."""
    mine = by_topic(wordings(CompiledContent.open()))[topic]
    assert reading([each.text for each in mine]).grade_median <= LIMITS.get(topic, 7.5)


def test_a_folder_without_the_sets_is_refused(tmp_path):
    """Rare words need them."""
    with pytest.raises(InputRefused):
        common_words(tmp_path)


@pytest.mark.skipif(not DATA.is_dir(), reason="the data sets are not beside the checkout")
def test_common_words_are_counted_in_lay_texts():
    """Everyday words are among them, names of tests are not."""
    common = common_words(DATA)
    assert len(common) == 5000
    assert {"the", "blood", "doctor", "iron"} <= common
    assert not {"ferritin", "hydroxocobalamin"} & common
