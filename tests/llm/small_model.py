"""A BERT of one layer with made-up weights, as a folder, and what it must give, worked out with numpy alone."""

from __future__ import annotations

import json
import math

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "vitamin", "b12", "metformin", "low", "knee", "##s")
WIDTH, HEADS, INNER, PLACES = 8, 2, 16, 12


def tensors(np, dtype="float32"):
    """The weights by name, the same every time."""
    chance = np.random.default_rng(7)
    shapes = {
        "embeddings.word_embeddings.weight": (len(WORDS), WIDTH),
        "embeddings.position_embeddings.weight": (PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
    }
    at = "encoder.layer.0."
    dense = {
        **{f"attention.self.{name}": (WIDTH, WIDTH) for name in ("query", "key", "value")},
        "attention.output.dense": (WIDTH, WIDTH),
        "intermediate.dense": (INNER, WIDTH),
        "output.dense": (WIDTH, INNER),
    }
    for name, shape in dense.items():
        shapes |= {f"{at}{name}.weight": shape, f"{at}{name}.bias": shape[:1]}
    for name in ("embeddings.LayerNorm", f"{at}attention.output.LayerNorm", f"{at}output.LayerNorm"):
        shapes |= {f"{name}.weight": (WIDTH,), f"{name}.bias": (WIDTH,)}
    return {name: chance.normal(0, 0.7, shape).astype(dtype) for name, shape in shapes.items()}


def safetensors(np, given, prefix=""):
    """The bytes of a safetensors file, with a buffer of whole numbers as old checkpoints have one."""
    given = {**given, "embeddings.position_ids": np.arange(PLACES)[None]}
    types = {"float32": "F32", "float16": "F16", "int64": "I64", "float64": "F64"}
    header, body = {"__metadata__": {"format": "pt"}}, b""
    for name, values in given.items():
        data = values.tobytes()
        places = [len(body), len(body) + len(data)]
        header[prefix + name] = {"dtype": types[str(values.dtype)], "shape": values.shape, "data_offsets": places}
        body += data
    head = json.dumps(header).encode()
    return len(head).to_bytes(8, "little") + head + body


def tokenizer():
    """The text of a tokenizer.json with a few words, padding and truncation switched on as models ship them."""
    special = [{"id": at, "content": WORDS[at], "special": True} for at in range(4)]
    plain = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    template = [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    template.append({"SpecialToken": {"id": "[SEP]", "type_id": 0}})
    ids = {name: {"id": name, "ids": [WORDS.index(name)], "tokens": [name]} for name in ("[CLS]", "[SEP]")}
    padding = {"strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": None}
    return json.dumps(
        {
            "version": "1.0",
            "truncation": {"max_length": 4, "strategy": "LongestFirst", "stride": 0},
            "padding": {**padding, "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"},
            "added_tokens": [{**one, **plain} for one in special],
            "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True}
            | {"strip_accents": None, "lowercase": True},
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "post_processor": {"type": "TemplateProcessing", "single": template, "pair": template}
            | {"special_tokens": ids},
            "decoder": None,
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##"}
            | {"max_input_chars_per_word": 100, "vocab": {word: at for at, word in enumerate(WORDS)}},
        }
    )


def config(**changed):
    """The text of config.json."""
    said = {"model_type": "bert", "hidden_act": "gelu", "hidden_size": WIDTH, "num_attention_heads": HEADS}
    said |= {"num_hidden_layers": 1, "layer_norm_eps": 1e-12, "max_position_embeddings": PLACES}
    return json.dumps(said | changed)


def vectors(np, ids):
    """The vector of each token, step by step as BERT is described."""
    given = {name: values.astype("float64") for name, values in tensors(np).items()}
    at = "encoder.layer.0."

    def dense(name, x):
        return x @ given[at + name + ".weight"].T + given[at + name + ".bias"]

    def norm(name, x):
        middle = x - x.mean(-1, keepdims=True)
        scaled = middle / np.sqrt((middle**2).mean(-1, keepdims=True) + 1e-12)
        return scaled * given[name + ".weight"] + given[name + ".bias"]

    hidden = given["embeddings.word_embeddings.weight"][ids] + given["embeddings.token_type_embeddings.weight"][0]
    hidden = norm("embeddings.LayerNorm", hidden + given["embeddings.position_embeddings.weight"][: len(ids)])
    query, key, value = (dense(f"attention.self.{name}", hidden) for name in ("query", "key", "value"))
    heads = []
    for first in range(0, WIDTH, WIDTH // HEADS):
        part = slice(first, first + WIDTH // HEADS)
        worth = np.exp(query[:, part] @ key[:, part].T / math.sqrt(WIDTH // HEADS))
        heads.append(worth / worth.sum(-1, keepdims=True) @ value[:, part])
    attended = dense("attention.output.dense", np.concatenate(heads, axis=-1))
    hidden = norm(at + "attention.output.LayerNorm", attended + hidden)
    wide = dense("intermediate.dense", hidden)
    wide = wide * 0.5 * (1 + np.vectorize(math.erf)(wide / math.sqrt(2)))
    return norm(at + "output.LayerNorm", dense("output.dense", wide) + hidden)
