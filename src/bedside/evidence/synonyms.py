"""Synonyms: groups of phrases that mean the same, found in a text longest first.

Built from MeSH descriptors (terms of the preferred concept only) and from lexicon entries. Phrases are compared word by
word in the folded form of :mod:`bedside.text.words`; "B12", "B-12" and "B 12" are one. Of several meanings none is
taken: a phrase in two groups of one vocabulary names nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bedside.evidence.descriptor import Descriptor
from bedside.text.words import spellings

Row = tuple[str, str, tuple[str, ...]]
"""A group as it is stored: origin ("mesh", "lexicon"), name, phrases."""

MESH, LEXICON = "mesh", "lexicon"

_LONGEST = 8  # words of a phrase that a stored vocabulary is asked for
_SHORT = 3
_SHOUTING = 4
# Acronyms that are English words when they are not in capitals.
_WORDS = (
    "ace aid aids all arc arm art bad bat bed bid bit call can cap car care cat chip cost dad dash fast fat fit "
    "had has her him hit how ill its lab led let lie low mad man map mat may men met mice mind mom mop must net "
    "nice not now off one our out pad pal pan pat pen pet pie pin pop rap rat raw ride rip sad sap save see set "
    "she sir sit star stop tap tea ten the tip top two use via was wet who why win"
)
_ALSO_WORDS = frozenset(_WORDS.split())


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases that mean the same, the preferred one first, each in its natural order of words."""

    origin: str
    name: str
    phrases: tuple[str, ...]


