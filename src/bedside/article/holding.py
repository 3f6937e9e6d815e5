"""This holds for: the range of the decisive facts over which the advice stays the same, and what lies beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bedside.article.article import Birthplace, Sentence
from bedside.article.frame import Frames
from bedside.article.naming import Names
from bedside.protocol.outcome import Holds, Run
from bedside.protocol.strength import Jurisdiction


def this_holds_for(runs: tuple[Run, ...], frames: Frames, names: Names) -> list[Sentence]:
    """One or two sentences for each decisive measure, and each jurisdiction where they differ."""
    found: list[Sentence] = []
    for run in runs:
        several = len({held.jurisdiction for held in run.holds}) > 1
        for held in run.holds:
            for sentence in _sentences(held, frames, names):
                place = replace(sentence, id=f"{sentence.id.rsplit('/', 1)[0]}/{len(found)}")
                found.append(replace(place, jurisdiction=Jurisdiction(held.jurisdiction)) if several else place)
    return found


def _sentences(held: Holds, frames: Frames, names: Names) -> Iterator[Sentence]:
    name = names.clinical(held.measure)
    unit = "" if held.unit == name else held.unit  # an INR of 6 is no "6 INR"
    slots = {"name": name, "low": held.low or "", "high": held.high or "", "unit": unit}
    plain = {"name": names.plain(held.measure)}
    births = tuple(
        Birthplace(number, f"limit of {held.measure}") for number in (held.low, held.high) if number is not None
    )
    if not births:
        return
    yield frames.fill(_range_frame(held), slots, plain_slots=plain, births=births)
    if held.low is not None and held.below not in ("", held.band):
        yield frames.fill(
            "holds-below" if held.low_inclusive else "holds-down-to",
            slots | {"band": names.band_clinical(held.measure, held.below)},
            plain_slots=plain | {"band": names.band_plain(held.measure, held.below)},
            births=births[:1],
        )
    if held.high is not None and held.above not in ("", held.band):
        yield frames.fill(
            "holds-above" if held.high_inclusive else "holds-from",
            slots | {"band": names.band_clinical(held.measure, held.above)},
            plain_slots=plain | {"band": names.band_plain(held.measure, held.above)},
            births=births[-1:],
        )


def _range_frame(held: Holds) -> str:
    if held.low is None:
        return "holds-open-low" if held.high_inclusive else "holds-open-low-below"
    if held.high is None:
        return "holds-open-high" if held.low_inclusive else "holds-open-high-above"
    ends = {(True, True): "", (True, False): "-to-below", (False, True): "-above-to", (False, False): "-between"}
    return f"holds-range{ends[held.low_inclusive, held.high_inclusive]}"
