"""A record as JSON for the database, and back; passages are kept in a table of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from bedside.evidence.notice import Direction, Notice, NoticeKind
from bedside.evidence.passage import Passage
from bedside.evidence.record import Heading, Record
from bedside.evidence.source import RecordCheck, Source, SourceKind, SourceStatus

_DEFAULTS = {field.name: field.default for field in fields(Source)}
_TEXTS = tuple(name for name in _DEFAULTS if name not in ("kind", "status", "check", "authors"))
_USUAL = tuple(_DEFAULTS[name] for name in _TEXTS)
_written = attrgetter(*_TEXTS)
_LISTS = ("publication_types", "chemicals", "keywords", "other_titles", "issns")


def source_to_json(source: Source) -> str:
    """A source; what has its default is left out."""
    texts = zip(_TEXTS, _written(source), _USUAL, strict=True)
    data: dict[str, Any] = {name: value for name, value, usual in texts if value and value != usual}
    data["kind"], data["check"] = source.kind.value, source.check.value
    if source.authors:
        data["authors"] = source.authors
    return _dumps(data)


def source_from_json(text: str, *, status: str = "current", superseded_by: str = "", note: str = "") -> Source:
    """The source, with the status that the library has for it now; ``note`` is added to its own."""
    data = json.loads(text)
    texts = {name: data.get(name, "") for name in ("title", "issuer")}
    rest = {name: data[name] for name in _TEXTS if name in data and name not in texts}
    rest["note"] = " ".join(part for part in (data.get("note", ""), note) if part)
    rest["superseded_by"] = superseded_by or data.get("superseded_by", "")
    return Source(
        kind=SourceKind(data["kind"]),
        check=RecordCheck(data["check"]),
        authors=tuple(data.get("authors", ())),
        status=SourceStatus(status),
        **texts,
        **rest,
    )


def record_to_json(record: Record, *, whole: bool = False, source: str = "") -> str:
    """A record without its passages, whose number it tells; or with them (*whole*).

    *source* is what :func:`source_to_json` makes of its source, where that is known already.
    """
    data: dict[str, Any] = {"source": source or source_to_json(record.source), "count": len(record.passages)}
    if whole:
        data["passages"] = [passage_to_list(passage) for passage in record.passages]
    for name in _LISTS:
        if value := getattr(record, name):
            data[name] = value
    if record.headings:
        data["headings"] = [(h.name, h.ui, h.major, h.qualifiers) for h in record.headings]
    if record.language:
        data["language"] = record.language
    if record.notices:
        data["notices"] = [notice_to_list(notice) for notice in record.notices]
    if record.revised:
        data["revised"] = record.revised
    if record.full:
        data["full"] = True
    return _dumps(data)


def record_from_json(text: str, passages: Sequence[Passage] = ()) -> Record:
    """The record, with its own passages where the JSON has them, else with those given where it has any."""
    data = json.loads(text)
    source = source_from_json(data["source"])
    own = tuple(passage_from_list(source.key, each) for each in data.get("passages", ()))
    return Record(
        source=source,
        passages=own or (tuple(passages) if data["count"] else ()),
        headings=tuple(Heading(n, ui, major, tuple(q)) for n, ui, major, q in data.get("headings", ())),
        language=data.get("language", ""),
        notices=tuple(notice_from_list(each) for each in data.get("notices", ())),
        revised=data.get("revised", ""),
        full=data.get("full", False),
        **{name: tuple(data.get(name, ())) for name in _LISTS},
    )


def revised_in(text: str) -> str:
    """When the record of a JSON was last changed, as its file said; "" for one that does not say it."""
    return str(json.loads(text).get("revised", ""))


def passage_to_list(passage: Passage) -> list[Any]:
    """A passage without its source."""
    texts = (passage.id, passage.heading, passage.locator, passage.text, passage.licence, passage.sha256)
    return [passage.position, *texts, passage.language]


def passage_from_list(source: str, data: Sequence[Any]) -> Passage:
    """The passage of a source."""
    position, name, heading, locator, text, licence, sha256, language = data
    return Passage(name, source, locator, text, licence, sha256, heading, position, language)


def notice_to_list(notice: Notice) -> list[str]:
    """A notice as a list of texts."""
    return [
        notice.kind.value,
        notice.direction.value,
        notice.pmid,
        notice.doi,
        notice.reference,
        notice.origin,
        notice.on,
        notice.note,
    ]


def notice_from_list(data: Sequence[str]) -> Notice:
    """The notice."""
    kind, direction, *rest = data
    return Notice(NoticeKind(kind), Direction(direction), *rest)


_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
