"""Whose body a clause is about: the patient, a relative, the asker's infant, or somebody else.

A word for a person turns the subject, "I" and "my" turn it back, and "she" or "he" in the next sentence keeps it.
When nothing says that the asker is the patient, "my mum" is the patient (a carer asks for her).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bedside.facts.fact import Subject
from bedside.facts.writer import Ranges, done_for_another, of_the_writer, own_words, writes_for
from bedside.text.phrases import Found, PhraseIndex
from bedside.text.words import Word

_ANIMAL = "animal"
_PRONOUN = "pronoun"
_OF_THE_ASKER = frozenset({"my", "our"})
_OF_ANOTHER = frozenset({"her", "his", "their", "patients"})
_ARTICLES = frozenset({"my", "her", "his", "the", "a", "maternal", "paternal", "our", "their", "one", "both"})

Changes = tuple[tuple[int, Subject], ...]


@dataclass(frozen=True, slots=True)
class SubjectRules:
    """Words for people, and the first-person phrases that say the asker is the patient."""

    people: PhraseIndex[str]
    self_said: PhraseIndex[bool]
    family_behind: PhraseIndex[bool]
    owners: frozenset[str]

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> SubjectRules:
        """Index the people of ``context.yaml``."""
        return cls(
            PhraseIndex((phrase, group) for group, phrases in data["people"].items() for phrase in phrases),
            PhraseIndex([(phrase, True) for phrase in data["self"]] + [(phrase, False) for phrase in data["not_self"]]),
            PhraseIndex((phrase, True) for phrase in data["family_behind"]),
            frozenset(data["owners"]),
        )

    def follow(self, sequence: tuple[Word, ...], sentences: list[range]) -> tuple[Changes, frozenset[int]]:
        """The places where the subject changes, in order, and the words that belong to a relative named after them."""
        found = [hit for hit in self.people.scan(sequence) if not _come_across(sequence, hit)]
        written, written_for, group = _written_for(sequence, sentences, found)
        said = [hit for hit in self.self_said.scan(sequence) if not _within(hit.first, written)]
        kin = [each.first for each in found if _kin(sequence, each)]
        said = [hit for hit in said if not done_for_another(sequence, hit.first, hit.last, kin)]
        own = not written_for and (any(hit.payload for hit in said) or _gives_own_age(sequence))
        if not own and any(hit.payload == _ANIMAL for hit in found):
            return ((0, Subject.OTHER),), frozenset()
        passing = [] if own else [hit.first for hit in self.family_behind.scan(sequence)]
        asked_about = "" if own else written_for or _asked_about(sequence, found, passing)
        changes = self._changes(sequence, sentences, found, asked_about, own)
        if asked_about:
            changes = _with_writer(changes, written, of_the_writer(group))
        return changes, self._behind(sequence, sentences, found, asked_about)

    def _changes(
        self,
        sequence: tuple[Word, ...],
        sentences: list[range],
        found: list[Found[str]],
        asked_about: str,
        own: bool,
    ) -> Changes:
        changes: list[tuple[int, Subject]] = []
        position, subject, spoken_of = 0, Subject.PATIENT, Subject.PATIENT
        mother = _the_mother(sequence, found)
        for inside in sentences:
            if subject is not Subject.PATIENT:
                subject = Subject.PATIENT
                changes.append((inside.start, subject))
            while position < len(found) and found[position].first < inside.stop:
                hit = found[position]
                position += 1
                if hit.payload == _PRONOUN:
                    # "She" is the person spoken of last, unless that may be the patient.
                    turned: Subject | None = spoken_of if own or spoken_of is Subject.INFANT else None
                elif hit.first in mother:
                    turned = mother[hit.first]
                else:
                    turned = self._subject(sequence, hit, asked_about)
                    spoken_of = turned if turned not in (None, Subject.PATIENT) else spoken_of
                if turned is not None and turned is not subject:
                    subject = turned
                    begin = hit.first if subject is Subject.PATIENT else _begin(sequence, hit.first, inside.start)
                    among_infant = bool(changes) and changes[-1][0] >= inside.start and changes[-1][1] is Subject.INFANT
                    changes.append((begin, subject))
                    if sequence[hit.first].norm in _HISTORY and (
                        back := _results_behind(sequence, hit.last, inside.stop)
                    ):
                        # "FH PA, B12 200 ng/L": the results are the patient's again.
                        subject = Subject.PATIENT
                        changes.append((back, subject))
                    if subject is Subject.RELATIVE and among_infant:
                        # "Breastfed by a vegan mother, floppy": after the comma it is the infant again.
                        changes.extend(_after_comma(sequence, hit.last, inside.stop))
                        subject = changes[-1][1]
        return tuple(changes)

    def _subject(self, sequence: tuple[Word, ...], hit: Found[str], asked_about: str) -> Subject | None:
        if hit.payload == "patient":
            following = sequence[hit.last].norm if hit.last < len(sequence) else ""
            # "my" before a person is that person's; "patient's mother" likewise.
            return None if following and self.people.at(sequence, hit.last) else Subject.PATIENT
        if _is(sequence, hit, asked_about):
            return Subject.PATIENT
        if hit.payload == "infant":
            return None if _unborn(sequence, hit) else Subject.INFANT
        if hit.payload == "family":
            return Subject.RELATIVE if self._owner(sequence, hit) is None else None
        return Subject.OTHER

    def _owner(self, sequence: tuple[Word, ...], hit: Found[str]) -> int | None:
        """The place of "in" or a bracket before a relative, who then owns what stands before; else None."""
        place = hit.first - 1
        while place >= 0 and sequence[place].norm in _ARTICLES:
            place -= 1
        return place if place >= 0 and sequence[place].norm in self.owners else None

    def _behind(
        self, sequence: tuple[Word, ...], sentences: list[range], found: list[Found[str]], asked_about: str
    ) -> frozenset[int]:
        places: set[int] = set()
        ends = [
            owner
            for hit in found
            if hit.payload == "family"
            and (owner := self._owner(sequence, hit)) is not None
            and not _is(sequence, hit, asked_about)
        ]
        ends.extend(hit.first for hit in self.family_behind.scan(sequence))
        for end in ends:
            inside = (
                sentences[max(0, bisect_right(sentences, end, key=lambda each: each.start) - 1)]
                if sentences
                else range(0)
            )
            for place in range(end - 1, max(inside.start, end - 12) - 1, -1):
                if sequence[place].norm in (",", ";", "i", "my", "and"):
                    break
                places.add(place)
        return frozenset(places)


_ACROSS = frozenset({"over", "off", "by", "walking", "walk", "walked", "onto", "chasing", "feeding"})


def _come_across(sequence: tuple[Word, ...], hit: Found[str]) -> bool:
    """Whether an animal is what somebody fell over or was thrown by, not the patient: "dad tripped over the dog"."""
    place = hit.first - 1
    while place >= 0 and sequence[place].norm in _ARTICLES | {"a"}:
        place -= 1
    return hit.payload == _ANIMAL and place >= 0 and sequence[place].norm in _ACROSS


_CARRYING = frozenset({"expecting", "having", "carrying", "for"})
_OF_ITS_MOTHER = frozenset({"a", "my", "our", "first", "second", "third", "another", "new", "little"})


def _unborn(sequence: tuple[Word, ...], hit: Found[str]) -> bool:
    """Whether a baby is on its way, so that what follows is not its own: "expecting a baby", "baby due in May"."""
    place = hit.first - 1
    while place >= 0 and sequence[place].norm in _OF_ITS_MOTHER:
        place -= 1
    behind = [word.norm for word in sequence[hit.last : hit.last + 2]]
    due = "due" in behind[:1] or behind in (["is", "due"], ["on", "the"])
    return due or (place >= 0 and place < hit.first - 1 and sequence[place].norm in _CARRYING)


def _within(place: int, ranges: Ranges) -> bool:
    return any(place in each for each in ranges)


def _written_for(
    sequence: tuple[Word, ...], sentences: list[range], found: list[Found[str]]
) -> tuple[Ranges, str, str]:
    """What a writer says of themselves, the word for the person they write for ("" unless they say so), its group."""
    person = next((hit for hit in found if hit.payload in ("family", "partner") and _named(sequence, hit)), None)
    if person is None:
        return (), "", ""
    carer = writes_for(sequence, person.first)
    ranges = own_words(sequence, sentences, person.first, carer=carer)
    return ranges, sequence[person.first].norm.removesuffix("s") if carer else "", person.payload


def _named(sequence: tuple[Word, ...], hit: Found[str]) -> bool:
    bare = sequence[hit.first].norm in _BARE and (hit.first == 0 or sequence[hit.first - 1].norm in (".", "!", "?"))
    return bare or _possessor(sequence, hit.first) == "my"


def _with_writer(changes: Changes, written: Ranges, subject: Subject) -> Changes:
    """The changes with the writer's own stretches cut out."""
    for each in written:
        inside = [change for change in changes if change[0] in each or change[0] == each.stop]
        before = [change for change in changes if change[0] < each.start]
        behind = [change for change in changes if change[0] > each.stop]
        after = inside[-1][1] if inside else before[-1][1] if before else Subject.PATIENT
        changes = (*before, (each.start, subject), (each.stop, after), *behind)
    return changes


