"""The content folder read as a whole: every file, with every problem noted and every name still to be resolved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bedside.errors import ContentError
from bedside.ingest.bibliography import read_bibliography
from bedside.ingest.cases_yaml import read_cases
from bedside.ingest.marked_yaml import Marked, read_yaml
from bedside.ingest.protocol_yaml import read_protocol
from bedside.ingest.reading import Reading
from bedside.ingest.statements_markdown import Front, check_date, read_statements
from bedside.ingest.vocabulary_yaml import read_frames, read_glossary, read_lexicon, read_shared

_SHARED = ("units", "analytes", "context", "emergency", "scope", "checking")


@dataclass(slots=True)
class Topic:
    """One folder with statements: its protocol (None where it has statements only) and its cases, in compiled form."""

    id: str
    title: str
    protocol: dict[str, Any] | None
    statements: dict[str, dict[str, Any]]
    cases: list[dict[str, Any]]


@dataclass(slots=True)
class ContentFiles:
    """Everything in the content folder, in compiled form."""

    release: str = ""
    date: str = ""
    vocabulary: dict[str, Any] = field(default_factory=dict)
    frames: dict[str, Any] = field(default_factory=dict)
    glossary: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    topics: list[Topic] = field(default_factory=list)

    @property
    def statements(self) -> dict[str, dict[str, Any]]:
        """Every statement of every topic by full id."""
        return {name: data for topic in self.topics for name, data in topic.statements.items()}


class Folder:
    """A content folder, whose files are named in errors by their path below it, after *shown*."""

    def __init__(self, root: Path, reading: Reading, shown: str = "") -> None:
        self.root, self.reading, self.shown = root, reading, shown

    def name(self, path: Path) -> str:
        """The path as errors show it."""
        return self.shown + path.relative_to(self.root).as_posix()

    def text(self, path: Path) -> str | None:
        """The text of a file, or None with a note."""
        try:
            return path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self.reading.refuse(f"{self.name(path)}:1", "the file is missing.", "Add it.")
        except (OSError, UnicodeDecodeError) as error:
            self.reading.refuse(f"{self.name(path)}:1", f"the file cannot be read: {error}.", "Save it as UTF-8.")
        return None

    def yaml(self, path: Path) -> Marked | None:
        """A YAML or JSON file, or None with a note."""
        text = self.text(path)
        if text is None:
            return None
        try:
            return read_yaml(text, self.name(path))
        except ContentError as error:
            self.reading.problems.append(error)
            return None

    def yamls(self, paths: Iterable[Path]) -> list[Marked]:
        """The readable ones of several files, in the order given."""
        return [node for path in paths if (node := self.yaml(path)) is not None]


def read_content(root: Path, reading: Reading) -> ContentFiles:
    """Read the content folder. Problems are noted in *reading*, never raised."""
    folder, content = Folder(root, reading), ContentFiles()
    if (release := folder.yaml(root / "release.yaml")) is not None:
        fields = reading.fields(release, "release.yaml", ("name", "date"), ("note",))
        content.release = reading.text(fields.get("name"), "name")
        content.date = reading.text(fields.get("date"), "date")
        check_date(fields.get("date"), "date", reading)
    if (sources := folder.yaml(root / "bibliography.json")) is not None:
        content.sources = read_bibliography(sources, reading)
    for name in _SHARED:
        if (node := folder.yaml(root / f"{name}.yaml")) is not None:
            content.vocabulary[name] = read_shared(node, reading)
    content.vocabulary["lexicon"] = _lexicon(folder)
    if (frames := folder.yaml(root / "frames.yaml")) is not None:
        content.frames = read_frames(frames, reading)
    if (glossary := folder.yaml(root / "glossary.yaml")) is not None:
        content.glossary = read_glossary(glossary, reading)
    for path in sorted(root.iterdir()):
        if (path / "statements").is_dir() or (path / "protocol.yaml").is_file():
            content.topics.append(read_topic(path, folder))
    return content


def _lexicon(folder: Folder) -> dict[str, Any]:
    """The merged lexicon; a content folder has at least one file of it."""
    files = folder.yamls(sorted((folder.root / "lexicon").glob("*.yaml")))
    if not files:
        folder.reading.refuse("lexicon:1", "the lexicon is missing.", "Add lexicon/*.yaml.")
    return read_lexicon(files, folder.reading)


def read_topic(path: Path, folder: Folder) -> Topic:
    """One topic."""
    reading, fronts, protocol = folder.reading, list[Front](), None
    statements: dict[str, dict[str, Any]] = {}
    for file in sorted((path / "statements").glob("*.md")):
        text = folder.text(file)
        front, found = read_statements(text or "", folder.name(file), reading)
        fronts.append(front)
        if front.topic not in ("", path.name):
            reading.refuse(
                f"{folder.name(file)}:1",
                f"the file belongs to {front.topic!r} and lies in {path.name!r}.",
                "Make them the same.",
            )
        for name, data in found.items():
            if name in statements:
                first = statements[name]["where"]
                reading.refuse(
                    data["where"], f"the statement {name!r} is given twice (first at {first}).", "Rename one."
                )
            statements[name] = data
    if (path / "protocol.yaml").is_file() and (node := folder.yaml(path / "protocol.yaml")) is not None:
        protocol = read_protocol(node, read_tables(path, folder), reading, path.name)
    seen: dict[str, str] = {}
    files = [file for file in (path / "cases.yaml",) if file.is_file()] + sorted((path / "cases").glob("*.yaml"))
    cases = [case for node in folder.yamls(files) for case in read_cases(node, reading, path.name, seen)]
    title = (
        protocol["title"]["clinical"] if protocol else next((front.title for front in fronts if front.title), path.name)
    )
    return Topic(path.name, title, protocol, statements, cases)


def read_tables(path: Path, folder: Folder) -> list[Marked]:
    """The tables of rules in the order of their published sections ("4", "7.1", "11.2"), then by file name."""
    return sorted(folder.yamls(sorted((path / "rules").glob("*.yaml"))), key=_section)


def _section(table: Marked) -> tuple[list[int], str]:
    """The section number of a table as numbers, so that 11.2 comes after 4."""
    entries = table.value if isinstance(table.value, dict) else {}
    section = str(entries["section"].value) if "section" in entries else ""
    return [int(part) if part.isdigit() else 0 for part in section.split(".")], table.file
