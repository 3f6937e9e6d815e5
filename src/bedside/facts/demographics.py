"""Age, sex, country, weeks of pregnancy, weight and an infant's age: who the patient is."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from bedside.facts.bare_age import BARE_AGE
from bedside.facts.context import Status
from bedside.facts.fact import Comparator, Fact, Kind, Quantity, Subject
from bedside.facts.pregnancy import pregnancies
from bedside.facts.reading import Reading
from bedside.facts.weight import weights
from bedside.text.span import Span

_OLDEST = 120
_YEAR = 12  # months; below it a child is an infant
_PERSON = (
    r"(?:wife|husband|mum|mam|mom|mother|dad|father|son|daughter|partner|gran|granny|grandma|nan|nana|grandmother"
    r"|grandad|granddad|grandpa|grandfather|sister|brother|aunt|auntie|uncle|woman|man|lady|gentleman|gent|girl|boy"
    r"|patient|pt|resident|female|male|teacher|nurse|driver|farmer|student|widow|widower|pensioner|retiree|lorry driver"
    r"|builder|accountant|engineer|carer|chef|vegan|vegetarian|smoker|diabetic|mother of \w+|father of \w+)"
)
# "A retired teacher, 71,": what somebody is, then a bare age between commas.
_CALLED = r"(?:(?:i'm|i am|im|she's|he's|she is|he is|an?|retired|this)\s(?:[a-z-]{2,15}\s){0,3}[a-z-]{3,15})"
_AGE = re.compile(
    r"(?<!\d\.)\b(?P<old>\d{1,3}(?:\.\d)?)\s?-?\s?(?:years?|yrs?|yeras?|y)[\s/-]{0,2}(?:old\b|of age\b|o\b)"
    r"|(?<!\d\.)\b(?P<yo>\d{1,3})\s?(?:yo|y/o|y\.o\.?|yr|y)\b"
    r"(?=[\s/-]{0,2}(?:old |f\b|m\b|female|male|woman|man|lady|gent|girl|boy|,))"
    r"|(?<!\d\.)\b(?P<sexed>\d{1,3})\s?[-/]?\s?(?:(?:yrs?|y|yo|y/o)\s?)?(?P<sex>[fm])\b(?![/'])"
    r"|\b(?:aged?|age is|age:|(?:mrs?|ms|miss|dr)\.? [a-z][a-z'-]{0,20},|^m,|^f,|[.:] [mf],)\s{0,2}(?P<aged>\d{1,3})\b"
    r"(?!\s?(?:months?|weeks?|mo\b|wks?))(?!\.\d)"
    r"|\b(?:i am|i'm|im|he is|she is|he's|she's|hes|shes|who is|who's|"
    r"(?:wife|husband|mum|mom|mother|dad|father|son|daughter|partner|gran|granny|grandma|nan|nana|grandad|grandpa"
    r"|grandmother|grandfather|patient|woman|man)"
    r"(?: is| was|'s))\s(?:now |only |a |just )?(?P<am>\d{1,3})"
    r"(?!\s?(?:years?|yrs?)\s(?:out|post|into|since|after|clean|sober)\b)"
    r"(?=\s?(?:[,.;!?)](?!\d)|$|and\b|is\b|years? old|with\b|but\b|now\b|yrs?\b|\n|vegan|female|male|year))"
    rf"|\b{_PERSON}\s?[,(]\s?(?:aged? )?(?P<beside>\d{{1,3}})"
    r"(?=\s?[,.);](?!\d)|\s(?:who|has|with|is|and)\b|$)"
    r"|\b(?:wife|husband|mum|mam|mom|mother|dad|father|son|daughter|partner|gran|granny|grandma|nan|nana|grandad"
    r"|grandpa|man|woman|boy|girl) (?P<bare>[1-9]\d?)(?=\s(?:on|takes|taking|who|has)\b)"
    rf"|\b{_PERSON} of (?P<of>\d{{1,3}})(?=\s?(?:[,.;?!)](?!\d)|$|\s(?:with|who|on|and|has|is|was|years)\b))"
    rf"|\b{_CALLED},\s(?P<called>[1-9]\d)(?=,\s(?!\d)|\.(?:\s|$)|;|\)|\sand\s)"
    r"|\b(?:me|myself|i)[:,]\s(?P<me>[1-9]\d)(?=\s?[,.;](?!\d))"
    r"|\b(?:i|she|he) (?:just )?(?:turned|turn) (?P<turned>\d{1,3})\b(?! degrees)"
    # Nobody has taken anything for sixty years: "on rivaroxaban, 81 yrs, 52 kg".
    r"|(?<=, )(?P<lone>[6-9]\d|1[01]\d)\s?(?:yrs?|years?)(?=\s?[,.;)])"
    r"|\bage\s?[=/(]\s?(?P<given>\d{1,3})\b"
    r"|\b(?P<young>\d{1,3}) years young\b"
    r"|(?<![\w/'])[fm]/(?P<slashed>\d{1,3})\b(?![/.%])"
    r"|(?<!['\w])(?:female|male|f|m|woman|man)[\s/](?P<after>\d{1,3})"
    r"(?=\s?(?:[,.;)]|years?\b|yrs?\b|y\b|yo\b|(?:with|on|who|and|has|had|known|pmh)\b))"
)
_INFANT = re.compile(
    # "9/12 exclusively breastfed": twelfths of a year.
    r"(?:^|[.;,]\s)(?P<twelfths>[1-9]|1[01])(?P<twelfths_unit>/12)"
    r"(?=\s(?:old|baby|boy|girl|infant|m\b|f\b|exclusively|fully|breast))|"
    r"\b(?:baby|infant|newborn)(?:'s| is| now| aged| age|,|:|=)?\s\(?(?P<bare>\d{1,2}|[a-z]+)"
    r"\s?-?\s?(?P<bare_unit>months?|mo|mth|mths|weeks?|wks?|days?)\b"
    r"(?! ago| after| before| on| of|\s?[- ]old)"
    r"|\b(?P<near>\d{1,2}|[a-z]+)\s?-?\s?(?P<near_unit>months?|mo|mth|mths|weeks?|wks?)[\s-](?:baby|infant)\b"
    r"|\b(?P<number>\d{1,2}|[a-z]+)\s?-?\s?(?P<unit>months?|mo|mth|mths|weeks?|wks?|days?)[\s-]old\b"
    r"|\b(?:son|daughter|boy|girl|child|toddler|grandson|granddaughter|he|she)(?:'s|s| is| is now|,)?\s(?:only |just )?"
    r"(?P<being>\d{1,2}|[a-z]+)\s?(?P<being_unit>months?|mo|mths?)(?=\s?(?:[,.;!?)]|$|and\b|now\b|weighs?\b))"
    r"|\b(?:son|daughter|boy|girl|grandson|granddaughter|lo)(?:'s|s| is|,)?\s(?:only |just )?(?P<small>\d{1,2}|[a-z]+)"
    r"\s?-?\s?(?P<small_unit>weeks?|wks?|days?)(?=\s?(?:[,.;!?)]|$|and\b|with\b|has\b|temp))"
)
_GESTATION = re.compile(
    r"\b(?P<pregnant>\d{1,2})(?:\s?\+\s?\d)?\s?-?\s?(?:weeks?|wks?|w)(?:\s\+\s?\d\sdays?)?"
    r"\s(?:pregnant|pregnent|gestation|gest\b|of pregnancy"
    r"|into(?=\s(?:my |the |this |her )?pregn|\s?[,.;!?]|$)|along|gone\b(?! by))"
    r"|\bpregnan(?:t|cy)[\s,(:]{1,3}(?:at |of |and |now |is |currently )?(?P<after>\d{1,2})(?:\s?\+\s?\d)?"
    r"\s?-?\s?(?:weeks?|wks?)\b(?! ago)"
    r"|\b(?P<forty>\d{1,2})(?:\+\d)?/40\b"
    r"|\bat (?P<at>\d{1,2})\s?(?:weeks?|wks?)'?\s?(?:gestation|of pregnancy|pregnant)"
    r"|\b(?:i'm|i am|im|she's|shes|she is|currently)\s(?:now |nearly |about |only )?(?P<along>\d{1,2})(?:\s?\+\s?\d)?"
    r"\s?(?:weeks?|wks?)(?=\s?[,.;:!?]|$|\s(?:and|with|bp|my|her|blood|but)\b)"
    r"|(?:^|[.;,!?]\s?)(?P<first>\d{1,2})(?:\s?\+\s?\d)?\s?(?:weeks?|wks?),?\s(?=bp\b|blood pressure\b)"
    r"|\bgestation(?:al age)?\s?(?:of|is|:)?\s(?P<gestation>\d{1,2})\s?(?:weeks?|wks?)\b"
)
_INFANT_GROUPS = (("bare", "bare_unit"), ("near", "near_unit"), ("number", "unit"), ("being", "being_unit"),
                  ("small", "small_unit"), ("twelfths", "twelfths_unit"))  # fmt: skip
# A course or a wound is some days old, too, and a pregnancy some weeks.
_SMALL = re.compile(
    r"\b(?:baby|bab(?:y|ie)s|infant|newborn|neonate|son|daughter|boy|girl|grandson|granddaughter|nappy)\b"
)
_WEEK = 7  # days
_LONGEST_PREGNANCY = 43
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
          "eleven": 11}  # fmt: skip


def demographics(reading: Reading) -> list[Fact]:
    """Every demographic fact of the patient, and an infant's age; their figures are marked as used."""
    weeks = _gestation(reading)
    facts = [*_infant_ages(reading), *weeks, *pregnancies(reading, weeks)]
    ages, sexes = _ages(reading)
    return [*facts, *ages, *(sexes or _sexes(reading)), *_countries(reading), *weights(reading)]