_OF_AN_INFANT = 6  # words between "mother of" and "baby"
_A_MOTHER = frozenset({"mother", "mum", "mom"})
_OF_MOTHERS = frozenset(
    {"breastfeeding", "nursing", "lactating", "new", "pregnant", "young", "postpartum", "postnatal"}
)


def _the_mother(sequence: tuple[Word, ...], found: list[Found[str]]) -> dict[int, Subject | None]:
    """The mother who is the patient, and the infant she is named after: "a mother of a small baby", both or neither."""
    turned: dict[int, Subject | None] = {}
    for index, hit in enumerate(found):
        if hit.payload == "infant":
            break
        if sequence[hit.first].norm not in _A_MOTHER or _possessor(sequence, hit.first):
            continue
        infant = next((each for each in found[index + 1 :] if each.payload == "infant"), None)
        followed = sequence[hit.last].norm if hit.last < len(sequence) else ""
        if followed == "of" and infant is not None and infant.first - hit.last <= _OF_AN_INFANT:
            return {hit.first: Subject.PATIENT, infant.first: None}
        # "Vegan mother, 30, baby floppy": she opens the text, and nobody calls her theirs.
        opening = hit.first <= 1 and not any(word.norm in _ARTICLES for word in sequence[: hit.first])
        if infant is not None and (opening or sequence[hit.first - 1].norm in _OF_MOTHERS):
            turned[hit.first] = Subject.PATIENT
    return turned


