"""Honest rewordings: the same said otherwise, so that a check that refuses them refuses too much."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from random import Random

from bedside.evaluation import reworded_figures
from bedside.evaluation.material import TrueSentence
from bedside.evaluation.rewording_words import SPELLINGS, SYNONYMS, UNSAFE_AFTER, UNSAFE_BEFORE
from bedside.evaluation.spoil_polarity import NEGATIVE, ORDER
from bedside.evaluation.swapping import Swap, lower_first, mentions, opens_plainly

Reword = Callable[[str, str, Random], str | None]
"""A rewording of a sentence that is true of a passage, or None where it does not apply."""

_MOST_SYNONYMS = 3
_LEAD = re.compile(
    r"^(?P<lead>(?:In|Among|After|During|If|When|With|On|Without|Before|Despite|Because|Although"
    r"|At) [^,:;()]{5,75}), (?P<main>[^,:;()]{15,160})\.$"
)
_NOT_LEAD = re.compile(
    r"^(?:In (?:comparison,|conclusion|summary|addition|contrast|fact|particular|general|this|these|total|our|both)"
    r"|On the other|At the same|With (?:regard|respect)|After that)"
)
_VERBS = (
    "reduced|increased|decreased|improved|inhibited|enhanced|lowered|prevented|attenuated|induced|stimulated"
    "|suppressed|blocked|affected|abolished|raised"
)
_NOUNS = (
    r"(?:(?!also\b|did\b|not\b|an?\b|all\b|could\b|would\b|should\b|will\b|including\b|using\b|further\b|only\b|either\b|has\b|have\b|had\b|may\b|can\b|under\b|over\b|during\b|across\b"
    r"|among\b|between\b|and\b|or\b|in\b|with\b|of\b|to\b|by\b|for\b|from\b|at\b|than\b|that\b|which\b|but\b|when\b"
    r"|after\b|was\b|were\b|on\b|both\b|as\b|\w+ed\b|\w+ly\b)[A-Za-z0-9-]+)"
)
_ACTIVE = re.compile(
    rf"^(?!An? |The (?:{_VERBS})\b|(?:All|Both|Most|Some|The|These|Many|Half|Our|Their) (?:\w+ )?(?:patients|subjects"
    rf"|groups?|participants|children|women|men)\b|Patients|Subjects|Significantly|Markedly|It |They|This|That|These"
    rf"|We |Which|No |None|Our data|As )(?P<agent>[A-Z][\w-]*(?:(?: with| of)? {_NOUNS}){{0,5}}) "
    rf"(?P<adverb>significantly |markedly )?(?P<verb>{_VERBS}) "
    rf"(?P<thing>(?:the )?{_NOUNS}(?:(?: of(?: the)?)? {_NOUNS}){{0,5}})"
    rf"(?P<rest>(?: \([^()]*\))?(?:| (?:in|at|after|during|compared|without|for|by) [^,;]{{5,120}}))\.$"
)
_PASSIVE = re.compile(
    rf"^(?P<thing>[A-Z][^,;()]{{4,70}}?) (?:was|were) (?P<adverb>significantly |markedly "
    rf"|not )?(?P<verb>{_VERBS}) by (?P<agent>(?:the )?[A-Za-z][\w-]*(?: {_NOUNS}){{0,3}})\.$"
)
_LEAD_WORD = re.compile(
    r"^(?:However|Moreover|Furthermore|In conclusion|In summary|In addition|Overall|Interestingly|Additionally"
    r"|Importantly|Notably|Thus|Therefore|Finally|Conclusions?"
    r"|Consequently|Similarly|Conversely|Nevertheless|Hence|Also|In our study|In this study), (?=[a-zA-Z])"
)
_ASIDE = re.compile(
    r" \((?:[pP]\s?[<=>]|[nN]\s?=|95\s?%|OR|RR|HR|CI|SD|95% CI|odds|hazard|relative risk|interquartile|r\s?=|mean"
    r"|range)(?![A-Za-z])[^()]*\)"
)
_STATED = ("According to the source, ", "The source says that ", "According to the authors, ", "It is reported that ")
_DEFINED = re.compile(r"\(([A-Z][A-Za-z]*[A-Z])\)")
_FURTHEST = 90  # characters before an abbreviation in brackets that its long form may fill


def synonyms(sentence: str, _passage: str, random: Random) -> str | None:
    """One to three words become their equals."""
    swaps = list(_synonym_swaps(sentence))
    random.shuffle(swaps)
    kept: list[Swap] = []
    for swap in swaps:
        if len(kept) < _MOST_SYNONYMS and all(swap.end <= other.start or other.end <= swap.start for other in kept):
            kept.append(swap)
    for swap in sorted(kept, key=lambda each: -each.start):
        sentence = swap.of(sentence)
    return sentence if kept else None


def spelling(sentence: str, _passage: str, _random: Random) -> str | None:
    """British spelling becomes American, or American British."""
    match = _SPELLING.search(sentence)
    return Swap(match.start(), match.end(), _OTHER_SPELLING[match.group().lower()]).of(sentence) if match else None


def abbreviation(sentence: str, passage: str, _random: Random) -> str | None:
    """An abbreviation that the passage defines becomes its long form, or the long form the abbreviation."""
    for match in _DEFINED.finditer(passage):
        short_form = match[1]
        long = _long_form(passage[max(0, match.start() - _FURTHEST) : match.start()].rstrip(), short_form)
        if not long or match.group() in sentence:
            continue
        short = re.search(rf"(?<![\w/-]){re.escape(short_form)}(?![\w/-])", sentence)
        written = re.search(rf"(?<![\w-]){re.escape(long)}(?![\w-])", sentence, re.IGNORECASE)
        if short and not mentions(sentence, long):
            return Swap(short.start(), short.end(), long).of(sentence)
        if written and not short:
            return Swap(written.start(), written.end(), short_form).of(sentence)
    return None


def clause_order(sentence: str, _passage: str, _random: Random) -> str | None:
    """The opening clause goes to the end: In A, B happened becomes B happened in A."""
    match = _LEAD.match(sentence)
    if (
        match is None
        or _NOT_LEAD.match(sentence)
        or re.search(r"\b(?:and|but|while|whereas|because|they|it|this|these|than)\b", match["main"])
    ):
        return None
    main, lead = match["main"], match["lead"]
    if re.search(r"\b(?:was|were)\b", lead) and re.match(r"(?:In|Among|During|With|On|At)\b", lead):
        return None
    if NEGATIVE.search(main) and re.match(r"Without|Because|Despite", lead):
        return None
    return f"{main[0].upper()}{main[1:]} {lead[0].lower()}{lead[1:]}."


def voice(sentence: str, _passage: str, _random: Random) -> str | None:
    """Active becomes passive: A reduced B, B was reduced by A; and passive active."""
    match = _ACTIVE.match(sentence)
    if (
        match
        and not re.match(r"their|his|her|its|more|less|only", match["thing"])
        and not re.search(r"\band \w+ed\b|suggest|reduced|increased", match["rest"])
    ):
        thing = match["thing"]
        be = "were" if _is_many(thing) else "was"
        agent = lower_first(match["agent"])
        return f"{thing[0].upper()}{thing[1:]} {be} {match['adverb'] or ''}{match['verb']} by {agent}{match['rest']}."
    match = _PASSIVE.match(sentence)
    if (
        match is None
        or re.search(r"\b(?:but|and|which|that|while)\b", match["thing"])
        or re.match(r"\w+ing\b|about|more|less|nearly|almost|approx", match["agent"])
    ):
        return None
    agent, adverb = match["agent"], match["adverb"] or ""
    verb = match["verb"]
    if adverb == "not ":
        adverb, verb = (
            "did not ",
            re.sub(r"(?<=[^e])ed$", "", verb) if not re.search(r"(?:c|s|v|at|uc)ed$", verb) else verb[:-1],
        )
    return f"{agent[0].upper()}{agent[1:]} {adverb}{verb} {lower_first(match['thing'])}."


def lead_word(sentence: str, _passage: str, _random: Random) -> str | None:
    """A word that only ties the sentence to the one before is left out: However, In conclusion."""
    match = _LEAD_WORD.match(sentence)
    return f"{sentence[match.end()].upper()}{sentence[match.end() + 1 :]}" if match else None


def aside(sentence: str, _passage: str, _random: Random) -> str | None:
    """A statistic in brackets is left out."""
    shorter = _ASIDE.sub("", sentence)
    return shorter if shorter != sentence else None


def attributed(sentence: str, _passage: str, random: Random) -> str | None:
    """The sentence is put in the source's mouth: According to the source, ..."""
    if not opens_plainly(sentence) or re.match(r"(?:We|Our|I|These|This|Those|That|They|It|Their|Its)\b", sentence):
        return None
    opening = random.choice(_STATED)
    if ORDER.search(sentence) or re.match(r"(?:Do|Avoid|Get|Keep)\b", sentence):
        opening = _STATED[0]
    return f"{opening}{lower_first(sentence)}"


