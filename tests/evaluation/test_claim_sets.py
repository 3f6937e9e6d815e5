"""The public claim sets are read into one shape, and their groups keep claims and trials together."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bedside.errors import InputRefused
from bedside.evaluation.claim_sets import CLAIM_SETS, Label, joined, read_claim_set

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not (DATA / "scifact").is_dir(), reason="the data sets are not beside the project")


def write(folder: Path, name: str, *rows: dict) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_an_abstract_that_is_cited_and_not_judged_is_neutral(tmp_path):
    """SciFact gives a pair a cited abstract: judged ones their label, the others NEUTRAL."""
    folder = tmp_path / "scifact"
    write(
        folder, "corpus", *({"doc_id": each, "title": f"Title {each}", "sentences": ["One.", "Two."]} for each in "ab")
    )
    judged = [{"doc_id": "a", "label": "CONTRADICT", "sentences": [1]}]
    write(folder, "claims.dev", {"id": "7", "claim": "A claim.", "cited_doc_ids": ["a", "b"], "evidence": judged})
    pairs = read_claim_set(tmp_path, "scifact")
    assert [pair.label for pair in pairs] == [Label.REFUTE, Label.NEUTRAL]
    assert pairs[0].evidence == "Title a\nOne.\nTwo."
    assert len({pair.id for pair in pairs}) == 2
    assert len({pair.group for pair in pairs}) == 1


def test_a_claim_is_one_group_however_it_is_written(tmp_path):
    """Case, spaces and the stop at the end make no other claim in HealthVer."""
    row = {"id": "1", "evidence": "E.", "label": "Refutes"}
    write(tmp_path / "healthver", "pairs.dev", row | {"claim": "Bats  carry it."}, row | {"claim": "bats carry it"})
    pairs = read_claim_set(tmp_path, "healthver")
    assert len({pair.group for pair in pairs}) == 1
    assert {pair.label for pair in pairs} == {Label.REFUTE}


def test_the_evidence_of_check_covid_is_its_sentences_in_reading_order(tmp_path):
    """Check-COVID gives the sentences the claim was judged by; variants of one claim are one group."""
    folder = tmp_path / "check_covid"
    write(folder, "corpus", {"cord_id": "c", "title": "T", "abstract": ["Zero.", "One.", "Two."]})
    places = [{"sent_index": at, "type": "PRIMARY"} for at in (2, 0)]
    row = {"cord_id": "c", "evidence_set": places}
    write(
        folder,
        "claims.dev",
        row | {"id": "x_0", "claim": "Yes.", "label": "SUPPORT"},
        row | {"id": "x_1", "claim": "No.", "label": "REFUTE"},
        row | {"id": "y_0", "claim": "no", "label": "NOTENOUGHINFO"},
        row | {"id": "z_0", "claim": "Other.", "label": "SUPPORT"},
    )
    pairs = read_claim_set(tmp_path, "check_covid")
    assert pairs[0].evidence == "Zero.\nTwo."
    assert len({pair.group for pair in pairs[:3]}) == 1
    assert pairs[3].group != pairs[0].group


def test_statements_that_share_a_trial_are_one_group(tmp_path):
    """NLI4CT joins statements by any trial they share, and gives the section of each trial."""
    folder = tmp_path / "nli4ct"
    write(folder, "trials", *({"nct_id": each, "Results": [f"  of {each}"]} for each in ("t1", "t2", "t3")))
    row = {"year": 2023, "Section_id": "Results", "Statement": "S.", "Label": "Entailment"}
    both = row | {"id": "1", "Primary_id": "t2", "Secondary_id": "t1"}
    write(folder, "statements_2023.dev", both, row | {"id": "2", "Primary_id": "t1"})
    write(folder, "statements_2024.dev", row | {"year": 2024, "id": "1", "Primary_id": "t3"})
    first, second, third = read_claim_set(tmp_path, "nli4ct")
    assert first.group == second.group != third.group
    assert first.evidence == "The primary trial:\nof t2\nThe secondary trial:\nof t1"
    assert len({first.id, second.id, third.id}) == 3


def test_families_are_joined_by_a_chain_whatever_the_order():
    """Names tied one by one end in one family with one name."""
    ties = [("c", "d"), ("a", "b"), ("b", "c"), ("e",)]
    families = joined(ties)
    assert families == joined(reversed(ties))
    assert {families[each] for each in "abcd"} == {"a"}
    assert families["e"] == "e"


@pytest.mark.parametrize("name", CLAIM_SETS)
def test_a_missing_file_is_named(tmp_path, name):
    """A folder without the set says which file is missing."""
    with pytest.raises(InputRefused, match=r"jsonl\.zst is missing"):
        read_claim_set(tmp_path, name)


def test_an_unknown_set_and_a_strange_record_are_refused(tmp_path):
    """The sets there are, and the folder of the record, are in the message."""
    with pytest.raises(InputRefused, match="healthver"):
        read_claim_set(tmp_path, "fever")
    write(tmp_path / "healthver", "pairs.dev", {"id": "1", "claim": "C", "evidence": "E", "label": "Perhaps"})
    with pytest.raises(InputRefused, match="Perhaps"):
        read_claim_set(tmp_path, "healthver")


@needs_data
@pytest.mark.parametrize(
    ("name", "supported", "refuted", "neutral"),
    [
        ("scifact", 370, 194, 355),
        ("healthver", 533, 391, 993),
        ("check_covid", 428, 428, 419),
        ("nli4ct", 1680, 2362, 0),
    ],
)
def test_the_real_sets_are_read_whole(name, supported, refuted, neutral):
    """As many pairs of each label as the files hold, none without words, no id twice."""
    pytest.importorskip("zstandard", reason="the data sets are compressed with zstd")
    pairs = read_claim_set(DATA, name)
    found = Counter(pair.label for pair in pairs)
    assert (found[Label.SUPPORT], found[Label.REFUTE], found[Label.NEUTRAL]) == (supported, refuted, neutral)
    assert all(pair.claim.strip() and pair.evidence.strip() for pair in pairs)
    assert len({pair.id for pair in pairs}) == len(pairs)
    assert all(pair.group.startswith(f"{name}:") for pair in pairs)