_BEFORE_A_PERSON = frozenset({"by", "of", "my", "her", "his", "the", "a", "an", "to", "our", "their"})
_ADJECTIVES = 3


def _begin(sequence: tuple[Word, ...], first: int, start: int) -> int:
    """Where a person begins: "vegan" in "my vegan mother" is hers."""
    for place in range(first - 1, max(start, first - 1 - _ADJECTIVES) - 1, -1):
        if sequence[place].norm in _BEFORE_A_PERSON:
            return place + 1
        if sequence[place].is_mark:
            break
    # "Floppy baby, 5 months": one word opens the sentence before the person.
    return start if first - start == 1 else first


def _after_comma(sequence: tuple[Word, ...], first: int, stop: int) -> Changes:
    comma = next((place for place in range(first, stop) if sequence[place].norm == ","), None)
    return () if comma is None else ((comma, Subject.INFANT),)


_HISTORY = frozenset({"fh", "fhx", "family"})
_RESULT_REACH = 4  # words behind a comma within which the number of a result stands


def _results_behind(sequence: tuple[Word, ...], first: int, stop: int) -> int:
    """The first comma behind a family history that a result follows, or 0."""
    for place in range(first, stop):
        behind = sequence[place + 1 : min(stop, place + 1 + _RESULT_REACH)]
        if sequence[place].norm == "," and any(word.norm[0].isdigit() for word in behind):
            return place
    return 0


