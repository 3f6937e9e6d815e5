"""Doses in the words of others: found so that they can be left out where they could be taken for advice."""

from __future__ import annotations

import re

_NUMBER = r"(?:\d[\d.,\s]*(?:million |thousand )?|(?:one|two|three|four|five|six|eight|ten|half an?|a single) )"
_MASS = (
    r"(?:mc?g|[µμ]g|ug|ng|kg|micrograms?|milligrams?|nanograms?|grams?|grammes?|gm|g|i\.?u\.?|units?|u|meq|mmol|mol"
    r"|m(?:illi)?l(?:it(?:re|er)s?)?|cc|gy|mci|mbq|drops?|tablets?|capsules?|pills?|puffs?|sprays?|ampoules?|sachets?"
    r"|patch(?:es)?|vials?|lozenges?|suppositor(?:y|ies)|doses?)"
)
_DOSE = re.compile(
    rf"(?<![a-z\d]){_NUMBER}[-\s]?(?:-|to |or |and )?(?:\d[\d.,]*[-\s]?)?{_MASS}(?![a-z])"
    r"|\b(?:once|twice|(?:two|three|four|\d) times) (?:a |per |each )?(?:daily|day|weekly|week|monthly|month)\b"
    r"|\bevery (?:other day|\w+ hours?|\d+ ?h)\b|\b(?:bid|tid|qid|b\.i\.d|t\.i\.d|q\.d)\b"
)


def has_dose(text: str) -> bool:
    """Whether *text* may state a dose. Errs on the safe side: a concentration such as 5 mg/dL counts as one."""
    return _DOSE.search(text.lower()) is not None
