"""``bedside review show``: what a reviewer reads before signing, with the seal that a signature names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from bedside.cli.output import write, write_json
from bedside.cli.review_acting import item_named, names, the_board, warn

SHOWN_CASES = 12
_Part = Mapping[str, Any]


@click.command()
@click.argument("item")
@click.option("--full", is_flag=True, help="Every case, everything beneath, and every step of the history.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show(item: str, full: bool, as_json: bool) -> None:
    """Show everything a reviewer has to read of ITEM: wordings, sources, the passages that were loaded with the shared
    words between \u00bb and \u00ab, verdicts, the rule in words with its cases, what it rests on, standing and history.

    The last line is the seal, which `approve` asks for: it names exactly what was shown.

    \b
    Examples:
      bedside review show vitamin-b12/oral-label-gb
      bedside review show rule:vitamin-b12/OR3-GB --full
      bedside review show vitamin-b12/oral-label-gb --json
    """
    from bedside.cli.review_item import document

    with the_board() as board:
        found = document(board, item_named(names(board), item))
        warn(board)
    if as_json:
        write_json(found)
        return
    for line in lines(found, full=full):
        write(line)


def lines(found: _Part, *, full: bool) -> Iterator[str]:
    """The document of an item as text."""
    state = found["standing"]["state"]
    if found["trail_broken"]:
        state += ", which does not count: the audit trail is broken"
    yield f"{found['item']}  [{state}]"
    if "says" in found:
        says = found["says"]
        if "wordings" in says:
            yield from _of_statement(says)
        else:
            yield from _of_rule_or_pattern(says, full=full)
        yield from _beneath(found, full=full)
    yield from _stands(found["standing"], state, found.get("signatures_needed"))
    yield from _changed(found.get("changed_since_signed", ()))
    yield from _history(found["history"], full=full)
    yield ""
    if found["seal"] is None:
        yield "The content has it no more: there is nothing to sign."
    else:
        yield f"seal {found['seal']}"


def _of_statement(says: _Part) -> Iterator[str]:
    from bedside.rendering.basis import BASES

    told: list[tuple[str, str]] = []
    for each in says["wordings"]:
        if (each["text"], each["verdict"]) in told:
            yield f"{each['readers'].partition(': ')[2].capitalize()}: the same"
            continue
        told.append((each["text"], each["verdict"]))
        yield f"\n{each['readers']}\n  {each['text']}"
        yield f"  the machine's check: {each['verdict']}" + "".join(f"; {finding}" for finding in each["findings"])
    marks = [says["strength"], says["country"], says["level"], BASES[says["basis"]]]
    marks += ["states a dose"] * says["states_a_dose"] + ["UNCONFIRMED"] * says["unconfirmed"]
    marks += [] if says["figures_agree"] else ["THE FIGURES OF THE TWO WORDINGS DIFFER"]
    yield "\n" + "; ".join(marks)
    for name in ("population", "next_check"):
        if says[name]:
            yield f"{name.replace('_', ' ')}: {says[name]}"
    if says["guards"]:
        yield f"guards: {', '.join(says['guards'])}"
    for each in says["sources"]:
        yield from _source(each)
    for key in says["sources_missing"]:
        yield f"\nsource {key}: THERE IS NO SUCH SOURCE"


def _source(each: _Part) -> Iterator[str]:
    yield f"\nsource {each['source']}{', ' + each['locator'] if each['locator'] else ''}: {each['reference']}"
    mark = each["marked_by_the_board"]
    by = f" (marked by {mark['by']} on {mark['at'][:10]})" if mark else ""
    yield f"  {each['status']}{by}; {each['basis']}"
    if each["note"]:
        yield f"  note: {each['note']}"
    yield f"  original: {each['original']}{'. ' + each['reason'] if each['reason'] else ''}"
    if each["passage_text"]:
        yield f"  passage {each['passage']} ({each['passage_locator'] or 'no locator'}):"
        yield from (f"    {line}" for line in each["passage_text"].splitlines())


def _of_rule_or_pattern(says: _Part, *, full: bool) -> Iterator[str]:
    yield ""
    for name, value in says.items():
        if name not in {"shows", "cases", "place", "of"} and value:
            shown = ", ".join(value) if isinstance(value, list) else "yes" if value is True else value
            yield f"{name.replace('_', ' ')}: {shown}"
    if "place" in says:
        yield f"tried as number {says['place']} of {says['of']} patterns"
    for each in says["shows"]:
        yield f"  {each.get('as', 'shows')} {each['statement']}: {each['text'] or 'NOT FOUND'}"
    cases = says["cases"]
    yield f"\n{len(cases)} worked cases{':' if cases else ': no case proves it'}"
    yield from _some([f"  {each['came']}: {each['case']}" for each in cases], SHOWN_CASES, full=full)


def _beneath(found: _Part, *, full: bool) -> Iterator[str]:
    yield "\nrests on"
    earlier = [each for each in found["rests_on"] if each["ref"].startswith("before:")]
    yield from (_ground(each) for each in found["rests_on"] if full or each not in earlier)
    if earlier and not full:
        yield f"  the conditions of {len(earlier)} earlier patterns, none of which fits: --full"
    if found["beneath"]:
        yield f"and by way of those on {len(found['beneath'])} more{'' if full else ': --full'}"
        yield from (_ground(each) for each in found["beneath"] if full)
    if found["needs"]:
        approved = [each["item"] for each in found["needs"] if each["approved"]]
        yield f"\nneeds {len(found['needs'])} approved; {len(approved)} are. Not yet:"
        yield from (f"  {each['item']}" for each in found["needs"] if not each["approved"])


def _ground(each: _Part) -> str:
    return f"  {each['ref']}  {each['fingerprint'][:12]}  {each['title']}"


def _stands(standing: _Part, state: str, needed: int | None) -> Iterator[str]:
    yield f"\n{state} since {standing['since'] or 'never'}"
    if standing["holder"]:
        yield f"  held by {standing['holder']}"
    if standing["author"]:
        yield f"  worded by {standing['author']}, who does not sign it"
    for each in standing["signatures"]:
        of = f", of {each['board']}" if each["board"] else ""
        yield f"  signed by {each['name']} ({each['registration']}{of}) at {each['signed_at']}, until {each['expires']}"
    if needed and needed > len(standing["signatures"]):
        yield f"  takes {needed} signature{'s' if needed > 1 else ''}, has {len(standing['signatures'])}"
    for words in standing["reasons_in_words"]:
        yield f"  lapsed: {words}"
    for each in standing["proposals"]:
        yield f"  proposal {each['number']} by {each['handle']}"


def _changed(changed: Sequence[_Part]) -> Iterator[str]:
    if changed:
        yield "\nother than when it was last signed:"
    for each in changed:
        yield f"  {each['ref']}"
        for field in each["fields"]:
            yield f"    {field['field']}: {field['before'] or '(nothing)'} -> {field['after'] or '(nothing)'}"


def _history(steps: Sequence[_Part], *, full: bool) -> Iterator[str]:
    yield "\nhistory, newest first" if steps else "\nno history"
    told = []
    for each in steps[::-1]:
        told.append(
            f"  {each['number']}  {each['at']}  {each['by']} ({each['role']}): {each['action']}, {each['after']}"
        )
        if each["text"]:
            told[-1] += "".join(f"\n      {line}" for line in each["text"].splitlines())
    yield from _some(told, SHOWN_CASES, full=full)


def _some(told: Sequence[str], most: int, *, full: bool) -> Iterator[str]:
    yield from told if full else told[:most]
    if not full and len(told) > most:
        yield f"  and {len(told) - most} more: --full"
