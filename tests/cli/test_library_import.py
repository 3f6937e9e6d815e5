"""``bedside library add``, ``update``, ``retractions``, ``vocabulary`` and what looks after a library, by hand."""

from __future__ import annotations

import json

import pytest

from bedside.cli.main import main
from bedside.cli.progress import duration, line
from tests.ingest.pubmed_samples import article, document

MESH = """<?xml version="1.0"?>
<DescriptorRecordSet LanguageCode="eng">
<DescriptorRecord DescriptorClass="1"><DescriptorUI>D000001</DescriptorUI>
<DescriptorName><String>Vitamin B 12 Deficiency</String></DescriptorName>
<ConceptList><Concept PreferredConceptYN="Y"><ConceptUI>M1</ConceptUI>
<ConceptName><String>Vitamin B 12 Deficiency</String></ConceptName>
<TermList><Term><TermUI>T1</TermUI><String>Vitamin B 12 Deficiency</String></Term>
<Term><TermUI>T2</TermUI><String>Cobalamin Deficiency</String></Term></TermList>
</Concept></ConceptList></DescriptorRecord>
</DescriptorRecordSet>
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("BEDSIDE_HOME", str(tmp_path / "home"))
    return tmp_path


def printed(words: list[str], capsys) -> object:
    """The JSON a command writes."""
    main([*words, "--json"])
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def loaded(home, capsys):
    """A library of three records."""
    file = home / "three.xml"
    file.write_bytes(
        document(
            article("1", title="Cobalamin deficiency in older adults", abstract="Cobalamin was low in 12% of them."),
            article("2", title="Iron in pregnancy", abstract="Iron was low in a third."),
            article("3", title="Walking", abstract="Walking is healthy."),
        )
    )
    assert main(["library", "add", str(file)]) == 0
    assert "3 records of 1 files: 3 added" in capsys.readouterr().out
    return home


@pytest.mark.usefixtures("home")
def test_without_a_library_each_command_says_what_to_do(capsys) -> None:
    for words in (["remove", "x"], ["rebuild"], ["check"], ["export"], ["release", "x"]):
        assert main(["library", *words]) == 2
        assert "bedside library add" in capsys.readouterr().err
    assert main(["library", "search", "vitamin b12", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["id"].startswith(("vitamin-b12/", "b12-evidence/"))


@pytest.mark.usefixtures("loaded")
def test_loaded_passages_are_found_listed_and_shown(capsys) -> None:
    hits = printed(["library", "search", "iron pregnancy"], capsys)
    assert hits[0]["source"] == "pmid-2"
    assert hits[0]["reasons"]
    shown = printed(["library", "show", "pmid-2"], capsys)
    assert shown["passages"][0]["text"] == "Iron was low in a third."
    passage = printed(["library", "show", shown["passages"][0]["id"]], capsys)
    assert passage["source"] == "pmid-2"
    keys = [row["key"] for row in printed(["library", "list", "--limit", "0"], capsys)]
    assert {"pmid-1", "pmid-2", "pmid-3", "nice-ng239"} <= set(keys)


def test_a_skipped_record_is_named_and_gives_status_1(home, capsys) -> None:
    file = home / "bad.xml"
    file.write_bytes(document(article("1"), article("2").replace("</Article>", "")))
    assert main(["library", "add", str(file)]) == 1
    out = capsys.readouterr().out
    assert "1 added" in out
    assert f"skipped: {file}, record 2" in out


def test_a_list_of_paths_may_come_on_the_input(home, capsys, monkeypatch) -> None:
    import io

    file = home / "one.xml"
    file.write_bytes(document(article("1")))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{file}\n\n"))
    assert main(["library", "add", "-"]) == 0
    assert "1 added" in capsys.readouterr().out


def test_retractions_mark_what_is_there_and_check_lists_it(loaded, capsys) -> None:
    table = loaded / "retractions.csv"
    table.write_text(
        "Record ID,OriginalPaperPubMedID,OriginalPaperDOI,RetractionPubMedID,RetractionDOI,RetractionDate,"
        "RetractionNature\n"
        "1,2,,99,10.1/notice,5/1/2021 0:00,Retraction\n"
    )
    report = printed(["library", "retractions", str(table)], capsys)
    assert [change["source"] for change in report["status_changes"]] == ["pmid-2"]
    found = printed(["library", "check"], capsys)
    assert [row["key"] for row in found["doubtful"]] == ["pmid-2"]
    assert found["faults"] == []
    main(["library", "search", "iron pregnancy", "--source", "pmid-2"])
    assert "[RETRACTED]" in capsys.readouterr().out


def test_a_retracted_source_that_ships_is_said(loaded, capsys) -> None:
    """Notices reach the sources of the content, too."""
    shipped = next(row for row in printed(["library", "list"], capsys) if row["pmid"] and row["kind"] == "trial")
    table = loaded / "retractions.jsonl"
    table.write_text(json.dumps({"doi": shipped["doi"], "notice_doi": "10.1/notice", "nature": "Retraction"}) + "\n")
    main(["library", "retractions", str(table)])
    capsys.readouterr()
    assert main(["library", "check"]) == 1
    assert f"{shipped['key']}, which ships with bedside, is retracted now" in capsys.readouterr().out
    assert printed(["library", "show", shipped["key"]], capsys)["status"] == "retracted"


def test_other_names_of_a_vocabulary_find_what_the_question_did_not_say(loaded, capsys) -> None:
    query = ["library", "search", "vitamin B12 deficiency", "--source", "pmid-1"]
    before = printed(query, capsys)
    mesh = loaded / "desc.xml"
    mesh.write_text(MESH)
    assert main(["library", "vocabulary", str(mesh)]) == 0
    assert "1 descriptors read, 1 groups" in capsys.readouterr().out
    after = printed(query, capsys)
    assert after[0]["score"] > before[0]["score"]


def test_removing_rebuilding_releasing_and_exporting(loaded, capsys) -> None:
    first = printed(["library", "release", "a"], capsys)["sha256"]
    assert main(["library", "remove", "pmid-3", "pmid-9"]) == 1
    assert "1 sources removed. 1 were not there." in capsys.readouterr().out
    assert printed(["library", "release", "b"], capsys)["sha256"] != first
    assert main(["library", "rebuild"]) == 0
    assert "2 sources" in capsys.readouterr().out
    output = loaded / "out.jsonl"
    assert main(["library", "export", "--output", str(output)]) == 0
    lines = [json.loads(text) for text in output.read_text().splitlines()]
    assert [each["key"] for each in lines] == ["pmid-1", "pmid-2"]
    assert lines[1]["passages"][0]["text"] == "Iron was low in a third."
    assert main(["library", "export", "--format", "csl", "--output", str(output)]) == 0
    assert [item["PMID"] for item in json.loads(output.read_text())] == ["1", "2"]


def test_a_deleted_index_is_made_again_by_a_search(loaded, capsys) -> None:
    import shutil

    shutil.rmtree(loaded / "home" / "library" / "index")
    assert main(["library", "check"]) == 1
    capsys.readouterr()
    assert main(["library", "search", "iron pregnancy", "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)[0]["source"] == "pmid-2"
    assert "made again" in captured.err
    assert main(["library", "check"]) == 0


def test_progress_says_count_rate_share_and_time_left() -> None:
    said = line("records", 12_500, 42, 100, "file.xml", 5.0)
    assert said == "12,500 records, 2,500 a second, 42%, about 7 s left, file.xml"
    assert line("records", 0, 0, 0, "", 0.0) == "0 records, 0 a second"
    assert [duration(seconds) for seconds in (0.2, 45, 200, 8000)] == ["1 s", "45 s", "3 min", "2 h 13 min"]
