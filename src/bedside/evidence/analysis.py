"""The analysis of text for the search: which terms a text holds.

Records, passages and questions go through the same `terms`, so every index is given the same words whatever engine it
is. A term is a lower-case English stem after these steps:

- accents and possessives go, Greek letters are spelt out, typographic dashes are hyphens;
- names of letters and a number are one term however they are written: "B12", "B-12", "B 12"; of a longer name the word
  is a term as well: "COVID-19" and "COVID19" are "covid19" and "covid";
- decimals stay whole, commas in thousands go;
- "vitamin A", "hepatitis B" give the word and a term for both ("vitamin", "vitamina"): a letter alone says nothing;
- a prefix with a hyphen is taken both ways: "non-invasive" gives "noninvas" and "invas";
- British spelling is folded into American, compounds written in one are taken apart ("healthcare");
- words that carry no meaning of their own ("the", "of") go.
"""

from __future__ import annotations

import re
import sys
import unicodedata

import Stemmer

from bedside.evidence.spelling import american, apart

_GREEK_LETTERS = "αβγδεζηθικλμνξοπρστυφχψω"
_GREEK_NAMES = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi
    psi omega
"""
_MARKS = {"µ": "u", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ς": "sigma", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
_MARKS |= dict.fromkeys("‐‑‒–−﹣－", "-") | dict.fromkeys("‘’ʼ´′＇", "'") | dict.fromkeys("·∙⋅", ".")
_MARKS |= dict(zip(_GREEK_LETTERS, _GREEK_NAMES.split(), strict=True))

_FUNCTION_WORDS = """
    a an and are as at be been being but by for from had has have he her his i if in into is it its me my of on or our
    she so such than that the their them then there these they this those thus to was we were which while whom whose
    with you your
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words no index keeps. "who", "us" and "all" stay: they are also names (WHO, US, ALL)."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")  # few kinds in a text: replacing each is faster than str.translate
_APOSTROPHE = re.compile(r"'s?\b")
_PREFIX_WORDS = """
    anti bi co extra hyper hypo inter intra macro micro mid mini multi neo non over peri poly post pre pro pseudo re
    semi sub super supra trans tri ultra un under
"""
_PREFIXES = frozenset(_PREFIX_WORDS.split())
_TOKEN = re.compile(r"[a-z0-9]+(?:[-.,][a-z0-9]+)*")
# "vitamin B 12" is a name; "vitamin A" and "hepatitis B" are held together by a hyphen from here on.
_SPACED = ("vitamin", "hepatitis ", "influenza ", "b 12")
_SPACED_NUMBER = re.compile(r"\b([bdk]) (?=\d\d?\b(?![.,%/-]\d))")
_SPACED_LETTER = re.compile(r"\b(hepatitis|vitamins?|influenza) (?=[a-k]\b)")
_LETTERED = frozenset(("hepatitis", "vitamin", "vitamins", "influenza"))

_NAMED_AND_NUMBERED = re.compile(r"([a-z]{4,})(\d{1,3}[a-z]?)")
_NUMBERED = re.compile(r"\d{1,3}(?:[a-z]|alpha|beta|gamma)?")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|\d+,\d+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
# "RCTs", "mRNAs": the stemmer wants a vowel before it takes a plural off.
_PLURAL_OF_LETTERS = re.compile(r"(?:[^aeiou]{2,}|[a-z]{0,3}[dr]na)s")
_ENDING_IN_S = frozenset(("cns", "cvs", "dbs", "hbs", "lps", "ngs", "pbs", "pms", "pns", "pts", "rms"))
_BETWEEN_PARTS = re.compile(r"[-.,]")
_SHORT_PART = 3
_LONGEST_KEPT = 24
_MOST_KEPT = 400_000


