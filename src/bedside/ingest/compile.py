"""Content compiled to one canonical file: JSON lines (RFC 8785), so that the program parses only the lines it needs.

Line 1 is the manifest: format, release, date, the SHA-256 of the rest, and where each section lies, as offset and
length in bytes after the manifest's own line. Then one line each: shared vocabulary; the lexicon and the words of the
checks, as written and as indexed; the patterns of questions, indexed; frames and glossary; bibliography; and for each
topic its protocol, its statements, its cases (a topic without protocol has statements only). Numbers that matter are
text, never floats.

    python -m bedside.ingest.compile [ROOT] [--output FILE]
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import rfc8785

from bedside.errors import BedsideError, LibraryUnusable
from bedside.facts.lexicon_index import indexed
from bedside.ingest.agreement import check_agreement
from bedside.ingest.library_files import ContentFiles, Topic, read_content
from bedside.ingest.reading import Reading
from bedside.ingest.references import resolve
from bedside.question.terms import books_of
from bedside.verification import terms as checking

FORMAT = 2
"""The version of the compiled form; the program refuses any other."""

CONTENT = Path(__file__).resolve().parent.parent / "content"
"""The folder of the content that ships with the package."""

_APART = ("lexicon", "checking")  # sections of their own, beside the index that the program reads in their place

COMPILED = CONTENT / "compiled.jsonl"
"""The compiled file of that content."""


def compile_content(root: Path) -> bytes:
    """Read, check and compile the content folder *root*.

    Raises ContentRefused with every problem found, each with ``file:line``.
    """
    if not root.is_dir():
        raise LibraryUnusable(f"{root}: there is no content folder.", "Give the folder that holds release.yaml.")
    reading = Reading()
    content = read_content(root, reading)
    resolve(content, reading)
    check_agreement(content, reading)
    _check_patterns(content, reading)
    reading.finish()
    return write_content(content)


def _check_patterns(content: ContentFiles, reading: Reading) -> None:
    """Note what is wrong with the patterns of questions; a file that is missing was noted before."""
    if not {"scope", "emergency"} <= content.vocabulary.keys():
        return
    try:
        books_of(content.vocabulary)
    except LibraryUnusable as error:
        what = f"a pattern here or in emergency.yaml cannot be read: {error.what}"
        reading.refuse("scope.yaml:1", what, error.remedy)
    except (KeyError, TypeError, AttributeError) as error:
        what = f"an entry here or in emergency.yaml is missing or misshapen: {error}."
        reading.refuse("scope.yaml:1", what, "See the files that ship with bedside.")


def write_content(content: ContentFiles, more: Mapping[str, Any] | None = None) -> bytes:
    """The compiled file of content that was read and checked; *more* is added to its manifest."""
    return _Lines().write(content, more or {})


class _Lines:
    """The lines after the manifest as they grow."""

    def __init__(self) -> None:
        self.body = bytearray()

    def add(self, data: Any) -> list[int]:
        """Add a line; its offset and length without the line's end."""
        line = rfc8785.dumps(data)
        place = [len(self.body), len(line)]
        self.body += line + b"\n"
        return place

    def write(self, content: ContentFiles, more: Mapping[str, Any]) -> bytes:
        """The whole file."""
        offsets: dict[str, Any] = {
            "vocabulary": self.add({name: part for name, part in content.vocabulary.items() if name not in _APART}),
            **{name: self.add(content.vocabulary[name]) for name in _APART},
            "lexicon_index": self.add(indexed(content.vocabulary["lexicon"])),
            "checking_index": self.add(checking.indexed(content.vocabulary["checking"])),
            "books": self.add(books_of(content.vocabulary)),
            "wording": self.add({"frames": content.frames, "glossary": content.glossary}),
            "bibliography": self.add(content.sources),
        }
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "release": content.release,
            "date": content.date,
            "offsets": offsets,
            "topics": [self._topic(topic) for topic in content.topics],
            "sha256": hashlib.sha256(self.body).hexdigest(),
        }
        return rfc8785.dumps({**more, **manifest}) + b"\n" + bytes(self.body)

    def _topic(self, topic: Topic) -> dict[str, Any]:
        """The lines of one topic and its entry in the manifest."""
        entry: dict[str, Any] = {"id": topic.id, "title": topic.title, "terms": [], "statements": []}
        if topic.protocol is not None:
            entry["terms"] = topic.protocol["topics"]
            entry["protocol"] = self.add(topic.protocol)
        entry["statements"] = self.add(topic.statements)
        if topic.protocol is not None:
            entry["cases"] = self.add(topic.cases)
        return entry


def main(arguments: Sequence[str] | None = None) -> int:
    """Compile from the command line; the exit status is 0, or 4 when the content is refused."""
    parser = argparse.ArgumentParser(prog="python -m bedside.ingest.compile", description="Compile clinical content.")
    parser.add_argument("root", nargs="?", type=Path, default=CONTENT, help="the content folder")
    parser.add_argument("--output", type=Path, default=None, help="the file to write (default: compiled.jsonl in ROOT)")
    parser.add_argument("--lint", action="store_true", help="also print what is doubtful but allowed")
    chosen = parser.parse_args(arguments)
    output = chosen.output or chosen.root / "compiled.jsonl"
    try:
        compiled = compile_content(chosen.root)
    except BedsideError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    output.write_bytes(compiled)
    sys.stdout.write(f"{output}: {len(compiled)} bytes\n")
    if chosen.lint:
        from bedside.ingest.compiled import CompiledContent
        from bedside.ingest.findings import content_findings

        for finding in content_findings(CompiledContent(compiled, str(output))):
            sys.stdout.write(f"{finding}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