def _asked_about(sequence: tuple[Word, ...], found: list[Found[str]], in_the_family: list[int]) -> str:
    """The word for the person a carer asks about: the first one called "my", or else one's own by a bare name; or "".

    *in_the_family* are the places of words like "runs in the family": a relative named just behind is an example.
    """
    for hit in found:
        dead = hit.first > 0 and sequence[hit.first - 1].norm == "late"  # "my late husband had ..."
        if _kin(sequence, hit) and _possessor(sequence, hit.first) == "my" and not dead:
            example = any(0 < hit.first - place <= _EXAMPLE_REACH for place in in_the_family)
            return "" if example or _in_passing(sequence, hit) else _name(sequence, hit)
    themselves = any(_ones_own(sequence, place) for place in range(len(sequence)))
    for hit in found:
        # A bare "husband" is one's own only where nobody speaks of a body of their own.
        known = hit.payload == "partner" and not themselves
        bare = hit.payload == "family" and _name(sequence, hit) in _BARE
        if (known or bare) and (_opens(sequence, hit) or _named_late(sequence, hit)):
            return _name(sequence, hit)
    return ""


def _name(sequence: tuple[Word, ...], hit: Found[str]) -> str:
    return sequence[hit.first].norm.removesuffix("s")  # "Dad's INR is 9"


def _kin(sequence: tuple[Word, ...], hit: Found[str]) -> bool:
    """Whether a person may be cared for: a relative, a partner, or a relative by marriage."""
    by_marriage = sequence[hit.last - 1].norm == "law" or sequence[hit.first].norm.startswith("step")
    return hit.payload in ("family", "partner") or (hit.payload == "other" and by_marriage)


_ONES_OWN = frozenset({"my", "mine", "myself"})
_EXAMPLE_REACH = 12  # words
_HAS = frozenset({"has", "had", "have", "also", "suffers", "suffered", "got"})
_GREETINGS = frozenset({"hi", "hello", "hey", "hiya", "dear", "doctor", "doc", "there", "good", "morning", "afternoon",
                        "evening", "please", "help", "urgent", "question", "sorry", "all", "team", "i", "hope", "you",
                        "can", "could", "me", "us", "quick", "advice", "wanted", "needed", "need", "asap", "thanks",
                        "thank", "wondering", "some", "a", "just", "have", "got", "ask", "worried", "really", "very",
                        "am", "i'm", "im", "not", "sure", "what", "to", "do", "so"})  # fmt: skip


def _opens(sequence: tuple[Word, ...], hit: Found[str]) -> bool:
    """Whether a bare name opens the text, alone or behind a greeting, or a sentence that goes on about the person:
    "Husband's potassium 6.6", "Hi! Hubby 72 on ...", "Mum had a stroke. She is 77".
    """
    before = [word for word in sequence[: hit.first] if not word.is_mark]
    if all(word.norm in _GREETINGS for word in before) or _described(sequence, hit):
        return True
    if sequence[hit.first - 1].norm not in (".", "!", "?"):
        return False
    again = any(word.norm in ("she", "he", "shes", "hes") for word in sequence[hit.last :])
    following = sequence[hit.last].norm if hit.last < len(sequence) else ""
    measured = any(
        word.norm[0].isdigit() and before[place + 1 : place + 2] and before[place + 1].norm not in _TIMES
        for place, word in enumerate(before)
    )
    aged = following.isdigit() and not measured
    if hit.payload == "partner":  # no blood relation: what a partner has is no family history
        return aged or (not measured and (again or following in _HAS | _NOW))
    return again or aged


