"""Lists of retractions: the Retraction Watch table (CSV) and JSON lines of DOIs, read into notices.

The columns of the table are those Crossref publishes; they are found by name, whatever their order or capitals. Of the
two forms of a line in JSON, ``{"doi": ..., "notice_doi": ..., "nature": ...}`` is read.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, cast

from bedside.errors import InputRefused
from bedside.evidence.notice import Direction, Notice, NoticeKind
from bedside.ingest.events import Skipped
from bedside.ingest.jats_notices import plain_doi
from bedside.ingest.opening import opened


@dataclass(frozen=True, slots=True)
class ListedNotice:
    """One line of a list: the document it is about (``doi`` in lower case, ``pmid``; one may be ""), and the notice."""

    doi: str
    pmid: str
    notice: Notice


_TABLE, _LINES = "Retraction Watch", "list of retractions"
_REQUIRED = ("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature")
_NATURES = {
    "retraction": NoticeKind.RETRACTION,
    "partial retraction": NoticeKind.RETRACTION,
    "expression of concern": NoticeKind.CONCERN,
    "correction": NoticeKind.ERRATUM,
    "erratum": NoticeKind.ERRATUM,
    "reinstatement": NoticeKind.REINSTATEMENT,
}
_AMERICAN_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\b")
_LONGEST_FIELD = 1_000_000
_LONGEST_LINE = 4_000_000
_MOST_OF_A_NOTE = 500


def read_retractions(path: Path) -> Iterator[ListedNotice | Skipped]:
    """Every line of the list at *path* (CSV, or JSON lines; plain or gzip) in its order.

    A line that cannot be used (no identifier, a nature nobody knows, not JSON) is Skipped, with the reason. Raises
    InputRefused when the file cannot be read, or is a table without a column that is needed.
    """
    with opened(path) as stream:
        lines = _decoded(stream)
        first = next(lines, "")
        rest = _chain(first, lines)
        if first.lstrip().startswith("{"):
            yield from _from_json(rest, path.name)
        else:
            yield from _from_table(rest, path.name)


def _chain(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _decoded(stream: BinaryIO) -> Iterator[str]:
    """Lines as text: UTF-8 with or without its mark; a line that is not UTF-8 is read as Latin-1."""
    for number, raw in enumerate(_lines(stream)):
        line = raw.removeprefix(b"\xef\xbb\xbf") if not number else raw
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            yield line.decode("latin-1")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; one without an end of line is cut, so that no line fills the memory."""
    text = io.BufferedReader(cast("io.RawIOBase", stream))
    while line := text.readline(_LONGEST_LINE):
        yield line


def _from_json(lines: Iterable[str], name: str) -> Iterator[ListedNotice | Skipped]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            yield Skipped(name, number, "", "the line is not JSON")
            continue
        if not isinstance(entry, dict):
            yield Skipped(name, number, "", "the line is not an object")
            continue
        said = {str(key).lower(): value for key, value in entry.items()}
        yield _listed(
            Skipped(name, number, "", ""),
            doi=_doi(said.get("doi")),
            pmid=_pmid(said.get("pmid")),
            nature=_text(said.get("nature")).replace("_", " "),
            notice=Notice(
                NoticeKind.OTHER,
                Direction.IN,
                _pmid(said.get("notice_pmid")),
                _doi(said.get("notice_doi")),
                origin=_LINES,
                on=_day(_text(said.get("date"))),
            ),
        )


def _from_table(lines: Iterator[str], name: str) -> Iterator[ListedNotice | Skipped]:
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))
    rows = csv.reader(lines)
    columns = _columns(next(rows, []), name)
    number = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputRefused(
                f"{name}: cannot be read as CSV at line {rows.line_num} ({error}).", "Download it again."
            ) from error
        if not any(row):
            continue
        number += 1
        said = {column: row[at] if at < len(row) else "" for column, at in columns.items()}
        yield _from_row(said, Skipped(name, number, "", ""), rows.line_num)


def _columns(header: list[str], name: str) -> Mapping[str, int]:
    """Where each column stands, by its name in lower case without spaces. Raises InputRefused for one that misses."""
    columns = {re.sub(r"[\s_]+", "", title).lower(): at for at, title in enumerate(header)}
    missing = [column for column in _REQUIRED if column.lower() not in columns]
    if missing:
        raise InputRefused(
            f"{name}: the table has no column {', '.join(map(repr, missing))}.",
            "Give the Retraction Watch CSV with its header, or JSON lines with doi, notice_doi and nature.",
        )
    return columns


def _from_row(said: Mapping[str, str], place: Skipped, line: int) -> ListedNotice | Skipped:
    record = said.get("recordid", "").strip()
    return _listed(
        Skipped(place.file, place.number, f"record {record}" if record else "", f"line {line}"),
        doi=_doi(said["originalpaperdoi"]),
        pmid=_pmid(said["originalpaperpubmedid"]),
        nature=said["retractionnature"],
        notice=Notice(
            NoticeKind.OTHER,
            Direction.IN,
            _pmid(said.get("retractionpubmedid")),
            _doi(said.get("retractiondoi")),
            origin=f"{_TABLE}, record {record}" if record else _TABLE,
            on=_day(said.get("retractiondate", "")),
            note=_reasons(said.get("reason", "")),
        ),
    )


def _listed(place: Skipped, *, doi: str, pmid: str, nature: str, notice: Notice) -> ListedNotice | Skipped:
    """The entry with its kind, or why it cannot be used."""
    nature = " ".join(nature.lower().split())
    identifier, where = pmid or doi or place.identifier, f" ({place.reason})" if place.reason else ""
    kind = _NATURES.get(nature)
    if kind is None:
        return Skipped(place.file, place.number, identifier, f"its nature {nature[:60]!r} is not known{where}")
    if not (doi or pmid):
        return Skipped(place.file, place.number, identifier, f"it names no DOI and no PMID{where}")
    note = "; ".join(part for part in (nature if nature.startswith("partial") else "", notice.note) if part)
    made = Notice(kind, notice.direction, notice.pmid, notice.doi, "", notice.origin, notice.on, note)
    return ListedNotice(doi, pmid, made)


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _doi(value: Any) -> str:
    """A DOI in lower case, without a resolver before it; "" for "unavailable" and what is none."""
    return plain_doi(_text(value).strip()).lower()


def _pmid(value: Any) -> str:
    """A PMID without leading zeros; "" for "0" and what is none. Tables that passed a spreadsheet write "123.0"."""
    digits = _text(value).strip().removesuffix(".0").lstrip("0")
    return digits if digits.isascii() and digits.isdecimal() else ""


def _day(written: str) -> str:
    """An ISO date from "7/31/2020 0:00" (month first) or "2020-07-31"; "" for what is no day."""
    if match := _AMERICAN_DAY.match(written.strip()):
        month, day, year = map(int, match.groups())
    elif match := _ISO_DAY.match(written.strip()):
        year, month, day = map(int, match.groups())
    else:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _reasons(written: str) -> str:
    """The reasons of the table ("+Falsification of Data;+Error in Text;") as a list in words."""
    parts = [part.strip().removeprefix("+").strip() for part in written.split(";")]
    return "; ".join(part for part in parts if part)[:_MOST_OF_A_NOTE]
