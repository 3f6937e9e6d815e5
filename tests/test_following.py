"""Going on with a case: what is answered after several turns, what changed, and which fact changed it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

import bedside
from bedside.answer import AnswerKind
from bedside.article.naming import Names
from bedside.errors import InputRefused
from bedside.facts.case import Edit, StepKind, Told
from bedside.facts.given import UnreadableFact
from bedside.following import step_text
from bedside.protocol.protocol import Effect
from bedside.question.question import DeclineReason, Intent
from bedside.settings import Settings
from bedside.text.sentences import sentences

FOUNDING = (
    "My serum vitamin B12 level is 268 pg/mL while I am taking 1000 micrograms oral cyanocobalamin daily; "
    "what is the appropriate management?"
)
HERE = Path(__file__).parent
LABELLED = {
    entry["id"]: entry["question"]
    for file in sorted([*(HERE / "facts" / "questions").glob("*.yaml"), *(HERE / "facts" / "unseen").glob("*.yaml")])
    for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
}
SPLIT = {
    name: parts
    for name, question in LABELLED.items()
    if len(parts := tuple(part for s in sentences(question) if (part := s.of(question).strip()))) > 1
}
OTHERWISE = {
    # A supposition holds for its own turn: by itself a question only notes it.
    "d018": "supposes", "d079": "supposes",
    # A fragment that names nothing, and a print-out cut into its rows, cannot be read without what stood before.
    "d050": "fragment", "t009": "fragment", "t011": "fragment", "t016": "fragment", "t017": "fragment",
    "t074": "fragment",
    "h011": "rows", "t061": "rows", "t063": "rows", "t064": "rows", "t069": "rows",
    # An animal's facts are not read when the whole is seen at once; declined either way.
    "t072": "animal", "f046": "animal",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk on the shipped content, with the settings a new user has."""
    return bedside.open(Settings.load({"BEDSIDE_HOME": str(tmp_path_factory.mktemp("following"))}))


def told(*turns):
    """Turns as words, or as tuples of words and NAME=VALUE edits."""
    return tuple(
        Told(turn) if isinstance(turn, str) else Told(turn[0], tuple(Edit(*each.split("=", 1)) for each in turn[1:]))
        for turn in turns
    )


def fired(answer):
    """The rules that fire, the bands and the kind of an answer."""
    rules = {outcome.rule.id for run in answer.runs for outcome in run.firing()}
    return answer.kind, rules, {(band.measure, band.band) for run in answer.runs for band in run.bands}


def because(changes, names):
    """Every line of the changes with the words of its steps."""
    return [(line.what, [step_text(step, names, plain=True) for step in line.because]) for line in changes.lines]


@pytest.fixture(scope="module")
def names(desk):
    """What things are called."""
    return Names(desk.vocabulary, desk.parts.frames)


def test_a_single_text_is_answered_as_before(desk):
    """One turn without edits is the question itself: the same answer, with no case."""
    asked, followed = desk.ask(FOUNDING), desk.follow_up(told(FOUNDING))
    assert asked == followed
    assert asked.case is None
    assert asked.told == ()
    assert asked.question.asked == ()


def test_a_result_is_no_question_and_is_answered_in_its_case(desk):
    """The words "MMA came back 180 nmol/L" is answered with the facts, the topic and the intents of before."""
    answer = desk.follow_up(told(FOUNDING, "MMA came back 180 nmol/L, eGFR 92"))
    assert answer.kind is AnswerKind.ANSWERED
    assert answer.question.text == "MMA came back 180 nmol/L, eGFR 92"
    assert answer.question.asked == (FOUNDING, "MMA came back 180 nmol/L, eGFR 92")
    assert answer.question.topics == ("vitamin-b12",)
    assert answer.question.intents == desk.ask(FOUNDING).question.intents
    assert ("mma_serum", "not_raised") in fired(answer)[2]


def test_the_last_words_say_what_is_asked(desk):
    """A new intent replaces those of before; facts set by hand alone ask the same again."""
    asked = desk.follow_up(told(FOUNDING, "What does it cost?"))
    assert asked.question.intents[0] is Intent.COST
    by_hand = desk.follow_up(told(FOUNDING, ("", "total_b12=150 pg/mL")))
    assert by_hand.question.text == FOUNDING
    assert by_hand.question.intents == desk.ask(FOUNDING).question.intents


