"""Cues: the small words that turn, limit, hurry, weaken or count what a sentence says. A rewording keeps them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bedside.text.matching import matching_form

_NUMBER_WORDS = re.compile(
    r"\b(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|dozen|half|"
    r"halve[ds]?|twice|thrice|double[ds]?|triple[ds]?|quadruple|quarters?|thirds?|couple|single|"
    r"one(?= (?:mg|mcg|gram|microgram|milligram|unit|dose|tablet|injection|ampoule|day|week|month|year|hour|third|in))"
    r")\b"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One kind of small word. ``counted``: it stands there as often; otherwise it stands there or it does not. It may
    be left out where it ``may_go``."""

    name: str
    words: re.Pattern[str]
    counted: bool = False
    may_go: bool = False

    @staticmethod
    def form(text: str) -> str:
        """The text as the words are looked for in it."""
        return matching_form(text)

    def found(self, text: str) -> tuple[re.Match[str], ...]:
        """Where they stand in the matching form of a text."""
        return tuple(self.words.finditer(self.form(text)))


def number_words(text: str) -> frozenset[str]:
    """The numbers that a text says in words."""
    return frozenset(match.group() for match in _NUMBER_WORDS.finditer(matching_form(text)))


def _cue(name: str, words: str, *, counted: bool = False) -> Cue:
    return Cue(name, re.compile(rf"\b(?:{words})\b"), counted)


CUES = (
    _cue(
        "negation",
        r"not|no|never|without|avoid(?:s|ed|ing)?|cannot|neither|nor|none|nobody|nothing|contraindicated|refrain\w*|"
        r"forbid\w*|ban(?:ned)?|free of|instead of|rather than",
        counted=True,
    ),
    _cue(
        "exception",
        r"unless|except\w*|apart from|other than|excluding|save for|does not hold|does not apply",
        counted=True,
    ),
    _cue("limit", r"only|solely|exclusively|nothing but|purely|strictly", counted=True),
    _cue("by itself", r"alone|by itself|by themselves|on its own|on their own|in isolation"),
    _cue("until", r"until|till"),
    _cue("before", r"before|prior to|beforehand|ahead of"),
    _cue("after", r"after|afterwards|following|subsequently"),
    _cue("first", r"first|firstly|initially"),
    _cue("for life", r"for life|lifelong|life long|indefinitely|lifetime|for ever|forever|permanent(?:ly)?"),
    _cue(
        "at once",
        r"now|at once|immediate(?:ly)?|straight away|right away|without delay|urgent(?:ly)?|instantly|as soon as",
    ),
    _cue("today", r"today|same day|on the day|tonight"),
    _cue("emergency", r"emergency|emergencies|ambulance|999|911|112"),
    _cue(
        "all",
        r"all|every(?! (?:day|week|month|year|other day|second day|\d))|"
        r"everyone|everybody|always|invariably|entire(?:ly)?|whoever|whatever|regardless|in any case",
    ),
    _cue("any", r"any|anyone|anybody|anything|each(?! (?:day|week|month|year))"),
    _cue("most", r"most(?:ly)?|usual(?:ly)?|majority|mainly|general(?:ly)?|typical(?:ly)?|normally|as a rule"),
    _cue("often", r"often|common(?:ly)?|frequent(?:ly)?"),
    _cue("many", r"many|numerous|plenty"),
    _cue("some", r"some|sometimes|several|certain|occasional(?:ly)?|partly|in part"),
    _cue("few", r"few|fewer|rare(?:ly)?|seldom|hardly|little|uncommon(?:ly)?|minority|scarcely"),
    _cue("about", r"about \d|around \d|approximately|roughly|nearly|almost"),
    _cue("comparison", r"at least|at most|up to|no more than|more than|less than|below|above|under|over|from|within"),
    _cue("enough", r"enough|sufficient(?:ly)?|adequate(?:ly)?"),
    _cue(
        "order",
        r"must|should|needs? to|has to|have to|ought to|required?|requires|essential|mandatory|compulsory|crucial",
    ),
    _cue("advice", r"recommend\w*|advis\w*|advice|is indicated|are indicated"),
    _cue(
        "consider",
        r"(?:(?:may|can|could|might) (?:then |also |still |be |your |the |doctor )*)?"
        r"(?:consider(?:s|ed|ing|ation)?|think(?:s|ing)? about|thought about)|option(?:s|al)?|weigh(?:ed)?|discuss\w*",
        counted=True,
    ),
    _cue(
        "may",
        r"(?:may|might|could|can)"
        r"(?! (?:then |also |still |be |your |the |doctor )*(?:consider|thought about|think about))|"
        r"possib(?:le|ly)|perhaps|maybe|potential(?:ly)?",
        counted=True,
    ),
    _cue("likely", r"likely|probab(?:le|ly)|suspect(?:ed)?|seems?|appears?|suggests?|suggested"),
    _cue("unlikely", r"unlikely|improbable"),
    _cue("uncertain", r"unknown|uncertain|unclear|debat\w+|disput\w+|disagree\w*|indeterminate|grey zone"),
    Cue("will", re.compile(r"\b(?:will|shall)\b"), counted=True, may_go=True),
    _cue("proviso", r"provided|as long as|on condition|once|if needed|if possible|where possible|as needed"),
    _cue("or", r"or|either", counted=True),
)
"""Every kind of small word that a rewording keeps."""
