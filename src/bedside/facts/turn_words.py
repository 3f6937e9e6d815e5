"""The words by which a later turn says what it does to what was told before: corrects it, changes it, supposes it."""

from __future__ import annotations

import re

from bedside.text.folding import fold
from bedside.text.span import Span

_OPENING = 12  # characters before "say" where it still opens a supposition
_CORRECTS = re.compile(
    r"^\W*no[,.]? (?:it |that )?(?:is |was |'s )?(?=[\d<>])"
    r"|\b(?:sorry(?! (?:for|to|if|i'm late|(?:about )?(?:the|my) (?:delay|late)))|i meant?|meant to (?:say|write|type)"
    r"|change (?:\w+ ){1,3}to (?=[\d<>])"
    r"|correction|to correct|let me correct|actually|(?:my|by) mistake"
    r"|mistaken|typo|oops|whoops|should (?:have )?(?:been|be|read|said|say)|mis-?(?:read|typed|wrote|spoke)"
    r"|(?<!what )(?<!thing )(?:was|is) wrong"
    r"|wrong (?:number|value|unit|dose|one)|got (?:it|that) wrong|in fact|to be (?:exact|precise)|on checking"
    r"|i checked)\b"
)
_MEASURED_AGAIN = re.compile(
    r"\b(?:repeat(?:ed)?|re-?check(?:ed)?|re-?test(?:ed)?|came back|come back|is back|are back"
    r"|new(?:est)? (?:result|test|level|bloods?)"
    r"|latest|now|today|this (?:time|week|month|morning)|since then|most recent|again|up to|down to|gone (?:up"
    r"|down))\b"
)
_CHANGED = re.compile(
    r"\b(?:no longer|not any ?more|any ?more(?! than)|any longer|no more(?! than)|stopped|stopping"
    r"|gone|resolved|cleared|went away|go away|settled"
    r"|quit|came off|come off"
    r"|gave (?:it |them )?up|discontinued|finished|completed|recovered|disappeared|used to|until|not now"
    r"|better now|has ended"
    r"|switched|changed (?:from|to)|lost|off (?:it|them|the))\b"
)
_ENDED = (
    r"(?:gone|going|goes|go away|went away|resolved|resolving|cleared|settled|stopp?(?:ed|ing)?|disappeared|recovered"
    r"|finished|completed|ended|quit|come off|came off|giv(?:en|ing) (?:it |them )?up|discontinued|lost)"
)
_GOES_ON = re.compile(
    r"(?:\b(?:not|never|hasnt|havent|isnt|arent|doesnt|dont|didnt|hadnt|wasnt|cannot|won't|wont"
    r"|nearly|almost|mostly|partly|largely|half|some of"
    r"|will|would|should|going to|might|may|hope(?:fully)?|hoping|until)|n't)"
    rf" (?:\w+ ){{0,3}}?{_ENDED}\b(?! any ?more)"
    r"|\bno longer (?:just|only|merely)\b|\bany ?more than\b"
)
_RETURNED = re.compile(
    r"\b(?:but|and|then|though)(?: (?:it|they|now|has|have|is|are|was|then|again)){0,3}"
    r" (?:(?:came|come|comes|back) (?:back|again)|back|return(?:s|ed)|worse"
    r"|restarted|resumed|(?:re)?started (?:\w+ )?again)\b"
    r"|\b(?:now|since then) back on\b"
)
_SUPPOSES = re.compile(
    r"\b(?:if|suppose|supposing|imagine|assuming|assume|say|were i|had i|pretend|hypothetically)\b"
    r"|^\W*(?:(?:and|so|but|what about|how about)\s+)*(?:in|during) pregnancy\W*$"
    r"|\b(?:when|once) (?:i|she|he) (?:becomes?|ever (?:becomes?|gets?)|gets? pregnant)\b"
)
_MATTERS = (
    r"(?:if|whether) (?:it's|its|that's|(?:it|that|this)(?: is)?) (?:helps?|matters?|relevant|makes a difference"
    r"|related|important|anything|connected|useful)\b"
)
_IT_MATTERS = re.compile(_MATTERS)
_NO_SUPPOSITION = re.compile(
    rf"{_MATTERS}|if (?:relevant|possible|needed|necessary|so|not|any)\b"
    r"|if (?:i|we) (?:remember|recall|may|could ask|understand)"
    r"|if you (?:need|want|like|wish|ask|must)|if (?:antibod|ab\b|abs\b)"
)
_MERELY_ASKED = re.compile(
    r"\b(?:know|wonder(?:ed|ing)?|see|saw|check(?:ed|ing)?|tell(?: me)?|ask(?:ed|ing)?|unsure|sure|find out"
    r"|found out|test(?:ed|ing)?"
    r"|as|even|only|decide|certain|clear|remember|say|says|said)\s+$"
)
_ONLY_ASKED = re.compile(
    r"\b(?:know|wonder(?:ed|ing)?|see|check(?:ed|ing)?|tell(?: me)?|ask(?:ed|ing)?|unsure|sure|find out"
    r"|test(?:ed|ing)?|decide|certain"
    r"|clear) (?:if|whether)\b"
)
_BACK_THEN = re.compile(
    r"\bwhen (?:i|she|he) (?:was|were|had)\b(?! (?:tested|re-?tested|seen|checked|re-?checked|told|examined|last))"
)
_OPENS_SUPPOSING = re.compile(r"\b(?:what|how) about (?=(?:if|when|in)\b)")
_SAYING = re.compile(
    r"\b(?:i(?:'ll|'d)?|they|gp|doctor|nurse|he|she|results?|people|to|would|would you|you) say\b|\bsay(?:s"
    r"|ing)? (?:that|it)\b"
)
_TAKES_BACK = re.compile(
    r"(?:^|[.!?;:,\n]\s*|\b(?:please|just|so|and|oh|ok|okay|can you|could you|let's|lets|actually|sorry|you can"
    r"|i want to|better)\s+)"
    r"(?:forget(?: about)?|ignore|disregard|scrap|scratch|never mind|nevermind|drop|leave out|delete|remove"
    r"|strike|take back|i take back"
    r"|discount|cross out)\s+(?=(?:(?:what i (?:said|wrote|told you) about|all about|about|the|my|her|his|that"
    r"|those|this|these|all)\s)|\w)"
)
_NOT_OF_THE_CASE = re.compile(
    r"(?:all |any |the |those |these |of )*"
    r"(?:your|previous|prior|rules?|instructions?|(?:red )?flags?|warnings?|system)\b"
)
_FOR_GOOD = re.compile(
    r"\b(?:scrap|scratch|delete|remove|strike|cross out|take back"
    r"|(?:that|it|this|they|those) (?:was|were)|ago|wrong|mistake|in error|typo|gone|cleared"
    r"|someone else|made (?:it|that) up|isn't|(?:don't|dont|do not|doesn't|didn't|never) (?:really |actually )?have"
    r"|never had|not (?:there|true|mine|hers|his|right|correct|so))\b"
)
_NOT_BEFORE = re.compile(
    r"\b(?:don't|dont|do not|not|never|didn't|didnt|can't|cant|cannot|i|she|he|often|sometimes)\s*$"
)


