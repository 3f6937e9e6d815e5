"""The folder of an embedding model, as ``sentence-transformers`` keeps one: which files there are and how it is run.

It holds ``config.json``, ``tokenizer.json`` and the weights, either as ``model.onnx`` (also in ``onnx/``) or as the
``model.safetensors`` of a BERT encoder; it may say which modules follow, how tokens are pooled and how many are read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from bedside.errors import LibraryUnusable

REMEDY = "Name the folder of a sentence-transformers model: see docs/semantic.md."

_WEIGHTS = ("model.onnx", "onnx/model.onnx", "model.safetensors")
_TOKENS = 256
"""Tokens read of a text where the model does not say."""
_DIGEST = 12
_MODULES = ("Transformer", "Pooling", "Normalize")
"""The modules a model may consist of. The last changes no similarity."""
_MEAN, _FIRST = "pooling_mode_mean_tokens", "pooling_mode_cls_token"


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model that can be opened.

    ``weights`` is the file of its weights. ``first_token`` says that the vector of a text is that of its first token;
    otherwise it is the mean of all. ``most_tokens`` is how many tokens of a text are read.
    """

    path: Path
    weights: Path
    first_token: bool
    most_tokens: int

    @property
    def config(self) -> Path:
        """The file that describes the encoder."""
        return self.path / "config.json"

    @property
    def tokenizer(self) -> Path:
        """The file that says how a text becomes tokens."""
        return self.path / "tokenizer.json"

    def name(self) -> str:
        """The folder and the one it is in (in a package it is only called "model"), and a digest of the weights."""
        whole = self.path.resolve()
        with self.weights.open("rb") as data:
            digest = file_digest(data, "sha256").hexdigest()[:_DIGEST]
        return f"{whole.parent.name}/{whole.name} {digest}"


def read_folder(path: Path) -> ModelFolder:
    """What the folder *path* says of its model. Raises LibraryUnusable when it holds none that can be run."""
    if not path.is_dir():
        raise LibraryUnusable(f"{path}: there is no such folder with a model.", REMEDY)
    for name in ("config.json", "tokenizer.json"):
        if not (path / name).is_file():
            raise LibraryUnusable(f"{path}: no embedding model: {name} is missing.", REMEDY)
    weights = next((path / name for name in _WEIGHTS if (path / name).is_file()), None)
    if weights is None:
        raise LibraryUnusable(f"{path}: no embedding model: none of {', '.join(_WEIGHTS)} is there.", REMEDY)
    try:
        return ModelFolder(path, weights, _pools_first_token(path), _most_tokens(path))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LibraryUnusable(f"{path}: what describes the model cannot be used: {error}.", REMEDY) from error


def _pools_first_token(path: Path) -> bool:
    for module in _said(path / "modules.json", []):
        if module["type"].rpartition(".")[2] not in _MODULES:
            raise ValueError(f"the module {module['type']} is not known")
    pooling = _said(path / "1_Pooling" / "config.json", {_MEAN: True})
    chosen = {name for name, on in pooling.items() if name.startswith("pooling_mode_") and on is True}
    if chosen not in ({_MEAN}, {_FIRST}):
        raise ValueError(f"tokens are pooled by {sorted(chosen)}, not by {_MEAN} or {_FIRST} alone")
    return chosen == {_FIRST}


def _most_tokens(path: Path) -> int:
    """What the model was trained on, as far as it has places for."""
    trained = _said(path / "sentence_bert_config.json", {}).get("max_seq_length") or _TOKENS
    places = _said(path / "config.json", {}).get("max_position_embeddings") or trained
    return min(int(trained), int(places))


def _said(path: Path, absent: Any) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else absent
