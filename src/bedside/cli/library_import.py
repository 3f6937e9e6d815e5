"""``bedside library add``, ``update``, ``retractions`` and ``vocabulary``: what is loaded from files."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bedside.cli.choice import NearestChoice
from bedside.cli.library_show import KINDS
from bedside.cli.output import note, write, write_json
from bedside.cli.progress import progress
from bedside.errors import UsageError
from bedside.settings import Settings

if TYPE_CHECKING:
    from bedside.ingest.importing import Report
    from bedside.ingest.stated import Stated
    from bedside.stores.batch import Counts

SHOWN = 20
"""Skipped records and changes named at the end; all of them are in the library and in the JSON."""


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--again", is_flag=True, help="Read files again that were loaded whole before.")
@click.option("--processes", type=click.IntRange(0, 256), default=0, help="How many read. Default: one a processor.")
@click.option("--kind", type=NearestChoice(KINDS), help="What HTML and PDF documents are. Default: reference.")
@click.option("--issuer", default="", help="Who issued them.")
@click.option("--title", default="", help="Their title, where the document has none or a wrong one.")
@click.option("--version", default="", help="Their version.")
@click.option("--date", "published_on", default="", help="When they were published (2026-11-22, or a year).")
@click.option("--jurisdiction", type=NearestChoice(("GB", "US", "INT", "local")), help="Whose practice. Default: INT.")
@click.option("--licence", default="", help='Under what licence: "CC BY 4.0", "own document" ...')
@click.option("--url", default="", help="Where they are published.")
@click.option("--original-of", metavar="KEY", default="", help="The source of ours whose text one HTML or PDF file is.")
@click.option("--json", "as_json", is_flag=True, help="Write the summary as JSON.")
def add(
    paths: tuple[str, ...],
    again: bool,
    processes: int,
    kind: str | None,
    issuer: str,
    title: str,
    version: str,
    published_on: str,
    jurisdiction: str | None,
    licence: str,
    url: str,
    original_of: str,
    as_json: bool,
) -> int:
    """Load files or folders into the library. PATHS may be - for a list of paths on the input.

    Reads PubMed XML (also .gz), PMC full text (JATS: .xml, .nxml, .tar.gz), HTML, PDF and house Markdown. Stop it when
    you like: the same command goes on where it stopped. Exit status 1 when a record or file was skipped.

    \b
    Examples:
      bedside library add pubmed26n0001.xml.gz
      bedside library add guidelines/ --json
      find /data -name '*.nxml' | bedside library add -
      bedside library add ward.pdf --kind local-guidance --issuer "Our hospital" --licence "own document"
      bedside library add ng20.html --original-of nice-ng20
    """
    from bedside.evidence.source import SourceKind
    from bedside.ingest.stated import Stated

    stated = Stated(
        kind=SourceKind(kind or "reference"),
        title=title,
        issuer=issuer,
        version=version,
        published_on=published_on,
        jurisdiction=jurisdiction or "INT",
        licence=licence,
        url=url,
    )
    if original_of:
        stated = _original(stated, original_of, paths)
    return _import(paths, again=again, processes=processes, as_json=as_json, stated=stated)


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--again", is_flag=True, help="Apply files again that were applied before.")
@click.option("--processes", type=click.IntRange(0, 256), default=0, help="How many read. Default: one a processor.")
@click.option("--json", "as_json", is_flag=True, help="Write the summary as JSON.")
def update(paths: tuple[str, ...], again: bool, processes: int, as_json: bool) -> int:
    """Apply PubMed's update files in the order of their numbers: revisions replace, deletions remove.

    \b
    Examples:
      bedside library update updatefiles/
      bedside library update pubmed26n1335.xml.gz
    """
    return _import(paths, again=again, processes=processes, as_json=as_json)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write the summary as JSON.")
def retractions(file: Path, as_json: bool) -> int:
    """Load a list of retractions and mark what it names: Retraction Watch CSV, JSON lines, or PubMed notices.

    What is not in the library yet is remembered, and marked when it is loaded.

    \b
    Examples:
      bedside library retractions retraction_watch.csv
    """
    from itertools import islice

    from bedside.desk import library_place
    from bedside.ingest.events import Skipped
    from bedside.ingest.retraction_lists import read_retractions
    from bedside.stores.batch import Counts
    from bedside.stores.writer import LibraryWriter

    counts, lost, listed = Counts(), 0, 0
    with LibraryWriter(library_place(Settings.load(os.environ))) as writer, progress("notices") as told:
        writer.begin("retractions")
        entries = read_retractions(file)
        while some := list(islice(entries, 2000)):
            read = [entry for entry in some if not isinstance(entry, Skipped)]
            for entry in some:
                if isinstance(entry, Skipped):
                    lost += 1
                    note(f"skipped: {entry.file}, record {entry.number}: {entry.reason}")
            counts += writer.add_notices([(entry.pmid, entry.doi, entry.notice) for entry in read])
            listed += len(read)
            told(listed, 0, 0, file.name)
        writer.end(counts)
    if as_json:
        write_json({"notices": listed, "skipped": lost, "status_changes": _changes_json(counts)})
    else:
        write(f"{listed:,} notices read, {lost:,} skipped, {len(counts.changes):,} sources changed their status.")
        _say_changes(counts)
    return 1 if lost else 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write the summary as JSON.")
def vocabulary(file: Path, as_json: bool) -> None:
    """Load NLM's MeSH descriptors (desc2026.xml or .gz) as other names for search. A second load replaces the first.

    \b
    Examples:
      bedside library vocabulary desc2026.xml
    """
    from bedside.desk import library_place
    from bedside.evidence.synonyms import Synonyms
    from bedside.ingest.mesh_xml import read_mesh
    from bedside.ingest.opening import opened
    from bedside.stores.writer import LibraryWriter

    with opened(file) as stream:
        descriptors = list(read_mesh(stream))
    rows = list(Synonyms.of_vocabularies(descriptors).rows())
    with LibraryWriter(library_place(Settings.load(os.environ))) as writer:
        writer.begin("vocabulary")
        kept = writer.set_synonyms("mesh", rows)
    if as_json:
        write_json({"descriptors": len(descriptors), "groups": kept})
    else:
        write(f"{len(descriptors):,} descriptors read, {kept:,} groups of names kept.")


def _original(stated: Stated, key: str, paths: tuple[str, ...]) -> Stated:
    """What is stated of the text of a source that ships: what is not said is as the source has it."""
    from dataclasses import replace

    from bedside import desk
    from bedside.settings import nearest

    if len(paths) != 1 or not paths[0].lower().endswith((".html", ".htm", ".pdf")):
        raise UsageError(
            "--original-of goes with one HTML or PDF file.", "House Markdown says it in its front matter: original_of."
        )
    sources = desk.open(Settings.load(os.environ), note).content.sources()
    source = sources.get(key)
    if source is None:
        raise UsageError(f"There is no source {key!r}.", nearest(key, tuple(sources)))
    return replace(
        stated,
        original_of=key,
        kind=source.kind,
        title=stated.title or source.title,
        issuer=stated.issuer or source.issuer,
        version=stated.version or source.version,
        published_on=stated.published_on or source.year,
        jurisdiction=source.jurisdiction,
        url=stated.url or source.url,
    )


def _import(
    written: tuple[str, ...], *, again: bool, processes: int, as_json: bool, stated: Stated | None = None
) -> int:
    from bedside.desk import library_place
    from bedside.ingest.importing import import_paths
    from bedside.stores.writer import LibraryWriter

    paths = [Path(path).expanduser() for path in _listed(written)]
    place = library_place(Settings.load(os.environ))
    with progress("records") as told:

        def heard(report: Report) -> None:
            told(report.records, report.bytes_done, report.bytes_all, Path(report.file).name)

        with LibraryWriter(place, lambda done, all_: told(done, done, all_, "bringing the index up to date")) as writer:
            report = import_paths(paths, writer, progress=heard, again=again, processes=processes, stated=stated)
    if as_json:
        write_json(summary(report))
    else:
        _say(report)
    if report.stopped:
        return 130
    return 1 if report.skipped else 0


def summary(report: Report) -> dict[str, Any]:
    """A report as plain values."""
    return {
        **report.counts.as_json(),
        "records": report.records,
        "files": report.files_done,
        "already": report.already,
        "stopped": report.stopped,
        "skipped_records": [
            {"file": s.file, "record": s.number, "identifier": s.identifier, "reason": s.reason} for s in report.skipped
        ],
        "status_changes": _changes_json(report.counts),
    }


def _say(report: Report) -> None:
    counts = report.counts
    done = [
        f"{number:,} {word}" for word, number in counts.as_json().items() if word not in ("status_changes", "older")
    ]
    if counts.older:
        done.append(f"{counts.older:,} left out as older than what is here")
    write(f"{report.records:,} records of {report.files_done:,} files: {', '.join(done)}.")
    if report.already:
        write(f"{len(report.already):,} files were loaded before and have not changed (--again reads them again).")
    for skipped in report.skipped[:SHOWN]:
        named = f" ({skipped.identifier})" if skipped.identifier else ""
        write(f"  skipped: {skipped.file}, record {skipped.number}{named}: {skipped.reason}")
    if len(report.skipped) > SHOWN:
        write(f"  and {len(report.skipped) - SHOWN:,} more: use --json to see all.")
    _say_changes(counts)
    if report.stopped:
        note("Stopped. What was read is kept; run the same command again to go on.")


def _changes_json(counts: Counts) -> list[dict[str, str]]:
    return [{"source": c.key, "before": c.before, "after": c.after, "why": c.why} for c in counts.changes]


def _say_changes(counts: Counts) -> None:
    for change in counts.changes[:SHOWN]:
        write(f"  {change.key}: {change.before} -> {change.after} ({change.why})")
    if len(counts.changes) > SHOWN:
        write(f"  and {len(counts.changes) - SHOWN:,} more: bedside library check")


def _listed(written: tuple[str, ...]) -> list[str]:
    if written != ("-",):
        return list(written)
    paths = [line.strip() for line in sys.stdin if line.strip()]
    if not paths:
        raise UsageError("There is no path on the input.", "Write one path a line.")
    return paths
