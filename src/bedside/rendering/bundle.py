"""An answer as a bundle, schema ``bedside.bundle/1``: everything another machine needs to check it (docs/bundle.md).

What was asked, the answer with its facts and fingerprints, every statement, passage and source it uses, the verdict on
each sentence, and a seal over all of it. The same answer gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import rfc8785

from bedside.answer import Answer
from bedside.article.article import Sentence
from bedside.evidence.passage import Passage
from bedside.facts.case import Told
from bedside.rendering.json import document
from bedside.rendering.plain_values import to_plain

SCHEMA = "bedside.bundle/1"
SEAL = "seal"
SEALED_HOW = "SHA-256 of the canonical JSON (RFC 8785) of everything but this"

_EXACT = 2**53
_IN_FULL = re.compile(
    r"public domain|CC0|own document|OGL|PubMed abstract|CC BY(?:-NC)?(?:-SA|-ND)?(?: [1-4]\.\d)?",
)


def bundle(answer: Answer) -> str:
    """The answer with all that it rests on, as indented JSON that ends in a line break. Of a passage whose licence does
    not let its text be shown in full, only place and hash stand in it."""
    return written(sealed(content(answer)))


def content(answer: Answer, may_keep: Callable[[str], bool] | None = None) -> dict[str, Any]:
    """What is sealed, as plain values. *may_keep* says for the name of a licence whether the text may be handed on."""
    sentences = answer.article.sentences()
    statements = [answer.statements[name] for name in _named(sentence.statement for sentence in sentences)]
    passages = [answer.passages[name] for name in _named(sentence.passage for sentence in sentences)]
    cited = [*(each.citations for each in sentences), *(each.citations for each in statements)]
    keys = _named((*(c.source for some in cited for c in some), *(passage.source for passage in passages)))
    shown = {sentence.id for sentence in sentences}
    return {
        "schema": SCHEMA,
        "turns": [_turn(told) for told in answer.told or (Told(answer.question.text),)],
        "answer": document(answer),
        "statements": [to_plain(replace(statement, where="")) for statement in statements],
        "passages": [_passage(passage, may_keep or shown_in_full) for passage in passages],
        "sources": [to_plain(answer.sources[key]) for key in keys if key in answer.sources],
        "labels": _labels(sentences),
        "verdicts": [
            {"sentence": verdict.sentence, "wording": verdict.wording, "verdict": verdict.verdict.value}
            for verdict in answer.report.verdicts
            if verdict.sentence in shown
        ],
    }


def sealed(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the seal over them."""
    return {**values, SEAL: {"how": SEALED_HOW, "sha256": seal_of(values)}}


def seal_of(values: Mapping[str, Any]) -> str:
    """The seal over everything but a seal. Raises ValueError or RecursionError where no canonical form exists."""
    rest = {key: value for key, value in values.items() if key != SEAL}
    return hashlib.sha256(rfc8785.dumps(rest)).hexdigest()


def written(values: Mapping[str, Any]) -> str:
    """The one way in which a bundle is written: a whole number, for one, never as 268.0."""
    return json.dumps(_settled(values), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def shown_in_full(licence: str) -> bool:
    """Whether text under a licence of this name may be shown, and so handed on, in full: what
    ``ingest.licences.may_show`` says, which this room cannot see. A name that is not known: no."""
    return _IN_FULL.fullmatch(licence) is not None


def _settled(value: Any) -> Any:
    """The same values with whole numbers as such. The canonical form does not tell 268.0 from 268, a file does."""
    match value:
        case float() if value.is_integer() and abs(value) < _EXACT:
            return int(value)
        case Mapping():
            return {key: _settled(own) for key, own in value.items()}
        case list() | tuple():
            return [_settled(own) for own in value]
    return value


def _turn(told: Told) -> dict[str, Any]:
    return {"text": told.text, "edits": [{"name": edit.name, "value": edit.value} for edit in told.edits]}


def _passage(passage: Passage, may_keep: Callable[[str], bool]) -> dict[str, Any]:
    """The passage; its text is None where its licence lets nobody hand it on."""
    values: dict[str, Any] = to_plain(passage)
    return values if may_keep(passage.licence) else values | {"text": None}


def _labels(sentences: Iterable[Sentence]) -> dict[str, str]:
    """The labels of quotations before their slots were filled, by sentence."""
    return {sentence.id: sentence.template for sentence in sentences if sentence.passage}


def _named(names: Iterable[str]) -> list[str]:
    """The names that are not empty, once each, in order."""
    return sorted(set(filter(None, names)))