PARAPHRASES: Mapping[str, Reword] = {
    "synonym": synonyms, "spelling": spelling, "abbreviation": abbreviation, "clause-order": clause_order,
    "voice": voice, "unit-converted": reworded_figures.unit, "number-word": reworded_figures.number_word,
    "threshold-wording": reworded_figures.threshold, "percent-wording": reworded_figures.percent,
    "range-wording": reworded_figures.range_wording, "lead-word-dropped": lead_word, "statistic-dropped": aside,
    "attributed": attributed,
}  # fmt: skip
"""The rewordings by kind."""

_SYNONYM = re.compile(
    rf"(?<![\w-])(?:{'|'.join(re.escape(old) for old in sorted(SYNONYMS, key=len, reverse=True))})(?![\w-])",
    re.IGNORECASE,
)
_AFTER = {old: re.compile(pattern) for old, pattern in UNSAFE_AFTER.items()}
_BEFORE = {old: re.compile(pattern) for old, pattern in UNSAFE_BEFORE.items()}
_OTHER_SPELLING = {old: new for pair in SPELLINGS for old, new in (pair, pair[::-1])}
_SPELLING = re.compile(rf"\b(?:{'|'.join(_OTHER_SPELLING)})\b", re.IGNORECASE)
_WORDED = ("synonym", "abbreviation", "clause-order", "voice", "number-word", "lead-word-dropped")


