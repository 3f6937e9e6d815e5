"""``bedside library search``: ranked passages and statements, with the reason for each rank."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from bedside.cli.choice import NearestChoice
from bedside.cli.library_show import KINDS, STATUSES
from bedside.cli.output import note, write, write_json
from bedside.rendering.json_records import hit_json
from bedside.settings import Settings

if TYPE_CHECKING:
    from bedside.evidence.hit import Hit

WIDTH = 300
"""Characters of a passage shown in the text; the JSON has all of it."""


@click.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--kind", type=NearestChoice(KINDS), multiple=True, help="Only sources of this kind; may be repeated.")
@click.option("--since", type=click.IntRange(1800, 2200), default=None, help="Only sources of this year or later.")
@click.option("--status", type=NearestChoice(STATUSES), multiple=True, help="Only sources of this status.")
@click.option("--source", default="", metavar="KEY", help="Only passages of this source.")
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="How many.")
@click.option("--per-source", type=click.IntRange(0, 200), default=1, show_default=True, help="Of one source; 0: any.")
@click.option(
    "--semantic/--no-semantic",
    default=None,
    help="Order by meaning too, with the model of the settings; default: where they name one.",
)
@click.option("--explain", is_flag=True, help="Show every part of each score.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def search(
    question: tuple[str, ...],
    kind: tuple[str, ...],
    since: int | None,
    status: tuple[str, ...],
    source: str,
    limit: int,
    per_source: int,
    semantic: bool | None,
    explain: bool,
    as_json: bool,
) -> None:
    """Search the shipped statements and the passages that were loaded.

    Retracted sources are shown, and labelled: an answer never uses them.

    \b
    Examples:
      bedside library search "metformin and vitamin B12"
      bedside library search "anticoagulation in atrial fibrillation" --kind guideline --kind systematic-review
      bedside library search "statin muscle pain" --since 2018 --explain
    """
    from bedside.desk import open as open_desk
    from bedside.evidence.candidate import Filters
    from bedside.evidence.source import SourceKind, SourceStatus

    desk = open_desk(Settings.load(os.environ), note=note)
    filters = Filters(
        kinds=frozenset(map(SourceKind, kind)),
        statuses=frozenset(map(SourceStatus, status)),
        since=since or 0,
        source=source,
    )
    hits = desk.search(
        " ".join(question),
        filters,
        limit=limit,
        per_source=0 if source else per_source,
        semantic=desk.settings.semantic_model is not None if semantic is None else semantic,
    )
    if as_json:
        write_json([hit_json(hit) for hit in hits])
        return
    if not hits:
        note("Nothing found. Other words may help; bedside library list shows what there is.")
    for hit in hits:
        _show(hit, explain=explain)


def _show(hit: Hit, *, explain: bool) -> None:
    found = hit.candidate
    label = "" if found.status.value == "current" else f" [{found.status.value.upper()}]"
    about = ", ".join(str(part) for part in (found.design or found.kind.value, found.year or "no year") if part)
    write(f"{hit.rank:>3}. {found.title}{label}")
    write(f"     {found.id} ({about}){': ' + found.heading if found.heading else ''}")
    text = " ".join(found.text.split())
    if text:
        write(f"     {text if len(text) <= WIDTH else text[:WIDTH].rsplit(' ', 1)[0] + ' ...'}")
    parts = sorted(hit.reasons, key=lambda reason: -abs(reason.value))
    for reason in parts if explain else ():
        write(f"       {reason.value:+8.3f}  {reason.name}: {reason.detail}")
    if not explain:
        named = "; ".join(f"{r.name} {r.detail} {r.value:+.2f}".replace("  ", " ") for r in parts[:4])
        write(f"     score {hit.score:.2f}: {named}\n")
