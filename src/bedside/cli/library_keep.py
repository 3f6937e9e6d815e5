"""``bedside library remove``, ``rebuild``, ``check``, ``export`` and ``release``: looking after a library."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bedside.cli.output import note, write, write_json, write_table
from bedside.cli.progress import progress
from bedside.errors import UsageError
from bedside.settings import Settings

if TYPE_CHECKING:
    from bedside.stores.place import LibraryPlace


@click.command()
@click.argument("keys", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def remove(keys: tuple[str, ...], as_json: bool) -> int:
    """Take sources out of the library, by key. Exit status 1 when one of them is not there.

    \b
    Examples:
      bedside library remove pmid-12345678
    """
    from bedside.desk import library_place
    from bedside.stores.writer import LibraryWriter

    with LibraryWriter(_there(library_place(Settings.load(os.environ)))) as writer:
        writer.begin("remove")
        counts = writer.remove(keys)
        writer.end(counts)
    missing = len(set(keys)) - counts.removed
    if as_json:
        write_json({"removed": counts.removed, "not_there": missing})
    else:
        write(f"{counts.removed:,} sources removed." + (f" {missing:,} were not there." if missing else ""))
    return 1 if missing else 0


@click.command()
def rebuild() -> None:
    """Make the search index again from the database, and bring an older library up to date. Loses nothing.

    \b
    Examples:
      bedside library rebuild
    """
    from bedside.desk import library_place
    from bedside.stores.writer import LibraryWriter

    place = _there(library_place(Settings.load(os.environ)))
    with progress("sources") as told:

        def heard(done: int, whole: int) -> None:
            told(done, done, whole, "index")

        with LibraryWriter(place, heard, fresh_index=True) as writer:
            total = writer.figures.get("sources", 0)
    write(f"The index was made again: {total:,} sources.")


@click.command()
@click.option("--deep/--quick", default=True, help="Compare every passage with its hash (slow for large libraries).")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def check(deep: bool, as_json: bool) -> int:
    """Look for damage, and list what is retracted, doubted, superseded or corrected.

    Sources that ship with bedside are looked up among the notices that were loaded, too. Exit status 1 when something
    is damaged, unfinished or behind, or when a source that ships no longer stands.

    \b
    Examples:
      bedside library check
      bedside library check --quick --json
    """
    from bedside.desk import open as open_desk

    desk = open_desk(Settings.load(os.environ), note=note)
    with progress("sources") as told:
        found = desk.examine_library(deep=deep, heard=lambda done, whole: told(done, done, whole, "checking"))
    if as_json:
        write_json(found.as_json())
    else:
        for name, value in found.figures.items():
            write(f"{name.replace('_', ' ')}: {value:,}")
        write_table([("LOOK", each.what, each.remedy) for each in found.faults])
        for title, rows in (("Not current", found.doubtful), ("Corrected or updated, and current", found.noted)):
            if rows:
                write(f"\n{title}:")
                write_table([("  " + row.key, row.status, row.why) for row in rows])
    return 1 if found.faults else 0


@click.command()
@click.option("--format", "style", type=click.Choice(["jsonl", "csl"]), default="jsonl", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), help="Write to a file.")
def export(style: str, output: Path | None) -> None:
    """Write every loaded source: JSON lines with all passages, or a CSL-JSON bibliography.

    \b
    Examples:
      bedside library export --output library.jsonl
      bedside library export --format csl > library.json
    """
    from bedside.desk import library_place
    from bedside.stores.exporting import as_csl, as_lines
    from bedside.stores.stored_library import StoredLibrary

    library = StoredLibrary(_there(library_place(Settings.load(os.environ))))
    lines = as_lines(library) if style == "jsonl" else as_csl(library)
    try:
        stream = sys.stdout if output is None else output.open("w", encoding="utf-8")
        for line in lines:
            stream.write(line + "\n")
        stream.flush()
        if output is not None:
            stream.close()
    except OSError as error:
        raise UsageError(
            f"{output or 'the output'}: cannot be written: {error.strerror}.", "Give another --output."
        ) from None


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def release(name: str, as_json: bool) -> None:
    """Name the present state of the library, and print the SHA-256 of what is in it.

    Two libraries with the same sources, passages and statuses have the same hash, whatever the order of loading.

    \b
    Examples:
      bedside library release 2026-autumn
    """
    from bedside.desk import library_place
    from bedside.stores.writer import LibraryWriter

    with LibraryWriter(_there(library_place(Settings.load(os.environ)))) as writer:
        digest = writer.name_release(name)
        total = writer.figures.get("sources", 0)
    if as_json:
        write_json({"name": name, "sha256": digest, "sources": total})
    else:
        write(f"{name}: {total:,} sources, SHA-256 {digest}")


def _there(place: LibraryPlace) -> LibraryPlace:
    """The place, where there is a library."""
    if not place.exists():
        raise UsageError(f"{place.folder}: there is no library yet.", "Load something first: bedside library add FILE.")
    return place
