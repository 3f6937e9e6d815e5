"""Adopted wordings as statements in our own content format, for an author to carry into the source files."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bedside.ingest.wordings import AdoptedWording, base_of, raw_statement

if TYPE_CHECKING:
    from bedside.ingest.compiled import CompiledContent

_WIDTH = 118


def as_markdown(content: CompiledContent, wordings: Iterable[AdoptedWording]) -> str:
    """The statements as list items, one topic after another, each under the file and line it stands in now; a comment
    before each says who worded it and when it was adopted.

    One that no longer fits the content, or whose statement is gone, is a comment only.
    """
    lines: list[str] = []
    topic = ""
    for each in sorted(wordings, key=lambda wording: wording.statement):
        raw = raw_statement(content, each.statement)
        if each.statement.partition("/")[0] != topic:
            topic = each.statement.partition("/")[0]
            lines += [f"# {topic}", ""]
        told = f"{each.statement}: worded by {each.by}, adopted on {each.adopted_on}, proposal {each.proposal}"
        if raw is None or base_of(raw) != each.base:
            lines += [f"<!-- {told}: not carried over, the statement has changed since. -->", ""]
            continue
        lines += [f"<!-- {raw['where']}: {told}. -->", *_item(each, raw), ""]
    return "\n".join(lines)


def _item(wording: AdoptedWording, raw: Mapping[str, Any]) -> Iterator[str]:
    citations = "; ".join(f"@{key}, {locator}" if locator else f"@{key}" for key, locator in raw["citations"])
    attributes = " ".join(_attributes(wording.statement, raw))
    yield from _wrapped("- ", f"[{wording.clinical}]{{{attributes}}} [{citations}]", "  ")
    yield from _wrapped("  - ", f"plain: {wording.plain}", "    ")
    if note := raw.get("note"):
        yield from _wrapped("  - ", f"note: {note}", "    ")


def _attributes(statement: str, raw: Mapping[str, Any]) -> Iterator[str]:
    topic, _, name = statement.partition("/")
    yield f"#{name}"
    for key in ("strength", "jurisdiction", "level", "basis"):
        yield f"{key}={raw[key]}"
    for mark in ("unconfirmed", "dose"):
        if raw.get(mark):
            yield f"{mark}=yes"
    if raw.get("dose_fact"):
        yield "dose=fact"
    if raw.get("clinicians_only"):
        yield "readers=clinicians"
    if raw.get("patients_only"):
        yield "readers=patients"
    if guards := raw.get("guards"):
        yield f'guards="{" ".join(each.removeprefix(f"{topic}/") for each in guards)}"'
    for key in ("population", "passage"):
        if raw.get(key):
            yield f'{key}="{raw[key]}"'


def _wrapped(first: str, text: str, later: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
    )
