"""The little grammar that telling claims apart needs: finite verbs, orders, and where two claims are joined.

No parser: closed lists of the verbs of medical prose. What the lists do not know is left whole, so that a sentence is
never cut where a half could not stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_AUXILIARY = (
    r"is|are|was|were|has|have|had|can|cannot|could|may|might|must|should|shall|will|would|does|do|did|isn't|aren't|"
    r"wasn't|weren't|don't|doesn't|didn't|can't|won't|shouldn't"
)
_THIRD = (
    "advise affect aid aim allow appear arise assess associate bind block bring cause come confer confirm "
    "consider contain contribute correlate cost cover cure cut damage decline decrease define delay demand depend "
    "develop differ double drop ease enhance exceed exclude explain face fail fall favour favor follow get give "
    "go grow guide happen help hide hinder impair imply improve include increase indicate induce inhibit involve "
    "keep lack last lead lessen lie limit lose lower maintain make mask mean meet need normalise normalize occur "
    "offer outweigh permit persist play point predict prevent produce progress promote protect prove provide "
    "quadruple raise range reach receive recommend reduce reflect relieve rely remain remove represent require "
    "resolve respond rest restore result return reveal rise rule say seem serve show shorten slow solve spare "
    "speed state stop strengthen suffer suggest support suppress take target tend thin translate treat trigger triple "
    "turn use vary wait warrant want weaken work worsen yield"
)
_PAST = (
    "began became caused confirmed cost cut decreased died doubled failed fell found gave got grew improved "
    "increased "
    "led lost lowered occurred prevented produced raised reached received recovered reduced relapsed reported "
    "resolved "
    "responded rose showed suggested took went worked worsened yielded"
)
_BASE = (
    "add administer advise aim apply arrange ask assess avoid await be begin book call check choose combine "
    "confirm consider contact continue counsel discontinue discuss document do drink eat educate encourage ensure "
    "evaluate examine exclude follow get give go halve have hold identify increase inform initiate inject "
    "investigate involve keep limit look lower maintain make measure monitor never note obtain offer order "
    "perform plan prefer prescribe prevent protect provide raise reassess recheck recommend record reduce refer "
    "rely remember remove repeat replace request reserve rest restrict return review rule screen see seek send "
    "select speak start step stop store substitute supplement suspect switch take talk taper target teach tell "
    "test titrate transfer transition treat try update use vaccinate verify visit wait warn watch wear weigh "
    "withhold"
)


def _third(base: str) -> str:
    if base.endswith(("s", "x", "ch", "sh", "o")):
        return base + "es"
    return base[:-1] + "ies" if base.endswith("y") and base[-2] not in "aeiou" else base + "s"


_FINITE = re.compile(
    rf"\b(?:{_AUXILIARY}|{'|'.join(map(_third, _THIRD.split()))}|{'|'.join(_PAST.split())})\b", re.IGNORECASE
)
# A plural subject has the bare verb: "tablets work"; only after a noun, never after "to" or a modal.
_PLURAL = re.compile(
    rf"\b(?:[a-z]{{3,}}s(?: (?:with|of|in|on|from|without|taking) (?:[\w-]+ ){{0,3}}[\w-]+)?|and \w+|people|"
    rf"patients|they|we|you|who|that|"
    rf"which|adults|children|women|men)\s+(?:\w+ly\s+|also\s+|often\s+)?(?:{'|'.join(_THIRD.split())})\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    rf"(?:(?:also|then|next|first|now|always|please|instead|in addition|if possible|meanwhile|otherwise|finally|"
    rf"thereafter|afterwards|routinely|urgently|immediately|promptly)\W+)*(?:do not|don't|never|"
    rf"{'|'.join(_BASE.split())})\b",
    re.IGNORECASE,
)
_NOUN_ORDERS = re.compile(
    r"(?:test|review|order|plan|screen|watch|rest|record|use|book|supplement|target|measure|repeat)\s+"
    r"(?:is|are|was|were|of|has|have|had|results?|shows?|showed|suggests?|may|can|should|for\s+\w+\s+(?:is|"
    r"are|was))\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(?:if|when|once|in|for|during|before|after|unless|until|with)\b", re.IGNORECASE)
_OPEN_CONDITION = re.compile(r"\W*(?:if|when|once|unless|until|because|although|while|whether)\b[^,:]*", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,:]\s+")
_LONGEST_CONDITION = 250  # characters
_CONCESSION = re.compile(r"(?:while|although|though|whereas|even though)\s+(?!awaiting|waiting)", re.IGNORECASE)
_TO_YOU = re.compile(
    r"\b(?:you|patients?|people|clinicians?|doctors?|prescribers?|nurses?|adults|children|women|"
    r"men)\s+(?:should|must|need to|ought to|"
    r"are advised to|have to|shouldn't|mustn't)\b|\bshould (?:not )?be (?:\w+ly )?(?:given|started|offered|"
    r"used|taken|"
    r"avoided|stopped|initiated|continued|considered|checked|measured|tested|monitored|referred|treated|"
    r"repeated|withheld)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r";\s+(?:and |but |however,? )?|,?\s+(?P<word>and|but)\s+", re.IGNORECASE)
_WITHOUT_OBJECT = re.compile(
    r"(?:then |also )?[\w-]+(?: \w+ly)? (?:by|to|until|for|in|on|at|with|after|before|if|when|as|again|"
    r"daily|weekly|slowly|it|them|this|these|\d)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:it|they|this|these|those|that|he|she|them|both|others?)\W*", re.IGNORECASE)
_MOST_SUBJECT = 12  # words
_LEAST_HALF = 2  # words


@dataclass(frozen=True, slots=True)
class Half:
    """A part of a sentence that can stand: its characters ``start`` to ``end``, and the subject it shares with the part
    before it ("" where it has its own)."""

    start: int
    end: int
    subject: str = ""


def has_verb(text: str) -> bool:
    """Whether a text has a finite verb, as far as the lists know."""
    return _FINITE.search(text) is not None or _PLURAL.search(text) is not None


def is_order(text: str) -> bool:
    """Whether a sentence tells somebody what to do: an imperative, with or without a condition before it."""
    bare = text.lstrip(" *_\"'(\u201c")
    starts = [0]
    if _CONDITION.match(bare):
        starts += [stop.end() for stop in _CLAUSE_END.finditer(bare[:_LONGEST_CONDITION])]
    return any(_ORDER.match(bare, start) and not _NOUN_ORDERS.match(bare, start) for start in starts)


def is_advice(text: str) -> bool:
    """Whether a sentence is an order, or says what somebody should do."""
    return is_order(text) or _TO_YOU.search(text) is not None


def halves(sentence: str) -> tuple[Half, ...]:
    """The parts of *sentence* that each can stand as a claim; the whole where there is one only.

    Parts are joined by ";", "and" or "but". A part without a subject of its own takes that of the part before it.
    """
    start, cuts = _after_concession(sentence)
    subject = ""
    for joint in _JOINT.finditer(sentence):
        if _inside_brackets(sentence, joint.start()):
            continue
        before, after = sentence[start : joint.start()], sentence[joint.end() :]
        shared = _shared_subject(subject + before, after, mark=sentence[joint.start()])
        if shared is None:
            continue
        cuts.append(Half(start, joint.start(), subject))
        start, subject = joint.end(), shared
    cuts.append(Half(start, len(sentence), subject))
    return tuple(cuts)


def _after_concession(sentence: str) -> tuple[int, list[Half]]:
    """Where the main clause of "While this works, that fails" begins, and what was conceded before it."""
    opening = _CONCESSION.match(sentence)
    for comma in _CLAUSE_END.finditer(sentence) if opening else ():
        conceded, after = sentence[opening.end() : comma.start()] if opening else "", sentence[comma.end() :]
        verb = _FINITE.search(after)
        stands = verb is not None and _is_subject(after[: verb.start()]) and len(after.split()) >= _LEAST_HALF
        if opening and stands and has_verb(conceded) and not _inside_brackets(sentence, comma.start()):
            return comma.end(), [Half(opening.end(), comma.start())]
    return 0, []


def _shared_subject(before: str, after: str, *, mark: str) -> str | None:
    """What the part after a joint needs as its subject: "" for nothing; None where the two must stay together."""
    if min(len(before.split()), len(after.split())) < _LEAST_HALF or _OPEN_CONDITION.fullmatch(before):
        return None
    if is_order(before):
        # "Start iron and increase by 100 mg" is one order: the second part does not say of what.
        return "" if is_order(after) and not _WITHOUT_OBJECT.match(after) else None
    if mark != ";" and not has_verb(before):
        return None
    first = _FINITE.search(before)
    if begins := _FINITE.match(after):
        shared = before[: first.start()].strip() if first is not None else ""
        short = 0 < len(shared.split()) <= _MOST_SUBJECT and not re.match(
            r"(?:if|when|while|although|because)\b", shared, re.IGNORECASE
        )
        return f"{shared} " if short and begins.end() < len(after) else None
    verb = _FINITE.search(after)
    own = verb is not None and _is_subject(after[: verb.start()])
    return "" if own and (mark in ",;" or first is not None) else None


def _is_subject(words: str) -> bool:
    """Whether the words before a verb are a subject: few, no comma, and no object going on ("and tablets that ...")."""
    count = len(words.split())
    if _PRONOUN.fullmatch(words):
        return False  # alone it would no longer say of what
    return 0 < count <= _MOST_SUBJECT and not re.search(
        r"[,;:]|\b(?:that|which|who|where|when|if|because|to)\b", words, re.IGNORECASE
    )


def _inside_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)
