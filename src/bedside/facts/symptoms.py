"""Symptoms, signs and conditions, with their course."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bedside.facts.fact import Course, Fact, Kind, Presence, Subject, When
from bedside.facts.lexicon import Concept
from bedside.facts.mentions import Mention
from bedside.facts.pregnancy import PREGNANCY, is_expecting
from bedside.facts.reach import beyond_treatment, resolved_in_brackets
from bedside.facts.reading import Reading
from bedside.facts.treatment import dated_in_the_past
from bedside.text.span import Span
from bedside.text.words import Word

_SAME_BREATH = 60  # characters between a symptom and the word for its course
_FAR = 5  # words between a symptom and the word for its course
_OVERALL = "symptoms"


def symptoms(reading: Reading) -> list[Fact]:
    """Every symptom, condition and other present-or-absent concept; "symptoms" alone carries only a course."""
    facts: list[Fact] = []
    for mention in reading.mentions:
        concept = reading.vocabulary.lexicon.concepts[mention.concept]
        if concept.timed or concept.name in ("sex", "jurisdiction"):
            continue
        if concept.kind in (Kind.SYMPTOM, Kind.CONDITION, Kind.DEMOGRAPHIC) and not concept.course_only:
            facts.extend(_fact(reading, mention, concept))
    return [*facts, *_timed(reading), *_overall(reading, facts)]


def _timed(reading: Reading) -> list[Fact]:
    """Diets and the like: their duration is read with the medicines, their presence here."""
    facts: list[Fact] = []
    for mention in reading.mentions:
        concept = reading.vocabulary.lexicon.concepts[mention.concept]
        if concept.timed:
            facts.extend(_fact(reading, mention, concept))
    return facts


def _fact(reading: Reading, mention: Mention, concept: Concept) -> list[Fact]:
    fact = replace(reading.fact(concept.name, concept.kind, mention.span), presence=_presence(reading, mention))
    relatives_own = fact.subject is Subject.RELATIVE and (concept.personal or concept.kind is not Kind.CONDITION)
    if fact.presence is Presence.UNKNOWN or relatives_own or not _means_it(reading, mention, fact):
        return []
    if mention.how == "denied":
        # "Not eating meat" would deny the denial; nobody's diet is read from that.
        if _word_before(reading, mention) in _NEGATIONS:
            return []
        fact = replace(fact, presence=Presence.ABSENT)
    when = _time(reading, mention, concept, fact.when)
    return [] if when is None else [_with_course(reading, mention, replace(fact, when=when))]


_BESIDE_A_NAME = frozenset({"?", "or", "and", "so", "not", "is", "it", "a", "the", "this", "then", ",", "/"})


def _only_asked(reading: Reading, mention: Mention) -> bool:
    """Whether a condition is all there is of a question: "Fasting glucose 5.1. Prediabetes?"."""
    sentence = reading.sentence(mention.span.start)
    if reading.vocabulary.lexicon.concepts[mention.concept].kind is not Kind.CONDITION:
        return False
    if not sentence.of(reading.text).rstrip().endswith("?"):
        return False
    named = {place for each in reading.mentions_in(sentence) for place in range(each.first, each.last)}
    return all(place in named or reading.words[place].norm in _BESIDE_A_NAME for place in reading.inside(sentence))


def _presence(reading: Reading, mention: Mention) -> Presence:
    presence = reading.status(mention.span).presence
    if presence is Presence.PRESENT and _only_asked(reading, mention):
        return Presence.UNKNOWN
    if presence is Presence.ABSENT and mention.how == "" and _denies_itself(reading, mention):
        return Presence.PRESENT
    if presence is Presence.UNKNOWN and (
        _ones_own(reading, mention) or _suspects_itself(reading, mention) or _is_suspected(reading, mention)
    ):
        return Presence.PRESENT
    if presence is Presence.ABSENT and beyond_treatment(reading, mention):
        return Presence.PRESENT
    return presence


def _time(reading: Reading, mention: Mention, concept: Concept, when: When) -> When | None:
    """When a concept holds; None for what is only planned ("planning pregnancy")."""
    if when is When.PLANNED and not concept.surgery:
        return None if concept.personal else When.CURRENT
    if when is When.PAST and concept.lasting:
        return When.CURRENT
    was = concept.timed and concept.personal and _word_before(reading, mention) in ("was", "were")
    return When.PAST if was or _happened_once(reading, mention, concept) else when


def _word_before(reading: Reading, mention: Mention) -> str:
    return reading.words[mention.first - 1].norm if mention.first else ""


_DENIALS = frozenset({"no", "none", "nil", "without", "never", "zero", "absent", "not", "cant", "cannot"})


_NEGATIONS = frozenset({"not", "dont", "doesnt", "isnt", "no", "never", "arent", "longer"})
_OWN = frozenset({"my", "her", "his", "this", "these"})


def _ones_own(reading: Reading, mention: Mention) -> bool:
    """Whether "my tingling" is asked about: it is there, whatever the question is."""
    before = [word.norm for word in reading.words[max(0, mention.first - 2) : mention.first]]
    return reading.vocabulary.lexicon.concepts[mention.concept].kind is Kind.SYMPTOM and bool(_OWN.intersection(before))


def _suspects_itself(reading: Reading, mention: Mention) -> bool:
    """Whether the doubt is part of the name that the lexicon gives ("suspected subacute combined degeneration")."""
    return any(word.norm in _DOUBTS for word in reading.words[mention.first : mention.last])


_DOUBTS = frozenset({"suspected", "possible", "query"})


_SUSPICION_ENOUGH = frozenset({"subacute_combined_degeneration"})  # nobody waits for proof of it
_SUSPICION = _DOUBTS | {"?", "suspect", "suspects", "suspicion", "probable", "probably", "likely", "presumed", "maybe",
                        "could", "might", "worried", "concerned", "possibly", "may", "signs", "symptoms"}  # fmt: skip
_SUSPICION_REACH = 5  # words


def _is_suspected(reading: Reading, mention: Mention) -> bool:
    """Whether a suspicion is as good as the thing: "?SACD", "could this be subacute combined degeneration"."""
    if mention.concept not in _SUSPICION_ENOUGH:
        return False
    first = max(reading.inside(reading.sentence(mention.span.start)).start, mention.first - _SUSPICION_REACH)
    around = [*reading.words[first : mention.first], *reading.words[mention.last : mention.last + 2]]
    before = reading.words[mention.first - 1].norm if mention.first else ""
    return before == "?" or any(word.norm in _SUSPICION - {"?"} for word in around)


def _denies_itself(reading: Reading, mention: Mention) -> bool:
    """Whether the words that seem to deny a mention are part of its name ("Symptoms: none")."""
    return any(word.norm in _DENIALS for word in reading.words[mention.first : mention.last])


_OF_A_NUMBER = frozenset({"below", "under", "to", "from", "within", "into", "between"})


def _word_behind(reading: Reading, mention: Mention) -> str:
    return reading.words[mention.last].norm if mention.last < len(reading.words) else ""


def _means_it(reading: Reading, mention: Mention, fact: Fact) -> bool:
    if mention.how == "only_denied":
        return fact.presence is Presence.ABSENT
    if mention.concept == PREGNANCY and not is_expecting(reading, mention):
        return False
    # "If my B12 falls below 150": a number falls, not a person.
    if mention.concept == "falls" and _word_behind(reading, mention) in _OF_A_NUMBER:
        return False
    # "Bed B12", "PA pressure": an abbreviation beside a word of another field.
    if mention.span.of(reading.text) == "PA" and _another_abbreviation(reading, mention):
        return False
    return _word_before(reading, mention) not in ("bed", "ward", "bay")


_NOT_ANAEMIA = frozenset(
    ["pressure", "pressures", "catheter", "systolic", "diastolic", "mean", "film", "chest", "view", "views", "xray",
     "cxr", "x", "mm", "cm", "mmhg", "diameter", "dilated", "dilatation", "artery", "stenosis", "main", "trunk", "ct",
     "ctpa", "echo", "embolus", "embolism", "pe", "lateral", "erect", "said", "says", "told", "saw", "seen", "spoke",
     "student", "clinic", "physician", "assistant", "associate", "agreed", "our", "another", "measures", "measured"]
)  # fmt: skip
_PA_REACH = 3  # words around "PA" that say it is an artery, a view, or a colleague


def _another_abbreviation(reading: Reading, mention: Mention) -> bool:
    """Whether "PA" stands for something other than pernicious anaemia here."""
    sentence = reading.inside(reading.sentence(mention.span.start))
    first = max(sentence.start, mention.first - _PA_REACH)
    around = reading.words[first : min(sentence.stop, mention.last + _PA_REACH)]
    return any(word.norm in _NOT_ANAEMIA for word in around) or (
        _word_behind(reading, mention).isdigit() and "b12" not in reading.folded
    )


def _happened_once(reading: Reading, mention: Mention, concept: Concept) -> bool:
    return not (concept.lasting or concept.timed or concept.surgery) and dated_in_the_past(reading, mention)


def _with_course(reading: Reading, mention: Mention, fact: Fact) -> Fact:
    if fact.kind is not Kind.SYMPTOM or fact.presence is not Presence.PRESENT:
        return fact
    course = Course.RESOLVED if resolved_in_brackets(reading, mention) else _course(reading, mention)
    if course is Course.RESOLVED:
        return replace(fact, course=course, when=When.PAST)
    return replace(fact, course=course)


def _course(reading: Reading, mention: Mention) -> Course:
    """The course word nearest to a mention inside its stretch of text."""
    stretch = _stretch(reading, mention)
    best: tuple[int, Course] | None = None
    for hit in reading.phrases("courses", stretch):
        if hit.payload == Course.RESOLVED.value and (
            _part_of_a_name(reading, hit.first) or _comes_on(reading, hit.last, (mention,))
        ):
            continue
        if hit.first < mention.last and mention.first < hit.last:
            if hit.payload == Course.RESOLVED.value:
                continue  # "gone blind" is the symptom, not its end
            distance = 0
        else:
            distance = hit.first - mention.last if hit.first >= mention.last else mention.first - hit.last
        if distance <= _FAR and (best is None or distance < best[0]):
            best = (distance, Course(hit.payload))
    return best[1] if best else Course.UNKNOWN


def _comes_on(reading: Reading, end: int, mentions: Iterable[Mention]) -> bool:
    """Whether "gone" right before a symptom says that it came: "my feet have gone numb"."""
    return reading.words[end - 1].norm == "gone" and any(mention.first == end for mention in mentions)


def _part_of_a_name(reading: Reading, place: int) -> bool:
    """Whether a course word belongs to the name of a symptom: "reds have gone dull"."""
    word = reading.words[place]
    near = reading.mentions_in(Span(max(0, word.start - 40), word.end))
    return any(each.first <= place < each.last and each.first < place for each in near)


def _stretch(reading: Reading, mention: Mention) -> Span:
    """The words around a mention up to the next mark or the next symptom."""
    inside = reading.inside(reading.sentence(mention.span.start))
    first, last = mention.first, mention.last
    while first > inside.start and mention.first - first < _FAR + 2 and not _ends(reading.words[first - 1]):
        first -= 1
    while last < inside.stop and last - mention.last < _FAR + 3 and not _ends(reading.words[last]):
        last += 1
    return Span(reading.words[first].start, reading.words[last - 1].end)


def _ends(word: Word) -> bool:
    return word.norm in (",", ";", "(", ")", ":", "but", "b12", "|")


def _overall(reading: Reading, facts: list[Fact]) -> list[Fact]:
    """One ``symptoms`` fact for the course of the illness as a whole, from the last thing said about it."""
    found: list[Fact] = []
    for hit in reading.phrases("courses", Span(0, len(reading.text))):
        span = Span(reading.words[hit.first].start, reading.words[hit.last - 1].end)
        if hit.payload == Course.RESOLVED.value and (
            any(fact.span.overlaps(span) for fact in facts) or _comes_on(reading, hit.last, reading.mentions)
        ):
            continue
        status = reading.status(span)
        if status.subject is not Subject.PATIENT or status.asked or status.when is When.HYPOTHETICAL:
            continue
        course = _denied(Course(hit.payload)) if status.presence is Presence.ABSENT else Course(hit.payload)
        if course is not Course.UNKNOWN and _about_symptoms(reading, span, course, facts):
            fact = reading.fact(_OVERALL, Kind.SYMPTOM, span)
            found.append(replace(fact, course=course, presence=Presence.PRESENT, when=When.CURRENT))
    return found[-1:]


def _denied(course: Course) -> Course:
    # "Not better" is no change; "not worse" and "not new" say too little to act on.
    return Course.STABLE if course in (Course.IMPROVING, Course.RESOLVED) else Course.UNKNOWN


_OF_SYMPTOMS = frozenset(
    {"symptoms", "symptom", "feel", "feels", "feeling", "felt", "i'm", "im", "am", "got", "getting", "things", "any"}
)


def _about_symptoms(reading: Reading, span: Span, course: Course, facts: list[Fact]) -> bool:
    """Whether a course word speaks of how the person is: a symptom, "symptoms" or "I feel" stands in its sentence."""
    sentence = reading.sentence(span.start)
    if any(fact.kind is Kind.SYMPTOM and fact.presence is Presence.PRESENT and _near(fact, span) for fact in facts):
        return True
    if course is Course.NEW:
        return False
    place = reading.inside(span)
    around = reading.words[max(0, place.start - 5) : place.stop + 4]
    inside = [word.norm for word in around if sentence.start <= word.start < sentence.end]
    return any(norm in _OF_SYMPTOMS for norm in inside)


def _near(fact: Fact, span: Span) -> bool:
    return fact.course is not Course.UNKNOWN and abs(fact.span.start - span.start) < _SAME_BREATH
