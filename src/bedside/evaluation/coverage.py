"""What the content covers: each topic with its counts, its dates and its limits, and what is planned and not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bedside.evaluation.planned import Planned
from bedside.evidence.source import Source, SourceStatus
from bedside.evidence.statement import Basis, Statement
from bedside.ingest.compiled import CompiledContent, TopicEntry
from bedside.rendering.headings import REVIEW_STATUS

SHARED = frozenset({"safety"})
"""Folders of statements that belong to no topic."""
REMAKE = "bedside evaluate coverage --output docs/coverage.md"
_NOT_COVERED = re.compile(
    r"^## [^\n]*\bnot covered\b[^\n]*\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TopicCoverage:
    """One topic of the content.

    ``scope`` says for whom it is, and ``left_out`` what it leaves out on purpose, as its notes for reviewers say it; ""
    where they say nothing. ``sources`` are those its statements cite, ``not_current`` those of them that no longer
    stand as current, each in a few words. ``verbatim`` and ``read`` count statements by their basis. Days are ISO
    dates: ``oldest`` and ``newest`` are those of the statements checked longest ago and last.
    """

    id: str
    title: str
    computable: bool
    scope: str
    left_out: str
    patterns: int
    rules: int
    cases: int
    statements: int
    by_country: tuple[tuple[str, int], ...]
    verbatim: int
    read: int
    unconfirmed: int
    sources: int
    not_current: tuple[str, ...]
    oldest: str
    newest: str
    next_check: str


def coverage(content: CompiledContent, notes: Path, plan: Sequence[Planned] = ()) -> tuple[TopicCoverage, ...]:
    """Every topic of the content, the planned ones first and in the plan's order; *notes* is the folder that holds each
    topic's ``REVIEW.md``."""
    place = {each.id: number for number, each in enumerate(plan)}
    entries = [entry for entry in content.topics() if entry.id not in SHARED]
    return tuple(_topic(content, e, notes) for e in sorted(entries, key=lambda e: place.get(e.id, len(plan))))


def not_there(content: CompiledContent, plan: Iterable[Planned]) -> tuple[Planned, ...]:
    """The planned topics that the content has not yet."""
    there = {entry.id for entry in content.topics()}
    return tuple(each for each in plan if each.id not in there)


def page(content: CompiledContent, notes: Path, plan: Sequence[Planned]) -> str:
    """The page of the documentation that says all this, as Markdown."""
    return "\n".join(_lines(content, coverage(content, notes, plan), not_there(content, plan), plan)) + "\n"


def _topic(content: CompiledContent, entry: TopicEntry, notes: Path) -> TopicCoverage:
    statements = tuple(content.statements(entry.id).values())
    protocol = content.protocol_as_shipped(entry.id) if entry.computable else None
    cited = sorted({citation.source for each in statements for citation in each.citations})
    known = content.sources()
    return TopicCoverage(
        id=entry.id,
        title=entry.title,
        computable=entry.computable,
        scope=protocol.scope_wording.clinical if protocol else "",
        left_out=left_out(notes / entry.id / "REVIEW.md"),
        patterns=len(protocol.patterns) if protocol else 0,
        rules=len(protocol.rules) if protocol else 0,
        cases=len(content.cases(entry.id)),
        statements=len(statements),
        by_country=_by_country(statements),
        verbatim=sum(each.basis is Basis.VERBATIM for each in statements),
        read=sum(each.basis is Basis.READ for each in statements),
        unconfirmed=sum(each.unconfirmed for each in statements),
        sources=len(cited),
        not_current=tuple(
            _standing(known[key]) for key in cited if key in known and known[key].status is not SourceStatus.CURRENT
        ),
        oldest=min((each.checked_on for each in statements if each.checked_on), default=""),
        newest=max((each.checked_on for each in statements), default=""),
        next_check=min((each.next_check for each in statements if each.next_check), default=""),
    )


