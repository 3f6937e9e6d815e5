"""Packs read, checked and compiled on top of compiled content, as strictly as the content that ships."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

from bedside.errors import ContentError
from bedside.ingest.agreement import check_agreement
from bedside.ingest.bibliography import read_bibliography
from bedside.ingest.compile import write_content
from bedside.ingest.compiled import CompiledContent, from_pack
from bedside.ingest.condition_yaml import read_condition
from bedside.ingest.library_files import ContentFiles, Folder, Topic, read_tables, read_topic
from bedside.ingest.pack import pack_from
from bedside.ingest.pack_files import PackFolder
from bedside.ingest.pack_rules import check_overrides, check_rules, said_without_rule, take_places
from bedside.ingest.pack_words import check_sources, check_statements, localise
from bedside.ingest.pack_yaml import Front, read_front, read_scope, unknown_topic
from bedside.ingest.reading import Reading, nearest
from bedside.ingest.references import resolve
from bedside.ingest.rules_yaml import read_table
from bedside.protocol.strength import Jurisdiction

Data = dict[str, Any]

_TOPIC = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def compile_with_packs(shipped: CompiledContent, folders: tuple[PackFolder, ...], stamp: str) -> bytes:
    """The compiled file of *shipped* with every pack. *stamp* is written into its manifest.

    Raises ContentRefused with every problem found, each with ``file:line``.
    """
    reading, content, packs = Reading(), _files_of(shipped), list[Data]()
    ours = {name: data for topic in content.topics for name, data in topic.statements.items()}
    try:
        packs.extend(_Adding(folder, content, ours, reading).manifest() for folder in folders)
        resolve(content, reading)
        check_agreement(content, reading)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        reading.finish()  # a half-read pack; what is wrong with it was noted
        raise
    reading.finish()
    content.release = " + ".join((shipped.release, *(pack_from(pack).stated for pack in packs)))
    try:
        return write_content(content, {"packs": packs, "stamp": stamp})
    except ValueError as error:
        names = ", ".join(folder.name for folder in folders)
        raise ContentError(
            f"{folders[0].shown}pack.yaml:1", f"a character in {names} cannot be kept: {error}."
        ) from None


def _files_of(shipped: CompiledContent) -> ContentFiles:
    """Compiled content as it was before it was written; a copy, because packs change it."""
    content = ContentFiles(
        release=shipped.release,
        date=shipped.date,
        vocabulary=shipped.vocabulary(),
        frames=shipped.frames(),
        glossary=shipped.glossary(),
        sources=shipped.raw_sources(),
    )
    for entry in shipped.topics():
        protocol = shipped.raw(entry.id, "protocol") if entry.computable else None
        cases = shipped.raw(entry.id, "cases") if entry.computable else []
        content.topics.append(Topic(entry.id, entry.title, protocol, shipped.raw(entry.id, "statements"), cases))
    return deepcopy(content)


class _Adding:
    """One pack on its way into the content. *ours* are the statements that ship, by id."""

    def __init__(self, folder: PackFolder, content: ContentFiles, ours: dict[str, Data], reading: Reading) -> None:
        self.folder, self.content, self.ours, self.reading = folder, content, ours, reading
        self.files = Folder(folder.root, reading, folder.shown)
        self.topics: list[str] = []
        self.rules: list[Data] = []
        self.statements = 0
        self.overrides: list[list[str]] = []
        self._strangers()
        self.front = self._front()
        self.sources = self._bibliography()
        self.words = self._scope()
        for path in sorted(path for path in folder.root.iterdir() if path.is_dir() and path.name[0] != "."):
            self._topic(path)
        self._words_used()

    def manifest(self) -> Data:
        """The pack as the manifest lists it."""
        front = self.front
        return {
            "name": front.name,
            "title": front.title,
            "issuer": front.issuer,
            "version": front.version,
            "date": front.date,
            "country": front.country.value,
            "sha256": self.folder.sha256,
            "topics": self.topics,
            "rules": [rule["id"] for rule in self.rules],
            "sources": sorted(self.sources),
            "statements": self.statements,
            "overrides": self.overrides,
        }

    def _strangers(self) -> None:
        known = (
            "pack.yaml",
            "bibliography.json",
            "scope.yaml",
            "rules",
            "statements",
            "cases",
            "protocol.yaml",
            "cases.yaml",
        )
        for name in self.folder.strangers:
            parts = (part for part in name.split("/") if part not in known)
            close = (remedy for part in parts if (remedy := nearest(part, known)).startswith("Did"))
            remedy = next(close, "Move it away; docs/packs.md says what a pack is made of.")
            self.reading.refuse(f"{self.folder.shown}{name}:1", "nothing in a pack is read from here.", remedy)

    def _front(self) -> Front:
        node = self.files.yaml(self.folder.root / "pack.yaml")
        if node is None:  # noted already; nothing of the pack can be judged without it
            self.reading.finish()
            raise AssertionError("a file that cannot be read is always noted")
        front = read_front(node, self.folder.name, self.reading)
        if not front.called:
            self.reading.finish()
        return front

    def _bibliography(self) -> dict[str, Data]:
        path = self.folder.root / "bibliography.json"
        node = self.files.yaml(path) if path.exists() else None
        if node is None:
            return {}
        sources = read_bibliography(node, self.reading)
        items = [(self.reading.entries(item, "a source"), item.where) for item in self.reading.items(node, "sources")]
        lines = {str(fields["id"].value): where for fields, where in items if "id" in fields}
        check_sources(sources, lines, self.front, self.reading)
        for key in sources.keys() & self.content.sources.keys() & lines.keys():
            self.reading.refuse(lines[key], f"there is a source {key!r} already.", "Rename yours.")
        self.content.sources.update(sources)
        return sources

    def _scope(self) -> dict[str, Data]:
        path = self.folder.root / "scope.yaml"
        node = self.files.yaml(path) if path.exists() else None
        return read_scope(node, self._ours_of_scope().get("groups", {}), self.reading)

    def _ours_of_scope(self) -> Data:
        scope: Data = self.content.vocabulary["scope"]
        return scope

    def _topic(self, path: Path) -> None:
        """One folder of the pack: more for a topic that is there, or a new one."""
        there = next((topic for topic in self.content.topics if topic.id == path.name), None)
        where = f"{self.folder.shown}{path.name}:1"
        if there is None:
            self._new(path, where)
        elif there.protocol is None or there.id in self.topics or not self._is_ours(there):
            self.reading.refuse(where, f"the topic {there.id!r} cannot be added to.", "Give yours another name.")
        elif (path / "protocol.yaml").exists():
            what = f"the topic {there.id!r} has a protocol already."
            remedy = "Remove protocol.yaml to add rules to it, or give your topic another name."
            self.reading.refuse(f"{self.folder.shown}{path.name}/protocol.yaml:1", what, remedy)
        else:
            self._addition(path, there, there.protocol)

    def _is_ours(self, topic: Topic) -> bool:
        return topic.protocol is not None and not from_pack(topic.protocol["where"])

    def _new(self, path: Path, where: str) -> None:
        topic = read_topic(path, self.files)
        if not _TOPIC.fullmatch(path.name):
            self.reading.refuse(where, f"{path.name!r} is no name for a topic.", "Use lower-case words joined by '-'.")
        if topic.protocol is None and not topic.statements:
            self.reading.refuse(where, f"the topic {path.name!r} holds nothing.", "Give it statements/*.md.")
        if topic.protocol is None and ((path / "rules").exists() or topic.cases):
            names = [known.id for known in self.content.topics if known.protocol is not None]
            remedy = nearest(path.name, names)
            self.reading.refuse(where, f"{path.name!r} has rules or cases and no protocol.yaml.", remedy)
            return
        check_statements(topic.statements, self.content.sources, self.ours, self.front, self.reading)
        if topic.protocol is not None:
            self._own_protocol(topic.protocol, where)
        self.topics.append(topic.id)
        self.statements += len(topic.statements)
        self.content.topics.append(topic)

    def _own_protocol(self, protocol: Data, where: str) -> None:
        """A protocol of the pack's own: its rules, its limits, and how a question comes to it."""
        self._rules(protocol["rules"], ours=False)
        for parameter in protocol["parameters"]:
            localise(parameter, f"the parameter {parameter['name']!r}", protocol["where"], self.front, self.reading)
        for name in sorted(said_without_rule(protocol) & self.ours.keys()):
            what = f"the protocol {protocol['id']!r} says {name!r}, which is bedside's own wording of another source."
            self.reading.refuse(protocol["where"], what, "Write a statement of the hospital's own.")
        for name, measure in protocol["measures"].items():
            self._bands(name, measure)
        topics = self._ours_of_scope().setdefault("topics", {})
        words = self.words.get(protocol["id"], {"words": [], "not_words": [], "where": where})
        for name, other in topics.items():
            same = sorted({*other["words"]} & {*words["words"]} | {*other["concepts"]} & {*protocol["topics"]})
            if same:
                what = f"{', '.join(same)} of {protocol['id']!r} leads to {name!r} already."
                self.reading.refuse(
                    words["where"], what, "Two topics do not share a word: one would speak in the other."
                )
        topics[protocol["id"]] = {
            "words": words["words"],
            "not_words": words["not_words"],
            "concepts": protocol["topics"],
            "signs": [],
            "risks": [],
            "above": {},
        }

    def _bands(self, name: str, measure: Data) -> None:
        """The limits of the hospital become those of its country; each band is called by its name."""
        bands = measure.get("bands", {})
        others = (topic for topic in self.content.topics if topic.protocol is not None)
        read = next((topic.id for topic in others if "bands" in (topic.protocol or {})["measures"].get(name, {})), None)
        if bands and read is not None:
            what = f"{name!r} has its bands in {read!r}, and one value cannot fall in two."
            self.reading.refuse(measure["where"], what, "Compare it with a parameter instead.")
        if bands and "table" not in measure:
            what = f"the bands of {name!r} do not say whose they are."
            self.reading.refuse(measure["where"], what, "Add table: the statement that says it.")
        if Jurisdiction.LOCAL in bands:
            bands[self.front.country.value] = bands.pop(Jurisdiction.LOCAL)
        for band in (band for rows in bands.values() for band in rows):
            called = band["name"].replace("_", " ")
            self.content.frames.setdefault(f"band-{name}-{band['name']}", {"clinical": called, "plain": called})

    def _words_used(self) -> None:
        """Every topic with words is one that this pack adds."""
        added = [topic.id for topic in self.content.topics if topic.id in self.topics and topic.protocol is not None]
        for name, words in self.words.items():
            if name not in added:
                unknown_topic(name, words["where"], added, self.reading)

    def _rules(self, rules: list[Data], *, ours: bool) -> None:
        check_rules(rules, self.ours, ours, self.front, self.reading)
        for rule in rules:
            localise(rule, f"the rule {rule['id']!r}", rule["where"], self.front, self.reading)
        self.rules += rules

    def _addition(self, path: Path, topic: Topic, protocol: Data) -> None:
        """Rules, statements and cases for a topic that ships."""
        added = read_topic(path, self.files)
        check_statements(added.statements, self.content.sources, self.ours, self.front, self.reading)
        rules = self._tables(path, topic.id, protocol)
        check_overrides(rules, protocol, self.ours, self.front, self.reading)
        self._rules(rules, ours=True)
        if not self.reading.problems:
            take_places(rules, protocol, topic.statements)
        shipped = {rule["id"] for rule in protocol["rules"]}
        self.overrides += [
            [rule["id"], target] for rule in rules for target in rule.get("overrides", ()) if target in shipped
        ]
        protocol["rules"] += [rule | {"order": len(protocol["rules"]) + place} for place, rule in enumerate(rules)]
        topic.statements.update((name, data) for name, data in added.statements.items() if name not in topic.statements)
        topic.cases += added.cases
        self.statements += len(added.statements)

    def _tables(self, path: Path, topic: str, protocol: Data) -> list[Data]:
        """The rules of every table; their definitions go into the protocol, under names of the pack's own."""
        rules: list[Data] = []
        seen = {rule["id"]: rule["where"] for rule in protocol["rules"]}
        prefix = self.front.name.replace("-", "_") + "_"
        for node in read_tables(path, self.files):
            found, definitions = read_table(node, self.reading, topic)
            for rule in found:
                if rule["id"] in seen:
                    what = f"the rule {rule['id']!r} is there already (at {seen[rule['id']]})."
                    self.reading.refuse(rule["where"], what, f"Rename it, beginning with {self.front.rule_prefix}.")
                seen[rule["id"]] = rule["where"]
            rules += found
            for name, body in definitions.items():
                if not name.startswith(prefix) or name in protocol["definitions"]:
                    what = f"the definition {name!r} is not one of this table's own."
                    self.reading.refuse(body.where, what, f"Begin its name with {prefix!r}, and give it once.")
                else:
                    protocol["definitions"][name] = read_condition(body, self.reading, topic)
        return rules
