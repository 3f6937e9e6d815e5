"""Words that may come and go in a rewording, and those that carry the meaning and may not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bedside.text.span import Span
from bedside.verification.reading import Mark, read
from bedside.verification.terms import Part, Terms, stem

_EVERYDAY = """
accept again agree already also amount answer apply arrange attempt bear because begin believe belong body book bring
build call called calm care carry catch centre choose close come complete concern contain cover decide depend describe
detail discover do effort end enter especially event example exist expect explain face fact feel follow form fully
gather gentle get give given go guide hand handle happen hear help here hold idea imagine inform intend involve join
judge keep kind know known lead learn lie light list live long look make manage matter mean meaning means meant meet
mention mind move name named namely nearby need notice obtain occur offer otherwise own pass people person picture
place plainly plan point prepare properly put question reach read ready realise reason receive recognise regard remain
remember reply respond return run say search see seek seem send set share simply since sit situation so somebody
someone something sort sound speak spend stand state step story stretch suit tell term termed then therefore thing
think this though thought together told too tool touch try turn use useful usual various visit wait watch way well
whole will wish wonder word work write
"""
"""Words that say little of medicine by themselves; no two of them are opposites that matter."""

_ALIKE = (
    ("refer", "send"),
    ("reading", "result", "figure", "finding"),
    ("read", "count", "regard"),
    ("picture", "pattern"),
    ("prescriber", "prescribe"),
    ("call for", "need"),
    ("ambulance", "999"),
    ("look for", "search", "seek"),
    ("explain", "account"),
    ("raise", "lift", "push up"),
    ("illness", "condition"),
    ("tablet", "pill"),
    ("blood thinner", "anticoagulant"),
    ("belly", "abdomen", "tummy"),
    ("child", "kid"),
    ("lack", "deficiency"),
    ("often", "common"),
    ("rule", "exclude"),
    ("laboratory", "lab"),
    ("proof", "prove"),
    ("specialist", "expert"),
    ("team", "service"),
    ("lower", "reduce"),
    ("need", "require"),
    ("hurt", "harm"),
    ("aim", "goal"),
    ("differ", "vary"),
    ("weaken", "blunt"),
    ("bring to light", "unmask", "reveal"),
    ("check", "watch", "follow up"),
    ("allergy", "allergic"),
    ("wait", "delay"),
    ("trial", "study"),
    ("look after", "manage"),
    ("worse", "worsen"),
    ("better", "improve"),
    ("due to", "because of", "cause", "result from"),
)

_REACH = 1  # words behind a "not" that it denies for certain
_BEARING = (Part.SLOT, Part.DRUG, Part.AXIS, Part.NEGATION)


def new_words(text: str, other: str, terms: Terms, known: frozenset[str]) -> Iterator[Span]:
    """Where *text* has a word that carries meaning, and neither *other* nor *known* has it or its like."""
    there = known_words(other, terms) | known
    left = _poles(other, terms)
    for said in read(text, terms).sentences:
        for mark in said.marks:
            poles = Counter((role.name, role.value) for role in mark.roles if role.part is Part.AXIS)
            said_there = mark.general or _everyday(mark) or not _names(mark).isdisjoint(there)
            if not (poles <= left if poles else said_there):
                yield mark.span
            left -= poles


def known_words(text: str, terms: Terms) -> frozenset[str]:
    """What the words of a text are called, with all that means the same."""
    return frozenset(name for said in read(text, terms).sentences for mark in said.marks for name in _names(mark))


def turned_words(text: str, other: str, terms: Terms) -> Iterator[Span]:
    """Where *text* denies what *other* does not ("not IM" for "IM, not intravenous"), word by word."""
    here, there = _denied(text, terms), _denied(other, terms)
    for key, spans in here.items():
        denied = [span for span, negated in spans if negated]
        if denied and len(denied) == len(spans) and key in there and not any(negated for _, negated in there[key]):
            yield denied[0]


def _denied(text: str, terms: Terms) -> dict[str, list[tuple[Span, bool]]]:
    """Each word that carries meaning, where it stands, and whether a "not" shortly before it denies it."""
    found: dict[str, list[tuple[Span, bool]]] = {}
    for said in read(text, terms).sentences:
        reach, last = 0, None
        for mark in said.marks:
            if last is not None and (mark.clause != last.clause or "," in text[last.end : mark.start]):
                reach = 0
            if mark.negates and not mark.role(Part.AXIS):  # "avoid" may stand behind what it denies
                reach = _REACH
            elif not mark.general:
                found.setdefault(mark.key, []).append((mark.span, reach > 0))
                reach -= 1
            last = mark
    return found


def _poles(text: str, terms: Terms) -> Counter[tuple[str, str | int]]:
    """How often a text speaks of each direction: "up" of change, "down" of safety."""
    return sum((said.poles() for said in read(text, terms).sentences), Counter())


def _names(mark: Mark) -> frozenset[str]:
    names = {mark.key, stem(mark.key)}
    names |= {f"{role.name}: {role.value}" for role in mark.roles if role.part is Part.SLOT}
    return frozenset(names | {f"~{group}" for name in names for group in _GROUPS.get(name, ())})


def _everyday(mark: Mark) -> bool:
    return stem(mark.key) in _MAY_COME and not any(role.part in _BEARING for role in mark.roles)


def _groups() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for number, group in enumerate(_ALIKE):
        for phrase in group:
            key = " ".join(map(stem, phrase.split()))
            found[key] = (*found.get(key, ()), number)
    return found


_MAY_COME = frozenset(stem(word) for word in _EVERYDAY.split())
_GROUPS = _groups()
