"""Where the content stands with its reviewers, how sure an answer is, how old, and who checked it."""

from __future__ import annotations

from dataclasses import dataclass

from bedside.answer import Answer
from bedside.article.article import FIRST_SCREEN, Role, Sentence
from bedside.evidence.statement import Basis
from bedside.protocol.strength import Level
from bedside.rendering.reviewed import review_details, review_line, signature_line
from bedside.review.state import State as ReviewState
from bedside.review.status import AnswerStatus

STATES = ("Not submitted", "Submitted", "Under review", "Approved", "Returned", "Lapsed")
"""Every state of a strip that no board stands behind, in the order in which content goes through them."""

_LEVELS = {
    Level.A: "trials or systematic reviews",
    Level.B: "cohort studies or small trials",
    Level.C: "expert consensus",
    Level.D: "product labels",
    Level.E: "summaries or opinion",
    Level.X: "bedside's own safety rules",
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """One state of the strip; the content is in exactly one."""

    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The strip, what it comes to in words, and one line: how sure, how old, who checked. ``levels`` are the letters of
    evidence with what each means. ``details`` say more of a review; ``signed`` are the signatures behind it, each with
    the interests that were declared."""

    states: tuple[State, ...]
    said: str
    how_sure: str
    how_old: str
    who_checked: str
    version: str
    levels: tuple[tuple[str, str], ...]
    release: str
    content: str
    run: str
    details: tuple[str, ...] = ()
    signed: tuple[tuple[str, str], ...] = ()


def standing(answer: Answer, review: AnswerStatus | None = None) -> Standing:
    """How the answer stands; *review* is what the board says of it, None where there is no board."""
    return Standing(
        states=_states(review),
        said=review_line(review),
        how_sure=_how_sure(answer),
        how_old=_how_old(answer),
        who_checked=_who_checked(answer, review),
        version=answer.release,
        levels=tuple((level.value, meaning) for level, meaning in _LEVELS.items()),
        release=f"{answer.release}, as of {day(answer.as_of)}",
        content=answer.fingerprints.content[:12],
        run=answer.fingerprints.run[:12],
        details=review_details(review),
        signed=tuple((signature_line(each), each.interests) for each in review.signers) if review else (),
    )


def _states(status: AnswerStatus | None) -> tuple[State, ...]:
    """The strip. Without a board everything is at its beginning, and nothing can have been withdrawn."""
    if status is None:
        return tuple(State(name, name == STATES[0]) for name in STATES)
    return tuple(State(each.value, each is status.state) for each in ReviewState)


def day(iso: str) -> str:
    """An ISO date as people write it; anything else stays as it is."""
    parts = iso.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(part.isdigit() for part in parts):
        return iso
    return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"


def _first(answer: Answer) -> list[Sentence]:
    """The claims a reader sees first."""
    sections = (section for section in answer.article.sections if section.key in FIRST_SCREEN)
    return [s for section in sections for s in section.sentences if s.role is Role.CLAIM and not s.folded]


def _how_sure(answer: Answer) -> str:
    """The evidence under the first screen, and whether anybody held it against the originals."""
    claims = _first(answer)
    if not claims:
        return "Nothing clinical is claimed here."
    levels = [_LEVELS[level] for level in Level if any(claim.level is level for claim in claims)]
    resting = f"The first lines rest on {_listed(levels)}" if levels else "The first lines are quoted"
    bases = {claim.basis for claim in claims if claim.basis is not None}
    if bases <= {Basis.VERBATIM, Basis.OWN_RULE}:
        return f"{resting}."
    seen = "partly seen through summaries" if Basis.SECONDHAND in bases else "read by the authors"
    return f"{resting}: our wording, {seen}, not held against the originals."


def _how_old(answer: Answer) -> str:
    cited = {c.source for s in answer.article.sentences() for c in s.citations}
    years = sorted(y for key in cited if (y := answer.sources[key].year[:4]).isdigit())
    span = years[0] if len(set(years)) == 1 else f"{years[0]} to {years[-1]}" if years else ""
    return f"Content as of {day(answer.as_of)}" + (f"; sources of {span}." if span else ".")


def _who_checked(answer: Answer, review: AnswerStatus | None) -> str:
    count, withheld = len(answer.article.sentences()), len(answer.report.withheld)
    noun = "sentence" if count == 1 else "sentences"
    gone = f"; {withheld} withheld" if withheld else ""
    return f"{count} {noun} checked by the machine{gone}. {review_line(review)}."


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