def test_edits_of_the_first_turn_count(desk):
    """Asking with a fact set by hand is asking with that fact."""
    by_hand = desk.ask("My B12 is 268 ng/L. What now?", edits=(Edit("total_b12", "150 ng/L"),))
    in_words = desk.ask("My B12 is 150 ng/L. What now?")
    assert fired(by_hand) == fired(in_words)
    assert by_hand.case is not None
    with pytest.raises(UnreadableFact):
        desk.ask("My B12 is 268 ng/L.", edits=(Edit("b13", "present"),))


def test_the_run_fingerprint_covers_every_turn_and_edit(desk):
    """Whatever was told in another way has another run fingerprint, though the answer be the same."""
    same = [
        told("B12 150 ng/L. What now?", "thank you"),
        told("B12 150 ng/L. What now?", "thanks"),
        told("B12 150 ng/L. What now?", ("thank you", "total_b12=150 ng/L")),
        told("B12 150 ng/L. What now?"),
    ]
    answers = [desk.follow_up(turns) for turns in same]
    assert len({answer.fingerprints.run for answer in answers}) == len(same)
    assert len({answer.fingerprints.content for answer in answers}) == 1


@pytest.mark.parametrize("turns", [("",), ("B12 150 ng/L", ""), ("B12 150 ng/L", "  \n"), ()])
def test_a_turn_that_says_nothing_is_refused(desk, turns):
    """A turn has words or facts set by hand; the first has words."""
    with pytest.raises(InputRefused):
        desk.follow_up(told(*turns))


def test_the_turns_together_are_no_longer_than_the_limit(desk):
    """The limit on what is read is one on the whole thread."""
    half = "B12 150 ng/L. " * (desk.settings.input_limit // 26)
    desk.follow_up(told(half))
    with pytest.raises(InputRefused):
        desk.follow_up(told(half, half))


# Emergencies and declines ---------------------------------------------------------------------------------------------


def test_an_emergency_of_any_turn_stays_until_a_fact_undoes_it(desk):
    """A later turn about something else does not cancel it; nor does that it is over; taking it back does."""
    first = "I have crushing chest pain and my B12 was 200 ng/L."
    for later in ("MMA came back 180 nmol/L", "the chest pain is gone now", "what dose?", "I have no chest pain"):
        assert desk.follow_up(told(first, later)).kind is AnswerKind.EMERGENCY, later
    for later in (
        "Forget the chest pain, that was years ago",
        "Sorry, I don't have chest pain",
        ("", "chest_pain=absent"),
    ):
        assert desk.follow_up(told(first, later)).kind is AnswerKind.ANSWERED, later


def test_an_emergency_of_one_person_is_not_another_s(desk):
    """With another person a new case begins."""
    turns = told("I have crushing chest pain.", "What about my mother, 82? Her B12 is 150 ng/L.")
    assert desk.follow_up(turns).kind is AnswerKind.ANSWERED


def test_an_emergency_says_in_which_turn_it_stands(desk):
    """Its span is a place in the text of that turn."""
    turns = told(FOUNDING, "I have crushing chest pain")
    [emergency] = desk.follow_up(turns).question.emergencies[:1]
    assert emergency.turn == 1
    assert emergency.span.of(turns[1].text) == emergency.text


def test_a_supposed_emergency_is_none(desk):
    """The words "what if I had chest pain?" sends nobody to hospital."""
    assert desk.follow_up(told(FOUNDING, "and what if I got chest pain?")).kind is not AnswerKind.EMERGENCY


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        ("What about my cat? Her B12 is 150 ng/L", DeclineReason.ANIMAL),
        ("What about my son? He is 4 years old and has a B12 of 150 ng/L", DeclineReason.CHILD),
        ("the repeat B12 is 26800000 pg/mL", DeclineReason.IMPLAUSIBLE),
        (
            "¿Cuál es la dosis de vitamina para mi madre? No entiendo los resultados de la sangre",
            DeclineReason.OTHER_LANGUAGE,
        ),
        ("hello", None),
        ("What dose?", None),
        ("What about my mother, 82?", None),
        ("asdf qwer zxcv", None),
    ],
)
def test_declines_are_judged_on_the_whole_case(desk, later, reason):
    """What protects a person declines also later; words that ask nothing new are no reason to decline."""
    assert desk.follow_up(told(FOUNDING, later)).question.decline is reason


def test_a_correction_lifts_a_decline(desk):
    """A value nobody reports is declined until it is corrected."""
    turns = ("My B12 is 26800000 pg/mL. What should I do?", "sorry, my B12 is 268 pg/mL")
    assert desk.follow_up(told(turns[0])).question.decline is DeclineReason.IMPLAUSIBLE
    assert desk.follow_up(told(*turns)).question.decline is None


