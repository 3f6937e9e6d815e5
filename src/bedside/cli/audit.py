"""``bedside audit``: an article from anywhere, held against the library and against itself."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bedside.cli.ask import wants_colour
from bedside.cli.choice import NearestChoice
from bedside.cli.output import note, write
from bedside.settings import Settings

if TYPE_CHECKING:
    from bedside.desk import Desk
    from bedside.verification.audit import Audit

STYLES = ("terminal", "markdown", "html", "json")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "style", type=NearestChoice(STYLES), help="How the audit is written. Default: terminal.")
@click.option("--output", type=click.Path(path_type=Path), help="Write the audit to a file.")
def audit(file: Path, style: str | None, output: Path | None) -> int:
    """Check an article written elsewhere: each claim against the library, and the article against itself.

    FILE is text, Markdown, HTML or PDF, or - for the input. Each claim is told to be supported, supported with a
    caveat, stronger than its source, contradicted, wrong in a number or unit, or not found in the library, with the
    reason and the passage. The exit status is 0 where every claim stands and the article has no fault, else 1.

    \b
    Examples:
      bedside audit leaflet.pdf
      bedside audit --format html --output audit.html article.md
      curl -s https://example.org/article | bedside audit --format json -
    """
    from bedside.desk import open as open_desk
    from bedside.ingest.article_file import read_article

    document = read_article(file)
    desk = open_desk(Settings.load(os.environ), note=note)
    found = desk.audit(document)
    write(rendered(found, desk, style or desk.settings.format, to_file=output is not None), output)
    return 0 if found.clean else 1


def rendered(found: Audit, desk: Desk, style: str, *, to_file: bool) -> str:
    """The audit in one of the formats; the terminal library is loaded for the terminal only."""
    if style == "json":
        from bedside.rendering.audit_json import render as render_json

        return render_json(found)
    if style == "markdown":
        from bedside.rendering.audit_markdown import render as render_markdown

        return render_markdown(found)
    if style == "html":
        from bedside.rendering.audit_html import render as render_html

        return render_html(found)
    from bedside.rendering.audit_terminal import render as render_terminal

    settings = desk.settings
    width = settings.width or shutil.get_terminal_size().columns
    return render_terminal(found, width=width, colour=wants_colour(settings.colour, to_file=to_file))
