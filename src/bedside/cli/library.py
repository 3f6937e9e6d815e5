"""``bedside library``: the sources and statements that answers are made of."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from bedside.cli.choice import NearestChoice
from bedside.cli.lazy_group import LazyGroup
from bedside.cli.output import write, write_json, write_table
from bedside.errors import UsageError
from bedside.settings import Settings, nearest

if TYPE_CHECKING:
    from bedside.desk import Desk
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


@click.group(cls=LazyGroup)
def library() -> None:
    """List and show sources and statements.

    \b
    Examples:
      bedside library list --kind guideline
      bedside library show nice-ng239
    """


@library.command("list")
@click.option("--kind", type=NearestChoice(KINDS), help="Only sources of this kind.")
@click.option("--status", type=NearestChoice(STATUSES), help="Only sources of this status.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_sources(kind: str | None, status: str | None, as_json: bool) -> None:
    """List the sources.

    \b
    Examples:
      bedside library list
      bedside library list --status superseded --json
    """
    sources = [
        source
        for source in _desk().library.sources()
        if (kind is None or source.kind.value == kind) and (status is None or source.status.value == status)
    ]
    if as_json:
        write_json([source_json(source) for source in sources])
        return
    write_table([(s.key, s.kind.value, s.status.value, s.year, s.title) for s in sources])


@library.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show(name: str, as_json: bool) -> None:
    """Show one source, with the statements that cite it, or one statement. NAME is a source key or a statement id.

    \b
    Examples:
      bedside library show nice-ng239
      bedside library show vitamin-b12/b12-indeterminate --json
    """
    shelf = _desk().library
    if (source := shelf.source(name)) is not None:
        citing = [s for s in shelf.statements() if any(c.source == name for c in s.citations)]
        if as_json:
            write_json({**source_json(source), "cited_by": [s.id for s in citing]})
        else:
            _show_source(source, citing)
        return
    statement = shelf.statement(name)
    if statement is None:
        names = [*(s.key for s in shelf.sources()), *(s.id for s in shelf.statements())]
        close = nearest(name, names) if len(name) > 1 else ""
        remedy = close if close.startswith("Did") else "See: bedside library list."
        raise UsageError(f"There is no source or statement {name!r}.", remedy)
    if as_json:
        write_json(statement_json(statement))
        return
    _show_statement(statement, [shelf.source(c.source) for c in statement.citations])


def source_json(source: Source) -> dict[str, Any]:
    """A source as plain values; what is not known is empty."""
    names = (
        "key",
        "title",
        "issuer",
        "container",
        "volume",
        "issue",
        "pages",
        "year",
        "version",
        "doi",
        "pmid",
        "pmcid",
    )
    more = ("url", "jurisdiction", "licence", "superseded_by", "checked_on", "note")
    return {
        **{name: getattr(source, name) for name in (*names, *more)},
        "authors": list(source.authors),
        "kind": source.kind.value,
        "status": source.status.value,
        "check": source.check.value,
    }


def statement_json(statement: Statement) -> dict[str, Any]:
    """A statement as plain values."""
    names = ("id", "clinical", "plain", "unconfirmed", "dose", "population", "heading", "checked_on", "next_check")
    return {
        **{name: getattr(statement, name) for name in names},
        "citations": [{"source": c.source, "locator": c.locator} for c in statement.citations],
        "strength": statement.strength.value,
        "jurisdiction": statement.jurisdiction.value,
        "level": statement.level.value,
        "basis": statement.basis.value,
        "guards": list(statement.guards),
    }


def _desk() -> Desk:
    from bedside.desk import open as open_desk

    return open_desk(Settings.load(os.environ))


def _show_source(source: Source, citing: list[Statement]) -> None:
    from bedside.rendering.citations import reference_line

    write(f"{source.key}\n  {reference_line(source, ())}")
    if source.note:
        write(f"  Note: {source.note}")
    write(f"\nCited by {len(citing)} statements:")
    write_table([(f"  {s.id}", s.clinical) for s in citing])


def _show_statement(statement: Statement, sources: list[Source | None]) -> None:
    from bedside.rendering.basis import basis_line

    write(f"{statement.id}\n  clinical: {statement.clinical}\n  plain:    {statement.plain}")
    marks = [statement.strength.value, statement.jurisdiction.value, f"level {statement.level.value}"]
    write("  " + ", ".join([*marks, *(["unconfirmed"] if statement.unconfirmed else [])]))
    for citation, source in zip(statement.citations, sources, strict=True):
        if source is not None:
            places = (citation.locator,) if citation.locator else ()
            write(f"  [{citation.source}] {basis_line(statement.basis, source, places)}")
