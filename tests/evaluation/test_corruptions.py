"""Each way of spoiling changes what it names and nothing else, and stays away where the change might be true."""

from __future__ import annotations

import difflib
import re

import pytest

from bedside.evaluation import (
    spoil_bounds,
    spoil_direction,
    spoil_figures,
    spoil_polarity,
    spoil_strength,
    spoil_substance,
    spoil_time,
    spoil_units,
)
from bedside.evaluation.corruptions import CORRUPTIONS
from bedside.evaluation.material import statement_sentences
from bedside.evaluation.nearness import coverage, shelf_of
from bedside.ingest.compiled import CompiledContent
from tests.evaluation.made_up import SENTENCES, chance

WORDINGS = [way for way in CORRUPTIONS.values() if way.wording]

EXAMPLES = [
    (spoil_figures.transpose_digits, "Give 25 mg.", {"Give 52 mg."}),
    (spoil_figures.shift_decimal, "Give 2.5 mg.", {"Give 25 mg.", "Give 0.25 mg."}),
    (
        spoil_figures.scale_by_thousand, "Give 5 mg.",
        {"Give 5000 mg.", "Give 500 mg.", "Give 0.05 mg.", "Give 0.005 mg."},
    ),
    (spoil_figures.drop_before_point, "Give 2.5 mg.", {"Give 5 mg."}),
    (spoil_figures.drop_point, "Give 2.5 mg.", {"Give 25 mg."}),
    (spoil_bounds.drop_sign, "The score was -2 SD in infants.", {"The score was 2 SD in infants."}),
    (spoil_bounds.flatten_range, "Give 15-20 mg.", {"Give 1520 mg."}),
    (spoil_bounds.swap_comparator, "Treat a level below 25 pmol/L.", {"Treat a level above 25 pmol/L."}),
    (spoil_bounds.swap_comparator, "It holds for eGFR 60 or above.", {"It holds for eGFR 60 or below."}),
    (spoil_bounds.move_boundary, "Treat at least 60 people.", {"Treat more than 60 people."}),
    (spoil_units.change_unit, "Give 5 mg.", {"Give 5 g.", "Give 5 mcg."}),
    (spoil_units.percent_to_count, "In all, 40% of patients slept.", {"In all, 40 patients slept."}),
    (spoil_time.change_frequency, "Give 5 mg daily.", {"Give 5 mg weekly.", "Give 5 mg monthly."}),
    (spoil_time.change_duration, "Treat for 3 months.", {"Treat for 3 weeks.", "Treat for 3 years."}),
    (spoil_time.swap_order, "Test before the injection.", {"Test after the injection."}),
    (spoil_polarity.add_negation, "The drug was effective.", {"The drug was not effective."}),
    (spoil_polarity.add_negation, "Aspirin reduced pain.", {"Aspirin did not reduce pain."}),
    (spoil_polarity.add_negation, "If B12 is low, treat the cause.", {"If B12 is low, do not treat the cause."}),
    (spoil_polarity.drop_negation, "Do not stop tablets.", {"Stop tablets."}),
    (spoil_polarity.drop_negation, "It was not effective.", {"It was effective."}),
    (spoil_polarity.drop_negation, "There was no significant change.", {"There was a significant change."}),
    (spoil_direction.flip_direction, "Pain was higher with tea.", {"Pain was lower with tea."}),
    (
        spoil_direction.exchange_arms,
        "Pain was lower in the tea group than in the milk group.",
        {"Pain was lower in the milk group than in the tea group."},
    ),
    (
        spoil_direction.exchange_results,
        "Rates were 12% and 15% with tea and milk, respectively.",
        {"Rates were 15% and 12% with tea and milk, respectively."},
    ),
    (spoil_substance.swap_population, "It was safe in adults.", {"It was safe in children."}),
    (spoil_substance.swap_setting, "It was given in primary care.", {"It was given in intensive care."}),
    (spoil_substance.drop_condition, "If the cause is unknown, test for gluten disease.", {"Test for gluten disease."}),
    (spoil_substance.drop_exception, "Start injections at once, unless allergic.", {"Start injections at once."}),
    (spoil_strength.raise_advice, "Tea may help.", {"Tea will help."}),
    (spoil_strength.raise_certainty, "The effect remains unclear.", {"The effect is established."}),
    (spoil_strength.raise_quantity, "Tea helped some people.", {"Tea helped all people."}),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "sentence", "expected"), EXAMPLES)
