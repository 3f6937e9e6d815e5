"""From the weights of a BERT encoder (``config.json``, ``model.safetensors``) to a graph that onnxruntime runs.

Most small embedding models are BERT encoders and come as such a folder. The graph is that of a single text: nothing is
padded, so there is no mask. It is made in memory when a model is opened, and no file is written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from onnx import (  # type: ignore[import-not-found, unused-ignore]
    ModelProto,
    NodeProto,
    TensorProto,
    helper,
    numpy_helper,
)

INPUT, OUTPUT = "input_ids", "last_hidden_state"
_OPSET, _IR = 20, 9  # the first with Gelu; what onnxruntime 1.17 and later reads
_PREFIX = "bert."
_TYPES = {"F32": np.float32, "F16": np.float16}

Weights = Mapping[str, np.ndarray[Any, np.dtype[np.float32]]]


def bert_graph(config: Path, weights: Path) -> bytes:
    """The model as ONNX: token ids (1, length) to the vectors of the tokens (1, length, width).

    Raises ValueError, KeyError or OSError when the files hold no BERT encoder.
    """
    said = json.loads(config.read_text(encoding="utf-8"))
    if (said["model_type"], said["hidden_act"]) != ("bert", "gelu"):
        raise ValueError(f"a {said['model_type']} model with {said['hidden_act']}, not a BERT with gelu")
    whole: bytes = _Graph(said, read_safetensors(weights)).built().SerializeToString()
    return whole


def read_safetensors(path: Path) -> Weights:
    """The tensors of a safetensors file by name, as 32-bit floats; whole numbers (buffers) are left out."""
    data = memoryview(path.read_bytes())
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(bytes(data[8:start]))
    header.pop("__metadata__", None)
    found = {}
    for name, about in header.items():
        if about["dtype"].startswith(("I", "U")):
            continue
        if about["dtype"] not in _TYPES:
            raise ValueError(f"{name} is of type {about['dtype']}; F32 and F16 can be read")
        first, last = about["data_offsets"]
        values = np.frombuffer(data[start + first : start + last], _TYPES[about["dtype"]])
        found[name.removeprefix(_PREFIX)] = values.reshape(about["shape"]).astype(np.float32)
    return found


class _Graph:
    """The nodes and constants while they are put together; each method adds some and names what comes out."""

    def __init__(self, config: Mapping[str, Any], weights: Weights) -> None:
        self._config = config
        self._weights = weights
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def built(self) -> ModelProto:
        """The whole model."""
        hidden = self._embeddings()
        for number in range(self._config["num_hidden_layers"]):
            hidden = self._layer(f"encoder.layer.{number}.", hidden)
        self._nodes.append(helper.make_node("Identity", [hidden], [OUTPUT]))
        ids = helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "length"])
        out = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, "length", self._config["hidden_size"]])
        graph = helper.make_graph(self._nodes, "bert", [ids], [out], self._constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)

    def _node(self, operator: str, *inputs: str, **attributes: Any) -> str:
        name = f"v{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, list(inputs), [name], **attributes))
        return name

    def _constant(self, values: Any) -> str:
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _embeddings(self) -> str:
        words = self._node("Gather", self._constant(self._weights["embeddings.word_embeddings.weight"]), INPUT)
        length = self._node("Shape", INPUT, start=1)
        places = self._constant(self._weights["embeddings.position_embeddings.weight"])
        zero = self._constant(np.array([0]))
        kind = self._constant(self._weights["embeddings.token_type_embeddings.weight"][0])
        placed = self._node("Add", words, self._node("Slice", places, zero, length, zero))
        return self._normalised("embeddings.LayerNorm", self._node("Add", placed, kind))

    def _layer(self, at: str, hidden: str) -> str:
        attended = self._dense(at + "attention.output.dense", self._attention(at + "attention.self.", hidden))
        hidden = self._normalised(at + "attention.output.LayerNorm", self._node("Add", attended, hidden))
        widened = self._node("Gelu", self._dense(at + "intermediate.dense", hidden))
        narrowed = self._dense(at + "output.dense", widened)
        return self._normalised(at + "output.LayerNorm", self._node("Add", narrowed, hidden))

    def _attention(self, at: str, hidden: str) -> str:
        heads, width = self._config["num_attention_heads"], self._config["hidden_size"]
        split, joined = self._constant(np.array([0, 0, heads, width // heads])), self._constant(np.array([0, 0, width]))
        query, key, value = (
            self._node("Transpose", self._node("Reshape", self._dense(at + name, hidden), split), perm=order)
            for name, order in (("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3]))
        )
        scale = self._constant(np.array((width // heads) ** -0.5, dtype=np.float32))
        weighed = self._node("Softmax", self._node("MatMul", self._node("Mul", query, scale), key), axis=-1)
        seen = self._node("Transpose", self._node("MatMul", weighed, value), perm=[0, 2, 1, 3])
        return self._node("Reshape", seen, joined)

    def _dense(self, name: str, hidden: str) -> str:
        product = self._node("MatMul", hidden, self._constant(self._weights[name + ".weight"].T))
        return self._node("Add", product, self._constant(self._weights[name + ".bias"]))

    def _normalised(self, name: str, hidden: str) -> str:
        scale, bias = (self._constant(self._weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        epsilon = self._config["layer_norm_eps"]
        return self._node("LayerNormalization", hidden, scale, bias, axis=-1, epsilon=epsilon)
