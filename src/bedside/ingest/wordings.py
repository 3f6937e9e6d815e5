"""Adopted wordings: what the board has put in the place of our own words, in ``BEDSIDE_HOME/wordings.json``.

They are laid on top of the content, with or without hospital packs, before anything else reads it: so the gate, the
search, the pages, the release and every fingerprint see the new words. A wording holds for one exact statement, its
``base``: when a new release of the content says anything else there, it is not applied, and :func:`stale` names it.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rfc8785

from bedside.errors import ContentError, LibraryBusy
from bedside.ingest.local import WORDINGS as FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedside.ingest.compiled import CompiledContent

FORMAT = 1
MOST_BYTES = 20_000_000
_TRIES, _PAUSE = 100, 0.05  # seconds
_NOT_OF_BASE = ("where", "heading", "note", "checked_on", "next_check", "shipped")
_HASH = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STATEMENT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class AdoptedWording:
    """One adopted wording. ``statement`` is the id it is of, ``base`` what :func:`base_of` gave for the statement as it
    ships. ``by`` is the handle of the member who worded it, ``proposal`` the number of the row of the audit trail that
    proposed it, ``adopted_on`` an ISO date."""

    statement: str
    base: str
    clinical: str
    plain: str
    adopted_on: str
    by: str
    proposal: int


def base_of(raw: Mapping[str, Any]) -> str:
    """The SHA-256 of a compiled statement as it ships: everything it says, of whom and on what, but not where it
    stands in the files, nor when somebody looked at it last."""
    original = {**raw, **raw.get("shipped", {})}
    return hashlib.sha256(rfc8785.dumps({k: v for k, v in original.items() if k not in _NOT_OF_BASE})).hexdigest()


def raw_statement(content: CompiledContent, statement: str) -> Mapping[str, Any] | None:
    """The compiled form of a statement, or None where the content has none of that id."""
    topic = statement.partition("/")[0]
    if topic not in {entry.id for entry in content.topics()}:
        return None
    raw: Mapping[str, Any] | None = content.raw(topic, "statements").get(statement)
    return raw


def read_wordings(home: Path) -> tuple[AdoptedWording, ...]:
    """Every adopted wording, by statement; none where there is no file.

    Raises ContentError for a file that cannot be used: it is never passed over.
    """
    data = _bytes(home)
    return () if data is None else parsed(data)


def parsed(data: bytes) -> tuple[AdoptedWording, ...]:
    """The wordings of the bytes of the file. Raises ContentError."""
    try:
        document = json.loads(data, object_pairs_hook=_once)
        found = tuple(_wording(each) for each in _listed(document))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _unusable(f"the adopted wordings cannot be read: {error}") from None
    names = [each.statement for each in found]
    if len(set(names)) != len(names):
        raise _unusable("a statement has two adopted wordings")
    return found


def stale(content: CompiledContent, home: Path) -> tuple[AdoptedWording, ...]:
    """The adopted wordings that are not applied: the statement they were written for says something else now, or is
    in the content no more. Raises ContentError."""
    return tuple(each for each in read_wordings(home) if not _fits(each, content))


def change(home: Path, make: Callable[[tuple[AdoptedWording, ...]], tuple[AdoptedWording, ...]]) -> None:
    """Replace the file, whole or not at all, by what *make* makes of it; one program at a time. Without wordings there
    is no file.

    Raises ContentError when the file that is there cannot be used or the new one not be written, LibraryBusy when
    another program keeps it busy.
    """
    with _changing(home):
        before = read_wordings(home)
        wanted = tuple(sorted(make(before), key=lambda each: each.statement))
        if wanted == before:
            return
        if wanted:
            _write(home, wanted)
        else:
            (home / FILE).unlink()


def with_wordings(content: CompiledContent, wordings: Iterable[AdoptedWording], stamp: str) -> bytes | None:
    """The compiled file of *content* with every wording that fits it, or None where none does. *stamp* is written into
    its manifest."""
    fitting = sorted((each for each in wordings if _fits(each, content)), key=lambda each: each.statement)
    if not fitting:
        return None
    topics: dict[str, dict[str, Any]] = {}
    for each in fitting:
        topic = each.statement.partition("/")[0]
        lines = topics.setdefault(topic, dict(content.raw(topic, "statements")))
        raw = lines[each.statement]
        shipped = {"clinical": raw["clinical"], "plain": raw["plain"]}
        lines[each.statement] = {**raw, "clinical": each.clinical, "plain": each.plain, "shipped": shipped}
    listed = [asdict(each) for each in fitting]
    digest = hashlib.sha256(rfc8785.dumps(listed)).hexdigest()
    count = f"{len(fitting)} wording{'' if len(fitting) == 1 else 's'}"
    release = f"{content.release} + {count} ({digest[:12]})"
    return content.rewritten(topics, {"release": release, "stamp": stamp, "wordings": listed})


def seen(home: Path) -> tuple[int, ...]:
    """Which file lies there: changes whenever it is replaced, and costs no reading. () for none."""
    try:
        found = (home / FILE).stat()
    except OSError:
        return ()
    return (found.st_ino, found.st_mtime_ns, found.st_size)


def _fits(wording: AdoptedWording, content: CompiledContent) -> bool:
    raw = raw_statement(content, wording.statement)
    return raw is not None and base_of(raw) == wording.base


def _bytes(home: Path) -> bytes | None:
    path = home / FILE
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        if path.is_symlink():
            raise _unusable("this link leads nowhere") from None
        return None
    except NotADirectoryError:  # no home, no wordings: whoever looks at the home says so
        return None
    except OSError as error:
        raise _unusable(f"the file cannot be read ({error.strerror})") from None
    if len(data) > MOST_BYTES:
        raise _unusable(f"larger than {MOST_BYTES:,} bytes")
    return data


def _listed(document: Any) -> list[Any]:
    """The entries of the file. Raises ValueError and TypeError."""
    if not isinstance(document, dict) or document.get("format") != FORMAT or set(document) != {"format", "wordings"}:
        raise ValueError(f"it is not of the format {FORMAT}")
    if not isinstance(document["wordings"], list):
        raise TypeError("its wordings are no list")
    return document["wordings"]


def _wording(data: Any) -> AdoptedWording:
    """One entry, every field there and none besides. Raises ValueError, TypeError or KeyError."""
    names = [each.name for each in fields(AdoptedWording)]
    if not isinstance(data, dict) or sorted(data) != sorted(names):
        raise ValueError(f"an entry has the fields {', '.join(names)} and no others")
    texts = [data[name] for name in names if name != "proposal"]
    if not all(isinstance(text, str) and text.strip() and text.isprintable() for text in texts):
        raise ValueError("an entry has an empty field, or one that cannot be shown")
    if type(data["proposal"]) is not int or data["proposal"] < 1:
        raise ValueError("a proposal is the number of a row")
    for name, pattern in (("statement", _STATEMENT), ("base", _HASH), ("adopted_on", _DAY)):
        if not pattern.fullmatch(data[name]):
            raise ValueError(f"{data[name]!r} is no {name}")
    return AdoptedWording(**data)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand in it once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


def _write(home: Path, wordings: Iterable[AdoptedWording]) -> None:
    """Replace the file whole, and only once it is on the disk."""
    from bedside.stores.whole_file import write_over

    listed = [asdict(each) for each in wordings]
    text = json.dumps({"format": FORMAT, "wordings": listed}, indent=1, ensure_ascii=False, sort_keys=True)
    try:
        write_over(home / FILE, f"{text}\n".encode())
    except OSError as error:
        raise _unusable(f"the file cannot be written ({error.strerror})") from None


@contextmanager
def _changing(home: Path) -> Iterator[None]:
    """One program at a time reads, changes and writes; another waits for a while."""
    from bedside.stores.lock import writing

    with ExitStack() as stack:
        for tries in range(_TRIES):
            try:
                stack.enter_context(writing(home / f"{FILE}.lock"))
                break
            except LibraryBusy:
                if tries == _TRIES - 1:
                    raise
                time.sleep(_PAUSE)
        yield


def _unusable(what: str) -> ContentError:
    return ContentError(f"{FILE}:1", f"{what}.", "Put back the file as bedside wrote it: see docs/wordings.md.")
