"""``bedside library list`` and ``show``: the sources, statements and passages that answers are made of."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

import click

from bedside.cli.choice import NearestChoice
from bedside.cli.output import note, write, write_json, write_table
from bedside.errors import UsageError
from bedside.rendering.json_records import passage_json, source_json, statement_json
from bedside.settings import Settings, nearest

if TYPE_CHECKING:
    from bedside.desk import Desk
    from bedside.evidence.passage import Passage
    from bedside.evidence.source import Source
    from bedside.evidence.statement import Statement

# The words of evidence.source, written here so that help needs no content room; tests hold them equal.
KINDS = (
    "guideline",
    "formulary",
    "label",
    "systematic-review",
    "trial",
    "cohort",
    "case-report",
    "review",
    "consensus",
    "regulator-notice",
    "local-guidance",
    "laboratory-notice",
    "reference",
    "summary",
    "safety-rule",
)
STATUSES = ("current", "superseded", "retracted", "concern", "due-for-review")


@click.command("list")
@click.option("--kind", type=NearestChoice(KINDS), help="Only sources of this kind.")
@click.option("--status", type=NearestChoice(STATUSES), help="Only sources of this status.")
@click.option("--limit", type=click.IntRange(min=0), default=1000, show_default=True, help="At most so many; 0: all.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_sources(kind: str | None, status: str | None, limit: int, as_json: bool) -> None:
    """List the sources: those that ship with bedside, those of hospital packs, and those that were loaded.

    \b
    Examples:
      bedside library list
      bedside library list --status superseded --json
    """
    desk = _desk()
    fitting = (
        source
        for source in desk.library.sources()
        if (kind is None or source.kind.value == kind) and (status is None or source.status.value == status)
    )
    sources = list(islice(fitting, limit or None))
    if next(fitting, None) is not None:
        note(f"There are more than {limit:,}: --limit 0 lists all of them.")
    if as_json:
        names = {key: pack.name for pack in desk.content.packs for key in pack.sources}
        write_json([{**source_json(source), "pack": names.get(source.key)} for source in sources])
        return
    write_table([(s.key, s.kind.value, s.status.value, s.year, s.title) for s in sources])
    for pack in desk.content.packs:
        write(f"pack {pack.line}")


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show(name: str, as_json: bool) -> None:
    """Show one source, with its passages and the statements that cite it, or one statement or passage.

    NAME is a source key, a statement id or a passage id.

    \b
    Examples:
      bedside library show nice-ng239
      bedside library show vitamin-b12/b12-indeterminate --json
      bedside library show pmid-31388316
    """
    desk = _desk()
    shelf = desk.searchable
    if (source := shelf.source(name)) is not None:
        citing = [s for s in shelf.statements() if any(c.source == name for c in s.citations)]
        passages = shelf.passages_of(name)
        if as_json:
            cited_by = [s.id for s in citing]
            write_json({**source_json(source), "cited_by": cited_by, "passages": list(map(passage_json, passages))})
        else:
            _show_source(source, citing, passages)
        return
    if (passage := shelf.passage(name)) is not None:
        if as_json:
            write_json(passage_json(passage))
        else:
            _show_passage(passage)
        return
    statement = shelf.statement(name)
    if statement is None:
        names = [*(s.key for s in desk.shipped.sources()), *(s.id for s in shelf.statements())]
        close = nearest(name, names) if len(name) > 1 else ""
        remedy = close if close.startswith("Did") else "See: bedside library list."
        raise UsageError(f"There is no source or statement {name!r}.", remedy)
    if as_json:
        write_json(statement_json(statement))
        return
    _show_statement(statement, [shelf.source(c.source) for c in statement.citations])


def _desk() -> Desk:
    from bedside.desk import open as open_desk

    return open_desk(Settings.load(os.environ), note=note)


def _show_passage(passage: Passage) -> None:
    where = ", ".join(part for part in (passage.heading, passage.locator) if part)
    write(f"{passage.id}\n  {where} ({passage.licence or 'no licence stated'})\n{passage.text}\n")


def _show_source(source: Source, citing: list[Statement], passages: Sequence[Passage]) -> None:
    from bedside.rendering.citations import reference_line

    write(f"{source.key}\n  {reference_line(source, ())}")
    if source.note:
        write(f"  Note: {source.note}")
    if source.design:
        write(f"  Design: {source.design} ({source.design_reason})")
    if source.population:
        write(f"  Population: {source.population}")
    if citing or not passages:
        write(f"\nCited by {len(citing)} statements:")
        write_table([(f"  {s.id}", s.clinical) for s in citing])
    if passages:
        write(f"\n{len(passages)} passages:\n")
    for passage in passages:
        _show_passage(passage)


def _show_statement(statement: Statement, sources: list[Source | None]) -> None:
    from bedside.rendering.basis import basis_line

    write(f"{statement.id}\n  clinical: {statement.clinical}\n  plain:    {statement.plain}")
    marks = [statement.strength.value, statement.jurisdiction.value, f"level {statement.level.value}"]
    write("  " + ", ".join([*marks, *(["unconfirmed"] if statement.unconfirmed else [])]))
    for citation, source in zip(statement.citations, sources, strict=True):
        if source is not None:
            places = (citation.locator,) if citation.locator else ()
            write(f"  [{citation.source}] {basis_line(statement.basis, source, places)}")