def left_out(notes: Path) -> str:
    """What a topic's notes for reviewers say it leaves out on purpose, in one paragraph; "" where they do not."""
    if not notes.is_file():
        return ""
    found = _NOT_COVERED.search(notes.read_text(encoding="utf-8"))
    return " ".join(found.group(1).split()) if found else ""


def _standing(source: Source) -> str:
    by = f" by `{source.superseded_by}`" if source.superseded_by else ""
    return f"`{source.key}` ({source.status.value}{by})"


def _by_country(statements: Iterable[Statement]) -> tuple[tuple[str, int], ...]:
    counted: dict[str, int] = {}
    for each in statements:
        counted[each.jurisdiction.value] = counted.get(each.jurisdiction.value, 0) + 1
    return tuple(sorted(counted.items()))


def _lines(
    content: CompiledContent, topics: Sequence[TopicCoverage], missing: Sequence[Planned], plan: Sequence[Planned]
) -> Iterator[str]:
    there = len(plan) - len(missing)
    today = max((content.date, *(each.newest for each in topics)))
    reviewed = f"**{REVIEW_STATUS.lower()}**, unless a board that you run says otherwise"
    yield from ("# Coverage", "")
    yield f"What release {content.release} of {content.date} covers, and what it does not. Made by `{REMAKE}`;"
    yield f"a test says when it is out of date. The review status of everything here: {reviewed}."
    yield ""
    yield "| Topic | Kinds of answer | Rules | Statements | Sources | Cases | Checked | Days ago | Next check |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for each in topics:
        yield _row(each, today)
    yield from (*_total(topics), "")
    yield f"Checked is the day of the statement checked longest ago; days ago count to {today}, the latest check."
    yield "What is due on a day: `bedside doctor --content` ([command line](cli.md))."
    for each in topics:
        yield from _section(each)
    yield from ("", f"## Not there yet: {len(missing)} of {len(plan)}", "")
    yield f"{there} of the {len(plan)} topics planned (vitamin B12 and twenty more) are in this release. A question"
    yield "about one of these is declined, or answered from loaded literature, with its grade."
    yield "Emergency words are heeded in any question."
    yield ""
    for topic in missing:
        yield f"- {topic.title} (`{topic.id}`{'' if topic.computable else ', to be statements only'})"


def _row(each: TopicCoverage, today: str) -> str:
    age = (date.fromisoformat(today) - date.fromisoformat(each.oldest)).days if each.oldest else ""
    name = f"[{each.title}](#{each.id})"
    tables = (each.patterns, each.rules) if each.computable else ("", "")
    cells = (name, *tables, each.statements, each.sources, each.cases or "", each.oldest, age, each.next_check)
    return f"| {' | '.join(map(str, cells))} |"


def _total(topics: Sequence[TopicCoverage]) -> Iterator[str]:
    sums = [sum(getattr(each, name) for each in topics) for name in ("patterns", "rules", "statements")]
    cases = sum(each.cases for each in topics)
    yield f"| all | {sums[0]} | {sums[1]} | {sums[2]} | | {cases} | | | |"


def _section(each: TopicCoverage) -> Iterator[str]:
    countries = ", ".join(f"{_COUNTRIES.get(code, code)} {count}" for code, count in each.by_country)
    read = each.read + each.verbatim
    other = each.statements - read
    yield from ("", f'## <a id="{each.id}"></a>{each.title}', "")
    yield each.scope or "Statements only: they are quoted beside the topics, and decide nothing."
    yield ""
    if each.left_out:
        yield f"- Left out on purpose: {each.left_out}"
    yield f"- Statements by country: {countries}."
    yield f"- Basis: {read} of sources that were read, {other} seen through others or bedside's own;"
    yield f"  {each.unconfirmed} unconfirmed."
    if each.not_current:
        yield f"- Cites sources that are not current: {', '.join(each.not_current)}."


_COUNTRIES = {"GB": "UK", "US": "US", "INT": "any", "local": "local"}
