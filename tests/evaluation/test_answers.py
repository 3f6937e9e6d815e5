"""The questions are read as written, and an answer is judged by what it says and by what came of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml

import bedside
from bedside.answer import AnswerKind
from bedside.errors import UsageError
from bedside.evaluation.answers import judge, score
from bedside.evaluation.answers_came import came_of, lines_of
from bedside.evaluation.answers_questions import Demand, Expect, Item, Voice, question_sets
from bedside.evaluation.answers_record import changed, record, records
from bedside.evaluation.answers_report import Report, failures, would_say
from bedside.question.question import Reader, Region

ROW = {
    "id": "x-1",
    "voice": "patient",
    "region": "gb",
    "ask": "My ferritin is 9.",
    "why": "low",
    "expect": "answered",
    "must_say": [{"any": ["ferritin"]}],
    "must_not_say": [],
    "red_flag": False,
    "source": "seen",
}
ITEM = Item(
    "x-1", "iron-deficiency", Voice.PATIENT, Region.GB, "My ferritin is 9 ug/L, what should I do?", "low",
    Expect.ANSWERED, (Demand(("ferritin",)),), (), red_flag=False, source="seen", decoy=False,
)  # fmt: skip
DANGER = replace(
    ITEM, ask="My ferritin is 9 ug/L and I am vomiting blood.", expect=Expect.EMERGENCY, red_flag=True, must_say=()
)
ABSENT = Demand(("a phrase that nobody writes",))


@pytest.fixture(scope="module")
def desk():
    return bedside.open()


@pytest.fixture(scope="module")
def ask(desk):
    return lambda item: desk.ask(item.ask, reader=item.voice.reader, region=item.region)


def written(folder, *rows, decoys=(), name="x"):
    folder.mkdir(exist_ok=True)
    data = {"topic": name, "written_by": "a test", "questions": list(rows), "decoys": list(decoys)}
    (folder / f"{name}.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    return folder


def test_a_set_is_read_as_written(tmp_path):
    """Each field, and whether it is a decoy."""
    sets = question_sets(written(tmp_path, ROW, decoys=[{**ROW, "id": "x-d1", "region": "us"}]))
    [first, decoy] = sets["x"]
    assert (first.voice, first.region, first.expect, first.decoy) == (Voice.PATIENT, Region.GB, Expect.ANSWERED, False)
    assert first.must_say == (Demand(("ferritin",)),)
    assert (decoy.id, decoy.region, decoy.decoy) == ("x-d1", Region.US, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"voice": "nurse"},
        {"region": "fr"},
        {"expect": "perhaps"},
        {"red_flag": True},
        {"more": 1},
        {"must_say": [{"all": ["x"]}]},
    ],
)
def test_a_damaged_question_is_refused(tmp_path, wrong):
    """With the name of its file."""
    with pytest.raises(UsageError, match=r"x\.yaml"):
        question_sets(written(tmp_path, {**ROW, **wrong}))


def test_a_missing_field_and_a_repeated_id_are_refused(tmp_path):
    """No question is half a question, and none hides another."""
    with pytest.raises(UsageError, match="source"):
        question_sets(written(tmp_path / "a", {key: value for key, value in ROW.items() if key != "source"}))
    with pytest.raises(UsageError, match="x-1"):
        question_sets(written(tmp_path / "b", ROW, ROW))


def test_the_shipped_sets_are_whole():
    """Eight questions and four decoys a topic, with two more sets nineteen and seven, an emergency at least, and
    both voices."""
    for topic, items in question_sets().items():
        asked = [item for item in items if not item.decoy]
        assert (len(asked), len(items) - len(asked)) in {(8, 4), (19, 7)}, topic
        assert any(item.red_flag for item in asked), topic
        assert {item.voice for item in asked} == set(Voice), topic
        assert all(item.must_say for item in items), topic


def test_what_is_not_said_is_told(ask):
    """A demand that nothing meets, and one that is met."""
    judged = judge(replace(ITEM, must_say=(Demand(("ferritin",)), ABSENT)), ask(ITEM))
    assert judged.unsaid == (ABSENT,)
    assert not judged.passes
    assert judge(ITEM, ask(ITEM)).passes


def test_what_is_folded_away_is_not_said_but_told_apart(ask):
    """A line that stands only in the folded part."""
    answer = ask(ITEM)
    lines = lines_of(answer)
    folded = next(line for line in lines.every if line not in lines.shown)
    judged = judge(replace(ITEM, must_say=(Demand((folded,)),)), answer)
    assert judged.unsaid == judged.only_folded != ()


def test_what_must_not_be_said_is_told_with_its_sentence(ask):
    """The same words as a demand and as a ban."""
    judged = judge(replace(ITEM, must_not_say=(Demand(("ferritin",)),)), ask(ITEM))
    assert judged.wrongly_said
    assert all(name in {s.id for s in ask(ITEM).article.sentences()} for _, name in judged.wrongly_said)
    assert not judged.passes


def test_the_facts_said_back_are_nobodys_advice(ask):
    """What the asker wrote cannot break a ban."""
    answer = ask(ITEM)
    back = {s.id for s in answer.article.sentences() if s.id.startswith("frame/fact-lab")}
    assert back
    assert not back & {name for name, _ in lines_of(answer).said}


@pytest.mark.parametrize(
    ("text", "expect", "right"),
    [
        ("My ferritin is 9 ug/L, what should I do?", Expect.ANSWERED, True),
        ("My ferritin is 9 ug/L and I am vomiting blood.", Expect.ANSWERED, False),
        ("My ferritin is 9 ug/L and I am vomiting blood.", Expect.EMERGENCY, True),
        ("My ferritin is 9 ug/L, what should I do?", Expect.EMERGENCY, False),
        ("Which bus goes to the zoo?", Expect.DECLINED, True),
        ("Which bus goes to the zoo?", Expect.ANSWERED, False),
        ("My ferritin is 9 ug/L, what should I do?", Expect.DECLINED, False),
        ("my b12 is 160, is that low?", Expect.ASKED, True),
        ("Which bus goes to the zoo?", Expect.ASKED, False),
    ],
)
def test_what_came_of_it_is_held_against_what_was_expected(ask, text, expect, right):
    """Answered, an emergency, declined or asked back."""
    item = replace(ITEM, ask=text, expect=expect)
    assert judge(item, ask(item)).as_expected is right


def test_urgent_is_what_begins_with_care_and_not_the_list_of_signs(ask):
    """The short list of signs stands in every answer; it is no red flag."""
    assert not came_of(ask(ITEM)).urgent
    assert came_of(ask(DANGER)).urgent
    assert came_of(ask(DANGER)).red_flags


def test_counts_are_counts(ask):
    """One right and one wrong of each kind."""
    decoy = replace(ITEM, decoy=True)
    lost = replace(ITEM, ask="Which bus goes to the zoo?")
    handed = replace(lost, expect=Expect.DECLINED, must_say=())
    judged = [judge(each, ask(each)) for each in (ITEM, DANGER, decoy, lost, handed)]
    judged.append(judge(replace(decoy, must_not_say=(Demand(("ferritin",)),)), ask(ITEM)))
    judged.append(judge(replace(DANGER, ask=ITEM.ask), ask(ITEM)))
    judged.append(judge(replace(decoy, ask=DANGER.ask), ask(DANGER)))
    found = score(judged)
    assert found.questions == (4, 8)
    assert found.must_say == (3, 5)
    assert found.must_not_say == (0, 1)
    assert found.red_flags == (1, 2)
    assert found.over_triage == (1, 6)
    assert found.over_triage_decoys == (1, 3)
    assert found.declines_found == (1, 1)
    assert found.declines_right == (1, 2)


def test_a_record_is_kept_apart_and_its_reading_lasts_as_long_as_the_outcome(tmp_path, ask):
    """Marked as read by hand; gone when something else came of it."""
    judged = judge(ITEM, ask(ITEM))
    path = record([judged], "iron-deficiency", tmp_path)
    kept = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert kept["outcomes"]["x-1"]["read"] is False
    assert changed([judged], records(tmp_path)) == ()
    kept["outcomes"]["x-1"] |= {"read": True, "note": "fits"}
    path.write_text(yaml.safe_dump(kept), encoding="utf-8")
    record([judged], "iron-deficiency", tmp_path)
    assert records(tmp_path)["x-1"]["note"] == "fits"
    other = judge(DANGER, ask(DANGER))
    assert any("red_flags: new" in line for line in changed([other], records(tmp_path)))
    record([other], "iron-deficiency", tmp_path)
    assert records(tmp_path)["x-1"]["read"] is False
    assert "note" not in records(tmp_path)["x-1"]
    assert changed([replace(judged, item=replace(ITEM, id="x-2"))], records(tmp_path)) == ("x-2: not recorded",)


def test_topics_without_content_count_for_nothing(ask):
    """They stand apart, and never among what passes."""
    judged = judge(ITEM, ask(ITEM))
    report = Report({"iron-deficiency": (judged,)}, {"scurvy": (judged, judged)})
    assert report.every() == (judged,)
    assert [row[0] for row in report.table()] == ["", "iron-deficiency", "all", "  patient"]
    assert "2 questions of 1 topics" in "\n".join(report.apart())
    assert report.as_json()["all"]["questions"] == {"count": 1, "of": 1}


def test_a_failure_names_what_is_missing_and_what_would_say_it(desk, ask):
    """Statements of the topic, in the wording of the reader; or that there is none."""
    statements = tuple(desk.library.statements())
    wanted = Demand(("haemochromatosis + do not take iron",))
    judged = judge(replace(ITEM, must_say=(ABSENT, wanted), expect=Expect.DECLINED), ask(ITEM))
    lines = "\n".join(failures([judged], statements))
    assert "expected declined, came answered" in lines
    assert "no statement of the topic says it" in lines
    assert "iron-deficiency/ferritin-high-not-covered" in would_say(wanted, Reader.PATIENT, statements)
    assert judged.came.kind is AnswerKind.ANSWERED
