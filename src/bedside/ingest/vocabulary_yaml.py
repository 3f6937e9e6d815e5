"""The data the other rooms read as it is: lexicon, units, analytes, context, emergency, scope, frames, glossary.

Only the outer structure is checked here; each room checks what it reads when it builds its own nouns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from bedside.ingest.marked_yaml import Marked
from bedside.ingest.reading import Reading, Referent
from bedside.ingest.statements_markdown import full_id

SAFETY = "safety"
"""The topic of the statements that emergency words and scope name."""

_STATEMENT_KEYS = frozenset({"statement", "statements"})
_WORDINGS = frozenset({"clinical", "plain", "carer"})


def read_lexicon(files: Sequence[Marked], reading: Reading) -> dict[str, Any]:
    """Every lexicon file merged into one mapping of concept to entry; a concept given twice is refused."""
    merged: dict[str, Any] = {}
    places: dict[str, str] = {}
    for file in files:
        for concept, entry in reading.entries(file, "a lexicon file").items():
            if concept in merged:
                reading.refuse(
                    entry.where, f"the concept {concept!r} is given twice (first at {places[concept]}).", "Merge them."
                )
            merged[concept] = entry.plain()
            places[concept] = entry.where
    return merged


def read_shared(node: Marked, reading: Reading) -> Any:
    """A file taken as it is; statements it names must exist (those of the safety topic without their ``safety/``)."""
    if not isinstance(node.value, Mapping | tuple) or not node.value:
        reading.refuse(node.where, "the file is empty.", "It must hold a mapping or a list.")
    for names in _statement_names(node):
        listed = names.value if isinstance(names.value, tuple) else (names,)
        for name in listed:
            if isinstance(name.value, str):
                reading.refer(Referent.STATEMENT, [full_id(SAFETY, name.value)], name.where)
    return node.plain()


def _statement_names(node: Marked) -> Iterator[Marked]:
    """Every value whose key says that it names statements."""
    if isinstance(node.value, Mapping):
        for key, item in node.value.items():
            if key in _STATEMENT_KEYS and not isinstance(item.value, Mapping):
                yield item
            else:
                yield from _statement_names(item)
    elif isinstance(node.value, tuple):
        for item in node.value:
            yield from _statement_names(item)


def read_frames(node: Marked, reading: Reading) -> dict[str, Any]:
    """Frame id -> its wordings; each frame has a clinical and a plain one."""
    for name, frame in reading.entries(node, "frames").items():
        if not isinstance(frame.value, Mapping):
            reading.refuse(frame.where, f"the frame {name!r} must have a clinical and a plain wording.")
            continue
        reading.fields(frame, f"the frame {name!r}", ("clinical", "plain"), tuple(_WORDINGS))
    plain = node.plain()
    return plain if isinstance(plain, dict) else {}


def read_glossary(node: Marked, reading: Reading) -> dict[str, Any]:
    """Term -> its explanation; a term that points to another names one that exists."""
    for term, entry in reading.entries(node, "the glossary").items():
        optional = ("clinical", "see", "also", "terms")
        fields = reading.fields(entry, f"the term {term!r}", ("plain",), optional)
        for key in ("see", "also"):
            if key in fields:
                names = fields[key].plain()
                reading.refer(Referent.TERM, [names] if isinstance(names, str) else names, fields[key].where)
    plain = node.plain()
    return plain if isinstance(plain, dict) else {}


def fact_names(vocabulary: Mapping[str, Any]) -> frozenset[str]:
    """Every name of a fact the facts room can read: concepts, analytes, and what entries are a kind of."""
    names: set[str] = set()
    for part in ("lexicon", "analytes"):
        entries = vocabulary.get(part)
        if isinstance(entries, Mapping):
            names |= _names_of(entries, _routes(vocabulary))
    return frozenset(names)


def _routes(vocabulary: Mapping[str, Any]) -> frozenset[str]:
    """The routes a medicine can be given by: part of the name of a fact (section 20 of the B12 specification)."""
    context = vocabulary.get("context")
    routes = context.get("routes") if isinstance(context, Mapping) else None
    return frozenset(routes) if isinstance(routes, Mapping) else frozenset()


def _names_of(entries: Mapping[str, Any], routes: Collection[str]) -> set[str]:
    """The keys and the ``is_a`` of a mapping of concepts; a routed medicine is named with its route."""
    names = set(entries)
    for concept, entry in entries.items():
        if isinstance(entry, Mapping):
            ending = "_unspecified" if entry.get("unspecified") is True else ""
            if entry.get("routed") is True:
                names |= {f"{concept}_{route}{ending}" for route in routes}
            parents = entry.get("is_a", ())
            names |= {parents} if isinstance(parents, str) else set(parents or ())
    return names