class _Terms(dict[str, str]):
    """Token -> its terms, each with a space on both sides. Tokens are kept once analysed; the bound only limits
    memory."""

    def __init__(self) -> None:
        self._stem = Stemmer.Stemmer("english", 0).stemWord

    def __missing__(self, token: str) -> str:
        found = sys.intern("".join([f" {term} " for term in self._analysed(token)]))
        if len(token) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[token] = found
        return found

    def _analysed(self, token: str) -> list[str]:
        if token.isalpha():
            return self._word(token)
        if token.isalnum():
            named = _NAMED_AND_NUMBERED.fullmatch(token)
            return [token, *self._word(named[1])] if named else [token]
        if number := _as_number(token):
            return [number]
        return self._compound(_BETWEEN_PARTS.split(token), hyphen="-" in token)

    def _compound(self, parts: list[str], *, hyphen: bool) -> list[str]:
        """The terms of words held together by marks, from left to right, two at a time where two make one name."""
        found: list[str] = []
        at = 0
        while at < len(parts):
            joined = self._joined(*parts[at : at + 2]) if hyphen and at + 1 < len(parts) else []
            found += joined or self._analysed(parts[at])
            at += 2 if joined else 1
        return found

    def _joined(self, first: str, second: str) -> list[str]:
        if not first.isalpha():
            return []
        if _NUMBERED.fullmatch(second):
            return self._analysed(first + second)
        if first in _LETTERED and len(second) == 1:
            return [*self._word(first), first.removesuffix("s") + second]
        if first in _PREFIXES and second.isalpha() and len(second) >= _SHORT_PART:
            return [self._stem(american(first + second)), *self._word(second)]
        return []

    def _word(self, word: str) -> list[str]:
        if word in FUNCTION_WORDS:
            return []
        if _PLURAL_OF_LETTERS.fullmatch(word) and word not in _ENDING_IN_S:
            return [word.removesuffix("s")]
        return [self._stem(part) for part in apart(american(word))]


_known = _Terms()


def terms(text: str) -> list[str]:
    """The terms of *text* in reading order, repeats kept. Any text will do; the empty one has none."""
    return spaced(text).split()


def term_line(text: str) -> str:
    """The terms of *text* in reading order with one space between them: the form an index is fed with."""
    return " ".join(terms(text))


def spaced(text: str) -> str:
    """The terms of *text* in reading order, each with a space of its own on both sides: " vitamin  b12 ".

    So a term, and a pair of neighbours, can be counted in the line as it is. The lines of two texts joined are the line
    of both; "" for a text without terms. The cheapest form: one shared string a token, joined once.
    """
    return "".join(map(_known.__getitem__, _TOKEN.findall(_folded(text)))) if text else ""


def token_terms(text: str) -> list[str]:
    """For each token of *text* its terms with spaces between: "" for a function word, two or more for a compound."""
    return [" ".join(_known[token].split()) for token in _TOKEN.findall(_folded(text))]


def _folded(text: str) -> str:
    """*text* in lower-case ASCII, other characters spelt out where they are letters, blank where they are not."""
    text = text.lower()
    if not text.isascii():
        for character in set(_BEYOND_ASCII.findall(text)):
            text = text.replace(character, _plain[character])
    if "'" in text:
        text = _APOSTROPHE.sub("", text)
    if _may_be_spaced(text):
        text = _SPACED_LETTER.sub(r"\1-", _SPACED_NUMBER.sub(r"\1", text))
    return text


def _may_be_spaced(text: str) -> bool:
    """Whether a name that is written in two words may stand in a folded text."""
    for name in _SPACED:  # noqa: SIM110 - any() takes three times as long
        if name in text:
            return True
    return False


class _Plain(dict[str, str]):
    """A character beyond ASCII -> its letters in ASCII, a blank for one that is no letter."""

    def __missing__(self, character: str) -> str:
        base = unicodedata.normalize("NFKD", character)
        plain = "".join(_MARKS.get(part, part) for part in base if not unicodedata.combining(part)).lower()
        if not (plain.isascii() and plain.isalnum()):
            plain = "" if unicodedata.combining(base[0]) else " "
        self[character] = plain
        return plain


_plain = _Plain(_MARKS)


def _as_number(token: str) -> str:
    """A number in one form, "1,200" as "1200" and "2,5" as "2.5"; "" for a token that is none."""
    if not _NUMBER.fullmatch(token):
        return ""
    return token.replace(",", "" if _THOUSANDS.fullmatch(token) else ".")
