"""Hospital packs on the command line: shown, linted, proved, and never passed over."""

from __future__ import annotations

import json

import pytest

from bedside.cli import protocol
from bedside.cli.main import main
from tests.pack_example import ExamplePack


@pytest.fixture
def pack(monkeypatch, tmp_path):
    """The documented pack in the home of this test."""
    monkeypatch.setenv("BEDSIDE_HOME", str(tmp_path))
    return ExamplePack(tmp_path)


def printed(words, capsys, status=0):
    """What a command writes as JSON."""
    assert main([*words, "--json"]) == status
    return json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("pack")
def test_the_doctor_shows_packs(monkeypatch, capsys):
    """Name, version, whose, what it adds and what it overrides."""
    monkeypatch.setattr(protocol, "run_cases", lambda *_: ())
    found = {check["name"]: check for check in printed(["doctor"], capsys)}
    for words in ("st-elsewhere 1.2", "St Elsewhere Hospital", "platelet-counts", "overrides: MO5"):
        assert words in found["packs"]["detail"]
    assert "st-elsewhere 1.2" in found["content"]["detail"]


def test_the_doctor_says_that_there_are_none(monkeypatch, capsys):
    """As it ships."""
    monkeypatch.setattr(protocol, "run_cases", lambda *_: ())
    found = {check["name"]: check for check in printed(["doctor"], capsys)}
    assert (found["packs"]["ok"], found["packs"]["detail"]) == (True, "none")


@pytest.mark.parametrize("words", [["doctor"], ["ask", "B12 250 ng/L"], ["protocol", "lint"], ["library", "list"]])
def test_a_broken_pack_stops_everything(pack, capsys, words):
    """Exit status 4, with file and line, and no traceback."""
    line = pack.change("vitamin-b12/rules/local.yaml", "overrides: [MO5]", "overrides: [RF1]")
    assert main(words) == 4
    told = "".join(capsys.readouterr())
    assert "packs/st-elsewhere/vitamin-b12/rules/local.yaml:4" in told
    assert "is a red flag" in told
    assert "Traceback" not in told
    assert line > 4


@pytest.mark.usefixtures("pack")
def test_the_sources_of_a_pack_are_listed_with_it(capsys):
    """The table ends with the packs; JSON says which source came with which."""
    listed = {source["key"]: source["pack"] for source in printed(["library", "list"], capsys)}
    assert (listed["st-elsewhere-b12"], listed["nice-ng239"]) == ("st-elsewhere", None)
    assert main(["library", "list"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("pack st-elsewhere 1.2")


@pytest.mark.usefixtures("pack")
def test_the_documented_pack_has_no_findings_and_proves_its_rules(capsys):
    """Lint and cases, with those of ours."""
    assert printed(["protocol", "lint"], capsys) == []
    ran = printed(["protocol", "cases", "--coverage"], capsys)
    assert all(case["passed"] for case in ran["cases"])
    theirs = [case for case in ran["cases"] if case["where"].startswith("packs/st-elsewhere/")]
    assert len(theirs) == 5
    assert all(
        ran["coverage"][rule]["fired"] for rule in ("ST-ELSEWHERE-MO5", "ST-ELSEWHERE-MMA", "ST-ELSEWHERE-PLATELETS")
    )


def test_lint_names_file_and_line_of_a_pack(pack, capsys):
    """A rule without its case, a "do" that says consider: exit status 1."""
    (pack.root / "platelet-counts/cases.yaml").unlink()
    line = pack.change(
        "vitamin-b12/statements/local.md", "[At St Elsewhere, review", "[At St Elsewhere, consider to review"
    )
    found = {finding["where"]: finding["text"] for finding in printed(["protocol", "lint"], capsys, status=1)}
    assert "consider" in found[f"packs/st-elsewhere/vitamin-b12/statements/local.md:{line}"]
    assert "no case" in found["packs/st-elsewhere/platelet-counts/rules/platelets.yaml:4"]
    assert all(where.startswith("packs/") for where in found)


def test_a_failing_case_of_a_pack_is_found(pack, capsys):
    """Exit status 1, named by file and line."""
    pack.change("platelet-counts/cases.yaml", "facts: {platelets: 30 10^9/L}", "facts: {platelets: 29 10^9/L}")
    assert main(["protocol", "cases", "platelet-counts"]) == 1
    assert (
        "FAILED packs/st-elsewhere/platelet-counts/cases.yaml:8: A platelet count of 30 does not"
        in capsys.readouterr().out
    )


def test_an_answer_is_not_compared_across_packs_in_silence(pack, tmp_path, capsys):
    """Replay of an answer made with a pack says that the release is another, even where every word is the same."""
    saved = tmp_path / "answer.json"
    assert main(["ask", "--format", "json", "--output", str(saved), "My dog has low B12."]) == 0
    assert main(["replay", str(saved)]) == 0
    pack.change("pack.yaml", '"1.2"', '"1.3"')
    capsys.readouterr()
    assert main(["replay", str(saved)]) == 1
    told = capsys.readouterr().out
    assert "release: " in told
    assert "st-elsewhere 1.2" in told
    assert "st-elsewhere 1.3" in told


@pytest.mark.usefixtures("pack")
def test_a_rule_of_a_pack_is_shown_with_what_it_silences(capsys):
    """Like one of ours, with its file and line."""
    assert main(["protocol", "show", "vitamin-b12", "--rule", "st-elsewhere-mo5"]) == 0
    told = capsys.readouterr().out
    assert "silences: MO5" in told
    assert "packs/st-elsewhere/vitamin-b12/rules/local.yaml:4" in told
