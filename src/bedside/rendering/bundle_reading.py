"""A bundle read back: strictly, for it comes from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bedside.article.article import Birthplace, Role, Sentence
from bedside.evidence.passage import Passage
from bedside.evidence.source import Source
from bedside.evidence.statement import Basis, Citation, Statement
from bedside.facts.case import Edit, Told
from bedside.protocol.strength import Jurisdiction, Level, Strength
from bedside.question.question import Reader
from bedside.rendering.bundle import SCHEMA, SEAL
from bedside.rendering.plain_values import from_plain
from bedside.text.span import Span
from bedside.verification.verdict import Verdict


class NotABundle(ValueError):
    """The bytes are no bundle, or not of a version that is known here."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A sentence of the answer with the words its reader was shown, and the hash it names of the passage it quotes."""

    sentence: Sentence
    shown: str
    passage_sha256: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle holds. ``values`` are all of it, as plain JSON; ``without_text`` names the passages whose text it
    does not have: theirs is "". ``verdicts`` are by sentence and wording."""

    values: Mapping[str, Any]
    seal: str
    told: tuple[Told, ...]
    reader: Reader
    sentences: tuple[Printed, ...]
    statements: Mapping[str, Statement]
    passages: Mapping[str, Passage]
    without_text: frozenset[str]
    sources: Mapping[str, Source]
    verdicts: Mapping[tuple[str, str], Verdict]

    @property
    def answer(self) -> Mapping[str, Any]:
        """The answer, schema ``bedside.answer/1``."""
        found: Mapping[str, Any] = self.values["answer"]
        return found


def read_bundle(data: bytes) -> Bundle:
    """The bundle in *data*. Raises NotABundle for anything else, and never another error."""
    try:
        values = json.loads(data.decode("utf-8"))
        json.dumps(values, ensure_ascii=False).encode()  # half a character can be escaped, and is no text
        return _bundle(values)
    except NotABundle:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotABundle(f"{type(error).__name__}: {error!s:.200}") from None


def _bundle(values: Any) -> Bundle:
    if not isinstance(values, dict) or values.get("schema") != SCHEMA:
        raise NotABundle(f"not of the schema {SCHEMA}")
    answer, labels = values["answer"], values["labels"]
    sections = answer["article"]["sections"]
    passages = [_passage(each) for each in values["passages"]]
    return Bundle(
        values=values,
        seal=_text(values[SEAL]["sha256"]),
        told=tuple(_told(each) for each in values["turns"]),
        reader=Reader(answer["question"]["reader"]),
        sentences=tuple(_printed(each, labels) for section in sections for each in section["sentences"]),
        statements={each.id: each for each in (from_plain(Statement, data) for data in values["statements"])},
        passages={passage.id: passage for passage, _ in passages},
        without_text=frozenset(passage.id for passage, has_text in passages if not has_text),
        sources={each.key: each for each in (from_plain(Source, data) for data in values["sources"])},
        verdicts={_text_pair(each): Verdict(each["verdict"]) for each in values["verdicts"]},
    )


def _told(data: Mapping[str, Any]) -> Told:
    return Told(_text(data["text"]), tuple(from_plain(Edit, edit) for edit in data["edits"]))


def _passage(data: Mapping[str, Any]) -> tuple[Passage, bool]:
    has_text = data["text"] is not None
    return from_plain(Passage, data if has_text else {**data, "text": ""}), has_text


def _text_pair(data: Mapping[str, Any]) -> tuple[str, str]:
    return _text(data["sentence"]), _text(data["wording"])


def _printed(data: Mapping[str, Any], labels: Mapping[str, Any]) -> Printed:
    """The sentence as the checker sees it, from the JSON of the answer."""
    basis, level, quoted = data["basis"], data["level"], data["passage"]
    sentence = Sentence(
        id=_text(data["id"]),
        role=Role(data["role"]),
        clinical=_text(data["clinical"]),
        plain=_text(data["plain"]),
        carer=_text(data["carer"]),
        statement=_text(data["statement"] or ""),
        citations=tuple(from_plain(Citation, each) for each in data["citations"]),
        basis=Basis(basis["kind"]) if basis else None,
        jurisdiction=Jurisdiction(data["jurisdiction"]),
        strength=Strength(data["strength"]),
        level=Level(level) if level else None,
        births=tuple(Birthplace(_text(each["printed"]), _text(each["origin"])) for each in data["numbers"]),
    )
    if not quoted:
        return Printed(sentence, _text(data["text"]), "")
    place = Span(_number(quoted["start"]), _number(quoted["end"]))
    of_passage = replace(sentence, passage=_text(quoted["id"]), quoted=place, template=_text(labels[sentence.id]))
    return Printed(of_passage, _text(data["text"]), _text(quoted["sha256"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise NotABundle(f"{value!r:.80} is not a text")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise NotABundle(f"{value!r:.80} is not a place in a text")
    return value