def test_a_small_sentence_is_spoiled_as_named(spoil, sentence, expected):
    """On a sentence with one thing to change, the outcome is one of the few that can be."""
    found = {spoil(sentence, sentence, chance(seed)) for seed in range(20)}
    assert found <= expected
    assert found


NOT_APPLICABLE = [
    (spoil_figures.change_number, "Type 2 diabetes and phase 3 trials since 1998 have no amount."),
    (spoil_figures.change_number, "The estimate has a 95% CI."),
    (spoil_bounds.move_boundary, "More than 60 people were seen."),
    (spoil_bounds.drop_sign, "Weight was reduced by -3 kg."),
    (spoil_units.percent_to_points, "An absolute 5% reduction in the risk of falls was seen."),
    (spoil_time.change_frequency, "It helps with activities of daily living."),
    (spoil_time.change_duration, "Patients aged 12 years were seen."),
    (spoil_polarity.add_negation, "The drug was not effective."),
    (spoil_polarity.drop_negation, "It helped patients with and without pain."),
    (spoil_direction.flip_direction, "There was no increase."),
    (spoil_direction.flip_direction, "Pain of the lower limb was seen."),
    (spoil_direction.exchange_arms, "Pain was not lower in the tea group than in the milk group."),
    (spoil_substance.swap_route, "Good oral hygiene was seen."),
    (spoil_substance.drop_condition, "In conclusion, patients who drank tea did well overall."),
    (spoil_strength.raise_to_cause, "Tea was associated with better sleep."),
]


@pytest.mark.parametrize(("spoil", "sentence"), NOT_APPLICABLE)
def test_what_might_not_change_the_meaning_is_left_alone(spoil, sentence):
    """Names, ages, doubtful bounds and the like are never taken for something to spoil."""
    assert {spoil(sentence, sentence, chance(seed)) for seed in range(20)} == {None}


def test_a_figure_of_the_passage_is_never_the_new_one():
    """A wrong number that the passage holds elsewhere might be true, so it is not used."""
    passage = "Give 25 mg. Later give 52 mg."
    assert spoil_figures.transpose_digits("Give 25 mg.", passage, chance()) is None


def test_a_bound_never_moves_to_where_it_follows_from_the_old_one():
    """More than 50 may become more than 60, never more than 40; less than 50 the other way."""
    for seed in range(60):
        more = spoil_figures.change_number("It was more than 50 mg.", "It was more than 50 mg.", chance(seed))
        less = spoil_figures.change_number("It was less than 50 mg.", "It was less than 50 mg.", chance(seed))
        assert more is None or int(re.search(r"\d+", more)[0]) > 50
        assert less is None or int(re.search(r"\d+", less)[0]) < 50


def test_a_neighbour_named_in_the_passage_is_not_swapped_in():
    """A drug, route or group that the passage speaks of too might make the swapped sentence true."""
    sentence = "Enalapril was given by mouth to adults."
    passage = f"{sentence} Other ACE inhibitors: lisinopril, captopril, ramipril, perindopril. Children were injected."
    drugs = {spoil_substance.swap_drug(sentence, passage, chance(seed)) for seed in range(40)}
    assert not any(re.search("lisinopril|captopril|ramipril|perindopril", each or "") for each in drugs)
    assert {spoil_substance.swap_population(sentence, passage, chance(seed)) for seed in range(20)} == {None}
    assert not any(
        "injection" in (spoil_substance.swap_route(sentence, passage, chance(seed)) or "") for seed in range(20)
    )


def test_a_drug_is_swapped_wherever_it_stands():
    """A sentence that names the medicine twice names its neighbour twice."""
    spoiled = spoil_substance.swap_drug("Folate with folate.", "Folate with folate.", chance())
    assert spoiled == "Thiamine with thiamine."


