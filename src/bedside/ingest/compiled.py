"""The compiled content as the program reads it: one file read once, each line parsed when it is first needed.

No YAML here. Dataclasses are built when they are asked for, so that content twenty times as large costs a question
no more than the topics it uses.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bedside.errors import BedsideError, LibraryUnusable
from bedside.evidence.load import source_from, statement_from
from bedside.evidence.source import Source
from bedside.evidence.statement import Statement
from bedside.protocol.case import Case, case_from
from bedside.protocol.load import protocol_from
from bedside.protocol.protocol import Protocol
from bedside.text.lazy import LazyMapping

if TYPE_CHECKING:
    from bedside.ingest.pack import Pack

FORMAT = 2
_INDEXES = ("lexicon_index", "checking_index", "books")
PACKS = "packs"
"""The folder of hospital packs in the reader's home; every ``file:line`` of a pack begins with it."""
DEFAULT = Path(__file__).resolve().parent.parent / "content" / "compiled.jsonl"
_REMEDY = "Compile it again (python -m bedside.ingest.compile) or reinstall bedside."

Noun = TypeVar("Noun")


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """One topic as the manifest lists it. ``terms`` are the concepts that make a question one about it; ``computable``
    says that it has a protocol and not statements only."""

    id: str
    title: str
    terms: tuple[str, ...]
    computable: bool


