"""Spoiling how strongly it is said: advice, certainty, cause for association, outcome for surrogate, all for some."""

from __future__ import annotations

import re
from random import Random

from bedside.evaluation.spoil_polarity import NEGATIVE
from bedside.evaluation.swapping import Swap, mentions, one_of, table, unheard

_MAY_VERB = re.compile(
    r"\b(?:may|might|could)(?P<also> (?:also|even|then))? (?P<verb>(?!not\b|have\b|be\b|never\b"
    r"|only\b)[a-z]{3,})\b(?! or may not)"
)
_MAY_BE = re.compile(r"\b(?P<may>may|might|could) (?P<be>be|have been|also be)\b")
_CONSIDER = re.compile(
    r"\bconsider (?P<object>(?:an? |the |active |periodic |supplement |intramuscular |oral |hydroxocobalamin|MMA|B12 "
    r"|either|"
    r"another |other |continuing |stopping |telling |treating |clinical )?[^,.;:(]*)",
    re.IGNORECASE,
)
_ADVICE = table(
    {
        "may be considered": ("is mandatory", "must be done"), "can be considered": ("is mandatory", "must be done"),
        "may be used": "must be used", "can be used": "must be used", "can be given": "must be given",
        "can be chosen": "must be chosen", "should": "must", "is recommended": "is compulsory", "suggest": "prove",
        "suggests": "proves", "suggested": "proved", "optional": "mandatory", "is an option": "is required",
        "recommends": "requires", "advises": "orders", "is offered": "is compulsory",
        "as an option to consider": "as the required treatment",
    },
    after=r" (?:not|that be|as|also)\b",
)  # fmt: skip
_DEGREE = table(
    {
        "appears to be": "is proven to be", "appear to be": "are proven to be", "seems to be": "is proven to be",
        "seem to be": "are proven to be", "appears to": "is certain to", "appear to": "are certain to",
        "seems to": "is certain to",
        "possibly": "certainly", "probably": "certainly", "potentially": "definitely", "likely to": "certain to",
        "perhaps": "certainly", "tended to": "were proven to",
    },
    before=("un", "less ", "more ", "most ", "not ", "to ", "n't "),
)  # fmt: skip
_STUDIES = r"(?:studies|research|trials|investigations?|work) (?:are|is) (?:needed|required|warranted|necessary)\b"
_CERTAINTY = (
    (r"\binsufficient (?=(?:evidence|data|information)\b)", "sufficient "),
    (r"\blimited (?=(?:evidence|data|information)\b)", "conclusive "),
    (r"\b(?:weak|little|scarce|scant|sparse) (?=(?:evidence|data)\b)", "strong "),
    (r"\b[Ll]ow[- ](?=(?:certainty|quality evidence|quality)\b)", "high "),
    (r"\bremains? (?:unclear|uncertain|unknown|controversial)\b", "is established"),
    (r"\bremains? to be (?:determined|established|elucidated|proven)\b", "is established"),
    (r"\b(is|are) (?:unclear|uncertain|unknown|not known|not clear)\b", r"\1 well established"),
    (r"\binconclusive\b", "conclusive"),
    (r"\bpreliminary\b", "definitive"),
    (rf"\b(?:further|more|additional|future) {_STUDIES}", "no further research is needed"),
    (r"\b(?:a|the) (?:non-?significant )?(?:trend|tendency) (?:towards?|to|for)\b", "a significant effect for"),
    (r"\b(is|are) often (?=\w)", r"\1 always "),
    (r"\bdoes not prove\b", "proves"),
    (r"\bsupports (?=B12 deficiency|autoimmune)", "proves "),
    (r"\bsuggests (?=B12 deficiency)", "proves "),
    (r"\bmakes ([\w ]{3,40}) likely\b", r"proves \1"),
)  # fmt: skip
_ASSOCIATED = re.compile(
    r"\b(?:(?:was|were|is|are|been) )?(?:significantly |independently |strongly |also )?(?P<verb>associated with"
    r"|correlated with|linked to|related to)"
    r"(?= (?!each|one|either|the (?:same|use))(?:an? |the |higher|lower|increased|decreased|reduced|worse|better"
    r"|poor\w*|more|less|greater|longer|\w+))"
)
_CAUSES = {"was": "caused", "were": "caused", "is": "causes", "are": "cause"}
_WATCHED = re.compile(
    r"cohort|observational|cross-sectional|case-control|retrospective|population-based|survey|registry|epidemiolog",
    re.IGNORECASE,
)
_TRIED = re.compile(
    r"random|placebo|trial|controlled|caus|experiment|mice|\brats?\b|\bled to|result(?:ed|s|ing) in|therap"
    r"|treated with|treatment (?:of|with)|efficacy|intervention",
    re.IGNORECASE,
)
_SURROGATE = table(
    {
        "bone mineral density": "fracture-free survival", "blood pressure": "stroke mortality",
        "systolic blood pressure": "stroke mortality",
        "diastolic blood pressure": "stroke mortality", "LDL cholesterol": "fatal heart attacks",
        "LDL-C": "fatal heart attacks",
        "total cholesterol": "fatal heart attacks", "cholesterol levels": "heart attacks",
        "HbA1c": "diabetic blindness",
        "A1C": "diabetic blindness", "viral load": "death from AIDS", "ejection fraction": "survival",
        "intraocular pressure": "blindness",
        "progression-free survival": "overall survival", "disease-free survival": "overall survival",
        "response rate": "survival rate",
        "response rates": "survival rates", "serum B12": "nerve function", "median B12": "nerve function",
        "plasma levels": "symptoms",
        "serum levels": "symptoms", "plasma concentrations": "symptoms", "serum concentrations": "symptoms",
        "homocysteine levels": "strokes",
        "C-reactive protein": "mortality", "bone density": "fracture-free survival", "proteinuria": "kidney failure",
        "albuminuria": "kidney failure", "triglycerides": "heart attacks", "glucose levels": "diabetic complications",
        "fasting glucose": "diabetic complications", "exercise capacity": "survival", "FEV1": "survival",
        "depressive symptoms": "suicides",
        "pain scores": "return to work", "body weight": "mortality", "BMI": "mortality",
        "left ventricular mass": "cardiac death",
        "insulin sensitivity": "diabetic complications", "carotid intima-media thickness": "stroke",
        "symptom scores": "survival",
    },
    after=r"\)| \(",
)  # fmt: skip
_MEASURED = re.compile(
    r"mm ?Hg|mg/d|mmol|[np]mol|[np]g/m|\bno \w+ (?:in|on)\b|[Nn]o (?:significant )?(?:differ|change|effect)|\bkg\b"
    r"|\bL\b"
)
_QUANTITY = table(
    {
        "some": "all", "most": "all", "many": "all", "several": "all", "often": "always", "usually": "always",
        "sometimes": "always",
        "rarely": "never", "a minority of": "most", "half of": "all of", "a few": "most", "frequently": "always",
        "rare": "absent",
        "partially": "completely", "partly": "wholly", "slightly": "greatly", "modest": "large", "mild": "severe",
        "moderate": "severe",
        "moderately": "extremely", "small": "large", "modestly": "greatly", "generally": "always", "mainly": "only",
        "a subset of": "all",
        "up to": "more than", "nearly all": "all", "almost all": "all", "primarily": "exclusively",
    },
    after=r"[- ](?:cell|bowel|intestin\w+|molecule|extent|of (?:the|these|them)|other|important\w*|common\w*|often"
        r"|effective|likely|frequent\w*|recent\w*"
    r"|sensitive|potent|to|and|or|number|sample|group|significant|appropriate|vessel|for-gestational|airway\w*|RNA\w*"
    r"|interfering)|-",
    before=("more ", "the ", "at ", "this ", "at least ", "these ", "for the "),
)  # fmt: skip