def test_an_association_in_a_watched_group_becomes_a_cause_and_in_a_trial_does_not():
    """Only where nothing was tried is "caused" surely more than the source says."""
    sentence = "Tea was associated with better sleep."
    cohort, trial = f"In a cohort of women, {sentence}", f"In a randomised trial in a cohort, {sentence}"
    assert spoil_strength.raise_to_cause(sentence, cohort, chance()) == "Tea caused better sleep."
    assert spoil_strength.raise_to_cause(sentence, trial, chance()) is None


@pytest.fixture(scope="module")
def material():
    return (*statement_sentences(CompiledContent.open()), *SENTENCES)


@pytest.fixture(scope="module")
def shelf(material):
    return shelf_of((true.place, true.passage) for true in material)


@pytest.mark.parametrize("way", WORDINGS, ids=lambda way: way.kind)
def test_a_spoiled_wording_is_new_and_keeps_most_of_the_sentence(way, material, shelf):
    """On shipped statements and invented abstracts: changed, not by chance in the passage, and changed in one place."""
    applied = 0
    for true in material:
        given = way.spoil(true, chance(), shelf)
        if given is None:
            continue
        applied += 1
        assert given.sentence != true.sentence
        assert given.sentence not in true.passage
        assert (given.passages, given.cited, given.quoted) == ((true.passage,), (0,), False)
        assert "  " not in given.sentence
        if way.kind in {"drug", "condition-dropped", "exception-dropped", "arms-exchanged", "results-exchanged"}:
            continue
        edits = difflib.SequenceMatcher(
            None, true.sentence.split(), given.sentence.split(), autojunk=False
        ).get_opcodes()
        changed = [edit for edit in edits if edit[0] != "equal"]
        assert len(changed) <= 2, (true.sentence, given.sentence)
    assert applied


def test_every_kind_applies_to_the_material_of_the_tests(material, shelf):
    """No way of spoiling is dead."""
    dead = {way.kind for way in CORRUPTIONS.values() if not any(way.spoil(true, chance(3), shelf) for true in material)}
    assert dead == set()


@pytest.mark.parametrize("kind", ["citation-near", "citation-far", "quotation-misattributed"])
def test_a_moved_citation_names_a_passage_that_does_not_say_it(kind, material, shelf):
    """The right passage is there, another is cited, and that one holds too little of the sentence to support it."""
    for true in material:
        given = CORRUPTIONS[kind].spoil(true, chance(), shelf)
        if given:
            assert given.passages[0] == true.passage
            assert given.cited == (1,)
            assert coverage(true.sentence, given.passages[1]) <= 0.6


def test_a_missing_or_unknown_citation_leaves_the_sentence_alone(material, shelf):
    """Only the citation is wrong: there is none, or it names nothing that is there."""
    true = material[0]
    nothing = CORRUPTIONS["citation-missing"].spoil(true, chance(), shelf)
    unknown = CORRUPTIONS["citation-unknown"].spoil(true, chance(), shelf)
    assert (nothing.sentence, nothing.cited) == (true.sentence, ())
    assert unknown.sentence == true.sentence
    assert unknown.cited[0] >= len(unknown.passages)


@pytest.mark.parametrize("kind", [kind for kind, way in CORRUPTIONS.items() if way.group == "quotation"])
def test_no_spoiled_quotation_stands_so_in_the_cited_passage(kind, material, shelf):
    """The words in quotation marks are not a part of what is cited."""
    applied = 0
    for true in material:
        given = CORRUPTIONS[kind].spoil(true, chance(), shelf)
        if given:
            applied += 1
            words = re.search(r'"(.+?)\.?"', given.sentence)[1]
            assert given.quoted
            assert all(words not in given.passages[place] for place in given.cited)
    assert applied


def test_a_stitched_sentence_is_made_of_two_of_the_passages(material, shelf):
    """The first words are of one true sentence and the last of another."""
    for true in material:
        given = CORRUPTIONS["stitched-within"].spoil(true, chance(), shelf)
        if given:
            assert given.sentence.split()[:2] == true.sentence.split()[:2]
            assert true.neighbour.endswith(given.sentence[-20:])
            assert given.sentence not in true.passage
