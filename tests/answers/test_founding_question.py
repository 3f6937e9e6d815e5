"""The founding question: what its answer must say, and what it must not, to either reader and in either region.

The must-nots are the claims of an earlier public answer to the same question that the guidelines and trials named in it
contradict, or that they do not carry as far as it took them.
"""

from __future__ import annotations

import re

import pytest

from bedside.answer import Answer, AnswerKind
from bedside.article.article import Role, SectionKey, Sentence
from bedside.desk import Desk
from bedside.protocol.strength import Strength
from bedside.question.question import Reader
from tests.answers.test_same_in_same_out import FOUNDING

READERS = ("clinician", "patient")
SETTINGS = [(reader, region) for reader in READERS for region in ("GB", "US", "both")]
BRITISH = [setting for setting in SETTINGS if setting[1] != "US"]
AMERICAN = [setting for setting in SETTINGS if setting[1] != "GB"]

everywhere = pytest.mark.parametrize(("reader", "region"), SETTINGS)
in_the_uk = pytest.mark.parametrize(("reader", "region"), BRITISH)
in_the_us = pytest.mark.parametrize(("reader", "region"), AMERICAN)


@pytest.fixture(scope="session")
def answers(desk: Desk) -> dict[tuple[str, str], Answer]:
    """The founding question, answered once for each reader and region."""
    return {(reader, region): desk.ask(FOUNDING, reader=reader, region=region) for reader, region in SETTINGS}


@pytest.fixture
def answer(answers: dict[tuple[str, str], Answer], reader: str, region: str) -> Answer:
    """The answer for this reader and region."""
    return answers[reader, region]


def sentences(answer: Answer, *keys: SectionKey) -> list[Sentence]:
    """The sentences of these sections, or of all, folded ones included."""
    return [s for section in answer.article.sections if not keys or section.key in keys for s in section.sentences]


def said(answer: Answer, *keys: SectionKey) -> str:
    """What the reader can read in these sections, or in all, in lower case, with the title and the closing lines."""
    reader = answer.question.reader
    text = [s.text_for(reader) for s in sentences(answer, *keys)]
    if not keys:
        title = answer.article.title
        text += [title.plain if reader.plain else title.clinical, *(s.text_for(reader) for s in answer.article.closing)]
    return "\n".join(text).lower()


def assert_one_of(answer: Answer, clinical: str, plain: str, *keys: SectionKey) -> Sentence:
    """The first sentence whose wording for this reader holds the pattern; fails when there is none."""
    pattern = plain if answer.question.reader.plain else clinical
    for sentence in sentences(answer, *keys):
        if re.search(pattern, sentence.text_for(answer.question.reader), re.IGNORECASE | re.DOTALL):
            return sentence
    pytest.fail(f"nothing says {pattern!r}")


def assert_shown(answer: Answer, clinical: str, plain: str, *keys: SectionKey) -> Sentence:
    """As ``assert_one_of``, and the sentence stands unfolded."""
    found = assert_one_of(answer, clinical, plain, *keys)
    assert not found.folded, found.id
    return found


# What it must say -----------------------------------------------------------------------------------------------------


@everywhere
def test_same_day_signs_come_first(answer: Answer) -> None:
    """The signs that need help the same day stand before everything else, unfolded."""
    assert answer.kind is AnswerKind.ANSWERED
    assert answer.article.sections[0].key is SectionKey.RED_FLAGS
    found = assert_shown(
        answer, r"same-day help for unsteady walking", r"same day.*unsteady walking", SectionKey.RED_FLAGS
    )
    for sign in (r"falls", r"leg", r"bladder", r"vision", r"confusion", r"chest pain"):
        assert re.search(sign, found.text_for(answer.question.reader), re.IGNORECASE), sign


@everywhere
def test_the_level_is_said_in_both_units(answer: Answer) -> None:
    """268 pg/mL is said back with about 198 pmol/L beside it."""
    assert_shown(answer, r"268 pg/mL, about 198 pmol/L", r"268 pg/mL, about 198 pmol/L", SectionKey.FACTS)


