"""``bedside library search --semantic``: off unless it is asked for, and clear where it cannot be done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bedside.cli.main import main
from bedside.errors import LibraryUnusable
from bedside.settings import Settings

SEARCH = ["library", "search", "vitamin b12 tablets", "--limit", "5", "--json"]


class Backwards:
    """An embedder to which what stands last is nearest to the question."""

    name = "backwards 1"

    def embed(self, texts):
        """The question and what comes last at the same place, the others ever farther away."""
        last = len(texts) - 1
        return [(1.0, 0.0), *((at / last, 1 - at / last) for at in range(1, last + 1))]


@pytest.fixture
def opened(monkeypatch):
    """The folders that were opened as models; each opens as `Backwards`."""
    paths = []

    def open_embedder(path):
        paths.append(path)
        return Backwards()

    monkeypatch.setattr("bedside.llm.embedding.open_embedder", open_embedder)
    return paths


def found(capsys, *more):
    """The hits of one search."""
    assert main([*SEARCH, *more]) == 0
    return json.loads(capsys.readouterr().out)


def has_meaning(hits):
    return any(reason["name"] == "meaning" for hit in hits for reason in hit["reasons"])


def test_without_a_model_nothing_is_opened(opened, capsys):
    assert not has_meaning(found(capsys))
    assert opened == []


def test_a_model_of_the_settings_orders_the_hits(opened, capsys, monkeypatch):
    before = found(capsys)
    monkeypatch.setenv("BEDSIDE_SEMANTIC_MODEL", "/models/one")
    after = found(capsys)
    assert opened == [Path("/models/one")]
    assert has_meaning(after)
    assert [hit["id"] for hit in after] != [hit["id"] for hit in before]
    assert [hit["rank"] for hit in after] == [1, 2, 3, 4, 5]
    for hit in after:
        assert sum(reason["value"] for reason in hit["reasons"]) == pytest.approx(hit["score"], abs=1e-2)


def test_one_search_can_go_without(opened, capsys, monkeypatch):
    before = found(capsys)
    monkeypatch.setenv("BEDSIDE_SEMANTIC_MODEL", "/models/one")
    assert found(capsys, "--no-semantic") == before
    assert opened == []


def test_hits_from_below_the_limit_can_rise_into_it(opened, capsys, monkeypatch):
    monkeypatch.setenv("BEDSIDE_SEMANTIC_MODEL", "/models/one")
    lexical = {hit["id"] for hit in found(capsys, "--no-semantic")}
    assert {hit["id"] for hit in found(capsys)} - lexical
    assert len(opened) == 1


def test_asking_for_it_without_a_model_is_refused(capsys):
    assert main([*SEARCH, "--semantic"]) == 2
    assert "semantic_model" in capsys.readouterr().err


def test_a_folder_without_a_model_is_refused(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("BEDSIDE_SEMANTIC_MODEL", str(tmp_path / "nowhere"))
    assert main(SEARCH) == LibraryUnusable.exit_status
    assert "nowhere" in capsys.readouterr().err


def test_the_folder_is_relative_to_the_file_that_names_it(tmp_path):
    (tmp_path / "bedside.toml").write_text('semantic_model = "models/one"\n', encoding="utf-8")
    assert Settings.load({"BEDSIDE_HOME": str(tmp_path)}).semantic_model == tmp_path / "models" / "one"
    (tmp_path / "bedside.toml").write_text('semantic_model = ""\n', encoding="utf-8")
    assert Settings.load({"BEDSIDE_HOME": str(tmp_path)}).semantic_model is None


def test_a_model_never_reaches_an_answer(opened, capsys, monkeypatch):
    asked = ["ask", "My B12 is 268 pg/mL. What now?", "--format", "json"]
    main(asked)
    before = capsys.readouterr().out
    monkeypatch.setenv("BEDSIDE_SEMANTIC_MODEL", "/models/one")
    main(asked)
    assert capsys.readouterr().out == before
    assert opened == []
