"""What is not known and would change this answer, each as a question a person can answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from bedside.article.article import Birthplace, Sentence
from bedside.article.frame import Frames
from bedside.protocol.outcome import Missing, Run
from bedside.protocol.protocol import Ask

SHOWN_FIRST = 6
"""How many questions stand unfolded; the rest are there on request."""


def unknowns(
    runs: tuple[Run, ...], frames: Frames, *, only_red_flags: bool = False, settled: frozenset[str] = frozenset()
) -> list[Sentence]:
    """The missing facts of every run, most decisive first; questions that only decide together stand as one, and
    those of several topics take turns.

    ``only_red_flags`` leaves the others out: where no management follows, they would change nothing. Questions on
    nothing but what is ``settled`` are not asked.
    """
    partners = [{m.ask.id: m.ask for m in run.missing} | {a.id: a for a in run.protocol.asks} for run in runs]
    moot = {ask.id for partner in partners for ask in partner.values() if settled.issuperset(ask.facts)}
    asked = set(moot)
    sentences: list[Sentence] = []
    for missing, partner in _in_turn(runs, partners):
        if missing.ask.id in asked or (only_red_flags and not missing.red_flag):
            continue
        named = dict.fromkeys((missing.ask.id, *missing.together))
        group = [partner[each] for each in named if each in partner and each not in moot]
        asked.update(ask.id for ask in group)
        sentences.append(_question(missing, group, frames, len(sentences)))
    return [replace(s, folded=place >= SHOWN_FIRST) for place, s in enumerate(sentences)]


def _in_turn(
    runs: tuple[Run, ...], partners: Sequence[Mapping[str, Ask]]
) -> Iterator[tuple[Missing, Mapping[str, Ask]]]:
    """The missing facts of several topics in turn, the most decisive of each first: none crowds out another."""
    for round_of in zip_longest(*(run.missing for run in runs)):
        yield from ((m, partner) for m, partner in zip(round_of, partners, strict=True) if m is not None)


def _question(missing: Missing, group: list[Ask], frames: Frames, place: int) -> Sentence:
    clinical, plain = (" ".join(_wordings(group, wording)) for wording in ("clinical", "plain"))
    changes = missing.ask.changes
    written = f"{clinical} {plain} {changes.clinical} {changes.plain}"
    filled = frames.fill(
        "ask-changes",
        {"question": clinical, "changes": changes.clinical},
        plain_slots={"question": plain, "changes": changes.plain},
        births=(Birthplace(written, f"the question {missing.ask.id}"),),
        number=place,
    )
    return replace(filled, id=f"ask/{missing.ask.id}", rules=missing.rules)


def _wordings(group: list[Ask], wording: str) -> list[str]:
    return [getattr(ask.wording, wording) for ask in group]
