"""Scores in the article: each sum once, behind a statement it belongs to, with its points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bedside.article.article import Birthplace, SectionKey, Sentence
from bedside.article.frame import Frames
from bedside.protocol.outcome import Run
from bedside.protocol.protocol import ScoreItem, Wording
from bedside.protocol.scores import Scored

Sections = dict[SectionKey, list[Sentence]]


def with_worked(
    sections: Sections, runs: Iterable[Run], frames: Frames, shown_to_reader: Callable[[str], bool]
) -> Sections:
    """The sections with each sum behind the first of its statements that this reader is shown, in one group with it, so
    that the sum falls with the statement; a sum whose statements are not shown is left out."""
    for run in runs:
        for worked in run.scores:
            sections = _placed(sections, worked.score.behind, score_sentence(worked, frames), shown_to_reader)
    return sections


def _placed(
    sections: Mapping[SectionKey, list[Sentence]],
    behind: tuple[str, ...],
    line: Sentence,
    shown_to_reader: Callable[[str], bool],
) -> Sections:
    found = {key: list(sentences) for key, sentences in sections.items()}
    for key in (key for key in SectionKey if key in found):
        for place, sentence in enumerate(found[key]):
            if sentence.statement in behind and shown_to_reader(sentence.statement):
                group = sentence.group or line.id
                found[key][place] = replace(sentence, group=group)
                found[key].insert(
                    place + 1, replace(line, group=group, rules=sentence.rules, jurisdiction=sentence.jurisdiction)
                )
                return found
    return found


def score_sentence(worked: Scored, frames: Frames) -> Sentence:
    """The points that count and their sum; where something is not known, between which sums the score lies."""
    key = "score-open" if worked.unknown else "score-known"
    clinical, plain = (_slots(worked, how) for how in (_clinical, _plain))
    births = tuple(Birthplace(text, f"points of {worked.score.id}") for text in (*clinical.values(), *plain.values()))
    filled = frames.fill(key, clinical, plain_slots=plain, births=tuple(dict.fromkeys(births)))
    return replace(filled, id=f"frame/{key}/{worked.score.id}")


def _clinical(name: Wording) -> str:
    return name.clinical


def _plain(name: Wording) -> str:
    return name.plain


def _slots(worked: Scored, how: Callable[[Wording], str]) -> dict[str, str]:
    def points(item: ScoreItem) -> str:
        return f"{how(item.name)} {item.points}"

    return {
        "name": how(worked.score.name),
        "parts": " + ".join(map(points, worked.counted)) or "nothing counts",
        "low": str(worked.low),
        "high": str(worked.high),
        "unknown": ", ".join(map(points, worked.unknown)),
    }
