"""Laboratory results: which number belongs to which test, and the laboratory's own range."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bedside.facts import trend
from bedside.facts.astray import astray
from bedside.facts.columns import dated_cells
from bedside.facts.context import Effect
from bedside.facts.fact import Fact, Kind, Presence, Subject, When
from bedside.facts.mentions import Mention
from bedside.facts.mine import mine
from bedside.facts.reading import Reading, quantity, spanning
from bedside.facts.reference_range import in_range, is_reference, reference_range
from bedside.facts.result_words import in_words
from bedside.facts.series import in_time
from bedside.facts.unnamed import of_what_is_named
from bedside.facts.value import MMA, URINE, Value, counts_something, fits, with_unit_beside
from bedside.text.matching import Figure
from bedside.text.span import Span
from bedside.text.words import Word

_FAR = 9  # words between a test and its number with a fitting unit
_TURNS = frozenset({"to", "instead", "rather", "then", "now", ">", "was", "previously", "from"})
_CLOSE, _NEXT_VALUE = 2, 5  # words
_FAR_APART = 120  # characters; no series of values goes on over more
_LEAST_BARE = 20  # a smaller bare number behind a value counts something else
_MOST_IN_A_SERIES = 100
_TESTED_AGAIN = frozenset({"repeat", "repeated", "recheck", "rechecked"})
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_NEAR = 7  # the same for a number without a unit, which may only follow words of a result line
_MARKS_THAT_STOP = frozenset(".;?!")
_B12 = "total_b12"
# Words of a time between two values: "5.1 two weeks ago, 6.8 this morning".
_TIMES = _WEEKDAYS | {"one", "two", "three", "four", "five", "six", "day", "days", "week", "weeks", "month", "months",
                      "year", "years", "ago", "morning", "afternoon", "evening", "night", "hours"}  # fmt: skip
_BREAKERS = ("lab", "drug")


def labs(reading: Reading, drug_mentions: frozenset[Mention], measured_pressures: Sequence[Fact] = ()) -> list[Fact]:
    """Every laboratory fact; *drug_mentions* are the "B12" mentions that are treatment and not a test.

    *measured_pressures* are put in time with the rest.
    """
    tests = [mention for mention in reading.mentions if _is_test(reading, mention) and mention not in drug_mentions]
    tests = of_what_is_named(reading, tests)
    ranks = dated_cells(reading)
    values = _values(reading, tests)
    values = _rows(reading, values, ranks)
    facts = [*(_measured(reading, value) for value in values), *measured_pressures]
    references = [*reference_range(reading, values), *in_range(reading, values)]
    measured = {value.mention for value in values}
    seen = {value.concept for value in values}
    words = [
        fact
        for mention in tests
        if mention not in measured and mention.concept not in seen and (fact := in_words(reading, mention)) is not None
    ]
    return [*in_time(reading, facts, ranks), *words, *references]


def _is_test(reading: Reading, mention: Mention) -> bool:
    if reading.vocabulary.lexicon.concepts[mention.concept].kind is not Kind.LAB:
        return False
    written = mention.span.of(reading.text)
    if written in ("Ca", "CA", "ca"):
        return _a_calcium(reading, mention)
    return written != "K" or not _an_initial(reading, mention)


def _a_calcium(reading: Reading, mention: Mention) -> bool:
    """Whether "Ca" is calcium and no cancer, tumour marker or "about": a number with its unit or a decimal follows."""
    ahead = reading.figures_in(Span(mention.span.end, min(len(reading.text), mention.span.end + 8)))[:1]
    return any(figure.unit in _CALCIUM_UNITS or (not figure.unit and _a_decimal(figure)) for figure in ahead)


def _a_decimal(figure: Figure) -> bool:
    return "." in str(figure.value) and figure.value < _MOST_CALCIUM


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "re", "patient", "pt", "vitamin", "vit", "initial", "to",
                     "initials", "dear", "sister", "nurse", "."})  # fmt: skip
_MOST_POTASSIUM = 12
_MOST_CALCIUM = 15
_CALCIUM_UNITS = ("mmol/L", "mg/dL")


def _an_initial(reading: Reading, mention: Mention) -> bool:
    """Whether "K" is a name, a vitamin or a thousand: "Mr K, 71". Potassium stands before a small number."""
    before = reading.words[mention.first - 1].norm if mention.first else ""
    if before in _TITLES and (before != "." or (mention.first > 1 and len(reading.words[mention.first - 2].norm) == 1)):
        return True
    ahead = reading.figures_in(Span(mention.span.end, min(len(reading.text), mention.span.end + 12)))[:1]
    return any(figure.value > _MOST_POTASSIUM for figure in ahead)


def _values(reading: Reading, tests: list[Mention]) -> list[Value]:
    b12_asked = any(
        mention.concept in (_B12, "b12", "cyanocobalamin", "hydroxocobalamin") for mention in reading.mentions
    )
    values: list[Value] = []
    for mention in tests:
        concept = reading.vocabulary.lexicon.concepts[mention.concept]
        if not concept.analyte:
            continue
        figure = _ahead(reading, mention, loose=mention.how == "about" and not b12_asked) or _behind(reading, mention)
        figure = figure or _judged(reading, mention)
        if figure is None:
            continue
        reading.used.add(figure.digits.start)
        values.append(Value(mention, figure, _concept(reading, mention, figure)))
    values.extend(mine(reading, values, tests))
    values.extend(astray(reading, values, tests))
    values = _one_unit([*values, *_series(reading, values, frozenset(tests))])
    return sorted(values, key=lambda value: value.figure.digits.start)


def _rows(reading: Reading, values: list[Value], ranks: dict[int, int]) -> list[Value]:
    """The values with the other cells of their row in a table that has a column for each date."""
    found = list(values)
    for value in values if ranks else ():
        if value.later or value.figure.digits.start not in ranks:
            continue
        end = reading.folded.find("\n", value.figure.digits.end)
        row = Span(value.figure.digits.end, len(reading.folded) if end < 0 else end)
        for figure in reading.figures_in(row):
            if figure.digits.start in ranks and figure.unit in ("", value.figure.unit):
                reading.used.add(figure.digits.start)
                celled = replace(figure, unit=value.figure.unit)
                found.append(Value(value.mention, celled, value.concept, later=True))
    return sorted(found, key=lambda value: value.figure.digits.start)


def _one_unit(values: list[Value]) -> list[Value]:
    """A number without a unit takes the one behind the next of its series: "from 350 to 190 ng/L"."""
    ordered = sorted(values, key=lambda value: value.figure.digits.start)
    for index in range(len(ordered) - 2, -1, -1):
        this, following = ordered[index], ordered[index + 1]
        if not this.figure.unit and following.later and following.mention is this.mention and following.figure.unit:
            ordered[index] = replace(this, figure=replace(this.figure, unit=following.figure.unit))
    return ordered


def _concept(reading: Reading, mention: Mention, figure: Figure) -> str:
    # Urine is told from serum by its unit as surely as by its name.
    if mention.concept == MMA and figure.unit in reading.vocabulary.units.analytes[URINE].units:
        return URINE
    return mention.concept


def _ahead(reading: Reading, mention: Mention, *, loose: bool) -> Figure | None:
    """The number that follows the test. *loose* words ("level") need a unit when the text is not about B12."""
    sentence = reading.sentence(mention.span.end - 1)
    # "It is 268": too little to be a result without its unit.
    vague = mention.how == "about" and reading.words[mention.first].norm in ("it", "its", "now")
    for figure in reading.figures_in(Span(mention.span.end, sentence.end)):
        gap = reading.between(mention.span.end, figure.span.start)
        if len(gap) > _FAR or _interrupted(reading, mention, figure):
            return None
        if is_reference(reading, mention.span.end, figure) or _limit(reading, mention, figure):
            return None
        if fits(reading, mention, celled := with_unit_beside(reading, mention, figure)):
            return celled
        if figure.unit == "":
            bare = (
                len(gap) <= _NEAR
                and not (loose or vague or figure.spelt)
                and _only_fillers(reading, _of_the_patient(reading, gap))
            )
            return figure if bare and not counts_something(reading, figure) else None
    return None


def _limit(reading: Reading, mention: Mention, figure: Figure) -> bool:
    """Whether a range or a limit is what the sentence is about: "the normal range for B12 is 200 to 900 pg/mL"."""
    if figure.upper is None and figure.sign == "=":
        return False
    sentence = reading.sentence(mention.span.start)
    asked = figure.upper is None and bool(reading.context.effect(mention.span) & Effect.ASKED)
    return asked or bool(reading.phrases("reference", Span(sentence.start, mention.span.start)))


def _interrupted(reading: Reading, mention: Mention, figure: Figure) -> bool:
    between = reading.mentions_in(Span(mention.span.end, figure.span.start))
    kinds = [reading.vocabulary.lexicon.concepts[other.concept] for other in between if other.how != "about"]
    return any(concept.kind.value in _BREAKERS and not concept.course_only for concept in kinds)


def _only_fillers(reading: Reading, gap: Iterable[object]) -> bool:
    fillers = reading.vocabulary.fillers
    return all(getattr(word, "norm", "") in fillers or getattr(word, "norm", "").isdigit() for word in gap)


def _of_the_patient(reading: Reading, gap: Sequence[Word]) -> tuple[Word, ...]:
    """*gap* without the words that say whose the value is: "the potassium of my mother is 6.6"."""
    if not gap or gap[0].norm not in ("of", "for"):
        return tuple(gap)
    people = reading.vocabulary.context.subjects.people
    for place in range(reading.place(gap[0].start) + 1, min(len(reading.words), reading.place(gap[0].start) + 4)):
        named = [hit for hit in people.at(reading.words, place) if hit.payload in ("family", "partner", "patient")]
        kin = [hit for hit in named if hit.last - hit.first == 1 and reading.words[place].norm not in ("my", "i")]
        span = Span(reading.words[place].start, reading.words[place].end)
        if kin and reading.context.subject(span) is Subject.PATIENT:
            return tuple(word for word in gap if word.start > span.start)
    return tuple(gap)


def _behind(reading: Reading, mention: Mention) -> Figure | None:
    """The number just before the test ("268 pg/mL of B12", "a 140 B12")."""
    sentence = reading.sentence(mention.span.end - 1)
    before = [f for f in reading.figures_in(Span(sentence.start, mention.span.start)) if fits(reading, mention, f)]
    if not before:
        return None
    gap = reading.between(before[-1].span.end, mention.span.start)
    allowed = {"of", "for", "serum", "(", "total", "vitamin", "is", "my", "the"}
    return before[-1] if len(gap) <= _CLOSE and all(word.norm in allowed for word in gap) else None


_JUDGED = frozenset({"a", "an", "my", "normal", "low", "high", "good", "ok", "okay", "bad", "healthy", "enough"})


def _judged(reading: Reading, mention: Mention) -> Figure | None:
    """A number without a unit between the verb that asks and the test: "Is 25 a normal ferritin?"."""
    sentence = reading.sentence(mention.span.end - 1)
    before = [f for f in reading.figures_in(Span(sentence.start, mention.span.start)) if f.unit == ""]
    if not before or before[-1].upper is not None or before[-1].spelt:
        return None
    verb = reading.place(before[-1].span.start) - 1
    gap = reading.between(before[-1].span.end, mention.span.start)
    asked = verb >= 0 and reading.words[verb].norm in ("is", "was", "isnt", "isn't")
    return before[-1] if asked and 0 < len(gap) <= _CLOSE and all(word.norm in _JUDGED for word in gap) else None


def _series(reading: Reading, values: list[Value], tests: frozenset[Mention]) -> list[Value]:
    """Further numbers of a test already read ("310 pg/mL in 2024, 198 pg/mL last week"; "150 then 268")."""
    found: list[Value] = []
    known = sorted(values, key=lambda value: value.figure.span.end)
    ends = [value.figure.span.end for value in known]
    for figure in reading.figures:
        if len(found) == _MOST_IN_A_SERIES:
            break
        if figure.digits.start in reading.used:
            continue
        owner = _owner(reading, known, ends, figure, tests)
        if owner is None and (owner := trend.goes_on(reading, known, ends, figure)) is not None:
            figure = trend.in_unit(figure, owner)  # noqa: PLW2901 - one figure, with the unit it is in
        if owner is not None and not is_reference(reading, owner.figure.span.end, figure):
            reading.used.add(figure.digits.start)
            place = bisect_right(ends, figure.span.start)
            ends.insert(place, figure.span.end)
            known.insert(place, Value(owner.mention, figure, owner.concept, later=True))
            found.append(Value(owner.mention, figure, owner.concept, later=True))
    return found


def _owner(
    reading: Reading, values: list[Value], ends: list[int], figure: Figure, tests: frozenset[Mention]
) -> Value | None:
    index = bisect_right(ends, figure.span.start) - 1
    if index < 0:
        return None
    last = values[index]
    between = Span(last.figure.span.end, figure.span.start)
    if between.end - between.start > _FAR_APART:
        return None
    gap = reading.between(between.start, between.end)
    if figure.upper is not None or len(gap) > _FAR or any(each in tests for each in reading.mentions_in(between)):
        return None
    if _alike(reading, last, figure, gap):
        return last
    if figure.unit and figure.unit == last.figure.unit:
        return last
    turned = len(gap) == 1 or any(word.norm in _TURNS for word in gap)
    if figure.unit and not last.figure.unit and turned and fits(reading, last.mention, figure):
        return last
    moved = any(word.norm in _TURNS for word in gap)
    if _goes_on_small(reading, last, figure, gap):
        return last
    plain = figure.unit == "" and not counts_something(reading, figure) and figure.value > _LEAST_BARE
    return last if plain and moved and len(gap) <= _NEXT_VALUE and _only_fillers_or_time(reading, gap) else None


def _goes_on_small(reading: Reading, last: Value, figure: Figure, gap: Sequence[Word]) -> bool:
    """Whether a small bare number is the next value of a test that has no unit: "INR 2.5 in March, 5.8 today"."""
    analyte = reading.vocabulary.units.analytes[last.concept]
    usual = analyte.plausible
    if not analyte.usual_unit or len(analyte.units) > 1 or usual is None or usual.high > _LEAST_BARE:
        return False
    if figure.unit or counts_something(reading, figure) or not usual.holds(figure.value):
        return False
    moved = any(word.norm in _TURNS | _TESTED_AGAIN | {"is", "-"} for word in gap)
    listed = bool(gap) and gap[-1].norm == "," and "." in str(figure.value)
    named = [word for word in gap if word.norm not in _WEEKDAYS]
    return (moved or listed) and len(gap) <= _NEXT_VALUE and _only_fillers_or_time(reading, named)


def _alike(reading: Reading, last: Value, figure: Figure, gap: tuple[Word, ...]) -> bool:
    """Whether a bare decimal behind a decimal is the next value of its test: "potassium 5.1 last week, 6.8 today"."""
    usual = reading.vocabulary.units.analytes[last.concept].plausible
    decimals = all("." in str(each.value) for each in (last.figure, figure))
    if figure.unit or not decimals or usual is None or not usual.holds(figure.value):
        return False
    if counts_something(reading, figure) or not 0 < len(gap) <= _NEXT_VALUE:
        return False
    timed = any(word.norm in _TIMES for word in gap)
    beside = _TURNS | _TIMES | {"-", ",", "is"}
    moved = [word for word in gap if word.norm not in beside and not (timed and word.norm.isdigit())]
    return _only_fillers_or_time(reading, moved)


def _only_fillers_or_time(reading: Reading, gap: Iterable[object]) -> bool:
    allowed = reading.vocabulary.fillers | _TESTED_AGAIN | {"then", "previously", "before", "earlier"}
    return all(getattr(word, "norm", "") in allowed for word in gap)


def _measured(reading: Reading, value: Value) -> Fact:
    analyte = reading.vocabulary.units.analytes[value.concept]
    unit = analyte.called.get(value.figure.unit, value.figure.unit) or analyte.usual_unit
    # Only the first value of a series carries the name of the test; the spans of the others are their figures.
    span = value.figure.span if value.later else value.mention.span
    fact = reading.fact(value.concept, Kind.LAB, span)
    # A number that was reported is there, whatever is asked about it.
    stated = value.mention.how != "about" and _assay_stated(reading, value)
    fact = replace(
        fact,
        presence=Presence.PRESENT,
        assay="stated" if stated else "",
        quantity=quantity(value.figure, reading.text, unit),
    )
    if value.mention.span == value.figure.span:
        fact = replace(fact, subject=Subject.PATIENT)  # stated away from the name, by whoever read it out
    if fact.when is When.PLANNED:
        fact = replace(fact, when=When.CURRENT)
    if not value.later and _supposed(reading, value.mention):
        fact = replace(fact, when=When.HYPOTHETICAL)
    return spanning(fact, value.figure.span, reading.text)


_SUPPOSED = frozenset({"falls", "fell", "drops", "dropped", "goes", "went", "rises", "rose", "were", "stays", "gets"})


def _supposed(reading: Reading, mention: Mention) -> bool:
    """Whether a value is only imagined: "if my B12 falls below 150"."""
    before = reading.words[max(0, mention.first - 2) : mention.first]
    behind = reading.words[mention.last : mention.last + 1]
    return any(word.norm == "if" for word in before) and any(word.norm in _SUPPOSED for word in behind)


def _assay_stated(reading: Reading, value: Value) -> bool:
    norms = tuple(word.norm for word in reading.words[value.mention.first : value.mention.last])
    named = reading.vocabulary.lexicon.concepts[value.concept].stated
    return any(norms[: len(phrase)] == phrase for phrase in named)