def test_a_contradiction_keeps_the_red_flag_on(desk):
    """Unsteadiness that is denied without a word of change goes on warning, and is asked about."""
    turns = ("B12 150 ng/L and I am unsteady on my feet.", "I am not unsteady")
    answer = desk.follow_up(told(*turns))
    assert "RF1" in fired(answer)[1]
    assert [concern.kind.value for concern in answer.facts.concerns] == ["conflict"]
    settled = desk.follow_up(told(*turns, "Sorry, I was wrong: I am not unsteady"))
    assert "RF1" not in fired(settled)[1]


# Suppositions ---------------------------------------------------------------------------------------------------------


def test_a_supposition_counts_and_is_said_to_be_one(desk):
    """The rules reckon with it; the article never says that it was taken as present."""
    answer = desk.follow_up(told(FOUNDING, "and if I were pregnant?"))
    said = [s.plain for s in answer.article.sentences()]
    assert any(text.startswith('Taken as a "what if"') and "pregnan" in text for text in said)
    assert not any(text.startswith("Taken as present") and "pregnan" in text for text in said)
    assert fired(answer)[1] - fired(desk.ask(FOUNDING))[1]


def test_a_supposed_value_is_labelled(desk):
    """A value that is only supposed stands with that word beside it."""
    answer = desk.follow_up(told(FOUNDING, "and if it were 150?"))
    said = [s.plain for s in answer.article.sentences()]
    assert any("150 pg/mL (supposed)" in text for text in said)
    assert ("total_b12", "low") in fired(answer)[2]


def test_after_a_supposition_all_is_as_before(desk):
    """The answer to the next turn is the one without the supposition."""
    plain = desk.follow_up(told(FOUNDING, "thank you", "MMA 180 nmol/L"))
    supposed = desk.follow_up(told(FOUNDING, "and if I were pregnant?", "MMA 180 nmol/L"))
    assert fired(plain) == fired(supposed)
    assert plain.fingerprints.content == supposed.fingerprints.content


# At once and over turns -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(set(SPLIT) - set(OTHERWISE)))
def test_told_over_turns_is_told_at_once(desk, name):
    """Every labelled question cut at its sentences has the same outcomes as the whole, but for those listed by kind."""
    assert fired(desk.follow_up(told(*SPLIT[name]))) == fired(desk.ask(LABELLED[name]))


def test_the_exceptions_are_few_and_real(desk):
    """At most one in fifteen is listed, and each does differ."""
    assert len(OTHERWISE) <= len(SPLIT) / 15
    for name in OTHERWISE:
        assert fired(desk.follow_up(told(*SPLIT[name]))) != fired(desk.ask(LABELLED[name])), name


@pytest.mark.parametrize("name", sorted(SPLIT))
def test_no_red_flag_is_lost_over_turns(desk, name):
    """What warns at once warns over several turns, without exception."""
    at_once, over_turns = desk.ask(LABELLED[name]), desk.follow_up(told(*SPLIT[name]))
    flags = [
        {fired_.rule.id for each in answer.runs for fired_ in each.firing() if fired_.rule.effect is Effect.RED_FLAG}
        for answer in (at_once, over_turns)
    ]
    assert flags[0] <= flags[1]
    assert {e.kind for e in at_once.question.emergencies} <= {e.kind for e in over_turns.question.emergencies}


# What changed, and which fact changed it ------------------------------------------------------------------------------


def test_the_first_turn_and_another_person_have_no_changes(desk):
    """There is nothing to compare with."""
    assert desk.changes(told(FOUNDING)) is None
    assert desk.changes(told(FOUNDING, "What about my mother, 82?")) is None
    assert desk.changes(told(FOUNDING, "What about my mother, 82?", "B12 150 ng/L")) is not None


def test_words_that_tell_nothing_change_nothing(desk):
    """No line, and no step."""
    changes = desk.changes(told(FOUNDING, "thank you"))
    assert changes.lines == ()
    assert changes.told == ()
    assert not changes.changed.anything


def test_a_change_is_put_down_to_the_fact_that_made_it(desk, names):
    """Of two new facts only that one stands behind a line without which the line would not be."""
    lines = because(desk.changes(told(FOUNDING, "MMA came back 180 nmol/L, and I am 61 years old")), names)
    assert lines[0] == ("MMA (methylmalonic acid): not raised", ["MMA (methylmalonic acid): 180 nmol/L (new)"])
    assert all("61" not in " ".join(words) for _, words in lines if "MMA" in _)