@everywhere
def test_the_level_is_indeterminate(answer: Answer) -> None:
    """The lead calls 180 to 350 indeterminate."""
    assert_shown(answer, r"180 to 350 .*indeterminate", r"180 to 350 .*grey zone", SectionKey.LEAD)


@everywhere
def test_the_level_is_no_proof(answer: Answer) -> None:
    """The lead says that such a level neither proves deficiency nor excludes it."""
    assert_shown(
        answer, r"not prove deficiency.*not exclude", r"not prove a lack of B12.*not rule it out", SectionKey.LEAD
    )


@everywhere
def test_a_level_on_treatment_says_less(answer: Answer) -> None:
    """The lead says that a level on treatment says less, not more."""
    assert_shown(
        answer,
        r"during B12 treatment says less.*not more",
        r"during B12 treatment says less, not more",
        SectionKey.LEAD,
    )


@everywhere
def test_failure_cannot_be_judged_yet(answer: Answer) -> None:
    """The lead names all four things without which nobody can say that tablets failed."""
    found = assert_shown(answer, r"failed cannot be judged", r"failed cannot be judged", SectionKey.LEAD)
    text = found.text_for(answer.question.reader)
    for thing in (r"level before treatment", r"time on treatment", r"adherence|missed tablets", r"symptoms"):
        assert re.search(thing, text, re.IGNORECASE), thing


@everywhere
def test_what_decides_is_asked(answer: Answer) -> None:
    """Baseline, duration, adherence, symptoms and kidney function are asked for."""
    asked = {ask.ask.id for run in answer.runs for ask in run.missing}
    assert {"baseline", "duration", "adherence", "symptoms", "symptom_course", "egfr"} <= asked


@everywhere
def test_pregnancy_is_asked_or_said_to_be_assumed_absent(answer: Answer) -> None:
    """Nobody said anything of pregnancy, and the answer says what it made of that."""
    assert_shown(answer, r"Pregnancy was not mentioned", r"Pregnancy was not mentioned", SectionKey.FACTS)


@everywhere
def test_the_tablets_go_on(answer: Answer) -> None:
    """The first thing to do is to keep taking the tablets, not to stop them for a clean test."""
    pattern = r"continue the current oral B12.*do not stop"
    assert_shown(answer, pattern, r"tablets go on.*do not stop", SectionKey.DO_NOW)


@everywhere
def test_malabsorption_is_not_inferred(answer: Answer) -> None:
    """The level alone is not read as poor absorption."""
    assert_shown(answer, r"do not infer malabsorption", r"does not show poor absorption", SectionKey.DO_NOW)


@in_the_uk
def test_mma_is_considered_in_the_uk_when_there_are_symptoms(answer: Answer) -> None:
    """UK: MMA or homocysteine may be considered if symptoms are new or worse; the sentence stays conditional."""
    pattern = r"if symptoms are new or worse.*consider.*MMA"
    found = assert_one_of(answer, pattern, pattern + r".*may be considered", SectionKey.TESTS)
    assert found.strength is Strength.CONSIDER
    assert found.branch


@in_the_us
def test_mma_with_kidney_function_may_be_considered_in_the_us(answer: Answer) -> None:
    """US: a review not written for people on tablets asks for MMA; with eGFR it may be considered."""
    found = assert_one_of(answer, r"MMA, with eGFR, may be considered", r"eGFR.*may be considered", SectionKey.TESTS)
    assert found.strength is Strength.CONSIDER
    assert re.search(r"not written for people already on tablets", found.text_for(answer.question.reader))


@in_the_us
def test_the_us_review_is_named_with_its_band(answer: Answer) -> None:
    """US: the review's own band, 180 to 350 pg/mL, is called borderline."""
    assert_one_of(answer, r"180 to 350 pg/mL borderline", r"180 to 350 pg/mL borderline")


