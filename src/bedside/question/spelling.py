"""Spelling: one slip of the finger in a long word still finds the word that was meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

SHORTEST = 6
"""Shorter words are too near to one another ("chest", "chess"): their misspellings are listed as data."""
LONGEST = 24
"""Longer strings of letters are no slips of words."""


class Spelling:
    """Known words of at least SHORTEST letters, found again with one letter missing, added, changed or swapped.

    The first letter is taken to be right. ``real_words`` are words that look like slips and are not ("breast").
    """

    def __init__(self, known: Iterable[str], real_words: Iterable[str] = ()) -> None:
        self._known = frozenset(known)
        self._real = frozenset(real_words)
        self._shortened: dict[str, dict[str, str]] = {}

    def _less(self, first: str) -> Mapping[str, str]:
        """What words of that first letter are with one letter left out, and the word; made when first asked for."""
        if first not in self._shortened:
            made: dict[str, str] = {}
            for word in sorted(word for word in self._known if word[:1] == first):
                if len(word) >= SHORTEST and word.isalpha():
                    for form in _one_letter_less(word):
                        made.setdefault(form, word)
            self._shortened[first] = made
        return self._shortened[first]

    def meant(self, form: str) -> str:
        """The known word that *form* is a slip of, or *form* itself."""
        if form in self._known or form in self._real or not SHORTEST <= len(form) <= LONGEST or not form.isalpha():
            return form
        for candidate in self._candidates(form):
            if candidate[0] == form[0] and _one_slip(form, candidate):
                return candidate
        return form

    def _candidates(self, form: str) -> Iterable[str]:
        shortened = self._less(form[0])
        if form in shortened:
            yield shortened[form]
        for less in _one_letter_less(form):
            if less in self._known and len(less) >= SHORTEST:
                yield less
            if less in shortened:
                yield shortened[less]


def _one_letter_less(word: str) -> Iterable[str]:
    return (word[:i] + word[i + 1 :] for i in range(1, len(word)))


def _one_slip(left: str, right: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes *left* into *right*."""
    at = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    rest_left, rest_right = left[at:], right[at:]
    swapped = rest_left[1::-1] == rest_right[:2] and rest_left[2:] == rest_right[2:]
    return rest_left[1:] in (rest_right, rest_right[1:]) or rest_left == rest_right[1:] or swapped
