"""How well facts are read: labels, counts by kind, and the public sets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bedside.errors import UsageError
from bedside.evaluation.reading_sentences import ASIDE, DEVELOP, Sentence, kinds, label, read_sentences, score
from bedside.evaluation.reading_sets import read_sets
from bedside.facts.fact import Subject, When
from bedside.facts.read import read_facts
from bedside.facts.vocabulary import Vocabulary
from tests.facts.conftest import compiled_vocabulary

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"


@pytest.fixture(scope="module")
def vocabulary():
    """The vocabulary of the shipped content."""
    return Vocabulary.from_mapping(compiled_vocabulary())


@pytest.fixture(scope="module")
def read(vocabulary):
    """The reader of facts."""
    return lambda text: read_facts(text, vocabulary)


def test_a_label_says_when_whose_and_how_much(vocabulary):
    """Time, person, denial, number and unit are told apart."""
    told = label("past family no total_b12 <150 ng/L", vocabulary.units)
    assert (told.when, told.whose, told.denied, told.concept) == (When.PAST, Subject.RELATIVE, True, "total_b12")
    assert told.amount is not None
    assert told.amount[0] == "<"
    assert told.amount == label("past family no total_b12 <150 pg/mL", vocabulary.units).amount
    with pytest.raises(UsageError, match="no concept"):
        label("past no", vocabulary.units)


def test_what_is_missed_wrong_and_not_in_the_vocabulary_is_counted_apart(read, vocabulary):
    """A right value, a wrong one, and a concept that has no word."""
    said = Sentence("x", "patient", "my b12 is 150 ng/L and I am tired", ("total_b12 160 ng/L", "fatigue", "yeti 3 cm"))
    result = score([said], read, vocabulary)
    lab, ill = result.kinds["lab"], result.kinds["symptom or condition"]
    assert (lab.right, lab.read, lab.there) == (0, 1, 1)
    assert (ill.right, ill.read, ill.there) == (1, 1, 1)
    assert result.kinds["other"].unknown == 1
    assert result.failing[0].missed == ("total_b12 160 ng/L", "yeti 3 cm (no word)")
    assert result.failing[0].extra == ("total_b12 150 ng/L",)


def test_a_unit_that_was_written_must_be_read(read, vocabulary):
    """150 pmol/L is not 150 ng/L; a number without a unit is compared alone."""
    wrong = Sentence("x", "patient", "my b12 is 150 pmol/L", ("total_b12 150 ng/L",))
    bare = Sentence("y", "nurse", "K+ 5.9", ("potassium 5.9 mmol/L",))
    assert score([wrong], read, vocabulary).exact == 0
    assert score([bare], read, vocabulary).exact == 1


def test_there_are_300_sentences_and_every_concept_has_a_kind(vocabulary):
    """200 to develop on, 100 kept aside, no id twice, no label of an unknown sort."""
    develop, aside = read_sentences(DEVELOP), read_sentences(ASIDE)
    assert (len(develop), len(aside)) == (200, 100)
    assert len({each.id for each in (*develop, *aside)}) == 300
    table = kinds()
    for each in (*develop, *aside):
        for written in each.facts:
            concept = label(written, vocabulary.units).concept
            assert concept in table or vocabulary.lexicon.kind(concept) or concept.endswith(("_duration", "_frequency"))


def test_the_sentences_are_read_as_well_as_they_were(read, vocabulary):
    """A floor that must not sink: vital signs and demographics, and all kinds together."""
    result = score(read_sentences(DEVELOP), read, vocabulary)
    for kind, least in (("demographic", 0.90), ("vital sign", 0.85)):
        assert result.kinds[kind].recall >= least
        assert result.kinds[kind].precision >= least


def test_a_set_that_is_absent_is_skipped_with_the_reason(tmp_path, read, vocabulary):
    """Nothing is there: three reasons and no figures."""
    found = read_sets(tmp_path, read, vocabulary)
    assert set(found.skipped) == {"medcalc_bench", "pico_ner", "trec_ct_notes"}
    assert found.conditions is None
    assert found.mentions is None
    assert found.notes is None


def test_entities_of_a_note_are_compared_by_exact_conversion(tmp_path, read, vocabulary):
    """88.4 umol/L is no 1.1 mg/dL; 36 years and a pulse are found; a condition that is denied is not there."""
    folder = tmp_path / "medcalc_bench"
    folder.mkdir()
    row = {
        "note": "A 36-year-old man with a pulse of 96/min. Creatinine 1.1 mg/dL. No heart failure.",
        "entities": {
            "age": [36, "years"],
            "Heart Rate or Pulse": [96.0, "beats per minute"],
            "creatinine": [1.1, "mg/dL"],
            "Congestive Heart Faliure": False,
        },
    }
    (folder / "test_v1.dev.jsonl").write_text(json.dumps(row), encoding="utf-8")
    found = read_sets(tmp_path, read, vocabulary)
    assert {name: (each.gold, each.hit) for name, each in found.measured.items() if ":" in name} == {
        "demographic: age_years": (1, 1),
        "lab: creatinine": (1, 1),
        "vital sign: heart_rate": (1, 1),
    }
    assert (found.conditions.read, found.conditions.there) == (0, 0)


@pytest.mark.skipif(not (DATA / "trec_ct_notes").is_dir(), reason="the public sets are not beside the checkout")
def test_no_note_of_trec_stops_the_reader(read, vocabulary):
    """184 real descriptions are read to the end, each in well under a second."""
    notes = read_sets(DATA, read, vocabulary).notes
    assert notes.notes == 184
    assert notes.longest_ms < 1000
