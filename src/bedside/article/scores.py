"""Scores in the article: each behind the statement of its rule, with what counted and what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bedside.article.article import Birthplace, Sentence
from bedside.article.frame import Frames
from bedside.protocol.outcome import Run
from bedside.protocol.protocol import ScoreItem
from bedside.protocol.scores import Scored


def with_scores(sentences: list[Sentence], runs: Iterable[Run], frames: Frames) -> list[Sentence]:
    """The sentences of a section, each score behind the last sentence of its rule and in one group with it."""
    for scored in (each for run in runs for each in run.scores):
        rule = scored.score.rule
        places = [place for place, sentence in enumerate(sentences) if rule in sentence.rules]
        if not places:
            continue
        sentences = list(sentences)
        claim = sentences[places[-1]]
        group = claim.group or f"score/{scored.score.id}"
        sentences[places[-1]] = replace(claim, group=group)
        told = replace(_sentence(scored, frames), group=group, jurisdiction=claim.jurisdiction, rules=(rule,))
        sentences.insert(places[-1] + 1, told)
    return sentences


def _sentence(scored: Scored, frames: Frames) -> Sentence:
    numbers = {"low": str(scored.low), "high": str(scored.high), "most": str(scored.most)}
    key = "score-range" if scored.unknown else "score-whole"
    clinical = numbers | {
        "name": scored.score.wording.clinical,
        "counted": _list(scored.counted, plain=False),
        "unknown": _list(scored.unknown, plain=False),
    }
    plain = numbers | {
        "name": scored.score.wording.plain,
        "counted": _list(scored.counted, plain=True),
        "unknown": _list(scored.unknown, plain=True),
    }
    births = tuple(Birthplace(text, f"points of {scored.score.rule}") for text in numbers.values())
    births += tuple(
        Birthplace(text, "a name") for text in (*clinical.values(), *plain.values()) if any(map(str.isdigit, text))
    )
    sentence = frames.fill(key, clinical, plain_slots=plain, births=births)
    return replace(sentence, id=f"frame/{key}/{scored.score.id}")


def _list(items: tuple[ScoreItem, ...], *, plain: bool) -> str:
    named = (f"{item.wording.plain if plain else item.wording.clinical} {item.points}" for item in items)
    return ", ".join(named) or "none"