_TIMES = frozenset({"min", "mins", "minute", "minutes", "hour", "hours", "miles", "days", "weeks", "am", "pm"})
_BELONGINGS = frozenset({"phone", "laptop", "computer", "ipad", "email", "question", "letter", "neighbour", "car"})


def _ones_own(sequence: tuple[Word, ...], place: int) -> bool:
    norm = sequence[place].norm
    if norm == "my" and place + 1 < len(sequence) and sequence[place + 1].norm in _BELONGINGS:
        return False
    return norm in _ONES_OWN or (norm == "me" and place > 0 and sequence[place - 1].norm in ("about", "for"))


def _in_passing(sequence: tuple[Word, ...], hit: Found[str]) -> bool:
    """Whether a relative is only named for an illness behind somebody's results: "B12 150, vegan. My mum has PA."."""
    if hit.last >= len(sequence) or sequence[hit.last].norm not in _HAS:
        return False
    if not any(word.norm.isdigit() for word in sequence[: hit.first]):
        return False
    behind = [word.norm for word in sequence[hit.last :]]
    return not any(norm.isdigit() or norm in ("she", "he", "her", "his", "him", "shes", "hes") for norm in behind)


def _gives_own_age(sequence: tuple[Word, ...]) -> bool:
    """Whether the asker says how old they are: "I am 63", "I'm 34"."""
    return any(
        word.norm.isdigit() and place and (sequence[place - 1].norm in ("i'm", "im") or _two_before(sequence, place))
        for place, word in enumerate(sequence)
    )


def _two_before(sequence: tuple[Word, ...], place: int) -> bool:
    return place > 1 and sequence[place - 2].norm == "i" and sequence[place - 1].norm == "am"


_BARE = frozenset(
    {"mum", "mam", "mom", "dad", "gran", "nan", "grandma", "grandad", "mother", "father", "husband", "wife"}
)
_THIRD_PERSON = frozenset({"he", "she", "his", "her", "hes", "shes"})
_FIRST_PERSON = _ONES_OWN | {"me"}


_NOW = frozenset({"is", "seems", "looks", "keeps", "feels", "cant", "can't", "wont", "won't", "now"})


def _described(sequence: tuple[Word, ...], hit: Found[str]) -> bool:
    """Whether one word on a parent opens the text and says how they are now: "diabetic mum is confused"."""
    return hit.first == 1 and hit.last < len(sequence) and sequence[hit.last].norm in _NOW


def _named_late(sequence: tuple[Word, ...], hit: Found[str]) -> bool:
    """Whether "he" is said first and who he is after it: "hit his head, husband 72 on coumadin"."""
    before = [word.norm for word in sequence[: hit.first]]
    if not before or not sequence[hit.first - 1].is_mark or any(norm[0].isdigit() for norm in before):
        return False
    said = _THIRD_PERSON.intersection(before)
    return bool(said) and not any(word.norm in _FIRST_PERSON for word in sequence)


def _possessor(sequence: tuple[Word, ...], first: int) -> str:
    # "my 82 year old mum", "my elderly father": look back over a few words for whose she is.
    for place in range(first - 1, max(-1, first - 7), -1):
        norm = sequence[place].norm
        if norm in _OF_THE_ASKER:
            return "my"
        if norm in _OF_ANOTHER or norm in (",", "."):
            break
    return ""


def _is(sequence: tuple[Word, ...], hit: Found[str], asked_about: str) -> bool:
    if not asked_about or sequence[hit.first].norm.removesuffix("s") != asked_about:
        return False
    return hit.first == 0 or sequence[hit.first - 1].norm not in _OF_ANOTHER
