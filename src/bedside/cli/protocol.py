"""``bedside protocol``: what the computable guidelines say, and whether they are in order."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from bedside.cli.lazy_group import LazyGroup
from bedside.cli.output import note, write, write_json, write_table
from bedside.errors import UsageError
from bedside.rendering.json_records import protocol_json, protocol_summary, rule_json
from bedside.settings import Settings, nearest

if TYPE_CHECKING:
    from bedside.desk import Desk
    from bedside.protocol.case import Case
    from bedside.protocol.cases import CaseResult, Coverage
    from bedside.protocol.lint import Finding
    from bedside.protocol.protocol import Protocol, Rule


@click.group(cls=LazyGroup)
def protocol() -> None:
    """List, show, lint and test the protocols.

    \b
    Examples:
      bedside protocol list
      bedside protocol show vitamin-b12 --rule OR3-GB
      bedside protocol cases --coverage
    """


@protocol.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_protocols(as_json: bool) -> None:
    """List the protocols: the topics that advice is given on.

    \b
    Examples:
      bedside protocol list
      bedside protocol list --json
    """
    found = list(_desk().protocols.values())
    if as_json:
        write_json([protocol_summary(p) for p in found])
        return
    write_table([(p.id, p.version, f"{len(p.rules)} rules", p.title.clinical) for p in found])


@protocol.command()
@click.argument("name", metavar="[ID]", default="")
@click.option("--rule", "rule_id", default="", metavar="RULE", help="Only this rule, in full.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show(name: str, rule_id: str, as_json: bool) -> None:
    """Show one protocol, or one of its rules. ID may be left out when there is only one protocol.

    \b
    Examples:
      bedside protocol show vitamin-b12
      bedside protocol show vitamin-b12 --rule OR3-GB --json
    """
    desk = _desk()
    [shown] = _chosen(desk, name or _only(desk))
    if rule_id:
        rule = next((r for r in shown.rules if r.id.lower() == rule_id.lower()), None)
        if rule is None:
            raise UsageError(f"{shown.id} has no rule {rule_id!r}.", nearest(rule_id, [r.id for r in shown.rules]))
        if as_json:
            write_json(rule_json(rule))
        else:
            _show_rule(rule, desk)
        return
    if as_json:
        write_json(protocol_json(shown))
        return
    _show_protocol(shown)


@protocol.command()
@click.argument("name", metavar="[ID]", default="")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def lint(name: str, as_json: bool) -> int:
    """Look for gaps, overlaps, dead ends, unproved rules and doubtful wording. Exit status 1 when something is found.

    Without an ID the statements and sources of every topic are looked at too.

    \b
    Examples:
      bedside protocol lint
      bedside protocol lint vitamin-b12 --json
    """
    found = findings(_desk(), name)
    if as_json:
        write_json([{"kind": f.kind.value, "subject": f.subject, "text": f.text, "where": f.where} for f in found])
    else:
        for finding in found:
            write(str(finding))
        note(f"{len(found)} findings")
    return 1 if found else 0


@protocol.command()
@click.argument("name", metavar="[ID]", default="")
@click.option("--coverage", "covered", is_flag=True, help="How many cases prove each rule.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def cases(name: str, covered: bool, as_json: bool) -> int:
    """Run the cases of the protocols. Exit status 1 when one fails.

    \b
    Examples:
      bedside protocol cases
      bedside protocol cases vitamin-b12 --coverage
    """
    desk = _desk()
    results = [(p, result) for p in _chosen(desk, name) for result in run_cases(desk, p)]
    failed = [result for _, result in results if not result.passed]
    proofs = _coverage(results) if covered else {}
    if as_json:
        write_json(
            {
                "cases": [_case_json(result) for _, result in results],
                "coverage": {key: {"fired": c.fired, "never": c.never} for key, c in proofs.items()},
            }
        )
    else:
        for result in failed:
            write(f"FAILED {_where(result.case)}{result.case.name}\n" + "\n".join(f"    {f}" for f in result.failures))
        write_table([(rule, f"fires in {c.fired}", f"excluded in {c.never}") for rule, c in proofs.items()])
        note(f"{len(results) - len(failed)} of {len(results)} cases pass")
    return 1 if failed else 0


def run_cases(desk: Desk, chosen: Protocol) -> tuple[CaseResult, ...]:
    """Every case of a protocol, run: our own on our rules as they ship, those of a pack on our rules with its own."""
    from bedside.facts.read import read_facts
    from bedside.ingest.compiled import from_pack
    from bedside.protocol.cases import run_case

    found = desk.content.cases(chosen.id)
    ours = desk.content.protocol_as_shipped(chosen.id) if desk.content.packs else chosen
    return tuple(
        run_case(case, chosen if from_pack(case.where) else ours, desk.vocabulary, read_facts) for case in found
    )


def findings(desk: Desk, name: str = "") -> tuple[Finding, ...]:
    """What lint finds in one protocol, or for "" in the whole content."""
    from bedside.ingest.findings import content_findings
    from bedside.protocol.lint import lint as lint_protocol

    if not name:
        return content_findings(desk.content)
    statements = {statement.id: statement for statement in desk.library.statements()}
    return tuple(f for p in _chosen(desk, name) for f in lint_protocol(p, statements, desk.content.cases(p.id)))


def _desk() -> Desk:
    from bedside.desk import open as open_desk

    return open_desk(Settings.load(os.environ))


def _only(desk: Desk) -> str:
    names = list(desk.protocols)
    if len(names) != 1:
        raise UsageError("No protocol was named.", "Choose from: " + ", ".join(names) + ".")
    return names[0]


def _chosen(desk: Desk, name: str) -> list[Protocol]:
    """The protocol of that id, or all of them for ""; raises UsageError with the nearest name."""
    if not name:
        return list(desk.protocols.values())
    if name not in desk.protocols:
        raise UsageError(f"There is no protocol {name!r}.", nearest(name, list(desk.protocols)))
    return [desk.protocols[name]]


def _show_protocol(shown: Protocol) -> None:
    plain = protocol_json(shown)
    write(f"{shown.id} {shown.version}: {shown.title.clinical}\nholds for: {plain['scope']}\n")
    for measure, tables in plain["bands"].items():
        for region, bands in tables.items():
            write(f"{measure} ({region}): {'; '.join(bands)}")
    write("")
    write_table([(r.id, r.jurisdiction.value, r.effect.value, r.strength.value, r.table) for r in shown.rules])


def _show_rule(rule: Rule, desk: Desk) -> None:
    plain = rule_json(rule)
    write(f"{rule.id} (table {rule.table}, section {rule.section}; {rule.where})")
    for key in ("jurisdiction", "effect", "strength", "level", "urgency", "given", "when"):
        write(f"  {key}: {plain[key] or 'none'}")
    for statement_id in rule.statements:
        statement = desk.library.statement(statement_id)
        write(f"  {statement_id}: {statement.clinical if statement else 'NOT FOUND'}")
    if rule.overrides:
        write(f"  silences: {', '.join(rule.overrides)}")


def _coverage(results: list[tuple[Protocol, CaseResult]]) -> dict[str, Coverage]:
    from bedside.protocol.cases import coverage

    found: dict[str, Coverage] = {}
    for chosen in {p.id: p for p, _ in results}.values():
        found |= coverage((result for p, result in results if p.id == chosen.id), chosen)
    return found


def _case_json(result: CaseResult) -> dict[str, Any]:
    return {
        "name": result.case.name,
        "where": result.case.where,
        "passed": result.passed,
        "failures": list(result.failures),
    }


def _where(case: Case) -> str:
    return f"{case.where}: " if case.where else ""
