"""Answers with a hospital pack: one sentence for another where a rule is named, and nothing else."""

from __future__ import annotations

import pytest

import bedside
from bedside.answer import AnswerKind
from bedside.rendering import json as as_json
from bedside.rendering import markdown, terminal
from bedside.rendering.explain import explain
from bedside.rendering.view import status_line, view
from tests.pack_example import ExamplePack

THEIRS, BESIDE = "vitamin-b12/st-elsewhere-review", "vitamin-b12/st-elsewhere-mma"
TREATED = "B12 250 ng/L on 1000 mcg cyanocobalamin tablets daily for 4 weeks, tired. What now?"
QUESTIONS = [
    TREATED,
    "B12 150 ng/L, numb feet, not on treatment. What now?",
    "My B12 is 268 pg/mL on 1000 mcg cyanocobalamin tablets daily. What now?",
    "How often are hydroxocobalamin injections given for pernicious anaemia?",
    "I am on B12 injections for 3 weeks and cannot walk straight. What should I do?",
    "My dog has low B12.",
    "How do I treat gout?",
]
READERS = [("clinician", "GB"), ("clinician", "both"), ("clinician", "US"), ("patient", "GB")]


def desk(home):
    """A desk in that home."""
    return bedside.open(bedside.Settings.load({"BEDSIDE_HOME": str(home)}))


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """The desk as it ships."""
    return desk(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def with_pack(tmp_path_factory):
    """The desk with the documented pack."""
    home = tmp_path_factory.mktemp("home")
    ExamplePack(home)
    return desk(home)


@pytest.fixture(scope="module")
def ours(without):
    """The statement of the rule that is overridden."""
    return without.protocols["vitamin-b12"].rule("MO5").statements[0]


@pytest.fixture
def pack(tmp_path):
    """The documented pack, to be changed."""
    return ExamplePack(tmp_path)


def said(answer):
    """Sentence -> its words, of everything but what counts and numbers facts."""
    return {s.id: (s.clinical, s.plain) for s in answer.article.sentences() if s.statement}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(("reader", "region"), READERS)
def test_only_the_named_rule_changes(without, with_pack, ours, question, reader, region):
    """Beside the pack's own sentences, the only one that goes is that of the rule it names."""
    before = said(without.ask(question, reader=reader, region=region))
    answer = with_pack.ask(question, reader=reader, region=region)
    after = said(answer)
    assert {name: after[name] for name in before if name in after} == {n: w for n, w in before.items() if n in after}
    assert before.keys() - after.keys() <= {ours}
    assert after.keys() - before.keys() <= {THEIRS, BESIDE}
    assert (ours in before and ours not in after) == (THEIRS in after)
    if region == "US":
        assert before == after
    assert [run.pattern for run in answer.runs] or answer.kind is not AnswerKind.ANSWERED


def test_the_shipped_sentence_is_gone_and_said_to_be_silenced(without, with_pack, ours):
    """Where the hospital's rule holds, ours is not shown, and the explanation names who silenced it."""
    assert ours in said(without.ask(TREATED, reader="clinician", region="GB"))
    answer = with_pack.ask(TREATED, reader="clinician", region="GB")
    assert ours not in said(answer)
    assert THEIRS in said(answer)
    [line] = [line for part in explain(answer) for line in part.lines if line.startswith("MO5 ")]
    assert "silenced by ST-ELSEWHERE-MO5" in line
    [overridden] = [
        rule for rule in as_json.document(answer)["protocols"][0]["rules"]["overridden"] if rule["rule"] == "MO5"
    ]
    assert overridden["overridden_by"] == "ST-ELSEWHERE-MO5"
    assert answer.report.withheld == ()


def test_where_the_hospitals_rule_does_not_hold_ours_stands(with_pack, ours):
    """An override is a rule with a condition; asked about costs, this one does not hold."""
    answer = with_pack.ask("What does it cost? " + TREATED, reader="clinician", region="GB")
    assert ours in said(answer)
    assert THEIRS not in said(answer)


@pytest.mark.parametrize("reader", ["clinician", "patient"])
def test_a_sentence_of_a_pack_says_whose_it_is(with_pack, reader):
    """In its own words, and in the reference it cites."""
    answer = with_pack.ask(TREATED, reader=reader, region="GB")
    [sentence] = [s for s in answer.article.sentences() if s.id == THEIRS]
    assert "St Elsewhere" in sentence.clinical
    assert "St Elsewhere" in sentence.plain
    assert "Local advice. St Elsewhere Hospital." in markdown.render(view(answer, full=True))
    assert "UK" in terminal.render(view(answer, full=True))


def test_a_red_flag_comes_first_with_a_pack_too(without, with_pack):
    """What cannot wait is the same, word for word."""
    text = "On B12 tablets for 4 weeks, new weakness in both legs and cannot pass urine"
    before, after = (each.ask(text, reader="patient", region="GB") for each in (without, with_pack))
    assert before.article.sections[0] == after.article.sections[0]
    assert before.kind == after.kind


def test_an_allergy_that_silences_ours_silences_the_one_in_its_place(pack):
    """The hospital's injection is not advised to somebody who is allergic to it."""
    pack.change("vitamin-b12/rules/local.yaml", "overrides: [MO5]", "overrides: [IR2]")
    pack.change("vitamin-b12/rules/local.yaml", "when: time_on_treatment <= 3 months", "when: symptoms_not_improved")
    text = "On hydroxocobalamin injections every 3 months, symptoms not improved. What now?"
    opened = desk(pack.home)
    assert THEIRS in said(opened.ask(text, reader="clinician", region="GB"))
    allergic = opened.ask(text + " Allergic to hydroxocobalamin.", reader="clinician", region="GB")
    [outcome] = [o for o in allergic.runs[0].outcomes if o.rule.id == "ST-ELSEWHERE-MO5"]
    assert outcome.overridden_by == "RT-allergy"
    assert THEIRS not in said(allergic)


def test_a_topic_of_the_packs_own_is_answered(without, with_pack):
    """What was declined before is answered from the hospital's page; in the other region it stays declined."""
    text = "Platelets 12 x10^9/L. What now?"
    assert without.ask(text, region="GB").kind is AnswerKind.DECLINED
    answer = with_pack.ask(text, reader="clinician", region="GB")
    assert answer.kind is AnswerKind.ANSWERED
    assert {
        f"platelet-counts/st-elsewhere-{name}" for name in ("platelet-counts", "platelets", "platelet-clinic")
    } == said(answer).keys()
    abroad = with_pack.ask(text, reader="clinician", region="US")
    assert abroad.kind is AnswerKind.DECLINED
    assert not said(abroad)


def test_words_lead_to_the_topic(with_pack):
    """Those of the pack's scope.yaml."""
    assert with_pack.ask("Who runs the platelet clinic?", region="GB").question.topics == ("platelet-counts",)


def test_the_release_and_the_run_name_the_pack(without, with_pack):
    """The same sentences under another release are another run, and the same content to sign."""
    text = "My dog has low B12."
    before, after = (each.ask(text, region="GB") for each in (without, with_pack))
    [found] = with_pack.content.packs
    assert after.release == f"{before.release} + {found.stated}"
    assert before.fingerprints.content == after.fingerprints.content
    assert before.fingerprints.run != after.fingerprints.run
    assert found.stated in status_line(after)


def test_answers_without_packs_are_the_same_byte_for_byte(without, tmp_path):
    """An empty folder of packs changes nothing."""
    (tmp_path / "packs").mkdir()
    empty = desk(tmp_path)
    for question in QUESTIONS:
        assert as_json.render(empty.ask(question)) == as_json.render(without.ask(question))
    assert not (tmp_path / "cache").exists()