def test_two_facts_that_only_do_it_together_both_stand_there(desk, names):
    """A raised MMA decides only with the kidneys known."""
    lines = because(desk.changes(told(FOUNDING, "MMA came back 480 nmol/L, eGFR 92")), names)
    raised = next(words for what, words in lines if "A raised MMA" in what)
    assert raised == ["MMA (methylmalonic acid): 480 nmol/L (new)", "eGFR (kidney function): 92 mL/min/1.73m2 (new)"]


def test_warnings_come_first(desk, names):
    """A new red flag is the first line, with the symptom that raises it."""
    lines = because(desk.changes(told(FOUNDING, "I am unsteady on my feet, and MMA is 480 nmol/L")), names)
    assert lines[0][0].startswith("New warning: ")
    assert lines[0][1] == ["unsteady walking: present (new)"]


def test_an_emergency_is_put_down_to_its_words(desk, names):
    """The kind of answer changes because of what was said."""
    lines = because(desk.changes(told(FOUNDING, "I have crushing chest pain")), names)
    assert lines[0] == ("Emergency (before: Answered)", ["chest pain: present (new)"])


def test_a_value_says_where_it_was_and_where_it_is(desk, names):
    """A correction moves a band: both are named, with the value before and now."""
    lines = because(desk.changes(told(FOUNDING, "sorry, it was 168, not 268")), names)
    assert lines[0][0].startswith("Vitamin B12: was indeterminate")
    assert lines[0][0].endswith("is now low")
    assert lines[0][1] == ["vitamin B12: 268 pg/mL, now 168 pg/mL"]


def test_what_was_supposed_and_is_no_more_is_a_cause(desk, names):
    """After a "what if" the next answer says that it no longer counts."""
    lines = because(desk.changes(told(FOUNDING, "and if it were 150?", "thank you")), names)
    assert lines[0][0].endswith("is now indeterminate (a grey zone)")
    assert lines[0][1] == ["vitamin B12: 150 pg/mL (no longer supposed)"]


def test_edits_are_causes_too(desk, names):
    """A fact set by hand stands behind what it changes."""
    lines = because(desk.changes(told(FOUNDING, ("", "total_b12=150 pg/mL"))), names)
    assert lines[0][1] == ["vitamin B12: 268 pg/mL, now 150 pg/mL"]


@pytest.mark.parametrize(
    "later",
    [
        "MMA 480 nmol/L, eGFR 92, Hb 90 g/L, MCV 112 fL, ferritin 30 ug/L, folate 5 ug/L, I am 61, I take metformin",
        "my feet are numb and tingling, I am unsteady and confused, and I have pernicious anaemia and coeliac disease",
    ],
)
def test_many_facts_at_once_are_compared_within_bounds(desk, later):
    """A turn that tells much is still compared, every line has a cause, and it takes a bounded time."""
    turns = told(FOUNDING, later)
    desk.changes(turns)
    begun = time.process_time()
    changes = desk.changes(turns)
    assert time.process_time() - begun < 1.0
    assert len(changes.told) > 5
    assert all(line.because for line in changes.lines)


def test_changes_are_the_same_every_time(desk):
    """Pure and deterministic."""
    turns = told(FOUNDING, "MMA came back 480 nmol/L, eGFR 92 and my feet are numb")
    assert desk.changes(turns) == desk.changes(turns)


@pytest.mark.parametrize("reader", ["patient", "carer", "student", "nurse", "clinician"])
def test_every_line_is_in_the_readers_own_words(desk, reader):
    """A line about advice ends with a sentence of one of the two answers in this reader's wording."""
    turns = told(FOUNDING, "I am unsteady on my feet, and MMA is 480 nmol/L, eGFR 92")
    answers = [desk.follow_up(turns[:-1], reader=reader), desk.follow_up(turns, reader=reader)]
    known = {s.text_for(a.question.reader) for a in answers for s in a.article.sentences()}
    for line in desk.changes(turns, reader=reader).lines:
        head, _, sentence = line.what.partition(": ")
        if head in ("New", "No longer", "New warning", "No longer a warning", "First of all now"):
            assert sentence in known


def test_the_steps_of_the_turn_are_told_though_they_change_nothing(desk, names):
    """A contradiction is shown among the steps, with what counts until it is settled."""
    changes = desk.changes(told("B12 150 ng/L and numb feet. What now?", "I have no numbness"))
    [step] = changes.told
    assert step.kind is StepKind.CONFLICT
    assert "counts until then" in step_text(step, names, plain=True)