def corrects(text: str) -> bool:
    """Whether words of the text take an earlier saying to have been wrong."""
    return _CORRECTS.search(fold(text)) is not None


def measures_again(text: str) -> bool:
    """Whether words of the text speak of a new measurement."""
    return _MEASURED_AGAIN.search(fold(text)) is not None


def changes(words: str) -> bool:
    """Whether words say that something was so and is so no more."""
    return _CHANGED.search(fold(words)) is not None


def goes_on(clause: str, part: str) -> bool:
    """Whether words that speak of an end deny it, put it off or take it back: "not gone", "nearly gone", "will be
    gone", "went away but came back". *part* is the part of the *clause* that the fact stands in."""
    return _GOES_ON.search(fold(part)) is not None or _RETURNED.search(fold(clause)) is not None


def supposes_from(sentence: str) -> int | None:
    """Where in a sentence a supposition begins, or None.

    "If" behind "do you know" asks and does not suppose, "if it helps" is a way of speaking, and IF in capitals is
    intrinsic factor.
    """
    folded = fold(sentence)
    for match in _SUPPOSES.finditer(folded):
        if not _a_way_of_speaking(sentence, folded, match):
            return match.start()
    return None


def _a_way_of_speaking(sentence: str, folded: str, match: re.Match[str]) -> bool:
    word, before = match.group(), folded[: match.start()]
    if word == "say":
        return match.start() > _OPENING or _SAYING.search(folded) is not None
    if word in ("assume", "imagine"):
        return before.rstrip().endswith(" i") or before.strip() == "i"
    if word != "if":
        return False
    factor = sentence[match.start() : match.end()] == "IF" and not sentence.isupper()
    return factor or bool(_MERELY_ASKED.search(before) or _NO_SUPPOSITION.match(folded, match.start()))


def only_asked_from(sentence: str) -> int | None:
    """Where in a sentence begins what is merely asked: "do you know if I have it"."""
    folded = fold(sentence)
    match = _ONLY_ASKED.search(folded)
    if match is None or _IT_MATTERS.match(folded, folded.rfind(" ", 0, match.end()) + 1):
        return None
    return match.end()


def back_then_from(sentence: str) -> int | None:
    """Where in a sentence begins what was so at another time: "when I was pregnant it was 150"."""
    match = _BACK_THEN.search(fold(sentence))
    return match.end() if match else None


def without_what_about(text: str) -> str:
    """The text with "what about" blanked before "if", of the same length: "what about if she was on metformin?"."""
    return (
        _OPENS_SUPPOSING.sub(lambda match: " " * len(match.group()), fold(text))
        if _OPENS_SUPPOSING.search(fold(text))
        else text
    )


def taken_back(text: str) -> list[Span]:
    """The stretches that say what is to be forgotten, each up to the end of its clause."""
    folded, found = fold(text), []
    for match in _TAKES_BACK.finditer(folded):
        verb = re.search(r"\S", match.group())
        start = match.start() + (verb.start() if verb else 0)
        if _NOT_BEFORE.search(folded[:start]):
            continue
        if _NOT_OF_THE_CASE.match(folded, match.end()):
            continue
        end = re.search(r"[.!?;,\n]|\bbut\b|\bbecause\b|\band (?:now|i|i'm|my|she|he|the|it)\b", folded[match.end() :])
        found.append(Span(match.end(), match.end() + end.start() if end else len(text)))
    return found


def takes_back_for_good(text: str) -> bool:
    """Whether words that put something aside also say that it was not so, or is so no more: "forget the numb feet, that
    was years ago". "Never mind the unsteadiness, what dose?" says neither."""
    return corrects(text) or _FOR_GOOD.search(fold(text)) is not None
