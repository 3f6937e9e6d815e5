"""Whom a turn speaks of: the person of the turns before, or another one, with whom a new case begins.

Facts of two people are never mixed. A relative who is only named for an illness is family history; a person who is
asked about in their own right ("what about my mother, 82?", "same question for my son") begins a case of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from bedside.facts.vocabulary import Vocabulary
from bedside.facts.writer import writes_for
from bedside.text.folding import fold
from bedside.text.phrases import Found
from bedside.text.words import Word, words

SELF, PATIENT, UNSAID = "self", "patient", ""
"""The asker; somebody's patient, who has no relation; nobody was named."""

FOR_ANOTHER = "Writing for my"
"""How the opening sentence begins where somebody asks for a relative."""

_ASKS_FOR = re.compile(
    r"\b(?:(?:what|how) about(?: (?:for|in))?"
    r"|(?:the )?same(?: question| thing| again)? ?(?:but )?(?:now )?(?:for|about)"
    r"|and (?:now )?(?:for|about|in)|now (?:for|about)|also for|another (?:one|question) (?:for|about)"
    r"|(?:this|that) (?:one|time) (?:is |it's )?(?:for|about)|(?:now )?asking (?:for|about)"
    r"|(?:and )?a question (?:for|about)"
    r"|(?:next|new|another) patient|(?:patient|case) (?:no\.? ?|number )?(?:[2-9]|two|three|four|b)(?=\W)"
    r"|(?:a |the |my )?(?:different|other|second|third) (?:person|patient))"
    r"(?!\w)"
)
_IT_IS_FOR = re.compile(
    r"\b(?:(?:it|this|that|they|all this|the results?)(?:'s|'re|s| is| are| was| were) (?:all )?(?:for|about)"
    r"|(?:it|this|that|they|these|the results?)(?:'s|'re| is| are| was| were)(?= my \w+(?:'s|s')(?:$|\W))"
    r"|(?:asking|writing) (?:for|about)|on behalf of)\b"
)
_NOT_MINE = re.compile(r"\bnot (?:mine|me|my own|for me|about me)\b")
_AGED = re.compile(r"\d{1,3}|-|year|years|month|months|week|weeks|old|yo|yr|yrs|y|\d{1,3}-(?:year|month|week)-old")
_NEXT_AGE = re.compile(r"\b(\d{1,3}) ?(?:y/?o ?)?[mf]\b")
_A_STRANGER = re.compile(r"patient|person$|^case")
_ANOTHER_ONE = re.compile(r"\s*(?:my |our )?(?:other|second|third|younger|older|youngest|oldest|eldest) ")
_BACK_TO_ME = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|now|but|back) )*(?:to )?(?:what about )?"
    r"(?:mine|me|myself|my own (?:case|question|results?|b12))"
    r"(?: again| now| then)?\W*(?:$|[:.,])"
)
_ALONE = re.compile(
    r"^\W*(?:and |or |ok |okay |so )*(?:my|our) (?:\w+ ){0,3}\w+(?:,? (?:who is |aged |age )?\d{1,3})?\s*\?\s*$"
)
_STRANGERS = frozenset(
    {
        "man",
        "woman",
        "lady",
        "gentleman",
        "person",
        "girl",
        "boy",
        "child",
        "adult",
        "male",
        "female",
        "someone",
        "somebody",
        "teenager",
        "patient",
        "vegan",
        "vegetarian",
        "diabetic",
    }
)
_ARTICLES = frozenset({"a", "an", "another"})
_MYSELF = frozenset({"me", "myself", "mine"})
_OWN = frozenset({"i", "i'm", "im", "ive", "i've", "me", "myself", "mine"})
_THEIRS = frozenset({"she", "he", "her", "his", "him", "hers", "shes", "hes", "she's", "he's"})
_NO_ONE = frozenset({"family", "fh", "fhx", "relative", "relatives", "several"})
_CONTRACTED = frozenset({"she's", "he's", "shes", "hes"})
_HAS = frozenset({"has", "is", "also", "feels", "takes", "gets", "suffers", "eats", "cannot", "can't", "cant", "falls"})
_RELATED = ("family", "partner")
_REACH = 6  # words from "what about" to the person
_SHORTHAND = re.compile(
    r"\b\d{1,3} ?(?:y/?o ?)?[mf]\b|\b(?:pt|patient|patient's)\b|\d ?y/?o\b|\b(?:a|an|this|old|elderly"
    r"|young) (?:wo)?man\b"
    r"|\b(?:lady|gentleman)\b"
)
_ONE_NAME = {
    "mother": ("mum", "mom", "mam", "mummy", "moms", "mums"),
    "father": ("dad", "daddy"),
    "grandmother": ("gran", "granny", "grandma", "nan", "nana"),
    "grandfather": ("grandad", "granddad", "grandpa"),
}
_NAMED = {name: known for known, names in _ONE_NAME.items() for name in names}
_MINE = frozenset({"my", "our", "a", "an", "her", "his", "another"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a turn is about. ``another`` begins a new case; ``skip`` are the characters of the words that say so."""

    who: str
    another: bool = False
    skip: tuple[int, int] = (0, 0)


def first_asked(text: str, vocabulary: Vocabulary) -> str:
    """Whom the first turn is about, as far as it says so."""
    sequence = words(text)
    folded = fold(text)
    if related := _related(sequence, vocabulary):
        place, word = related
        if writes_for(sequence, place) or not _speaks_of_self(sequence, vocabulary):
            return word
    if _SHORTHAND.search(folded) or any(word.norm in _THEIRS for word in sequence):
        return PATIENT
    return SELF if _speaks_of_self(sequence, vocabulary) or _has_my(sequence, vocabulary) else UNSAID


def next_asked(
    text: str, current: str, vocabulary: Vocabulary, *, states_own_case: bool, only_named: bool = False
) -> Asked:
    """Whom a later turn is about, after turns about *current*.

    *states_own_case* says that the words, read by themselves, give somebody a result, a dose or an age; *only_named*
    that nothing but illnesses of *current* is known.
    """
    sequence, folded = words(text), fold(text)
    if (asked := _asked_for(folded, sequence, current, vocabulary, states_own_case)) is not None:
        return asked
    if current not in (SELF, UNSAID, PATIENT) and (mine := _BACK_TO_ME.search(folded)):
        return Asked(SELF, another=True, skip=mine.span())
    related = _related(sequence, vocabulary)
    if (clarified := _IT_IS_FOR.search(folded)) and (named := _named_behind(sequence, clarified.end(), vocabulary)):
        # "It's my mother's, not mine": what was told was hers all along.
        hers = current in (UNSAID, named) or _NOT_MINE.search(folded) is not None
        return Asked(named, not hers, clarified.span())
    if related and _ALONE.match(folded):
        return Asked(related[1], related[1] != current)
    own = any(word.norm in _OWN for word in sequence) or _has_my(sequence, vocabulary)
    theirs = any(word.norm in _THEIRS for word in sequence)
    if related and states_own_case and not own and related[1] != current:
        return Asked(related[1], another=True)
    says_own = states_own_case or (only_named and _speaks_of_self(sequence, vocabulary))
    if own and not theirs and not related and says_own and current not in (SELF, UNSAID, PATIENT):
        return Asked(SELF, another=True)
    if current == UNSAID:
        if _speaks_of_self(sequence, vocabulary) or (_has_my(sequence, vocabulary) and not related):
            return Asked(SELF)
        return Asked(PATIENT) if theirs and not related else Asked(current)
    return Asked(current)


def _asked_for(
    folded: str, sequence: tuple[Word, ...], current: str, vocabulary: Vocabulary, states_own_case: bool
) -> Asked | None:
    """Who is asked about by name: "what about my mother", "next patient"."""
    for match in _ASKS_FOR.finditer(folded):
        named = _named_behind(sequence, match.end(), vocabulary)
        if named is None and _A_STRANGER.search(match.group()):
            named = PATIENT
        if named is not None and not _only_an_illness(sequence, match.end(), vocabulary, states_own_case):
            stranger = named == PATIENT or _ANOTHER_ONE.match(folded, match.end()) is not None
            return Asked(named, _differs(named, current, stranger=stranger), match.span())
    return None


def another_age(text: str, years: int | None) -> bool:
    """Whether a clinician's shorthand ("30M") gives somebody another age than the patient of before."""
    match = _NEXT_AGE.search(fold(text))
    return match is not None and years is not None and int(match[1]) != years


def speaks_of_a_third(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a turn tells only what "she" or "he" has, and names nobody: "she did bloods" is a doctor."""
    sequence = words(text)
    own = any(word.norm in _OWN or word.norm == "my" for word in sequence)
    if own or _related(sequence, vocabulary) is not None:
        return False
    norms = [word.norm for word in sequence]
    contracted = any(norm in _CONTRACTED for norm in norms)
    return contracted or any(a in ("she", "he") and b in _HAS for a, b in pairwise(norms))


def opening_for(asked: Asked, text: str, vocabulary: Vocabulary) -> str:
    """A sentence that tells the reading whom the turns before were about; it states no fact. The words that begin
    another person's case need none, unless the one who writes also speaks of themselves."""
    sequence = words(text)
    if asked.who in (SELF, UNSAID) or (asked.who == PATIENT and _related(sequence, vocabulary)):
        return "I have this. "
    own = any(word.norm in _OWN for word in sequence)
    if asked.who == PATIENT or ((asked.another or asked.skip[1]) and not own):
        return ""
    return f"{FOR_ANOTHER} {_word_for(asked.who, sequence, vocabulary)}. "


def _word_for(who: str, sequence: tuple[Word, ...], vocabulary: Vocabulary) -> str:
    """The word that this text has for a relation: "mum" for the mother."""
    named = (sequence[hit.first].norm for hit in vocabulary.context.subjects.people.scan(sequence))
    return next((norm.removesuffix("'s") for norm in named if _one_name(norm) == who), who)


def _differs(named: str, current: str, *, stranger: bool) -> bool:
    return stranger or (named != current and not (named == SELF and current == UNSAID))


def _named_behind(sequence: tuple[Word, ...], position: int, vocabulary: Vocabulary) -> str | None:
    """The person named right behind a character: a relation, SELF, PATIENT for a stranger; None for a thing."""
    first = next((place for place, word in enumerate(sequence) if word.start >= position), len(sequence))
    reach = range(first, min(len(sequence), first + _REACH))
    article = bool(reach) and sequence[first].norm in _ARTICLES
    for place in reach:
        norm = sequence[place].norm
        if norm in (".", "?", "!", ";", ","):
            return None
        if place == first and norm in _MYSELF:
            return SELF
        if norm in ("if", "when", "with", "having", "taking", "being"):
            return None
        if article and norm in _STRANGERS:
            return PATIENT
        group = _group(sequence, place, vocabulary)
        if group in (*_RELATED, "infant", "animal") or (group == "other" and sequence[place - 1].norm in _MINE):
            return _one_name(norm)
    return None


def _one_name(norm: str) -> str:
    """The same name for the same relation: "mum's" is the mother."""
    bare = norm.removesuffix("'s").replace("'", "")
    if bare in _NAMED:
        return _NAMED[bare]
    single = bare.removesuffix("s") or bare
    return _NAMED.get(single, single)


def _group(sequence: tuple[Word, ...], place: int, vocabulary: Vocabulary) -> str:
    hits = vocabulary.context.subjects.people.at(sequence, place)
    return hits[0].payload if hits else ""


def _only_an_illness(sequence: tuple[Word, ...], position: int, vocabulary: Vocabulary, states_own_case: bool) -> bool:
    """Whether a relative is named for what they have ("my mother's pernicious anaemia", "my dad having PA")."""
    if states_own_case:
        return False
    behind = [(place, word) for place, word in enumerate(sequence) if word.start >= position]
    for place, word in behind[:_REACH]:
        if _group(sequence, place, vocabulary) in _RELATED:
            possessive = word.norm.endswith("s") and place + 1 < len(sequence) and not sequence[place + 1].is_mark
            having = place + 1 < len(sequence) and sequence[place + 1].norm in ("having", "with")
            return possessive or having
    return False


def _related(sequence: tuple[Word, ...], vocabulary: Vocabulary) -> tuple[int, str] | None:
    """The first relative or partner called "my", or named bare at the start: the place, and the word."""
    found: list[Found[str]] = vocabulary.context.subjects.people.scan(sequence)
    for hit in found:
        if hit.payload not in _RELATED or sequence[hit.first].norm in _NO_ONE:
            continue
        before = [word.norm for word in sequence[max(0, hit.first - 5) : hit.first]]
        bare = hit.first == 0 and sequence[0].norm in ("mum", "mom", "dad", "gran", "nan", "grandma", "grandad")
        mine = "my" in before and not {",", ".", "?"} & set(before[before.index("my") :])
        if bare or mine:
            return hit.first, _one_name(sequence[hit.first].norm)
    return None


def _speaks_of_self(sequence: tuple[Word, ...], vocabulary: Vocabulary) -> bool:
    return any(hit.payload for hit in vocabulary.context.subjects.self_said.scan(sequence))


def _has_my(sequence: tuple[Word, ...], vocabulary: Vocabulary) -> bool:
    """Whether something other than a person is called "my": "my B12"."""
    people = vocabulary.context.subjects.people
    for place, word in enumerate(sequence):
        behind = range(place + 1, min(len(sequence), place + 4))
        while behind and _AGED.fullmatch(sequence[behind[0]].norm):  # "my 8-year-old son"
            behind = range(behind[0] + 1, min(len(sequence), behind[0] + 4))
        if word.norm == "my" and not any(people.at(sequence, near) for near in behind):
            return True
    return False
