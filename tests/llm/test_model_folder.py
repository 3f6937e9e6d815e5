"""What a folder says of its model, and what is said where it holds none. No package of the extra is needed here."""

from __future__ import annotations

import builtins
import json

import pytest

from bedside.errors import ExtraMissing, LibraryUnusable
from bedside.llm.embedding import open_embedder
from bedside.llm.model_folder import read_folder
from tests.llm.small_model import PLACES, config, tokenizer


@pytest.fixture
def folder(tmp_path):
    """A folder with all that is looked at before the weights are read."""
    path = tmp_path / "package" / "model"
    (path / "1_Pooling").mkdir(parents=True)
    (path / "config.json").write_text(config(), encoding="utf-8")
    (path / "tokenizer.json").write_text(tokenizer(), encoding="utf-8")
    (path / "model.safetensors").write_bytes(b"weights")
    return path


def says(path, name, what):
    (path / name).write_text(what if isinstance(what, str) else json.dumps(what), encoding="utf-8")


def test_a_folder_that_says_little_pools_the_mean_of_what_has_places(folder):
    found = read_folder(folder)
    assert (found.weights.name, found.first_token, found.most_tokens) == ("model.safetensors", False, PLACES)


def test_what_the_model_says_of_itself_is_used(folder):
    says(folder, "sentence_bert_config.json", {"max_seq_length": 5})
    says(folder, "1_Pooling/config.json", {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False})
    says(folder, "modules.json", [{"type": f"sentence_transformers.models.{n}"} for n in ("Transformer", "Pooling")])
    found = read_folder(folder)
    assert (found.first_token, found.most_tokens) == (True, 5)


def test_more_tokens_than_there_are_places_for_are_not_read(folder):
    says(folder, "sentence_bert_config.json", {"max_seq_length": 512})
    assert read_folder(folder).most_tokens == PLACES


@pytest.mark.parametrize("name", ["model.onnx", "onnx/model.onnx"])
def test_a_ready_graph_goes_before_the_weights(folder, name):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"graph")
    assert read_folder(folder).weights == folder / name


def test_the_name_tells_two_versions_apart(folder):
    first = read_folder(folder).name()
    assert first.startswith("package/model ")
    (folder / "model.safetensors").write_bytes(b"other weights")
    assert read_folder(folder).name() != first


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(LibraryUnusable, match=name) as refused:
        open_embedder(folder)
    assert "docs/semantic.md" in refused.value.remedy


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(LibraryUnusable, match="nowhere"):
        open_embedder(tmp_path / "nowhere")


def test_a_file_in_place_of_a_folder_is_refused(folder):
    with pytest.raises(LibraryUnusable, match="no such folder"):
        open_embedder(folder / "model.safetensors")


@pytest.mark.parametrize(
    ("name", "what", "words"),
    [
        ("modules.json", [{"type": "sentence_transformers.models.Dense"}], "Dense"),
        ("modules.json", [{}], "type"),
        ("modules.json", "[", "cannot be used"),
        ("1_Pooling/config.json", {"pooling_mode_max_tokens": True}, "max_tokens"),
        ("1_Pooling/config.json", {"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": True}, "alone"),
        ("1_Pooling/config.json", [], "cannot be used"),
        ("sentence_bert_config.json", {"max_seq_length": "many"}, "many"),
        ("sentence_bert_config.json", {"max_seq_length": [1]}, "cannot be used"),
    ],
)
def test_a_model_that_is_built_otherwise_is_refused_with_the_reason(folder, name, what, words):
    says(folder, name, what)
    with pytest.raises(LibraryUnusable, match=words):
        read_folder(folder)


@pytest.mark.parametrize("missing", ["numpy", "onnx", "onnxruntime", "tokenizers"])
def test_without_a_package_the_extra_is_named(folder, monkeypatch, missing):
    there = builtins.__import__

    def without(name, *args, **kwargs):
        if name.split(".")[0] == missing:
            raise ImportError(name)
        return there(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExtraMissing, match="meaning") as refused:
        open_embedder(folder)
    assert "bedside[semantic]" in refused.value.remedy
