"""The one who writes for somebody else: "Writing for my husband (66) ... I take B12 myself".

What a carer says of their own body is not the patient's. A blood relative's own illness is family history.
"""

from __future__ import annotations

from bedside.facts.fact import Subject
from bedside.text.words import Word

_FOR = frozenset({"for", "about", "regarding", "re", "of", "after"})
_CARING = frozenset(
    ["writing", "caring", "care", "carer", "asking", "ask", "behalf", "looking", "look", "query", "question",
     "enquiring", "posting", "typing", "here", "advice", "message", "inquiring", "concerned"]
)  # fmt: skip
_FIRST = frozenset({"i", "i'm", "im", "ive", "i've"})
_THEIRS = frozenset({"he", "she", "his", "her", "hers", "him", "hes", "shes", "they", "their", "them"})
_OWN_VERBS = frozenset({"have", "had", "take", "took", "am", "get", "got", "use", "feel", "suffer", "eat", "smoke"})
_MYSELF = frozenset({"myself", "personally"})
_REACH = 4  # words between "writing" and "my husband"

Ranges = tuple[range, ...]


def writes_for(sequence: tuple[Word, ...], person: int) -> bool:
    """Whether the person named at *person* is the one somebody writes for: "caring for my partner"."""
    for place in range(person - 1, max(-1, person - 1 - _REACH), -1):
        if sequence[place].is_mark:
            return False
        if sequence[place].norm in _FOR and place:
            return any(word.norm in _CARING for word in sequence[max(0, place - 2) : place])
    return False


def own_words(sequence: tuple[Word, ...], sentences: list[range], person: int, *, carer: bool) -> Ranges:
    """The stretches in which the writer speaks of their own body.

    Without a word of caring only "I ... myself" behind the other person's figures is such a stretch.
    """
    found = []
    for inside in sentences:
        first = next((place for place in inside if sequence[place].norm in _FIRST), None)
        if first is None or first <= person:
            continue
        stretch = _up_to_another(sequence, range(first, inside.stop))
        said = {sequence[place].norm for place in stretch}
        if said & _THEIRS:
            continue
        themselves = bool(said & _MYSELF) and (carer or _measured(sequence, person, first))
        if themselves or (carer and _own_verb(sequence, stretch)):
            found.append(stretch)
    return tuple(found)


def _up_to_another(sequence: tuple[Word, ...], inside: range) -> range:
    for place in inside:
        if sequence[place].norm in (",", ";") and any(
            word.norm in _THEIRS for word in sequence[place + 1 : min(inside.stop, place + 5)]
        ):
            return range(inside.start, place)
    return inside


def _own_verb(sequence: tuple[Word, ...], stretch: range) -> bool:
    opening = [word.norm for word in sequence[stretch.start : stretch.start + 3]]
    return opening[0] in ("i'm", "im", "ive", "i've") or any(norm in _OWN_VERBS for norm in opening[1:])


def _measured(sequence: tuple[Word, ...], person: int, first: int) -> bool:
    return any(word.norm.isdigit() for word in sequence[person:first])


def of_the_writer(group: str) -> Subject:
    """Whose facts a writer's own are: family history for a blood relative, nobody's for a partner."""
    return Subject.RELATIVE if group == "family" else Subject.OTHER


_FOR_ANOTHER = 7  # words behind "I" in which the person it is done for stands
_JOINING = frozenset({"and", "but", "if", "because", "as", "since", "like", "when", "with", "than", "or", "so"})
_ENDS = frozenset({".", "!", "?", ",", ";"})
_SEEKING = frozenset({"call", "ring", "phone", "dial", "him", "them"})  # whoever is ill, the asker does it
_SEEKING_REACH = 3
_SWALLOWED = frozenset({"take", "use", "have"})


def done_for_another(sequence: tuple[Word, ...], first: int, last: int, kin: list[int]) -> bool:
    """Whether what "I" (the words *first* to *last*) do or am told is for one of *kin*, where their names stand.

    "Do I need to take my mum to hospital?", "I was told my dad's potassium is 6.6"; but "should I take my mum's
    tablets?" is about the asker.
    """
    if not kin or sequence[first].norm in ("my", "mine"):
        return False
    behind = [word.norm for word in sequence[last : last + _FOR_ANOTHER]]
    stop = next((at for at, norm in enumerate(behind) if norm in _JOINING or norm in _ENDS), len(behind))
    if _SEEKING.intersection(behind[: min(stop, _SEEKING_REACH)]):
        return True
    place = next((place for place in kin if last <= place < last + stop), None)
    if place is None:
        return False
    owned = sequence[place].norm.endswith("s") and sequence[last - 1].norm in _SWALLOWED
    return sequence[place - 1].norm in ("my", "our") and not owned
