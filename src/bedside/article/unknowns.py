"""What is not known and would change this answer, each as a question a person can answer."""

from __future__ import annotations

from dataclasses import replace

from bedside.article.article import Birthplace, Sentence
from bedside.article.frame import Frames
from bedside.protocol.outcome import Missing, Run
from bedside.protocol.protocol import Ask

SHOWN_FIRST = 6
"""How many questions stand unfolded; the rest are there on request."""


def unknowns(runs: tuple[Run, ...], frames: Frames, *, only_red_flags: bool = False) -> list[Sentence]:
    """The missing facts of every run, most decisive first; questions that only decide together stand as one.

    ``only_red_flags`` leaves the others out: where no management follows, they would change nothing.
    """
    asked: set[str] = set()
    sentences: list[Sentence] = []
    for run in runs:
        partner = {m.ask.id: m.ask for m in run.missing} | {a.id: a for a in run.protocol.asks}
        for missing in run.missing:
            if missing.ask.id in asked or (only_red_flags and not missing.red_flag):
                continue
            group = [missing.ask, *(partner[other] for other in missing.together if other in partner)]
            asked.update(ask.id for ask in group)
            sentences.append(_question(missing, group, frames, len(sentences)))
    return [replace(s, folded=place >= SHOWN_FIRST) for place, s in enumerate(sentences)]


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
