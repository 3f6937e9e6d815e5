"""An embedding model of the reader's own, run by onnxruntime on this machine's processor. Nothing is ever fetched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bedside.errors import ExtraMissing, LibraryUnusable
from bedside.llm.model_folder import REMEDY, ModelFolder, read_folder

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped, import-not-found, unused-ignore]
    from tokenizers import Tokenizer  # type: ignore[import-not-found, unused-ignore]

    from bedside.evidence.semantic import Embedder

EXTRA = "semantic"
_SHORTEST = 3
"""Tokens a model must read at least: one beside those that begin and end a text."""


class OnnxEmbedder:
    """One model, opened. Each text is run by itself, so its vector does not depend on the others."""

    def __init__(self, name: str, session: InferenceSession, tokenizer: Tokenizer, *, first_token: bool) -> None:
        self._name = name
        self._session = session
        self._tokenizer = tokenizer
        self._first_token = first_token
        self._inputs = tuple(wanted.name for wanted in session.get_inputs())

    @property
    def name(self) -> str:
        """The name of the model and the start of the SHA-256 of its weights."""
        return self._name

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """A vector for each text; what goes beyond the tokens the model reads is left out."""
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> list[float]:
        import numpy as np

        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        [tokens, *_] = self._session.run(None, {name: given[name] for name in self._inputs})
        pooled: list[float] = (tokens[0, 0] if self._first_token else tokens[0].mean(axis=0)).tolist()
        return pooled


def open_embedder(path: Path) -> Embedder:
    """The model in the folder *path*.

    Raises LibraryUnusable when the folder holds no model that can be run, and ExtraMissing when the packages that run
    one are not installed.
    """
    folder = read_folder(path)
    try:
        import numpy  # noqa: F401, ICN001 - every package of the extra is missed here, with one remedy
        import onnx  # type: ignore[import-not-found, unused-ignore]  # noqa: F401 - as above
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise ExtraMissing(EXTRA, "Searching by meaning") from error
    try:
        tokenizer = Tokenizer.from_file(str(folder.tokenizer))
        tokenizer.no_padding()
        tokenizer.enable_truncation(max(_SHORTEST, folder.most_tokens))
        session = onnxruntime.InferenceSession(_model(folder), providers=["CPUExecutionProvider"])
        embedder = OnnxEmbedder(folder.name(), session, tokenizer, first_token=folder.first_token)
        embedder.embed(["one text"])  # what does not fit together shows here, not in the middle of a search
    except Exception as error:  # the packages raise errors of many classes, some of them Exception itself
        said = " ".join(str(error).split())[:200].rstrip(".")
        raise LibraryUnusable(f"{folder.weights}: this model cannot be run: {said}.", REMEDY) from error
    return embedder


def _model(folder: ModelFolder) -> str | bytes:
    """What onnxruntime opens: the file, or the graph made of the weights."""
    if folder.weights.suffix == ".onnx":
        return str(folder.weights)
    from bedside.llm.bert_graph import bert_graph

    return bert_graph(folder.config, folder.weights)