def _claim(reading: Reading, start: int) -> None:
    reading.used.add(start)


def _measured(reading: Reading, concept: str, number: Decimal, unit: str, span: Span) -> Fact:
    fact = reading.fact(concept, Kind.DEMOGRAPHIC, span, Status())
    return replace(fact, quantity=Quantity(number, unit, Comparator.EQUAL, None, str(number)))


def _infant_ages(reading: Reading) -> list[Fact]:
    facts = []
    for match in _INFANT.finditer(reading.folded):
        name, unit = next((n, u) for n, u in _INFANT_GROUPS if match[n])
        written = match[name]
        value = _WORDS.get(written) if not written.isdigit() else int(written)
        months, days = match[unit].startswith(("m", "/")), match[unit].startswith("d")
        if value is None or (months and value >= 2 * _YEAR):
            continue
        told = days or (name in ("bare", "near") and not months)
        if told and ("pregnan" in reading.folded or not _SMALL.search(reading.folded)):
            continue
        _claim(reading, match.start(name))
        if not months:
            weeks = Decimal(value // _WEEK if days else value)
            facts.append(_measured(reading, "infant_age_weeks", weeks, "weeks", Span(*match.span())))
            continue
        fact = _measured(reading, "infant_age_months", Decimal(value), "months", Span(*match.span()))
        if value >= _YEAR:
            fact = replace(fact, concept="age_years", quantity=Quantity(Decimal(value // _YEAR), "years"))
        facts.append(fact)
    return facts[:1]


def _gestation(reading: Reading) -> list[Fact]:
    for match in _GESTATION.finditer(reading.folded):
        name = match.lastgroup or "pregnant"
        weeks = Decimal(match[name])
        span = Span(*match.span())
        if weeks <= _LONGEST_PREGNANCY and reading.status(span).subject is Subject.PATIENT:
            _claim(reading, match.start(name))
            return [_measured(reading, "gestation_weeks", weeks, "weeks", span)]
    return []


def _ages(reading: Reading) -> tuple[list[Fact], list[Fact]]:
    """The patient's age, and the sex written as one letter beside it ("72F")."""
    for match in (*_AGE.finditer(reading.folded), *BARE_AGE.finditer(reading.folded)):
        name = next(group for group in match.groupdict() if group != "sex" and match[group])
        number, span = Decimal(match[name]), Span(*match.span())
        if number > _OLDEST or reading.context.subject(span) is not Subject.PATIENT:
            continue
        if match.start(name) in reading.used or _of_a_test(reading, Span(match.start(), match.start(name))):
            continue
        if name == "yo" and _since_a_drug(reading, number, match.start(name)):
            continue
        _claim(reading, match.start(name))
        age = _measured(reading, "age_years", number, "years", span)
        letter = match if match.groupdict().get("sex") else _SEX_BEHIND.match(reading.text, match.end())
        if letter is None:
            return [age], []
        sex = reading.fact("sex", Kind.DEMOGRAPHIC, Span(*letter.span("sex")), Status())
        return [age], [replace(sex, result="female" if letter["sex"] in "fF" else "male")]
    return [], []


_MEASURED = frozenset(
    ["sugar", "pressure", "pulse", "score", "level", "count", "bmi", "weight", "rate", "reading", "result", "test",
     "temperature", "glucose", "calcium", "sodium", "urea", "vitamin", "dose", "total", "tablet"]
)  # fmt: skip


def _of_a_test(reading: Reading, before: Span) -> bool:
    """Whether a test is named where a person should be: "eGFR is 90,", "a raised ferritin, 71,"."""
    lexicon = reading.vocabulary.lexicon
    places = reading.inside(before)
    if any(reading.words[place].norm in _MEASURED for place in places):
        return True
    return any(
        lexicon.concepts[hit.payload.concept].kind in (Kind.LAB, Kind.DRUG) and hit.payload.how != "about"
        for place in places
        for hit in lexicon.index.at(reading.words, place)
        if hit.last <= places.stop and not hit.payload.cased
    )


def _since_a_drug(reading: Reading, number: Decimal, start: int) -> bool:
    """Whether the years are those of a medicine named just before: "on omeprazole 6y, K 4.2"."""
    drugs = reading.vocabulary.lexicon
    behind = reading.folded[:start].rstrip()
    return number < _TOO_LONG and any(
        drugs.concepts[hit.payload.concept].kind is Kind.DRUG and reading.words[hit.last - 1].end == len(behind)
        for place in list(reading.inside(Span(0, len(behind))))[-_DRUG_WORDS:]
        for hit in drugs.index.at(reading.words, place)
    )


_TOO_LONG = 60  # years; nobody has taken a medicine for so long
_DRUG_WORDS = 4

_SEX_BEHIND = re.compile(r"[\s,/-]{0,2}(?P<sex>[FM])\b(?![/'.])")
_LONE_LETTER = re.compile(
    r"(?<=[Ss]ex: )([FM])\b|(?<=SEX: )([FM])\b|(?<![\w.])([FM])(?=[\s,.;/]?\s?\d{1,3}\b)|(?<=\d\s)([FM])(?=[,.\s])"
)


def _sexes(reading: Reading) -> list[Fact]:
    whole = Span(0, len(reading.text))
    letter = next((each for each in _LONE_LETTER.finditer(reading.text) if each.start() not in reading.used), None)
    titled = _TITLE.search(reading.text)
    if titled and reading.context.subject(Span(*titled.span())) is Subject.PATIENT:
        fact = reading.fact("sex", Kind.DEMOGRAPHIC, Span(*titled.span()), Status())
        return [replace(fact, result="male" if titled.group() == "Mr" else "female")]
    for table in ("sex", "pronouns"):
        for hit in reading.phrases(table, whole):
            span = Span(reading.words[hit.first].start, reading.words[hit.last - 1].end)
            if _about_patient(reading, span, hit.first, table):
                fact = reading.fact("sex", Kind.DEMOGRAPHIC, span, Status())
                return [replace(fact, result=hit.payload)]
        if letter and table == "sex":
            fact = reading.fact("sex", Kind.DEMOGRAPHIC, Span(*letter.span()), Status())
            return [replace(fact, result="female" if "F" in letter.group() else "male")]
    return []


_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss)\b(?=\.? [A-Z])(?![^,\n]{1,30}\b(?:said|says|surgeon|consultant|clinic)\b)")
_STAFF = frozenset({"nurse", "doctor", "gp", "receptionist", "consultant", "pharmacist", "midwife", "specialist"})
_STAFF_REACH = 25  # words
_TELLS = frozenset({"says", "said", "thinks", "thought", "reckons", "noticed", "notices", "tells", "told", "worries"})
_TOLD = 3  # words within which the asker follows: "my wife says im muddled"
_ASKER = frozenset({"i", "i'm", "im", "ive", "me", "my"})
_NO_SEX = frozenset({"partner", "spouse", "patient", "pt"})
_PARTNER_REACH = 4  # words


def _about_patient(reading: Reading, span: Span, place: int, table: str) -> bool:
    if reading.context.subject(span) is not Subject.PATIENT:
        return False
    if table == "pronouns":
        # "She" may be the doctor whenever somebody speaks of themselves, or the nurse who was just named.
        if any(word.norm in _STAFF for word in reading.words[max(0, place - _STAFF_REACH) : place]):
            return False
        if any(word.norm in _NO_SEX for word in reading.words[max(0, place - _PARTNER_REACH) : place]):
            return True  # "my partner: he's got Crohn's"
        return not any(word.norm in _ASKER for word in reading.words)
    behind = [word.norm for word in reading.words[place + 1 : place + 2 + _TOLD]]
    if behind and behind[0] in _TELLS and _ASKER.intersection(behind[1:]):
        return False
    before = reading.words[place - 1].norm if place else ""
    # "mother's brother", "her mother", "the old man who lives next door" are not the patient.
    return before not in ("her", "his", "their", "to", "no")


def _countries(reading: Reading) -> list[Fact]:
    whole = Span(0, len(reading.text))
    hits = reading.phrases("jurisdiction", whole)
    for hit in hits:
        span = Span(reading.words[hit.first].start, reading.words[hit.last - 1].end)
        # A place is written with a capital, or follows "in", "to" or "from"; "reading" and "bath" are verbs and rooms.
        before = reading.words[hit.first - 1].norm if hit.first else ""
        capital = reading.text[span.start].isupper() or before in ("in", "from", "the", "near", "to")
        if capital and reading.context.subject(span) is Subject.PATIENT:
            return [_country(reading, span, hit.payload)]
    for hit in reading.phrases("cased_jurisdiction", whole):
        span = Span(reading.words[hit.first].start, reading.words[hit.last - 1].end)
        if span.of(reading.text).isupper() and not reading.text.isupper():
            return [_country(reading, span, hit.payload)]
    return []


def _country(reading: Reading, span: Span, value: str) -> Fact:
    return replace(reading.fact("jurisdiction", Kind.DEMOGRAPHIC, span, Status()), result=value)