def raise_advice(sentence: str, passage: str, random: Random) -> str | None:
    """Advice becomes stronger: consider becomes an order, may becomes will, should becomes must."""
    swaps = list(_ADVICE.swaps(sentence))
    swaps += [_ordered(match) for match in _CONSIDER.finditer(sentence)]
    swaps += [
        Swap(match.start(), match.end(), f"will{match['also'] or ''} {match['verb']}")
        for match in _MAY_VERB.finditer(sentence)
    ]
    if not swaps:
        swaps += [Swap(match.start("may"), match.end("may"), "will certainly") for match in _MAY_BE.finditer(sentence)]
    return one_of(unheard(swaps, passage), sentence, random)


def raise_certainty(sentence: str, passage: str, random: Random) -> str | None:
    """Doubt becomes certainty: insufficient evidence, unclear, further research, appears to."""
    swaps = list(_DEGREE.swaps(sentence))
    swaps += [
        Swap(match.start(), match.end(), match.expand(new))
        for pattern, new in _CERTAINTY
        for match in re.finditer(pattern, sentence)
    ]
    return one_of(unheard(swaps, passage), sentence, random)


def raise_to_cause(sentence: str, passage: str, random: Random) -> str | None:
    """An association of an observational study becomes a cause; None where a trial or experiment may have shown one."""
    swaps = [
        Swap(match.start(), match.end(), _CAUSES[match.group().split()[0]])
        for match in _ASSOCIATED.finditer(sentence)
        if re.match(r"(?:was|were|is|are) ", match.group())
        and not re.search(r"\b(?:that|which|who) $", sentence[: match.start()])
    ]
    if not swaps or not _WATCHED.search(passage) or _TRIED.search(passage) or NEGATIVE.search(sentence):
        return None
    return one_of(swaps, sentence, random)


def swap_surrogate(sentence: str, passage: str, random: Random) -> str | None:
    """A measurement becomes the outcome it stands for: blood pressure becomes stroke mortality."""
    swaps = [
        swap
        for swap in unheard(_SURROGATE.swaps(sentence), passage)
        if not _heads_heard(swap.new, passage) and not _MEASURED.search(sentence)
    ]
    return one_of(swaps, sentence, random)


def raise_quantity(sentence: str, passage: str, random: Random) -> str | None:
    """Some become all, often becomes always, a modest effect becomes a large one."""
    swaps = [
        swap
        for swap in _QUANTITY.swaps(sentence)
        if swap.of(sentence) not in passage
        and not NEGATIVE.search(sentence[max(0, swap.start - 12) : swap.start])
        and not re.match(r" (?:\d|month|year|hour)", sentence[swap.end :])
    ]
    return one_of(swaps, sentence, random)


def _ordered(match: re.Match[str]) -> Swap:
    target = match["object"]
    if re.match(r"(?:an)?other .*(?:cause|diagnos)", target):
        return Swap(match.start(), match.start("object"), "diagnose ")
    if re.match(r"\w+ing\b", target):
        return Swap(match.start(), match.start("object"), "always insist on ")
    return Swap(match.start(), match.start("object"), "always give or do ")


def _heads_heard(phrase: str, passage: str) -> bool:
    return any(
        mentions(passage, word) for word in phrase.split() if word not in {"function", "from", "to", "of", "return"}
    )