def reword(true: TrueSentence, random: Random) -> str | None:
    """The sentence in other words by one of the rewordings that change words and no figure's value, or None."""
    for kind in random.sample(_WORDED, len(_WORDED)):
        reworded = PARAPHRASES[kind](true.sentence, true.passage, random)
        if reworded and reworded != true.sentence and reworded not in true.passage:
            return reworded
    return None


def _synonym_swaps(sentence: str) -> Iterator[Swap]:
    for match in _SYNONYM.finditer(sentence):
        old = match.group() if match.group() in SYNONYMS else match.group()[0].lower() + match.group()[1:]
        opening = match.start() == 0 and old in SYNONYMS
        before, after = _BEFORE.get(old), _AFTER.get(old)
        if (
            (match.group() in SYNONYMS or opening)
            and not (after and after.match(sentence, match.end()))
            and not (before and before.search(sentence[: match.start()]))
        ):
            yield Swap(match.start(), match.end(), SYNONYMS[old])


def _long_form(words: str, short: str) -> str:
    """The last words of *words* whose first letters make *short*, or ""."""
    parts = re.split(r"[ -]", words)
    count = len(short)
    if len(parts) < count or count < 2:  # noqa: PLR2004 - letters
        return ""
    chosen = parts[-count:]
    if "".join(part[:1] for part in chosen).lower() != short.lower():
        return ""
    return words[words.rindex(chosen[0], 0, len(words) - sum(map(len, chosen[1:]))) :] if chosen[0] in words else ""


def _is_many(thing: str) -> bool:
    head = thing.split(" of ", maxsplit=1)[0].rsplit(maxsplit=1)[-1]
    return (head.endswith("s") and not head.endswith(("ss", "is", "us"))) or head in {
        "mice",
        "children",
        "women",
        "men",
        "people",
    }
