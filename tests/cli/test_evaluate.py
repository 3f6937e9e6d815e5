"""``bedside evaluate claims``: the public sets of a folder, as text and as JSON."""

from __future__ import annotations

import json

import pytest

from bedside.cli.main import main

SETS = ["evaluate", "claims", "--only", "sets", "--data"]


@pytest.fixture
def folder(tmp_path):
    """A small set in the form of HealthVer: repeated, denied and unrelated evidence."""
    claim = "Masks reduce the spread of infection in hospitals."
    rows = [
        {"id": at, "claim": f"{claim[:-1]} of region {at}.", "evidence": evidence, "label": label}
        for at in range(6)
        for label, evidence in (
            ("Supports", claim),
            ("Refutes", claim.replace("reduce", "do not reduce")),
            ("Neutral", "The genome of the bat was sequenced."),
        )
    ]
    (tmp_path / "healthver").mkdir()
    path = tmp_path / "healthver" / "pairs.dev.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def test_the_sets_are_printed_beside_both_baselines_and_published_figures(folder, capsys):
    """Each way of judging has its line; no exam is made."""
    assert main([*SETS, str(folder)]) == 0
    printed = capsys.readouterr().out
    for words in (
        "healthver: 18 pairs",
        "plain word overlap",
        "fitted thresholds",
        "deterministic checks",
        "published",
    ):
        assert words in printed
    assert "let stand" not in printed


def test_the_sets_are_written_as_json(folder, capsys):
    """With what each way of judging reached, and the curve of support."""
    assert main([*SETS, str(folder), "--json"]) == 0
    [found] = json.loads(capsys.readouterr().out)["public_sets"]
    assert (found["set"], found["pairs"], found["aid_learnt_from_this_set"]) == ("healthver", 18, False)
    assert len(found["judged"]) == 4
    assert set(found["support"][0]["precision_at_recall"]) >= {"0.3"}


def test_the_sets_need_their_folder(capsys):
    """A usage error says so."""
    assert main(["evaluate", "claims", "--only", "sets"]) == 2
    assert "--data" in capsys.readouterr().err
