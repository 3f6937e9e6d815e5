"""The page of what is covered is up to date, and names what is there, what is left out, and what is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bedside.cli.main import main
from bedside.errors import UsageError
from bedside.evaluation.coverage import REMAKE, coverage, left_out, not_there, page
from bedside.evaluation.planned import Planned, planned
from bedside.ingest.compile import CONTENT
from bedside.ingest.compiled import CompiledContent

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def content():
    return CompiledContent.open()


def test_the_page_is_up_to_date(content):
    """When this fails, the content has changed: run the command."""
    written = (DOCS / "coverage.md").read_text(encoding="utf-8")
    assert written == page(content, CONTENT, planned()), f"run: {REMAKE}"


def test_every_topic_of_the_content_is_counted(content):
    """Each folder but the shared one, with the counts of the content itself."""
    found = {each.id: each for each in coverage(content, CONTENT, planned())}
    assert set(found) == {entry.id for entry in content.topics()} - {"safety"}
    for name, each in found.items():
        assert each.statements == len(content.statements(name)) == sum(count for _, count in each.by_country)
        assert each.read + each.verbatim <= each.statements
        assert each.oldest <= each.newest < each.next_check
    b12 = found["vitamin-b12"]
    assert b12.rules == len(content.protocol("vitamin-b12").rules)
    assert b12.cases == len(content.cases("vitamin-b12"))


def test_a_planned_topic_is_either_there_or_missing(content):
    """The plan has vitamin B12 and twenty more; what is not in the content is said on the page."""
    plan = planned()
    assert len(plan) == 21
    missing = not_there(content, plan)
    written = page(content, CONTENT, plan)
    for each in plan:
        there = f'<a id="{each.id}">' in written
        assert there is (each not in missing)
        assert (f"(`{each.id}`" in written) is (each in missing)


def test_a_topic_that_nobody_made_is_missing(content):
    """The check can fail: a topic of the plan without a folder."""
    made_up = Planned("scurvy", "Scurvy", computable=True)
    assert not_there(content, [made_up]) == (made_up,)
    assert "Scurvy (`scurvy`)" in page(content, CONTENT, [made_up])


def test_what_is_left_out_is_read_from_the_notes(tmp_path):
    """One paragraph, up to the next heading; nothing where the notes have no such section."""
    notes = tmp_path / "REVIEW.md"
    assert left_out(notes) == ""
    notes.write_text(
        "# T\n\n## 1. Red flags\n\nx\n\n## 5. Not covered, on purpose\n\nChildren;\nhorses.\n\n## 6. Sources\n"
    )
    assert left_out(notes) == "Children; horses."
    notes.write_text("# T\n\n## 1. Red flags\n\nx\n")
    assert left_out(notes) == ""


def test_the_plan_is_refused_when_it_is_damaged(tmp_path):
    """A list that is not one."""
    path = tmp_path / "plan.yaml"
    path.write_text("topics: [vitamin-d]")
    with pytest.raises(UsageError):
        planned(path)


def test_the_command_writes_the_page_and_json(tmp_path, capsys, content):
    """The same page, to a file; and the same counts for programs."""
    target = tmp_path / "coverage.md"
    assert main(["evaluate", "coverage", "--output", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == page(content, CONTENT, planned())
    assert main(["evaluate", "coverage", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [each["id"] for each in said["topics"]] == [each.id for each in coverage(content, CONTENT, planned())]
    assert len(said["missing"]) == len(not_there(content, planned()))
