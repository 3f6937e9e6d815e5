"""The compiler: what it refuses, with file and line, and what it writes."""

from __future__ import annotations

import hashlib
import json

import pytest

from bedside.errors import LibraryUnusable
from bedside.ingest.compile import compile_content, main
from bedside.ingest.compiled import CompiledContent
from bedside.ingest.reading import ContentRefused
from tests.ingest.corruptions import CORRUPTIONS, HERE, A, P, R, S


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "said"), [c[1:] for c in CORRUPTIONS], ids=[c[0] for c in CORRUPTIONS]
)
def test_a_corruption_is_refused_with_its_file_and_line(folder, file, old, new, where, said):
    """Content broken in one place is refused, and the message says where and what."""
    line = folder.change(file, old, new)
    place = f"{file}:{line}" if where == HERE else where
    with pytest.raises(ContentRefused) as caught:
        compile_content(folder.root)
    problems = [problem for problem in caught.value.problems if problem.where == place]
    assert problems, f"nothing at {place}:\n{caught.value}"
    assert any(said in str(problem) for problem in problems), "\n".join(map(str, problems))


def test_a_file_that_is_missing_is_named(folder):
    """Each file of the format must be there."""
    (folder.root / "units.yaml").unlink()
    with pytest.raises(ContentRefused, match=r"units\.yaml:1: the file is missing"):
        compile_content(folder.root)


def test_every_problem_is_reported_at_once(folder):
    """Three mistakes in three files are three messages, in the order of files and lines."""
    folder.change(R, "confusion is new", "confusoin is new")
    folder.change(P, "below: 130 mmol/L", "to: 130 mmol/L")
    folder.change(S, "level=E", "level=F")
    with pytest.raises(ContentRefused) as caught:
        compile_content(folder.root)
    assert [problem.where for problem in caught.value.problems] == [f"{P}:22", f"{R}:5", f"{S}:23"]


def test_bands_are_worked_out_for_each_jurisdiction(folder):
    """A band on a parameter of GB and US has the number in force on each side, the newest where there are two."""
    folder.change(P, "low, below: 130 mmol/L", "low, below: low_below")
    folder.change(P, "mild, from: 130 mmol/L", "mild, from: low_below")
    bands = CompiledContent(compile_content(folder.root)).protocol("thirst").measures["sodium"].bands
    assert {key: str(found[0].high.values["mmol/L"]) for key, found in bands.items()} == {"GB": "130", "US": "131"}


def test_a_band_needs_a_number_on_every_side_it_names(folder):
    """An edge that only GB has cannot end a band that begins with a parameter of both."""
    folder.change(P, "low, below: 130 mmol/L", "low, below: low_below")
    folder.change(P, "mild, from: 130 mmol/L, to: mild_up_to", "mild, from: low_below, to: gb_mild_up_to")
    with pytest.raises(ContentRefused, match="'gb_mild_up_to' has no value for US"):
        compile_content(folder.root)


def test_a_weaker_rule_is_allowed(folder):
    """A rule may say less than its statement: do may be shown as consider."""
    assert b'"AC1-US"' in compile_content(folder.root)


def test_a_disagreement_may_begin_with_either_side(folder):
    """The two positions of a disagreement keep their own jurisdiction under a rule that has neither."""
    folder.change(
        A,
        "jurisdiction: INT\n    given: sodium_low\n    effect: classify",
        "jurisdiction: INT\n    statements: [review-diuretic-gb, replace-diuretic-us]\n    effect: disagree",
    )
    assert b'"disagreements"' in compile_content(folder.root)


def test_two_compilations_give_the_same_bytes(folder):
    """The compiled file is canonical: the same content, the same bytes."""
    first = compile_content(folder.root)
    folder.change(
        A,
        "    show: treatment\n    branch: true\n    unconfirmed: true",
        "    unconfirmed: true\n    branch: true\n    show: treatment",
    )
    assert compile_content(folder.root) == first


def test_no_float_is_ever_written(folder):
    """Numbers with a decimal point are text, so that they stay exact."""
    seen = []
    for line in compile_content(folder.root).splitlines():
        json.loads(line, parse_float=seen.append)
    assert not seen
    assert b'"0.0435"' in compile_content(folder.root)


def test_the_manifest_describes_the_rest(folder):
    """The hash covers everything after the first line, and each offset leads to one line of JSON."""
    head, _, body = compile_content(folder.root).partition(b"\n")
    manifest = json.loads(head)
    assert manifest["sha256"] == hashlib.sha256(body).hexdigest()
    places = [*manifest["offsets"].values()]
    places += [
        topic[part] for topic in manifest["topics"] for part in ("protocol", "statements", "cases") if part in topic
    ]
    assert sum(length + 1 for _, length in places) == len(body)
    assert all(json.loads(body[offset : offset + length]) is not None for offset, length in places)


def test_the_command_writes_the_file(folder, capsys):
    """The command compiles a folder into itself and says how large the file is."""
    assert main([str(folder.root)]) == 0
    assert CompiledContent.open(folder.root / "compiled.jsonl").release == "2026.11"
    assert "bytes" in capsys.readouterr().out


def test_the_command_prints_every_problem_and_fails(folder, capsys):
    """Refused content gives exit status 4, its problems, and no file."""
    folder.change(S, "level=E", "level=F")
    assert main([str(folder.root)]) == 4
    assert f"{S}:23: level cannot be 'F'" in capsys.readouterr().err
    assert not (folder.root / "compiled.jsonl").exists()


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    """A missing content folder is an error that names it."""
    with pytest.raises(LibraryUnusable, match="nowhere"):
        compile_content(tmp_path / "nowhere")
