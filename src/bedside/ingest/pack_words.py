"""What a pack's sources and statements must and must not be: the hospital's own, and recognisable as that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bedside.evidence.source import RecordCheck, SourceKind
from bedside.evidence.statement import Basis
from bedside.ingest.pack_yaml import Front
from bedside.ingest.reading import Reading
from bedside.protocol.strength import Jurisdiction, Level

Data = dict[str, Any]


def check_sources(sources: Mapping[str, Data], lines: Mapping[str, str], front: Front, reading: Reading) -> None:
    """The sources of a pack, *lines* being the ``file:line`` of each: local guidance is the hospital's own."""
    for key, source in sources.items():
        if key not in lines or "kind" not in source:  # a half-read source; what it lacks was noted
            continue
        where = lines[key]
        if source["check"] == RecordCheck.MEMORY and any(source.get(name) for name in ("doi", "pmid", "pmcid")):
            what = f"the record of {key!r} is from memory and has an identifier."
            reading.refuse(where, what, "Look it up, and say check: V.")
        if not key.startswith(front.prefix):
            reading.refuse(
                where, f"the source {key!r} is not named after the pack.", f"Call it {front.prefix + key!r}."
            )
        if source["kind"] == SourceKind.SAFETY_RULE:
            reading.refuse(
                where, f"the source {key!r} is a safety-rule: those are bedside's own.", "Use local-guidance."
            )
        if source["kind"] == SourceKind.LOCAL_GUIDANCE and source["issuer"] != front.issuer:
            what = f"the source {key!r} is local-guidance of {source['issuer']!r}, and the pack is of {front.issuer!r}."
            reading.refuse(where, what, "Give the issuer of the pack as its publisher.")


def check_statements(
    statements: Mapping[str, Data],
    sources: Mapping[str, Data],
    shipped: Mapping[str, Data],
    front: Front,
    reading: Reading,
) -> None:
    """The statements of a pack. ``local`` becomes its country's, so that UK and US are never mixed."""
    for statement_id, data in statements.items():
        _check_name(statement_id, data["where"], shipped, front, reading)
        _check_rest(statement_id, data, sources, front, reading)
        for guarded in data.get("guards", ()):
            if guarded in shipped:
                what = f"the statement {statement_id!r} guards {guarded!r}, which is bedside's own."
                reading.refuse(data["where"], what, "A pack's cautions guard its own advice.")
        for wording in ("clinical", "plain"):
            if front.called not in data[wording]:
                what = f"the {wording} wording of {statement_id!r} does not say whose it is."
                reading.refuse(data["where"], what, f"Name {front.called!r} in it.")
        localise(data, f"the statement {statement_id!r}", data["where"], front, reading)


def _check_name(statement_id: str, where: str, shipped: Mapping[str, Data], front: Front, reading: Reading) -> None:
    topic, _, name = statement_id.partition("/")
    if name.startswith(front.prefix):
        return
    ours = "is one of bedside's own" if statement_id in shipped else "is not named after the pack"
    reading.refuse(where, f"the statement {statement_id!r} {ours}.", f"Call yours #{front.prefix}{name or topic}.")


def _check_rest(statement_id: str, data: Data, sources: Mapping[str, Data], front: Front, reading: Reading) -> None:
    """What it rests on: a document of the hospital, that was read; and no more than a document of its kind carries."""
    about, where = f"the statement {statement_id!r}", data["where"]
    if data["basis"] == Basis.OWN_RULE or data["level"] == Level.X:
        reading.refuse(where, f"{about} calls itself a rule of bedside.", "Use basis=read and level=E.")
    if data["basis"] == Basis.VERBATIM:
        reading.refuse(where, f"{about} is 'verbatim', and a pack keeps no passages.", "Use basis=read.")
    kinds = [sources[key]["kind"] for key, _ in data["citations"] if key in sources]
    if SourceKind.LOCAL_GUIDANCE not in kinds:
        what = f"{about} cites no document of {front.issuer}."
        reading.refuse(where, what, "Cite a source of the pack's bibliography.json of the kind local-guidance.")
    elif len(kinds) == len(data["citations"]) == kinds.count(SourceKind.LOCAL_GUIDANCE) and data["level"] not in (
        Level.E,
        Level.X,
        None,
    ):
        reading.refuse(where, f"{about} rests on local guidance alone and has level {data['level']}.", "Use level=E.")


def localise(data: Data, about: str, where: str, front: Front, reading: Reading) -> None:
    """A pack speaks for its own hospital only: what it writes is ``local``, and is shown as its country's."""
    if data["jurisdiction"] not in (Jurisdiction.LOCAL, None):
        what = f"{about} is {data['jurisdiction']}, and a pack speaks for its own hospital."
        reading.refuse(where, what, "Use the jurisdiction local.")
    data["jurisdiction"] = front.country.value
