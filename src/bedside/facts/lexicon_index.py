"""The index of the lexicon, made once when content is compiled, so that opening it costs a question next to nothing.

Texts in the place of lists: JSON reads one long text many times faster than as many short ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bedside.text.folding import fold
from bedside.text.phrases import drawers_of

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_NAME = 7  # letters of the name that was meant
_INFLECTED = ("s", "ed", "ing")  # of seven letters these are one letter from everyday words ("falling", "failing")

_PLAIN = ("terms", "brands", "misspellings")
_SPECIAL = ("not_meant", "denied", "only_denied", "treatment", "loose", "loose_oral", "about")
_INDEXED = {*_PLAIN, *_SPECIAL, "near", "not_misspelt"}

# A phrase, and its term: the concept, how it is meant, and "cased" where it counts in capitals only.
_Entry = tuple[str, tuple[str, str, str]]


def indexed(lexicon: Mapping[str, Any]) -> dict[str, Any]:
    """The merged content of ``content/lexicon/*.yaml``, ``{concept: entry}``, as plain JSON to be searched.

    ``concepts`` keep what is not a list of phrases; ``phrases`` are by first word, a line each; ``near`` by first word;
    ``known_words`` and ``long_words`` by their first two letters.
    """
    entries = [entry for name, concept in lexicon.items() for entry in _phrases(name, concept)]
    near: dict[str, list[Any]] = {}
    for name, concept in lexicon.items():
        for groups in concept.get("near", ()):
            for word in dict.fromkeys(groups[0]):
                near.setdefault(word, []).append([name, groups])
    known = set(_WORD.findall(fold(" ".join(phrase for phrase, _ in entries)).replace("'", "")))
    known.update(word for concept in lexicon.values() for word in concept.get("not_misspelt", ()))
    return {
        "concepts": {name: _without_phrases(concept) for name, concept in lexicon.items()},
        "phrases": {first: "\n".join(map(_line, drawer)) for first, drawer in drawers_of(entries).items()},
        "near": near,
        "known_words": _by_start(known),
        "long_words": _by_start(phrase for phrase, term in entries if _is_long_name(phrase, term)),
    }


def _phrases(name: str, concept: Mapping[str, Any]) -> list[_Entry]:
    found = [(phrase, (name, "", "")) for key in _PLAIN for phrase in concept.get(key, ())]
    for how in _SPECIAL:
        found.extend((phrase, (name, how, "")) for phrase in concept.get(how, ()))
    cased = concept.get("cased", ())
    if isinstance(cased, list):
        found.extend((phrase, (name, "", "cased")) for phrase in cased)
    return found


def _line(entry: _Entry) -> str:
    phrase, term = entry
    return "\t".join((" ".join(phrase.split()), *term))


def _without_phrases(concept: Mapping[str, Any]) -> dict[str, Any]:
    """An entry without its lists of phrases; a mapping of cased phrases to values is not one."""
    return {
        key: value
        for key, value in concept.items()
        if key not in _INDEXED and not (key == "cased" and isinstance(value, list))
    }


def _is_long_name(phrase: str, term: tuple[str, str, str]) -> bool:
    """Whether this is the name of one long word; words of longer names ("increased") are too common."""
    if term[1:] != ("", "") or not phrase.isalpha():
        return False
    return len(phrase) > _SHORTEST_NAME or (len(phrase) == _SHORTEST_NAME and not phrase.endswith(_INFLECTED))


def _by_start(words: Iterable[str]) -> dict[str, str]:
    """Words by their first two letters, in order, between blanks."""
    starts: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        starts.setdefault(word[:2], []).append(word)
    return {start: f" {' '.join(found)} " for start, found in starts.items()}
