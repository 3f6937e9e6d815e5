"""Compiled content made many times as large: the same topics, lexicon and bibliography under other names."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import rfc8785

from bedside.facts import lexicon_index
from bedside.question import patterns


def enlarged(compiled: bytes, times: int) -> bytes:
    """The compiled file with every topic, concept and source copied until it is *times* as rich."""
    start = compiled.find(b"\n") + 1
    manifest = json.loads(compiled[:start])
    body = bytearray()

    def part(place: list[int]) -> Any:
        begin = start + place[0]
        return json.loads(compiled[begin : begin + place[1]])

    def add(value: Any) -> list[int]:
        line = rfc8785.dumps(value)
        place = [len(body), len(line)]
        body.extend(line + b"\n")
        return place

    sections = {name: _grown(name, part(place), times) for name, place in manifest["offsets"].items()}
    sections["lexicon_index"] = lexicon_index.indexed(sections["lexicon"])
    sections["books"] = {name: _more_patterns(book, times) for name, book in sections["books"].items()}
    offsets = {name: add(section) for name, section in sections.items()}
    topics = []
    for copy in range(times):
        for topic in manifest["topics"]:
            name = topic["id"] if copy == 0 else f"{topic['id']}-copy-{copy}"
            parts = {
                key: add(_renamed(part(value), topic["id"], name)) for key, value in topic.items() if _is_place(value)
            }
            terms = topic["terms"] if copy == 0 else [f"{term}_copy_{copy}" for term in topic["terms"]]
            topics.append({**topic, "id": name, "terms": terms, **parts})
    digest = hashlib.sha256(body).hexdigest()
    return rfc8785.dumps({**manifest, "offsets": offsets, "topics": topics, "sha256": digest}) + b"\n" + bytes(body)


def _is_place(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(number, int) for number in value)  # noqa: PLR2004


def _renamed(value: Any, old: str, new: str) -> Any:
    """The part with its topic's name replaced wherever it stands."""
    if old == new:
        return value
    text = json.dumps(value, ensure_ascii=False)
    return json.loads(text.replace(f'"{old}/', f'"{new}/').replace(f'"{old}"', f'"{new}"'))


def _grown(name: str, section: Any, times: int) -> Any:
    """A shared section with its concepts and sources copied; the copies' words end in a number nobody writes."""
    return _copies(section, times) if name in ("lexicon", "bibliography") else section


def _more_patterns(book: dict[str, Any], times: int) -> dict[str, Any]:
    """A book of patterns with its patterns copied; the copies ask for one more word, which nobody writes."""
    grown: dict[str, list[str]] = {}
    for line in book["lines"].split("\n"):
        label, _, text = line.partition("\t")
        more = [f"{text.removesuffix('$').strip()} {copy}copy" for copy in range(1, times)]
        grown.setdefault(label, []).extend([text, *more])
    return patterns.indexed(grown, book["groups"], book["real_words"])


def _copies(entries: dict[str, Any], times: int) -> dict[str, Any]:
    grown = dict(entries)
    for copy in range(1, times):
        for key, entry in entries.items():
            grown[f"{key}_copy_{copy}"] = _marked(entry, copy)
    return grown


def _marked(entry: Any, copy: int) -> Any:
    """The entry with a number after every word in its lists, so that no copy matches what the original does."""
    if isinstance(entry, dict):
        return {key: _marked(value, copy) for key, value in entry.items()}
    if isinstance(entry, list):
        return [f"{item} {copy}copy" if isinstance(item, str) else _marked(item, copy) for item in entry]
    return entry