class Synonyms:
    """Groups of synonyms, looked up by phrase or found in a text. Frozen once built."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._groups = tuple(groups)
        self._at: dict[str, tuple[int, ...]] = {}
        self._cased: dict[str, frozenset[str]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._index()

    @classmethod
    def of_vocabularies(
        cls, descriptors: Iterable[Descriptor] = (), lexicon: Mapping[str, Iterable[str]] | None = None
    ) -> Synonyms:
        """Synonyms of MeSH and of a lexicon (name -> phrases). Groups that hold one phrase are left out."""
        groups = [_group(MESH, each.name, (each.name, *each.terms)) for each in descriptors]
        groups += [_group(LEXICON, name, phrases) for name, phrases in (lexicon or {}).items()]
        return cls(group for group in groups if len(group.phrases) > 1)

    @classmethod
    def from_rows(cls, rows: Iterable[Sequence[object]]) -> Synonyms:
        """The inverse of :meth:`rows`, also after a journey through JSON. Raises ValueError for a row that is none."""
        return cls(_group_from(row) for row in rows)

    def rows(self) -> Iterator[Row]:
        """Every group as plain values, in the order they were given."""
        for group in self._groups:
            yield group.origin, group.name, group.phrases

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every group."""
        return self._groups

    def of(self, phrase: str) -> tuple[str, ...]:
        """Other phrases that mean the same as *phrase*, () for none. "Deficiency, Vitamin B 12" is turned round."""
        phrase = turned(phrase)
        key = " ".join(_norms(phrase))
        return self._others(key) if self._means(key, phrase) else ()

    def found_in(self, words: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Each phrase in a text of *words* as written: first word, word after the last, and its other phrases.

        Longest first from left to right, none inside another. The time is proportional to the number of words: at each
        word only the lengths that begin with it are tried. In a text all in capitals no acronym is believed.
        """
        pieces = [(norm, index) for index, word in enumerate(words) for norm in _norms(word)]
        norms = [norm for norm, _ in pieces]
        shouted = _is_shouted(words)
        at = 0
        while at < len(pieces):
            length = self._longest(words, pieces, norms, at, shouted=shouted)
            if not length:
                at += 1
                continue
            yield pieces[at][1], pieces[at + length - 1][1] + 1, self._others(" ".join(norms[at : at + length]))
            at += length

    def _longest(
        self, words: Sequence[str], pieces: Sequence[tuple[str, int]], norms: Sequence[str], at: int, *, shouted: bool
    ) -> int:
        """The number of pieces of the longest phrase that begins at *at* and ends with a whole word, or 0."""
        if at and pieces[at - 1][1] == pieces[at][1]:
            return 0
        for length in self._lengths.get(norms[at], ()):
            end = at + length
            if end > len(pieces) or (end < len(pieces) and pieces[end][1] == pieces[end - 1][1]):
                continue
            key = " ".join(norms[at:end])
            if key in self._at and not (shouted and key in self._cased):
                written = " ".join(words[pieces[at][1] : pieces[end - 1][1] + 1])
                if self._means(key, written):
                    return length
        return 0

    def _means(self, key: str, written: str) -> bool:
        return key in self._at and (key not in self._cased or written in self._cased[key])

    def _others(self, key: str) -> tuple[str, ...]:
        phrases = (phrase for index in self._at[key] for phrase in self._groups[index].phrases)
        others: dict[str, str] = {}
        for phrase in phrases:
            others.setdefault(" ".join(_norms(phrase)), phrase)
        others.pop(key, None)
        return tuple(others.values())

    def _index(self) -> None:
        found: dict[str, list[int]] = {}
        written: dict[str, set[str]] = {}
        for index, group in enumerate(self._groups):
            for phrase in group.phrases:
                key = " ".join(_norms(phrase))
                if index not in found.setdefault(key, []):
                    found[key].append(index)
                written.setdefault(key, set()).add(phrase)
        lengths: dict[str, set[int]] = {}
        for key, indices in found.items():
            origins = [self._groups[index].origin for index in indices]
            if not key or len(set(origins)) < len(origins):
                continue
            self._at[key] = tuple(indices)
            first, *rest = key.split(" ")
            lengths.setdefault(first, set()).add(1 + len(rest))
            if all(_needs_case(phrase) for phrase in written[key]):
                self._cased[key] = frozenset(written[key])
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def keys_of(phrases: Iterable[str]) -> tuple[str, ...]:
    """Phrases as they are compared, each once: what a store files a group under."""
    return tuple(dict.fromkeys(key for phrase in phrases if (key := " ".join(_norms(phrase)))))


def phrases_in(text: str) -> Iterator[str]:
    """Every run of words of a text that could be a phrase, as :func:`keys_of` writes it."""
    norms = [norm for word in text.split() for norm in _norms(word)]
    for first in range(len(norms)):
        for last in range(first + 1, min(first + _LONGEST, len(norms)) + 1):
            yield " ".join(norms[first:last])


def turned(phrase: str) -> str:
    """A permuted name in its natural order: "Deficiency, Vitamin B 12" is "Vitamin B 12 Deficiency"."""
    return " ".join(reversed([part.strip() for part in phrase.split(", ") if part.strip()]))


def _group(origin: str, name: str, phrases: Iterable[str]) -> Group:
    kept: dict[str, str] = {}
    for phrase in map(turned, phrases):
        key = " ".join(_norms(phrase))
        if key:
            kept.setdefault(key, phrase)
    return Group(origin, name, tuple(kept.values()))


def _group_from(row: Sequence[object]) -> Group:
    match row:
        case (str(origin), str(name), [*phrases]) if all(isinstance(phrase, str) for phrase in phrases):
            return Group(origin, name, tuple(map(str, phrases)))
    raise ValueError(f"a row of synonyms is origin, name and phrases, not {row!r}")


def _norms(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as they are compared, without marks, "b12" as "b", "12"."""
    return tuple(norm for norm in spellings(phrase)[-1] if norm[0].isalnum())


def _needs_case(phrase: str) -> bool:
    """Whether only its capitals tell a phrase from another word: very short, or an acronym that is also a word."""
    letters = "".join(character for character in phrase if character.isalnum())
    return len(letters) < _SHORT or (phrase.isupper() and phrase.lower() in _ALSO_WORDS)


def _is_shouted(words: Sequence[str]) -> bool:
    lettered = [word for word in words if word.upper() != word.lower()]
    return len(lettered) >= _SHOUTING and all(word == word.upper() for word in lettered)