class CompiledContent:
    """One compiled file. ``name`` is what errors call it. Reading never changes it.

    ``stamp`` says from what hospital packs and adopted wordings were compiled into it, and is "" in the content that
    ships. ``wordings_seen`` tells which file of adopted wordings was read for it, () for none.
    """

    def __init__(self, data: bytes, name: str = "compiled content") -> None:
        """Read the manifest. Raises LibraryUnusable when it is not one this program reads."""
        self._data, self._name = data, name
        self._start = data.find(b"\n") + 1
        self._manifest = self._parse(data[: self._start], "the manifest")
        found = self._manifest.get("format") if isinstance(self._manifest, dict) else None
        if found != FORMAT:
            raise LibraryUnusable(f"{name}: format {found!r} is not the format {FORMAT} this program reads.", _REMEDY)
        try:
            self._entries = {entry["id"]: entry for entry in self._manifest["topics"]}
            self.release, self.date = str(self._manifest["release"]), str(self._manifest["date"])
            self.fingerprint, self._offsets = str(self._manifest["sha256"]), self._manifest["offsets"]
            self.stamp = str(self._manifest.get("stamp", ""))
        except (KeyError, TypeError, ValueError) as error:
            raise self._damaged("the manifest") from error
        self.wordings_seen: tuple[int, ...] = ()
        self._lines: dict[tuple[int, int], Any] = {}
        self._nouns: dict[tuple[str, str], Any] = {}

    @classmethod
    def open(cls, path: Path | None = None) -> CompiledContent:
        """Open a compiled file, or the one that ships with the package.

        Raises LibraryUnusable when it is missing, or does not match its own hash: an altered dose is never shown.
        """
        chosen = path or DEFAULT
        try:
            content = cls(chosen.read_bytes(), str(chosen))
        except OSError as error:
            raise LibraryUnusable(
                f"{chosen}: the compiled content cannot be read ({error.strerror}).", _REMEDY
            ) from error
        content.check()
        return content

    def check(self) -> None:
        """Compare the file with its own hash (SHA-256 reads a megabyte in a few milliseconds)."""
        if hashlib.sha256(self._data[self._start :]).hexdigest() != self.fingerprint:
            raise LibraryUnusable(f"{self._name}: the content does not match its own hash.", _REMEDY)

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The hospital packs compiled into it, by name."""
        if not self._manifest.get("packs"):
            return ()
        from bedside.ingest.pack import pack_from  # not needed where there are none

        return self._noun(("packs", ""), lambda: tuple(map(pack_from, self._manifest["packs"])))

    @property
    def wordings(self) -> tuple[Mapping[str, Any], ...]:
        """The adopted wordings applied to it, by statement: what the file of them says of each."""
        return tuple(self._manifest.get("wordings", ()))

    def topics(self) -> tuple[TopicEntry, ...]:
        """Every topic, by id; nothing but the manifest is read for it."""
        return tuple(
            TopicEntry(entry["id"], entry["title"], tuple(entry["terms"]), "protocol" in entry)
            for entry in self._entries.values()
        )

    def vocabulary(self) -> dict[str, Any]:
        """units, analytes, context, lexicon, emergency, scope and checking, as plain JSON."""
        return {**self._section("vocabulary"), **{name: self._section(name) for name in ("lexicon", "checking")}}

    def indexed_vocabulary(self) -> dict[str, Any]:
        """The same with the lexicon and the words of the checks as they are searched, ``lexicon_index`` and
        ``checking_index``, in their places, and with the ``books`` of patterns: all that a question needs, and quick
        to open."""
        return {**self._section("vocabulary"), **{name: self._section(name) for name in _INDEXES}}

    def frames(self) -> dict[str, Any]:
        """Frame id -> its wordings."""
        frames: dict[str, Any] = self._section("wording")["frames"]
        return frames

    def glossary(self) -> dict[str, Any]:
        """Term -> its explanation."""
        glossary: dict[str, Any] = self._section("wording")["glossary"]
        return glossary

    def sources(self) -> Mapping[str, Source]:
        """Every source by key."""
        return self._noun(("sources", ""), lambda: LazyMapping(self._section("bibliography"), source_from))

    def protocol(self, topic: str) -> Protocol:
        """The protocol of a topic. Raises LibraryUnusable when the topic has none."""
        return self._noun(("protocol", topic), lambda: protocol_from(self._line(topic, "protocol")))

    def protocol_as_shipped(self, topic: str) -> Protocol:
        """The protocol of a topic without the rules that packs add, so that our own cases prove our own rules."""
        return self._noun(("protocol as shipped", topic), lambda: _without_packs(self.protocol(topic)))

    def statements(self, topic: str) -> Mapping[str, Statement]:
        """The statements of a topic by full id."""
        return self._noun(("statements", topic), lambda: LazyMapping(self._line(topic, "statements"), statement_from))

    def cases(self, topic: str) -> tuple[Case, ...]:
        """The cases of a topic; none where it has statements only."""
        if "cases" not in self._entry(topic):
            return ()
        return self._noun(("cases", topic), lambda: tuple(map(case_from, self._line(topic, "cases"))))

    def raw_sources(self) -> dict[str, Any]:
        """The compiled form of every source by key."""
        return self._section("bibliography")

    def raw(self, topic: str, part: str) -> Any:
        """The compiled form of a topic's "protocol", "statements" or "cases", for hashing and display."""
        return self._line(topic, part)

    def rewritten(self, statements: Mapping[str, Mapping[str, Any]], more: Mapping[str, Any]) -> bytes:
        """The compiled file with other *statements* for some topics, and with *more* in its manifest."""
        import rfc8785  # only for what a home adds

        manifest, body = deepcopy(self._manifest), bytearray()
        given = {id(entry): statements.get(entry["id"]) for entry in manifest["topics"]}
        for holder, name in _places(manifest):
            begin = self._start + holder[name][0]
            other = given.get(id(holder)) if name == "statements" else None
            line = self._data[begin : begin + holder[name][1]] if other is None else rfc8785.dumps(other)
            holder[name] = [len(body), len(line)]
            body += line + b"\n"
        manifest |= {**more, "sha256": hashlib.sha256(body).hexdigest()}
        return rfc8785.dumps(manifest) + b"\n" + bytes(body)

    def _noun(self, key: tuple[str, str], build: Callable[[], Noun]) -> Noun:
        """Build once and keep."""
        if key not in self._nouns:
            try:
                self._nouns[key] = build()
            except LibraryUnusable:
                raise
            except (KeyError, ValueError, TypeError, ArithmeticError, AttributeError, BedsideError) as error:
                raise self._damaged(" ".join(key).strip()) from error
        kept: Noun = self._nouns[key]
        return kept

    def _entry(self, topic: str) -> Mapping[str, Any]:
        """What the manifest says of a topic."""
        if topic not in self._entries:
            known = ", ".join(self._entries)
            raise LibraryUnusable(f"{self._name}: there is no topic {topic!r}.", f"Topics: {known}.")
        entry: Mapping[str, Any] = self._entries[topic]
        return entry

    def _line(self, topic: str, part: str) -> Any:
        """The parsed line of a topic's part."""
        entry = self._entry(topic)
        if part not in entry:
            raise LibraryUnusable(f"{self._name}: the topic {topic!r} has no {part}.", "It has statements only.")
        return self._at(entry[part], f"{topic} {part}")

    def _section(self, name: str) -> dict[str, Any]:
        """The parsed line of a shared section."""
        if name not in self._offsets:
            raise self._damaged(name)
        section: dict[str, Any] = self._at(self._offsets[name], name)
        return section

    def _at(self, place: list[int], what: str) -> Any:
        """The parsed line at an offset and length."""
        offset, length = place
        if (offset, length) not in self._lines:
            begin = self._start + offset
            self._lines[offset, length] = self._parse(self._data[begin : begin + length], what)
        return self._lines[offset, length]

    def _parse(self, line: bytes, what: str) -> Any:
        """A line of JSON."""
        try:
            return json.loads(line)
        except ValueError as error:
            raise self._damaged(what) from error

    def _damaged(self, what: str) -> LibraryUnusable:
        """The error for a file that is not what the compiler wrote."""
        return LibraryUnusable(f"{self._name}: {what} cannot be read: the compiled content is damaged.", _REMEDY)


def _places(manifest: Any) -> list[tuple[Any, str]]:
    """Each line of the file as the part of the manifest that says where it lies, in the order of the file."""
    found = [(manifest["offsets"], name) for name in manifest["offsets"]]
    for entry in manifest["topics"]:
        found += [(entry, name) for name in ("protocol", "statements", "cases") if name in entry]
    return sorted(found, key=lambda place: place[0][place[1]][0])


def from_pack(where: str) -> bool:
    """Whether ``file:line`` lies in a hospital pack."""
    return where.startswith(f"{PACKS}/")


def _without_packs(protocol: Protocol) -> Protocol:
    """The same protocol without rules of packs; what was worked out about the other is not taken along."""
    ours = tuple(rule for rule in protocol.rules if not from_pack(rule.where))
    return replace(protocol, rules=ours, _named={}, _rules={})
