"""Worked sums in the article: each behind the advice it belongs to, with its numbers, and gone when that is gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from bedside.article.article import Birthplace, Sentence
from bedside.article.frame import Frames
from bedside.article.naming import Names
from bedside.protocol.outcome import Run
from bedside.protocol.sums import Worked


def with_sums(sentences: list[Sentence], runs: Iterable[Run], frames: Frames, names: Names) -> list[Sentence]:
    """The sentences of a section, each worked sum behind the last sentence of its rule and in one group with it."""
    for worked in (each for run in runs for each in run.sums):
        places = [place for place, sentence in enumerate(sentences) if worked.rule in sentence.rules]
        if not places:
            continue
        group = sentences[places[-1]].group or f"sum/{worked.rule}"
        sentences = list(sentences)
        sentences[places[-1]] = replace(sentences[places[-1]], group=group)
        claim = sentences[places[-1]]
        worked_out = replace(_sentence(worked, frames, names), group=group, jurisdiction=claim.jurisdiction)
        sentences.insert(places[-1] + 1, replace(worked_out, rules=(worked.rule,)))
    return sentences


def _sentence(worked: Worked, frames: Frames, names: Names) -> Sentence:
    slots = {
        "name": names.clinical(worked.measure),
        "value": f"{_plain(worked.value)} {worked.unit}",
        "each": f"{_plain(worked.each)} {worked.dose_unit}",
        "product": f"{_plain(worked.product)} {worked.dose_unit}",
        "step": f"{_plain(worked.step)} {worked.dose_unit}",
        "ceiling": f"{_plain(worked.ceiling)} {worked.dose_unit}",
        "result": f"{_plain(worked.result)} {worked.dose_unit}" if worked.result is not None else "",
    }
    births = [Birthplace(slots["value"], f"fact {worked.measure}")]
    births += [Birthplace(slots[key], f"limit of {worked.rule}") for key in ("each", "step", "ceiling")]
    births += [Birthplace(slots[key], f"worked out for {worked.rule}") for key in ("product", "result") if slots[key]]
    key = "sum-worked" if worked.result is not None else "sum-refused"
    plain = {key: text.replace(" mcg", " micrograms") for key, text in slots.items()}
    plain |= {"name": names.plain(worked.measure)}
    return replace(frames.fill(key, slots, plain_slots=plain, births=tuple(births)), id=f"frame/{key}/{worked.rule}")


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
