"""The direction of a finding, read from its own words by a few patterns.

Reading is cautious: two directions in one text, a comparison turned round ("higher with placebo") or a wording that the
patterns do not know make it UNCLEAR, and what is unclear says nothing.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bedside.text.folding import fold


class Direction(StrEnum):
    """What a finding says happened to the outcome."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NO_DIFFERENCE = "no difference"
    UNCLEAR = "unclear"


_CLEARLY = r"(?:(?:statistically |clinically )?significant(?:ly)? |markedly |substantially )"
_RISE = r"(?:increas(?:e|es|ed)|rise|elevation)"
_FALL = r"(?:reduc(?:tion|tions|ed|es)|decreas(?:e|es|ed)|decline[ds]?|fall|drop)"
_MORE = r"(?:higher|greater|longer|more|larger)"
_LESS = r"(?:lower|shorter|less|fewer|smaller)"

_SAME = re.compile(
    rf"\b(?:no|not any|without(?: any)?|lack of(?: an?)?) (?:\w+ )?{_CLEARLY}?(?:\w+ ){{0,2}}?"
    r"(?:differences?|effects?|changes?|improvements?|benefit|increase|reduction|decrease|impact|influence)\b"
    rf"|\b(?:did|do|does) not (?:\w+ )?{_CLEARLY}?"
    r"(?:differ|alter|change|affect|reduce|increase|improve|decrease|lower)\b"
    rf"|\b(?:was|were|is|are) not (?:\w+ )?{_CLEARLY}?"
    r"(?:different|altered|changed|affected|reduced|increased|improved)\b"
    r"|\bnot (?:statistically |clinically )?significant\b|\bnon-?significant\b"
    r"|\b(?:was|were|is|are|remained) (?:\w+ )?(?:similar|comparable|unchanged|equivalent)\b"
)
_UP = re.compile(
    rf"\b{_CLEARLY}(?:\w+ )?(?:{_RISE}|{_MORE})\b"
    rf"|\b(?:was|were|had|has|is|are) (?:\w+ )?(?:{_MORE}|increased)\b"
    rf"|\bincreased (?:\w+ ){{0,6}}(?:compared|than|versus|vs)\b"
)
_DOWN = re.compile(
    rf"\b{_CLEARLY}(?:{_MORE} )?(?:\w+ )?{_FALL}\b|\b{_MORE} {_FALL}\b"
    rf"|\b{_CLEARLY}(?:\w+ )?{_LESS}\b|\b{_CLEARLY}(?:lower|reduc)\w*\b"
    rf"|\b(?:was|were|had|has|is|are) (?:\w+ )?(?:{_LESS}|decreased|reduced)\b"
    rf"|\b(?:decreased|reduced|lowered) (?:\w+ ){{0,6}}(?:compared|than|versus|vs)\b"
)
# A fall that is greater, or a rise that is smaller: which way that points depends on what was measured.
_FALLS = re.compile(
    rf"\b{_FALL}\b.{{0,120}}\b{_MORE}\b|\b{_MORE}\b.{{0,20}}\b(?:improve\w*|relief|loss)\b"
    rf"|\b(?:improvement|relief|loss)\b.{{0,40}}\b{_MORE}\b"
    rf"|\b{_LESS} (?:\w+ )?(?:{_RISE}|{_FALL})\b"
)
# Said with a doubt, of part of a comparison, or of all groups alike.
_HEDGED = re.compile(
    r"\b(?:slightly|marginal(?:ly)?|numerically|(?:non-?|in)significant(?:ly)?|tend(?:ed|s)?|trend|borderline)\b"
    r"|\bapproach\w*\b|\b(?:both|all|each|either) (?:\w+ )?(?:groups?|arms?|treatments?|interventions?|modalities)\b"
    r"|\bbut not\b|\bonly\b|\b(?:from|to|since|with|versus|than|before) (?:the )?baseline\b"
    r"|\bp ?[=>] ?0?\.(?:0[6-9]|[1-9])|\bp ?> ?0?\.05\b"
    r"|\bnot\b|\bn(?:o|either|or)\b|\bbefore\b|\bdespite\b"
)
_COMPARATOR = r"(?:placebo|controls?|comparison|usual care|standard care|sham|untreated|no treatment|conventional)"
_TURNED = re.compile(
    rf"\b(?:higher|greater|longer|more|larger|lower|shorter|less|fewer|smaller|better|worse|increased|reduced|decreased)"
    rf" (?:\w+ ){{0,6}}?(?:in|with|for|among|on|by) (?:the )?(?:\w+ )?{_COMPARATOR}\b"
    rf"|^(?:the )?{_COMPARATOR} (?:group|arm|patients|subjects|participants)\b|\bthan (?:in |with |for |the )*"
    r"(?:intervention|treatment|treated|experimental|study|active)\b"
)
_AGAINST_COMPARATOR = re.compile(
    rf"\b(?:than|compared (?:with|to)|versus|vs|relative to|over) [^.;]{{0,40}}?{_COMPARATOR}"
)


def direction_of(text: str) -> Direction:
    """The direction of a finding in *text* (a sentence or two), or UNCLEAR."""
    said = fold(text)
    same = bool(_SAME.search(said))
    rest = _SAME.sub(" ", said)
    down = bool(_DOWN.search(rest))
    up = bool(_UP.search(_DOWN.sub(" ", rest)))
    if same + up + down != 1:
        return Direction.UNCLEAR
    if same:
        return Direction.NO_DIFFERENCE
    if _FALLS.search(said) or _HEDGED.search(said) or _TURNED.search(_AGAINST_COMPARATOR.sub(" ", said)):
        return Direction.UNCLEAR
    return Direction.INCREASE if up else Direction.DECREASE
