"""Answers of a form, behind the name they belong to: "Pregnant, no; vegan, yes", "Stroke: never", "Diabetes (no)".

An answer is one word between two marks. It says something of the name before it, and nothing of what follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from bedside.text.words import Word

_NO = frozenset({"no", "never", "none", "nil", "n", "nope", "denied", "absent"})
_JOINTS = frozenset({":", ",", "-", "=", "?", "|", "(", "/"})
_CLOSED = frozenset({";", ",", ".", "|", ")", "!", "?"})
_LONGEST_NAME = 5  # words of the name that is answered
_LETTER = "n"
_ANSWERS = _NO | {"yes", "y", "unknown"}
# "Numbness? No I don't", "Numbness: no but tired": the answer goes on about itself.
_GOES_ON = frozenset(
    ["i", "i'm", "im", "ive", "he", "she", "they", "we", "it", "but", "and", "although", "though", "not", "never",
     "none", "really", "longer", "more", "idea", "thanks", "thank", "problem"]
)  # fmt: skip


def answered(text: str, sequence: Sequence[Word]) -> tuple[list[range], frozenset[int]]:
    """The names that are denied by the answer behind them, and the places of those answers."""
    names, answers = [], set()
    for place, word in enumerate(sequence):
        if word.norm not in _NO or not _closed(text, sequence, place):
            continue
        name = _name(text, sequence, place)
        if name:
            names.append(name)
            answers.add(place)
    return names, frozenset(answers)


def denies_what_follows(text: str, sequence: Sequence[Word], place: int) -> bool:
    """Whether the "no" at *place*, behind a mark, begins a denial ("What should I do? No numbness") and is no answer to
    what stands before the mark: it is not closed, does not go on about itself, and no next item of a form follows.
    """
    if _closed(text, sequence, place) or sequence[place + 1].norm in _GOES_ON:
        return False
    joint = sequence[place - 1].norm
    if joint == "-" and not text[sequence[place + 1].start].isupper():
        return True
    for later in range(place + 2, min(place + 2 + _LONGEST_NAME, len(sequence) - 1)):
        if sequence[later].is_mark:
            return sequence[later].norm != joint or sequence[later + 1].norm not in _ANSWERS
    return True


def _closed(text: str, sequence: Sequence[Word], place: int) -> bool:
    """Whether nothing more belongs to the answer: a mark, the end, or the end of the line follows."""
    if place + 1 >= len(sequence):
        return True
    following = sequence[place + 1]
    if following.norm in _CLOSED:
        # "Tired, no." and "pregnant: n/a" are no answers of this kind; "B12 150, no, I mean 250" is none either.
        return True
    return "\n" in text[sequence[place].end : following.start]


def _name(text: str, sequence: Sequence[Word], place: int) -> range | None:
    """The words of the name before an answer at *place*, or None when no mark joins the two."""
    last = place - 1
    if last < 0 or "\n" in text[sequence[last].end : sequence[place].start]:
        return None
    joint = sequence[last].norm
    if joint in _JOINTS:
        if joint == "?" and sequence[place].norm == _LETTER:
            return None
        last -= 1
    elif not _letter_alone(text, sequence, place):
        return None
    first = last
    while first >= 0 and last - first < _LONGEST_NAME and not _begins(text, sequence, first, last):
        first -= 1
    named = range(first + 1, last + 1)
    begun = first < 0 or _begins(text, sequence, first, last)
    return named if named and (begun or joint in (":", "?", "|", "=")) else None


def _letter_alone(text: str, sequence: Sequence[Word], place: int) -> bool:
    """Whether a capital N stands straight behind its name ("Pregnant N")."""
    word = sequence[place]
    return word.norm == _LETTER and text[word.start] == "N" and not sequence[place - 1].norm[0].isdigit()


def _begins(text: str, sequence: Sequence[Word], place: int, last: int) -> bool:
    """Whether the name cannot reach back over the word at *place*."""
    word = sequence[place]
    if word.is_mark and word.norm not in ("/", "&", "'"):
        return True
    return place < last and "\n" in text[word.end : sequence[place + 1].start]
