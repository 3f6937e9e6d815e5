"""A cut of the content that ships, for tests of the board, whose cost grows with the number of items: a few patterns of
one topic with everything they need, some statements beside them, and nothing else. Wordings, rules and sources are
those that ship; what must hold of all of it is looked at in ``tests.review.test_board_shipped``."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from copy import deepcopy
from functools import cache
from pathlib import Path

import rfc8785

from bedside.ingest.compiled import CompiledContent
from bedside.review.items import snapshot_of

TOPIC = "vitamin-b12"
TOPICS = (TOPIC, "b12-evidence", "safety")
PATTERNS = ("folate", "leber", "low-untreated", "active-indeterminate-treat", "indeterminate-on-oral")
RULES = ("OR3-GB", "RF8", "UK3", "RT12", "MO7", "MO5")
STATEMENTS = (
    "b12-evidence/autoimmune-cause-of-severe-deficiency",
    "vitamin-b12/anaphylaxis-do-not-re-expose",
    "vitamin-b12/b12-low",
    "vitamin-b12/b12-indeterminate",
    "vitamin-b12/oral-label-gb",
    "vitamin-b12/pitfall-total-active",
    "vitamin-b12/pitfall-units",
    "vitamin-b12/potassium-with-heart-medicines",
    "vitamin-b12/raised-on-treatment",
    "vitamin-b12/wait-for-results",
)
_OPEN = CompiledContent.open


@cache
def shipped() -> CompiledContent:
    """The content that ships, opened once for every test of a run."""
    return _OPEN()


@cache
def cut() -> CompiledContent:
    """The cut, as the program reads its content."""
    return CompiledContent(_bytes(), "a cut of the compiled content")


@cache
def cut_file(*, every_statement: bool = False) -> Path:
    """The cut in a file, for the setting ``content``; with *every_statement* of its topics, where many are used up."""
    folder = tempfile.mkdtemp(prefix="bedside-cut-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = Path(folder) / "compiled.jsonl"
    file.write_bytes(_bytes(every_statement))
    return file


@cache
def _bytes(every_statement: bool = False) -> bytes:
    content = shipped()
    kept = _kept(content, every_statement)
    manifest, body = deepcopy(content._manifest), bytearray()
    manifest["topics"] = [entry for entry in manifest["topics"] if entry["id"] in TOPICS]

    def written(line: object) -> list[int]:
        data = rfc8785.dumps(line)
        place = [len(body), len(data)]
        body.extend(data + b"\n")
        return place

    for name in manifest["offsets"]:
        manifest["offsets"][name] = written(content._section(name))
    for entry in manifest["topics"]:
        for part, cutting in (("statements", _statements), ("protocol", _protocol), ("cases", _cases)):
            if part in entry:
                entry[part] = written(cutting(content.raw(entry["id"], part), kept))
    manifest["sha256"] = hashlib.sha256(body).hexdigest()
    return rfc8785.dumps(manifest) + b"\n" + bytes(body)


def _kept(content: CompiledContent, every_statement: bool) -> set[str]:
    """What is named above, with everything it needs and rests on, as refs of items."""
    statements = [each for topic in TOPICS for each in content.statements(topic).values()]
    protocol, cases = content.protocol(TOPIC), {TOPIC: content.cases(TOPIC)}
    items = snapshot_of([protocol], statements, content.sources(), cases).items
    waiting = [f"pattern:{TOPIC}/{name}" for name in PATTERNS]
    waiting += [f"rule:{TOPIC}/{name}" for name in RULES]
    waiting += [f"statement:{name}" for name in STATEMENTS]
    waiting += [name for name in items if name.startswith("statement:" if every_statement else "statement:safety/")]
    missing = [name for name in waiting if name not in items]
    assert not missing, missing
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in items and name not in found:
            found.add(name)
            waiting += [*items[name].needs, *items[name].rests_on]
    return found


def _statements(raw: dict, kept: set[str]) -> dict:
    return {name: value for name, value in raw.items() if f"statement:{name}" in kept}


def _protocol(raw: dict, kept: set[str]) -> dict:
    rules = [each for each in raw["rules"] if f"rule:{TOPIC}/{each['id']}" in kept]
    patterns = [each for each in raw["patterns"] if f"pattern:{TOPIC}/{each['id']}" in kept]
    return {**raw, "rules": rules, "patterns": patterns}


def _cases(raw: list, kept: set[str]) -> list:
    """The cases of these patterns and rules, held to what of their rules is there."""
    cases = []
    for case in raw:
        expect = dict(case["expect"])
        for part in ("fires", "undecided", "never"):
            expect[part] = [name for name in expect.get(part, ()) if f"rule:{TOPIC}/{name}" in kept]
        if expect.get("pattern") in PATTERNS or set(RULES) & set(expect["fires"]):
            if expect.get("pattern") not in PATTERNS:
                expect.pop("pattern", None)
            cases.append({**case, "expect": expect})
    return cases
