"""``bedside evaluate answers`` and ``bedside evaluate readability``: what they print, and their exit status."""

from __future__ import annotations

import json

import pytest
import yaml

from bedside.cli.main import main
from tests.evaluation.test_answers import ROW

ANSWERS = ["evaluate", "answers"]


@pytest.fixture
def folder(tmp_path):
    """Two questions on a topic that is there, one of which fails, and one on a topic that is not."""
    failing = {**ROW, "id": "x-2", "must_say": [{"any": ["a phrase that nobody writes"]}]}
    for topic, rows in (("iron-deficiency", [ROW, failing]), ("scurvy", [{**ROW, "id": "x-3"}])):
        data = {"topic": topic, "written_by": "a test", "questions": rows, "decoys": []}
        (tmp_path / f"{topic}.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    return tmp_path


def test_the_table_counts_each_topic_and_says_what_is_not_built(folder, capsys):
    """Figures beside what is aimed at."""
    assert main([*ANSWERS, "--questions", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "iron-deficiency  1/2" in printed
    assert "Aimed at: must say 95 %" in printed
    assert "1 questions of 1 topics" in printed


def test_failures_are_printed_with_what_is_missing(folder, capsys):
    """Only those that fail."""
    assert main([*ANSWERS, "--questions", str(folder), "--topic", "iron-deficiency", "--failures"]) == 0
    printed = capsys.readouterr().out
    assert "x-2 (patient, GB)" in printed
    assert "not said: a phrase that nobody writes" in printed
    assert "x-1 (patient, GB)" not in printed


def test_the_same_as_json(folder, capsys):
    """Topics that are not built have their own place."""
    assert main([*ANSWERS, "--questions", str(folder), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["topics"]["iron-deficiency"]["must_say"] == {"count": 1, "of": 2}
    assert list(said["not_built"]) == ["scurvy"]
    assert [each["id"] for each in said["failures"]] == ["x-2"]


def test_a_topic_without_questions_is_refused(capsys):
    """With the nearest name."""
    assert main([*ANSWERS, "--topic", "iron-deficency"]) == 2
    assert "iron-deficiency" in capsys.readouterr().err


def test_outcomes_are_recorded_where_asked(folder, tmp_path, capsys):
    """One file a topic that is built."""
    target = tmp_path / "outcomes"
    assert main([*ANSWERS, "--questions", str(folder), "--record", str(target)]) == 0
    assert [path.name for path in target.iterdir()] == ["iron-deficiency.yaml"]
    assert "recorded" in capsys.readouterr().err


def test_variants_say_how_many_hold(folder, capsys):
    """By kind, and in JSON; 0 where all do."""
    status = main([*ANSWERS, "--questions", str(folder), "--variants"])
    printed = capsys.readouterr().out
    assert "irrelevant addition  4/4" in printed
    assert "Red flags differ in 0 of them." in printed
    assert main([*ANSWERS, "--questions", str(folder), "--variants", "--json"]) == status
    said = json.loads(capsys.readouterr().out)
    assert status == int(bool(said["do_not_hold"]))


def test_contradictions_are_counted(folder, capsys):
    """With the number of pairs that were compared."""
    assert main([*ANSWERS, "--questions", str(folder), "--contradictions"]) == 0
    assert "0 contradictions" in capsys.readouterr().out
    assert main([*ANSWERS, "--questions", str(folder), "--contradictions", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pairs"] > 0


@pytest.mark.parametrize(
    "options", [["--variants", "--contradictions"], ["--outside"], ["--data", "."], ["--count", "3"]]
)
def test_wrong_use_is_2(options, capsys):
    """Options that exclude or need each other."""
    assert main([*ANSWERS, *options]) == 2
    assert capsys.readouterr().err


def test_outside_is_asked_of_the_sets_of_a_folder(tmp_path, capsys):
    """A question that a topic answers is told, and the exit status is 1."""
    for name, field in (
        ("kqa/questions", "Question"),
        ("liveqa_med/train", "message"),
        ("medquad/qa", "question"),
        ("bioasq/golden_7b_11b.dev", "question"),
        ("pubmedqa/pqal.dev", "question"),
    ):
        path = tmp_path / f"{name}.jsonl"
        path.parent.mkdir()
        asked = "My ferritin is 9 ug/L, what should I do?" if name.startswith("kqa") else "Which bus goes to the zoo?"
        path.write_text(json.dumps({field: asked, "subject": ""}), encoding="utf-8")
    options = ["--outside", "--data", str(tmp_path), "--count", "5"]
    assert main([*ANSWERS, *options]) == 1
    printed = capsys.readouterr().out
    assert "5 questions of public sets outside coverage; 0 passages" in printed
    assert "kqa:0: iron-deficiency/" in printed
    assert main([*ANSWERS, *options, "--json"]) == 1
    came = [each["came"] for each in json.loads(capsys.readouterr().out)["questions"]]
    assert sorted(came) == ["declined"] * 4 + ["topic"]


def test_readability_is_printed_by_topic(capsys):
    """With the ten hardest; and in JSON."""
    assert main(["evaluate", "readability"]) == 0
    printed = capsys.readouterr().out
    assert "iron-deficiency" in printed
    assert "The hardest, by Flesch-Kincaid grade:" in printed
    assert main(["evaluate", "readability", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert len(said["hardest"]) == 10
    assert said["topics"]["all"]["wordings"] == sum(
        each["wordings"] for name, each in said["topics"].items() if name != "all"
    )
