"""What the figures and assertions of an article are about: medicines, tests, and the conditions that limit them."""

from __future__ import annotations

import re

from bedside.evidence.analysis import terms
from bedside.facts.fact import Kind
from bedside.facts.lexicon import Lexicon
from bedside.facts.mentions import mentions
from bedside.facts.vocabulary import Vocabulary
from bedside.text.matching import Figure
from bedside.text.words import Word, words

_CONDITION = re.compile(
    r"\b(?:if|when|once|unless|until|after|before|severe|mild|moderate|maintenance|loading|initial\w*|first|"
    r"second|third|then|next|later|"
    r"increas\w+|reduc\w+|titrat\w+|max\w*|minimum|min|child\w*|p(?:a)?ediatric|infants?|neonat\w+|babies|"
    r"teenage\w+|adolescen\w+|"
    r"adults?|elder\w+|older|younger|renal|kidney|hepatic|liver|dialysis|pregnan\w+|breast\w+|lactat\w+|"
    r"prophyla\w+|prevent\w+|alternativ\w+|"
    r"instead|low|high|weight|kg|trial|stud(?:y|ies)|cohort|compared|placebo|versus|some|obes\w+|men|women|"
    r"male|female|fasting|"
    r"diabet\w+|frail\w*|with|without|for|total|single|intraven\w+|iv|oral\w*|intramuscular\w*|im|subcutan\w+|"
    r"topical\w*|nasal|"
    r"inhal\w+|rectal|extended|modified|immediate|release|night|morning|risk|factors?)\b",
    re.IGNORECASE,
)
_SHORTEST_SUFFIX = 7


def conditions(text: str) -> frozenset[str]:
    """The words of a text that limit what it says (for whom, when, by which route), as stems."""
    return frozenset(
        stem for match in _CONDITION.finditer(text) for stem in terms(match.group()) or [match.group().lower()]
    )


def drugs_in(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The medicines that a text names, in order, each once; a class is left out where its medicine is named."""
    found = [
        mention
        for mention in mentions(text, words(text), vocabulary.lexicon)
        if mention.how == "" and vocabulary.lexicon.kind(mention.concept) is Kind.DRUG
    ]
    by_name = {mention.span for mention in found if mention.concept == mention.span.of(text).lower()}
    kept = (m.concept for m in found if m.span not in by_name or m.concept == m.span.of(text).lower())
    return tuple(dict.fromkeys(kept))


def test_before(text: str, figure: Figure, vocabulary: Vocabulary) -> str:
    """The laboratory test a figure belongs to: the nearest that is named before it; "" where none is."""
    named = [
        mention.concept
        for mention in mentions(text, words(text), vocabulary.lexicon)
        if not mention.how
        and mention.span.start < figure.span.start
        and vocabulary.lexicon.kind(mention.concept) is Kind.LAB
    ]
    return named[-1] if named else ""


def names_of(word: str, lexicon: Lexicon) -> frozenset[str]:
    """Everything a word may be called: its stems, the concepts of the lexicon it names, and those of the term that its
    end is ("cyanocobalamin" is a "cobalamin")."""
    found = set(terms(word))
    ends = [word, *(word[cut:] for cut in range(1, len(word) - _SHORTEST_SUFFIX + 1))]
    for end in ends:
        token = (Word(end.lower(), 0, len(end)),)
        found.update(hit.payload.concept for hit in lexicon.index.at(token, 0) if hit.payload.how == "")
    return frozenset(found)
