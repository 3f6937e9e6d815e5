"""The case of several turns: what merges, what replaces, what is only supposed, and whose facts they are."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedside.facts.case import Edit, StepKind, Told
from bedside.facts.case_of import case_of, facts_of
from bedside.facts.fact import ConcernKind
from bedside.facts.given import UnreadableFact
from bedside.facts.read import read_facts
from bedside.facts.turn_known import without_derived
from bedside.facts.turn_undo import changes_facts, without
from tests.facts.lines import lines

HERE = Path(__file__).parent
CONVERSATIONS = yaml.safe_load((HERE / "conversations.yaml").read_text(encoding="utf-8"))
QUESTIONS = [
    entry["question"]
    for file in sorted([*(HERE / "questions").glob("*.yaml"), *(HERE / "unseen").glob("*.yaml")])
    for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
]


def told(*turns):
    """Turns as the tests write them: words, or a mapping of words (``say``) and facts set by hand (``set``)."""
    return tuple(_turn(turn) for turn in turns)


def _turn(turn):
    if isinstance(turn, str):
        return Told(turn)
    return Told(turn.get("say", ""), tuple(Edit(*each.split("=", 1)) for each in turn.get("set", ())))


def steps(case, turn):
    """The steps of one turn in words, without those of concepts that serve rules only."""
    return [
        f"{step.kind.value} {step.concept}"
        for step in case.trail
        if step.turn == turn and not (step.after or step.before).internal
    ]


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda conversation: conversation["name"])
def test_a_conversation_leaves_what_a_careful_reader_would_know(conversation, vocabulary):
    """Each conversation written by hand ends with its facts, its steps, what it supposes, and whose case it is."""
    case = case_of(told(*conversation["turns"]), vocabulary)
    assert lines(case.facts) == set(conversation["facts"])
    assert [fact.concept for fact in case.supposed] == conversation.get("supposed", [])
    assert case.first == conversation.get("first", 0)
    if "steps" in conversation:
        assert steps(case, len(conversation["turns"]) - 1) == conversation["steps"]


def test_there_are_conversations_enough():
    """At least sixty, no two of one name."""
    names = [conversation["name"] for conversation in CONVERSATIONS]
    assert len(names) == len(set(names)) >= 60


@pytest.mark.parametrize("question", QUESTIONS, ids=range(len(QUESTIONS)))
def test_one_turn_is_the_question_by_itself(question, vocabulary):
    """The case of a single text has the facts and the doubts of the text by itself, for every labelled question."""
    by_itself = read_facts(question, vocabulary)
    case = case_of(told(question), vocabulary)
    assert set(case.facts.items) == set(by_itself.items)
    assert set(case.facts.concerns) == set(by_itself.concerns)


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda conversation: conversation["name"])
def test_spans_are_places_in_their_own_turn(conversation, vocabulary):
    """The words of every fact that was read stand where it says, in the text of its own turn."""
    turns = told(*conversation["turns"])
    for fact in case_of(turns, vocabulary).facts.items:
        if fact.origin.source != "edited":
            assert fact.span.of(turns[fact.origin.turn].text) == fact.text


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda conversation: conversation["name"])
def test_a_turn_of_thanks_changes_nothing_that_is_known(conversation, vocabulary):
    """After "thank you" the facts are as before, but for what was only supposed."""
    before = case_of(told(*conversation["turns"]), vocabulary)
    after = case_of(told(*conversation["turns"], "thank you"), vocabulary)
    if not before.supposed:
        assert after.facts == before.facts
    assert after.supposed == ()
    assert after.trail == before.trail


def test_a_supposition_leaves_the_next_turn_as_it_was(vocabulary):
    """Facts with and without a "what if" in between are the same, whatever is supposed."""
    first, last = "My B12 is 268 ng/L, I take metformin.", "MMA came back 180 nmol/L"
    plain = case_of(told(first, "thank you", last), vocabulary)
    for supposing in (
        "and if I were pregnant?",
        "what if it were 150?",
        "Suppose I stopped metformin",
        "if I were vegan?",
    ):
        assert case_of(told(first, supposing, last), vocabulary).facts == plain.facts, supposing


INDEPENDENT = (
    "MMA came back 180 nmol/L",
    "eGFR 92",
    "I am 61 years old",
    "My feet are numb",
    "I take metformin",
    "I have no glossitis",
    "my mum has pernicious anaemia",
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(INDEPENDENT))
def test_the_order_of_independent_turns_does_not_matter(order, vocabulary):
    """Turns that speak of different things give the same facts in any order."""
    usual = case_of(told("My B12 is 268 ng/L.", *INDEPENDENT), vocabulary)
    case = case_of(told("My B12 is 268 ng/L.", *order), vocabulary)
    assert lines(case.facts) == lines(usual.facts)


SAID_AND_SET = [
    ("I have no numbness", "numbness=absent"),
    ("my feet are numb", "numbness=present"),
    ("I am pregnant", "pregnancy=present"),
    ("I am 61 years old", "age_years=61 years"),
    ("MMA 180 nmol/L", "mma_serum=180 nmol/L"),
    ("I am vegan", "vegan_diet=present"),
    ("my mum has pernicious anaemia", "family_history_pernicious_anaemia=present"),
    ("I used to take metformin", "past_metformin=present"),
    ("intrinsic factor antibody positive", "anti_intrinsic_factor=positive"),
]


@pytest.mark.parametrize(("said", "by_hand"), SAID_AND_SET)
def test_a_fact_set_by_hand_is_the_fact_that_words_state(said, by_hand, vocabulary):
    """Setting a fact gives what telling it gives."""
    in_words = case_of(told("My B12 is 268 ng/L.", said), vocabulary)
    set_so = case_of(told("My B12 is 268 ng/L.", {"set": [by_hand]}), vocabulary)
    assert lines(set_so.facts) == lines(in_words.facts)
    assert {f.concept for f in set_so.facts.items} == {f.concept for f in in_words.facts.items}


@pytest.mark.parametrize(
    "edit", ["no_such_fact=present", "no_such_fact=unknown", "total_b12=12 furlongs", "total_b12="]
)
def test_an_edit_that_cannot_be_read_is_refused(edit, vocabulary):
    """An unknown name or unit raises, also where the fact is to be taken out."""
    with pytest.raises(UnreadableFact):
        case_of(told("B12 268 ng/L", {"set": [edit]}), vocabulary)


def test_a_fact_set_by_hand_is_not_overruled_by_a_class(vocabulary):
    """Omeprazole is a PPI, but not against what the reader has set."""
    case = case_of(told("I take omeprazole, B12 210 ng/L", {"set": ["proton_pump_inhibitor=absent"]}), vocabulary)
    assert case.facts.current("proton_pump_inhibitor").presence.value == "absent"


def test_a_class_goes_on_while_one_medicine_of_it_is_taken(vocabulary):
    """Of two acid blockers one is stopped: the class is still taken."""
    case = case_of(told("I take omeprazole and lansoprazole. B12 210 ng/L", "I stopped the omeprazole"), vocabulary)
    assert case.facts.current("proton_pump_inhibitor") is not None
    case = case_of(told("I take omeprazole. B12 210 ng/L", "I stopped the omeprazole"), vocabulary)
    assert case.facts.current("proton_pump_inhibitor") is None


def test_a_contradiction_is_a_concern_until_it_is_settled(vocabulary):
    """What is contradictory is shown and asked; correcting or setting it by hand ends that."""
    turns = ("B12 150 ng/L, numb feet.", "I have no numbness")
    kinds = [concern.kind for concern in case_of(told(*turns), vocabulary).facts.concerns]
    assert kinds == [ConcernKind.CONFLICT]
    for settling in ("Sorry, I have no numbness", "The numbness has gone", {"set": ["numbness=present"]}):
        assert case_of(told(*turns, settling), vocabulary).facts.concerns == (), settling


def test_a_doubt_ends_with_the_value_it_was_about(vocabulary):
    """A value without its unit is doubtful until the unit is given."""
    assert case_of(told("B12 268"), vocabulary).facts.concerns
    assert not case_of(told("B12 268", "ng/L"), vocabulary).facts.concerns


def test_a_newer_turn_wins_over_an_older_one_of_a_higher_order(vocabulary):
    """Two dated values of one turn do not outrank the value of a later turn."""
    case = case_of(told("B12 150 ng/L in 2024, now 268 ng/L", "The repeat B12 is 310 ng/L"), vocabulary)
    assert str(case.facts.current("total_b12").quantity.value) == "310"
    assert lines(case.facts) == {"past_total_b12 150 ng/L", "past_total_b12 268 ng/L", "total_b12 310 ng/L"}


def test_another_person_leaves_a_step_and_no_fact(vocabulary):
    """The trail of a person who was spoken of before stays; the facts of now begin anew."""
    case = case_of(told("My B12 is 268 ng/L.", "What about my mother, 82?", "She has numb feet"), vocabulary)
    assert [step.kind for step in case.trail].count(StepKind.NEW_PERSON) == 1
    assert case.first == 1
    assert lines(case.facts) == {"age_years 82 years", "sex female", "numbness"}


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda conversation: conversation["name"])
def test_undoing_every_step_of_the_last_turn_gives_the_turn_before(conversation, vocabulary):
    """The trail says everything: without the last turn's steps the facts are those of the turn before."""
    turns = told(*conversation["turns"])
    before, after = case_of(turns[:-1], vocabulary), case_of(turns, vocabulary)
    if len(turns) == 1 or after.first == len(turns) - 1 or before.supposed:
        return
    last = [step for step in after.trail if step.turn == len(turns) - 1 and changes_facts(step)]
    assert lines(without(after, last, vocabulary).facts) == lines(before.facts)


def test_what_follows_from_other_facts_is_made_again(vocabulary):
    """Leaving out what follows and making it again gives the same facts, for every labelled question."""
    for question in QUESTIONS:
        facts = read_facts(question, vocabulary)
        again = facts_of(without_derived(facts.items, vocabulary), (), vocabulary)
        assert set(again.items) == set(facts.items), question


def test_the_same_turns_give_the_same_case(vocabulary):
    """Pure: told twice, the case is equal; told in three turns of any order, nothing fails."""
    turns = ("My B12 is 268 ng/L.", "and if it were 150?", "what about my mother, 82?")
    for order in permutations(turns):
        assert case_of(told(*order), vocabulary) == case_of(told(*order), vocabulary)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_any_words_are_read(texts, vocabulary):
    """No text of any turn makes the reading fail, and every span lies inside its text."""
    case = case_of(told(*texts), vocabulary)
    for fact in case.facts.items:
        assert 0 <= fact.span.start <= fact.span.end <= len(texts[fact.origin.turn])