@everywhere
def test_kidney_function_goes_with_mma(answer: Answer) -> None:
    """Whoever reads of MMA is asked for the eGFR, because it decides whether a raised MMA counts."""
    pattern = r"eGFR.*raised MMA or homocysteine"
    assert_one_of(answer, pattern, pattern, SectionKey.UNKNOWN)


@in_the_uk
def test_the_uk_raises_the_oral_dose_before_injections(answer: Answer) -> None:
    """UK: without enough improvement, first the maximum licensed oral dose, then injections; the wish counts."""
    clinical = r"raise oral B12 to the maximum licensed dose; if already there, use intramuscular.*preference"
    plain = r"raise the tablets to the highest licensed dose\. If the dose is already there, injections.*preference"
    found = assert_one_of(answer, clinical, plain, SectionKey.TREATMENT)
    assert found.branch
    assert found.unconfirmed


@in_the_us
def test_the_us_offers_2_mg_or_injections_as_a_shared_decision(answer: Answer) -> None:
    """US: without enough improvement, 2 mg daily or injections, decided together."""
    clinical = r"2 mg daily by mouth or intramuscular B12: consider either, as a shared decision"
    plain = r"decided together\. A prescriber would use 2 mg daily by mouth, or injections"
    found = assert_one_of(answer, clinical, plain, SectionKey.TREATMENT)
    assert found.strength is Strength.CONSIDER
    assert found.branch


@everywhere
def test_injections_are_the_rule_for_four_groups(answer: Answer) -> None:
    """Autoimmune gastritis, total gastrectomy, complete ileal resection and nerves: injections, where they apply."""
    pattern = (
        r"(?=.*autoimmune gastritis)(?=.*nerve|.*neurologic)(?=.*gastrectomy|.*whole stomach)(?=.*ile|.*small bowel)"
    )
    found = assert_one_of(answer, pattern, pattern, SectionKey.TREATMENT)
    assert found.branch
    assert re.search(r"injections|intramuscular", found.text_for(answer.question.reader))


@in_the_uk
def test_the_uk_work_up_looks_for_the_cause(answer: Answer) -> None:
    """UK: anti-intrinsic factor antibody is considered and coeliac serology offered, if deficiency is unexplained."""
    antibody = assert_one_of(answer, r"anti-intrinsic factor", r"intrinsic factor antibody", SectionKey.TESTS)
    coeliac = assert_one_of(answer, r"coeliac serology", r"coeliac blood test", SectionKey.TESTS)
    assert (antibody.strength, coeliac.strength) == (Strength.CONSIDER, Strength.DO)
    assert antibody.branch
    assert coeliac.branch


@in_the_us
def test_the_us_work_up_looks_for_the_cause(answer: Answer) -> None:
    """US: Helicobacter pylori and gastritis antibodies, if deficiency has no clear cause."""
    pattern = r"Helicobacter pylori.*gastritis"
    assert assert_one_of(answer, pattern, r"Helicobacter pylori.*antibodies", SectionKey.TESTS).branch


@everywhere
def test_nothing_stronger_than_consider_is_decided(answer: Answer) -> None:
    """Until symptoms are known, "do" is said only of red flags, of asking and of going on with the tablets."""
    strong = {
        s.statement.partition("/")[2]
        for s in sentences(answer)
        if s.role is Role.CLAIM and s.strength is Strength.DO and not s.branch
    }
    assert strong == {"same-day-signs", "keep-taking-tablets", "ask-oral-treatment"}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("region", "other"), [("GB", "US"), ("US", "GB")])
def test_regions_are_not_mixed(answer: Answer, other: str) -> None:
    """Whoever asks for one region reads no advice of the other."""
    assert not [s.id for s in sentences(answer) if s.role is Role.CLAIM and s.jurisdiction.value == other]


# What it must not say -------------------------------------------------------------------------------------------------

