"""Which sentences of an abstract the exam is made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from bedside.errors import InputRefused
from bedside.evaluation.abstracts import read_abstracts, result_sentences
from tests.evaluation.made_up import COHORT, SENTENCES

DATA = Path(__file__).parents[3] / "shared" / "data"


def test_results_and_conclusions_are_taken_and_methods_are_not():
    """Under headings, only what follows "Results" and "Conclusions" is taken, without the heading."""
    taken = result_sentences(COHORT.text)
    assert "Intake of tea was associated with better sleep quality." in taken
    assert not any("postal survey for years" in each or "Diet varies" in each for each in taken)


def test_every_sentence_stands_once_in_its_passage():
    """A true sentence is in its passage word for word, and once."""
    assert SENTENCES
    assert all(true.passage.count(true.sentence) == 1 for true in SENTENCES)


def test_without_headings_findings_of_the_second_half_are_taken():
    """An abstract without headings gives its later sentences that look like a finding."""
    text = (
        "We studied a remedy for colds in a small town by the sea over one winter. The town has many people who walk. "
        "The remedy reduced the length of colds by two days compared with water in all the people we asked."
    )
    assert result_sentences(text) == (
        "The remedy reduced the length of colds by two days compared with water in all the people we asked.",
    )


def test_a_missing_file_is_named(tmp_path):
    """Without the data sets the error names the file."""
    with pytest.raises(InputRefused, match=r"abstracts\.jsonl\.zst"):
        read_abstracts(tmp_path, 1, 10)


def test_the_draw_is_the_same_for_a_seed_and_another_for_another():
    """The same seed draws the same abstracts in the same order."""
    if not (DATA / "pubmed_abstracts" / "abstracts.jsonl.zst").is_file():
        pytest.skip("the data sets are not here")
    first = read_abstracts(DATA, 1, 40)
    assert first == read_abstracts(DATA, 1, 40)
    assert first != read_abstracts(DATA, 2, 40)
    assert {abstract.id.partition(":")[0] for abstract in read_abstracts(DATA, 1, 400)} == {"pubmed", "scifact"}
