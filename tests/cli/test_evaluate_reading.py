"""``bedside evaluate reading``: figures by kind, faults, and JSON."""

from __future__ import annotations

import json

from bedside.cli.main import main


def test_the_figures_are_printed_by_kind(capsys):
    """Each kind has its line with precision, recall and what the vocabulary has not."""
    assert main(["evaluate", "reading"]) == 0
    printed = capsys.readouterr().out
    for words in ("200 sentences developed on", "vital sign", "not in the vocabulary", "demographic"):
        assert words in printed
    assert "kept aside" not in printed


def test_the_faults_of_what_is_kept_aside_are_not_printed(capsys):
    """With --aside there are figures of it, and no sentence of it among the failures."""
    assert main(["evaluate", "reading", "--aside", "--failures"]) == 0
    printed = capsys.readouterr().out
    assert "100 sentences kept aside" in printed
    assert "\nc0" not in printed


def test_json_has_the_counts(capsys):
    """The schema is named and the counts are plain numbers."""
    assert main(["evaluate", "reading", "--json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["schema"] == "bedside.reading/1"
    assert value["sentences"]["developed on"]["sentences"] == 200
