"""Statements as they stand in Markdown (``statements/*.md``): one recommendation a list item, plain wording beneath.

- [Clinical wording.]{#id strength=consider jurisdiction=GB level=C basis=secondhand} [@key, locator; @key]
  - plain: Plain wording.
  - note: For the reviewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bedside.errors import ContentError
from bedside.evidence.statement import Basis
from bedside.ingest.marked_yaml import Marked, read_yaml
from bedside.ingest.reading import Choice, Reading, Referent, nearest
from bedside.protocol.strength import Jurisdiction, Level, Strength

OWN_RULES = "bedside-safety"
"""The key of the source that stands for bedside's own safety rules."""

_ATTRIBUTES = (
    "strength", "jurisdiction", "level", "basis", "unconfirmed", "dose", "guards", "population", "passage", "readers",
)  # fmt: skip
_REQUIRED = ("strength", "jurisdiction", "level", "basis")
_PARTS = ("plain", "note")
_FRONT = ("title", "bibliography", "licence", "review")
_ITEM = re.compile(r"\[(?P<words>.*)\]\{(?P<attributes>[^{}]*)\}\s*(?P<rest>.*)")
_ATTRIBUTE = re.compile(r'#(?P<id>\S+)|(?P<key>[\w-]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))|(?P<other>\S+)')
_CITATIONS = re.compile(r"\[(@.*)\]")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")
_SLOT = re.compile(r"\{[^}]*\}")


