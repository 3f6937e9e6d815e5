"""``bedside library``: the sources and statements that answers are made of, and the literature its owner loads."""

from __future__ import annotations

import click

from bedside.cli.lazy_group import LazyGroup


@click.group(
    cls=LazyGroup,
    lazy={
        "add": "bedside.cli.library_import:add",
        "update": "bedside.cli.library_import:update",
        "retractions": "bedside.cli.library_import:retractions",
        "vocabulary": "bedside.cli.library_import:vocabulary",
        "search": "bedside.cli.library_search:search",
        "list": "bedside.cli.library_show:list_sources",
        "show": "bedside.cli.library_show:show",
        "remove": "bedside.cli.library_keep:remove",
        "rebuild": "bedside.cli.library_keep:rebuild",
        "check": "bedside.cli.library_keep:check",
        "export": "bedside.cli.library_keep:export",
        "release": "bedside.cli.library_keep:release",
    },
    summaries={
        "add": "Load files or folders: PubMed XML, full text, HTML, PDF, Markdown.",
        "update": "Apply PubMed's update files: revisions replace, deletions remove.",
        "retractions": "Load a list of retractions and mark what it names.",
        "vocabulary": "Load MeSH descriptors: other names for search.",
        "search": "Search passages and statements, with the reason for each rank.",
        "list": "List the sources.",
        "show": "Show one source, statement or passage.",
        "remove": "Take sources out.",
        "rebuild": "Make the search index again; bring an older library up to date.",
        "check": "Look for damage, and list what is retracted, doubted or superseded.",
        "export": "Write every source and passage as JSON lines, or as CSL-JSON.",
        "release": "Name the present state and print its hash.",
    },
)
def library() -> None:
    """Guidelines and literature: load, search, list and look after them.

    \b
    Examples:
      bedside library add pubmed26n0001.xml.gz guidelines/
      bedside library search "metformin and vitamin B12" --since 2015
      bedside library check
    """
