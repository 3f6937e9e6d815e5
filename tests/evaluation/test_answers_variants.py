"""A question put otherwise: each rule changes what it says it changes, and what does not hold is seen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

import bedside
from bedside.evaluation import answers_rewording as rewording
from bedside.evaluation.answers_came import came_of
from bedside.evaluation.answers_units import in_other_units
from bedside.evaluation.answers_variants import Held, by_kind, hold, variants
from bedside.facts.read import read_facts
from tests.evaluation.test_answers import DANGER, ITEM


@pytest.fixture(scope="module")
def desk():
    return bedside.open()


@pytest.fixture(scope="module")
def ask(desk):
    return lambda item: desk.ask(item.ask, reader=item.voice.reader, region=item.region)


def quantities(text, desk):
    return [fact.quantity for fact in read_facts(text, desk.vocabulary).items if fact.quantity]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("my ferritin is 12 ug/L", {"12 ng/mL", "26.97 pmol/L"}),
        ("Hb 98 g/L", {"9.8 g/dL", "6.083 mmol/L"}),
        ("vitamin D 22 ng/mL, tired", {"54.9 nmol/L", "22 ug/L"}),
        ("my ferritin is 12", set()),
        ("my ferritin is <12 ug/L", set()),
        ("my feet are numb", set()),
    ],
)
def test_numbers_are_written_in_the_other_units_of_their_analyte(desk, text, written):
    """And in no other; a bare number and a bound stay as they are."""
    changed = [other for _, other in in_other_units(text, desk.vocabulary)]
    assert {each for each in written if any(each in other for other in changed)} == written
    assert bool(changed) is bool(written)
    assert text not in changed


@pytest.mark.parametrize("text", ["my ferritin is 12 ug/L", "Hb 98 g/L", "vitamin D 22 ng/mL", "B12 was 268 pg/mL"])
def test_the_number_reads_back_as_it_was(desk, text):
    """Converted and converted back it is the same to half a thousandth."""
    [before] = quantities(text, desk)
    [concept] = [fact.concept for fact in read_facts(text, desk.vocabulary).items if fact.quantity]
    others = list(in_other_units(text, desk.vocabulary))
    assert others
    for _, other in others:
        [after] = quantities(other, desk)
        back = desk.vocabulary.units.convert(after, before.unit, concept).value
        assert abs(back - before.value) <= before.value * Decimal("0.0005")


def test_sentences_are_turned_only_where_none_leans_on_another():
    """A pronoun at the start of one says that it does."""
    text = "My ferritin is 9. Is treatment needed?"
    assert dict(rewording.other_order(text)) == {"last sentence first": "Is treatment needed? My ferritin is 9."}
    assert not dict(rewording.other_order("My ferritin is 9. Is that low?"))


def test_the_measured_facts_of_a_list_are_turned():
    """The first part, who it is, stays first."""
    [(name, text)] = rewording.other_order("68M, Hb 98 g/L, MCV 72, ferritin 9.")
    assert (name, text) == ("facts reversed", "68M, ferritin 9, MCV 72, Hb 98 g/L.")


def test_slips_are_made_in_a_known_word_only():
    """In the longest; and each is one slip."""
    made = dict(rewording.slips("low ferritin again", lambda word: word == "ferritin"))
    assert made == {
        "letters swapped": "low ferrtiin again",
        "letter left out": "low ferrtin again",
        "letter doubled": "low ferriitin again",
    }
    assert not dict(rewording.slips("low ferritin again", lambda _: False))


def test_spelling_goes_both_ways():
    """From British to American and back."""
    assert dict(rewording.other_spelling("Haemoglobin low")) == {"other spelling": "Hemoglobin low"}
    assert dict(rewording.other_spelling("anemia")) == {"other spelling": "anaemia"}


def test_the_variants_are_the_same_every_time(desk):
    """In the same order; none is the question itself."""
    made = variants([ITEM, DANGER], desk.vocabulary)
    assert made == variants([ITEM, DANGER], desk.vocabulary)
    assert {each.kind for each in made} >= {"rewording", "typing slip", "irrelevant addition", "unit", "reader"}
    assert all((each.item.ask, each.item.voice) != (each.of.ask, each.of.voice) for each in made)


def test_what_holds_and_what_does_not_is_told(desk, ask):
    """A variant that changes a fact is seen, with what it changed."""
    [same, *_] = variants([ITEM], desk.vocabulary)
    other = replace(same, item=replace(same.item, ask="My ferritin is 900 ug/L, what should I do?"))
    held = hold([same, other], ask)
    assert [each.holds for each in held] == [True, False]
    assert [each.flags_hold for each in held] == [True, True]
    assert not list(held[0].differences())
    assert any(line.startswith("patterns: gone") for line in held[1].differences())
    assert by_kind(held) == {same.kind: (1, 2), "all": (1, 2)}


def test_a_lost_red_flag_does_not_hold(desk, ask):
    """Whatever else stays."""
    made = Held(variants([ITEM], desk.vocabulary)[0], came_of(ask(DANGER)), came_of(ask(ITEM)))
    assert not made.holds
    assert not made.flags_hold
    assert any(line.startswith("red_flags: gone") for line in made.differences())