@dataclass(slots=True)
class _Item:
    """One list item as lines were gathered: its text, its parts, and where each began."""

    line: int
    heading: str
    text: str
    parts: dict[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter of a file of statements, for every statement in it."""

    topic: str
    title: str
    checked_on: str
    next_check: str


def read_statements(text: str, file: str, reading: Reading) -> tuple[Front, dict[str, dict[str, Any]]]:
    """The front matter and the statements of one file, by full id (``topic/name``), in compiled form."""
    lines = text.split("\n")
    front, start = _front_matter(lines, file, reading)
    statements: dict[str, dict[str, Any]] = {}
    for item in _items(lines, start, file, reading):
        where = f"{file}:{item.line}"
        compiled = _statement(item, front, file, reading)
        if compiled is None:
            continue
        name, data = compiled
        if name in statements:
            reading.refuse(
                where, f"the statement {name!r} is given twice (first at {statements[name]['where']}).", "Rename one."
            )
            continue
        statements[name] = data
    return front, statements


def _front_matter(lines: list[str], file: str, reading: Reading) -> tuple[Front, int]:
    """The YAML between the two ``---`` lines, and the number of the line after it."""
    if not lines or lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
        reading.refuse(
            f"{file}:1", "the front matter is missing.", "Begin with ---, id: TOPIC, checked_on, next_check, ---."
        )
        return Front("", "", "", ""), 0
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == "---")
    try:
        node = read_yaml("\n" + "\n".join(lines[1:end]), file)
    except ContentError as error:
        reading.problems.append(error)
        return Front("", "", "", ""), end + 1
    fields = reading.fields(node, "the front matter", ("id", "checked_on", "next_check"), _FRONT)
    values = {key: reading.text(fields.get(key), key) for key in ("id", "title", "checked_on", "next_check")}
    for key in ("checked_on", "next_check"):
        check_date(fields.get(key), key, reading)
    return Front(values["id"], values["title"], values["checked_on"], values["next_check"]), end + 1


def check_date(node: Marked | None, what: str, reading: Reading) -> None:
    """Refuse a date that is not written YYYY-MM-DD."""
    if node is not None and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(node.value)):
        reading.refuse(node.where, f"{what} must be a date, and {node.value!r} is not.", "Write it as 2026-11-22.")


def _items(lines: list[str], start: int, file: str, reading: Reading) -> Iterator[_Item]:
    """Gather the list items under their headings; refuse a line that belongs to none."""
    heading, item, part = "", None, ""
    for number, line in enumerate(lines[start:], start + 1):
        stripped = line.strip()
        if line.startswith("#"):
            heading = stripped.lstrip("#").strip()
        if line.startswith(("#", "- ")):
            if item is not None:
                yield item
            item, part = (_Item(number, heading, stripped[2:]), "") if line.startswith("- ") else (None, "")
        elif not stripped or (stripped.startswith("<!--") and stripped.endswith("-->")):
            continue
        elif item is not None and line.startswith("  - "):
            part = _begin_part(item, stripped[2:], number, file, reading)
        elif item is not None and line.startswith("  "):
            _continue_line(item, part, stripped)
        else:
            reading.refuse(
                f"{file}:{number}",
                "this line is neither a heading nor part of a statement.",
                "Indent it by two spaces.",
            )
    if item is not None:
        yield item


def _begin_part(item: _Item, text: str, number: int, file: str, reading: Reading) -> str:
    """Begin ``plain:`` or ``note:``; the name of the part, "" when it is neither."""
    name, _, words = text.partition(":")
    if name not in _PARTS:
        reading.refuse(f"{file}:{number}", f"a statement has no part {name!r}.", nearest(name, _PARTS))
        return "?"
    if name in item.parts:
        reading.refuse(f"{file}:{number}", f"{name!r} is given twice.", "Keep one.")
    item.parts[name] = (number, words.strip())
    return name


def _continue_line(item: _Item, part: str, words: str) -> None:
    """Add an indented line to the part it continues."""
    if not part:
        item.text = f"{item.text} {words}"
    elif part in item.parts:
        number, before = item.parts[part]
        item.parts[part] = (number, f"{before} {words}")


def _statement(item: _Item, front: Front, file: str, reading: Reading) -> tuple[str, dict[str, Any]] | None:
    """One statement in compiled form with its full id, or None with a note."""
    where = f"{file}:{item.line}"
    match = _ITEM.fullmatch(item.text)
    if match is None:
        reading.refuse(
            where,
            "cannot read the statement.",
            "Write - [wording]{#id strength=... jurisdiction=...} [@source, locator].",
        )
        return None
    attributes = _attributes(match["attributes"], where, reading)
    name = f"{front.topic}/{attributes.get('id', '')}"
    line, plain = item.parts.get("plain", (item.line, ""))
    if not plain:
        reading.refuse(where, f"the statement {name!r} has no plain wording.", "Add an indented line: - plain: ...")
    for slot in (*_SLOT.findall(match["words"]), *(s for s in _SLOT.findall(plain) if s != "{you}")):
        reading.refuse(
            f"{file}:{line}", f"the slot {slot} is not known in a statement.", "Only {you} in the plain wording."
        )
    guards = [full_id(front.topic, guarded) for guarded in attributes.get("guards", "").split()]
    reading.refer(Referent.STATEMENT, guards, where)
    data: dict[str, Any] = {
        "clinical": " ".join(match["words"].split()),
        "plain": plain,
        "citations": _citations(match["rest"], where, reading),
        "strength": _member(attributes, "strength", Strength, where, reading),
        "jurisdiction": _member(attributes, "jurisdiction", Jurisdiction, where, reading),
        "level": _member(attributes, "level", Level, where, reading),
        "basis": _member(attributes, "basis", Basis, where, reading),
        "heading": item.heading,
        "checked_on": front.checked_on,
        "next_check": front.next_check,
        "where": where,
    }
    if attributes.get("dose") == "fact":
        data["dose_fact"] = True
        attributes = {key: value for key, value in attributes.items() if key != "dose"}
    if "readers" in attributes:
        data |= _readers(attributes, where, reading)
    for mark in ("unconfirmed", "dose"):
        if mark in attributes:
            data[mark] = _yes(attributes[mark], mark, where, reading)
    optional = {"population": attributes.get("population"), "passage": attributes.get("passage"), "guards": guards}
    data |= {key: value for key, value in optional.items() if value}
    if note := item.parts.get("note"):
        data["note"] = note[1]
    return name, data


def _readers(attributes: Mapping[str, str], where: str, reading: Reading) -> dict[str, Any]:
    """Who alone is shown the statement. What a source recommends, or what guards advice, no professional may miss."""
    only = attributes["readers"]
    if only not in ("clinicians", "patients"):
        reading.refuse(where, "readers can only be 'clinicians' or 'patients'.", "Leave it out otherwise.")
    if only == "patients" and (attributes.get("basis") != Basis.OWN_RULE.value or "guards" in attributes):
        reading.refuse(where, "only an own rule that guards nothing can be for patients alone.", "Leave 'readers' out.")
    return {f"{only}_only": True}


def _attributes(written: str, where: str, reading: Reading) -> dict[str, str]:
    """The attributes of a statement; ``id`` is the word after ``#``."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        key = "id" if match["id"] else match["key"] or match["other"]
        if key != "id" and (match["other"] or key not in _ATTRIBUTES):
            reading.refuse(where, f"a statement has no attribute {key!r}.", nearest(key, _ATTRIBUTES))
        elif key in found:
            reading.refuse(where, f"the attribute {key!r} is given twice.", "Keep one.")
        else:
            found[key] = match["id"] or match["quoted"] or match["bare"] or ""
    for key in ("id", *_REQUIRED):
        if key not in found:
            reading.refuse(
                where,
                f"the statement lacks {'an id' if key == 'id' else key!r}.",
                f"Add {'#' if key == 'id' else ''}{key}.",
            )
    if "id" in found and not _ID.fullmatch(found["id"]):
        reading.refuse(where, f"the id {found['id']!r} is not lower-case words joined by '-'.", "Rename it.")
    return found


def _member(attributes: dict[str, str], key: str, kind: type[Choice], where: str, reading: Reading) -> Choice | None:
    """A word of a closed set, or None with a note; a missing one was noted before."""
    return reading.member(attributes[key], where, key, kind) if key in attributes else None


def _yes(value: str, mark: str, where: str, reading: Reading) -> bool:
    """A mark is there as ``yes`` or not at all."""
    if value != "yes":
        reading.refuse(where, f"{mark} can only be 'yes', not {value!r}.", "Leave it out otherwise.")
    return True


def _citations(written: str, where: str, reading: Reading) -> list[list[str]]:
    """``[@key, locator; @key]`` as pairs of key and locator; at least one."""
    match = _CITATIONS.fullmatch(written.strip())
    if match is None:
        reading.refuse(where, "the statement cites no source.", "End it with [@source-key, locator].")
        return []
    pairs = []
    for citation in re.split(r";\s*(?=@)", match[1]):
        key, _, locator = citation.lstrip("@").partition(",")
        if not _KEY.fullmatch(key.strip()):
            reading.refuse(where, f"{key.strip()!r} is not a source key.", "Write @key, locator; @key, locator.")
        reading.refer(Referent.SOURCE, [key.strip()], where)
        pairs.append([key.strip(), locator.strip()])
    return pairs


def full_id(topic: str, name: str) -> str:
    """``topic/name``; a name of another topic is already written in full."""
    return name if "/" in name else f"{topic}/{name}"