MUST_NOT = {
    "functional deficiency": r"functional(ly)? (b12 )?deficien|functional lack",
    "a level that confirms deficiency": r"\bconfirms? (b12 |vitamin b12 |a )?(deficiency|lack)|metabolic deficiency",
    "treatment for life": r"for life\b|life-?long",
    "a target level on injections": r"\b300 pmol|\b400 pg|\b400 ng/l|aim (for|at)|\btarget",
    "a target for MMA": r"\b271\b",
    "a target for homocysteine": r"homocysteine[^.]{0,60}\b10\b",
    "a ban on cyanocobalamin": r"(never|not|avoid|instead of|rather than) (use |give )?cyanocobalamin",
    "a stroke benefit of 43%": r"\b43 ?%|stroke",
    "a class of recommendation": r"class (2a|iia)",
    "a hazard ratio": r"hazard ratio|\bhr 2",
    "the schedule of another operation": r"3, 6 and 12 months|6 and 12 months|annual",
    "a switch to injections now": r"switch(ing)? (now|today|to (injections|intramuscular))|injections? (now|today)",
    "urgency that nothing in the question carries": r"immediate|without delay|at once",
    "injection doses nobody needs yet": r"hydroxocobalamin|1000 micrograms into|1000 mcg im\b",
    "a dose-finding trial read as malabsorption": r"\b647\b|\b1032\b",
    "half of normal levels being deficient": r"up to 50 ?%",
    "tablets failing": r"(tablets|oral (b12|treatment|therapy)) (have|has) failed(?! cannot)|oral failure|fails? in",
    "a definitive solution": r"definitive",
    "a price": r"£|\bgbp\b|\$|qaly",
}


@everywhere
@pytest.mark.parametrize("pattern", MUST_NOT.values(), ids=MUST_NOT.keys())
def test_what_must_not_be_said_is_not_said(answer: Answer, pattern: str) -> None:
    """No sentence, folded or not, says what the sources contradict or the facts do not carry."""
    found = re.search(pattern, said(answer))
    assert found is None, found and said(answer)[max(0, found.start() - 60) : found.end() + 60]


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("functional deficiency", "this indicates functional deficiency"),
        ("a level that confirms deficiency", "a level of 268 pg/ml confirms deficiency"),
        ("treatment for life", "then 1 mg every 2 to 3 months for life"),
        ("a target level on injections", "keep b12 above 300 pmol/l"),
        ("a target for MMA", "mma below 271 nmol/l"),
        ("a target for homocysteine", "homocysteine below 10 umol/l"),
        ("a ban on cyanocobalamin", "use methylcobalamin, not cyanocobalamin"),
        ("a stroke benefit of 43%", "b vitamins cut it by 43%"),
        ("a class of recommendation", "this is a class 2a recommendation"),
        ("a hazard ratio", "with a hazard ratio of 2.0"),
        ("the schedule of another operation", "recheck at 3, 6 and 12 months"),
        ("a switch to injections now", "switch to injections today"),
        ("urgency that nothing in the question carries", "immediate escalation"),
        ("injection doses nobody needs yet", "hydroxocobalamin 1 mg im three times a week"),
        ("a dose-finding trial read as malabsorption", "647 to 1032 mcg may be insufficient"),
        ("half of normal levels being deficient", "up to 50% of people with a normal level"),
        ("tablets failing", "oral therapy has failed"),
        ("a definitive solution", "im is the definitive solution"),
        ("a price", "the test costs £80"),
    ],
)
def test_each_must_not_would_be_caught(claim: str, wrong: str) -> None:
    """Every pattern finds the sentence it is there to keep out."""
    assert re.search(MUST_NOT[claim], wrong)


@everywhere
def test_the_plain_answer_speaks_plainly(answer: Answer) -> None:
    """A patient reads no word of the trade without its meaning; a clinician is not spoken to as "you"."""
    text = said(answer, SectionKey.LEAD, SectionKey.DO_NOW, SectionKey.RED_FLAGS)
    if answer.question.reader is Reader.PATIENT:
        assert not re.search(r"indeterminate|malabsorption|adherence|parenteral|intramuscular", text)
    else:
        assert not re.search(r"\byour?\b", text)
