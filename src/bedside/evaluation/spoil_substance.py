"""Spoiling what is given, how, to whom, where, and under which condition."""

from __future__ import annotations

import re
from random import Random

from bedside.evaluation.drug_classes import CLASSES
from bedside.evaluation.swapping import Swap, both_ways, everywhere, mentions, one_of, table, unheard

_DRUG = table(
    {drug: tuple(other for other in row if other != drug) for row in CLASSES for drug in row},
    after=r"(?:[- ]deficien\w+ (?:mother|anaemia))",
)
_COMMON = frozenset({"b12", "folate"})  # in so many statements that the medicines beside them would never be drawn
_ROUTE_WORDS = {
    "orally": ("intravenously", "intramuscularly"), "by mouth": ("by injection", "intravenously"),
    "intravenously": ("orally", "subcutaneously"), "intravenous": ("oral", "subcutaneous"), "IM": ("IV",),
    "intramuscular": ("oral", "intravenous"), "intramuscularly": ("intravenously", "orally"),
    "subcutaneous": ("intravenous",),
    "subcutaneously": ("intravenously",), "parenteral": ("oral",), "by injection": ("by mouth",),
    "topical": ("oral", "intravenous"),
    "topically": ("orally",), "intranasal": ("oral",), "nasal": ("rectal",), "transdermal": ("intravenous",),
    "sublingual": ("rectal",),
    "intrathecal": ("oral",), "epidural": ("oral",), "inhaled": ("oral",), "rectal": ("oral",),
    "intravitreal": ("topical",),
    "tablets": ("injections",), "tablet": ("injection",), "injections": ("tablets",), "injection": ("tablet",),
    "intraperitoneal": ("oral",), "vaginal": ("oral",), "intradermal": ("intravenous",),
    "by intramuscular injection": ("by mouth",),
}  # fmt: skip
_ROUTE = table(
    _ROUTE_WORDS,
    after=r" (?:fat|tissue|polyp\w*|congestion|symptoms?|obstruction|mucosa|examination|bleeding|birth|deliver\w+"
    r"|cancer|mask|septum"
    r"|prongs|CPAP|cannula|sites?|of (?:the|a))|-",
    before=("the ", "two "),
)
_ORAL = re.compile(
    r"\b(?P<route>oral|Oral)(?= (?:\d|administration|treatment|therapy|dose|doses|dosing|B12|crystalline"
    r"|cyanocobalamin|contraceptives?|"
    + "|".join(sorted((drug for row in CLASSES for drug in row), key=len, reverse=True))
    + r"|supplement\w*|tablets?|analgesi\w+|morphine|antibiotics?|iron|steroids?|corticosteroids?|medication"
    r"|formulation)\b)"
)
_WHO = table(
    {
        **both_ways((
            ("adults", "children"), ("adult", "paediatric"), ("men", "women"), ("man", "woman"), ("males", "females"),
            ("male", "female"),
            ("boys", "girls"), ("premenopausal", "postmenopausal"), ("smokers", "nonsmokers"),
            ("primiparous", "multiparous"),
            ("mothers", "fathers"),
        )),
        "adolescents": ("older adults", "infants"), "infants": ("adults", "adolescents"),
        "neonates": ("adults",), "fetuses": ("adults",),
        "newborns": ("adults",),
        "elderly": ("paediatric", "young"), "older adults": ("children",), "older people": ("children",),
        "pregnant": ("elderly",),
        "pregnancy": ("old age",), "mice": ("patients", "humans"), "rats": ("patients", "humans"), "dogs": ("humans",),
        "rabbits": ("humans",),
        "monkeys": ("humans",), "pigs": ("humans",), "mouse": ("human",), "rat": ("human",),
        "in vitro": ("in patients",), "healthy volunteers": ("patients",),
        "healthy subjects": ("severely ill patients",), "infant": ("adult",), "child": ("adult",),
        "vegan": ("omnivorous",),
        "breastfeeding": ("old age",), "paediatric": ("adult",), "pediatric": ("adult",), "newborn": ("adult",),
        "hypertensive": ("normotensive",),
        "children": ("adults",), "preterm": ("full-term",), "obese": ("underweight",),
        "people with pernicious anaemia": ("healthy people",),
        "kidney disease": ("liver disease",), "renal failure": ("liver failure",),
        "renal impairment": ("hepatic impairment",),
        "dialysis": ("chemotherapy",), "type 2 diabetes": ("type 1 diabetes",), "type 1 diabetes": ("type 2 diabetes",),
        "heart failure": ("renal failure",), "autoimmune gastritis": ("coeliac disease",),
        "pernicious anaemia": ("sickle cell anaemia",),
        "breast cancer": ("lung cancer",), "prostate cancer": ("bladder cancer",), "lung cancer": ("breast cancer",),
        "colorectal cancer": ("gastric cancer",), "schizophrenia": ("bipolar disorder",),
        "bipolar disorder": ("schizophrenia",),
        "asthma": ("COPD",), "COPD": ("asthma",), "rheumatoid arthritis": ("osteoarthritis",),
        "osteoarthritis": ("rheumatoid arthritis",),
        "Alzheimer's disease": ("Parkinson's disease",), "Parkinson's disease": ("Alzheimer's disease",),
        "Roux-en-Y": ("gallbladder",), "gastrectomy": ("appendicectomy",), "human": ("animal",), "humans": ("animals",),
    },
    after=r"-| (?:hormones?|leg|albumin|papillom\w+|immunodeficiency|genome|chorionic|growth|serum|leukocyte|hospital"
        r"|rights|resources)",
    before=("gly", "hu"),
)  # fmt: skip
_WHERE = table(
    {
        "primary care": ("intensive care",), "general practice": ("hospital practice",),
        "intensive care": ("primary care",),
        "hospital": ("community",), "hospitals": ("nursing homes",), "outpatients": ("inpatients",),
        "outpatient": ("inpatient",),
        "inpatients": ("outpatients",), "inpatient": ("outpatient",), "hospitalized": ("community-dwelling",),
        "hospitalised": ("community-dwelling",),
        "emergency department": ("general practice",), "community": ("hospital",), "nursing homes": ("hospitals",),
        "at home": ("in hospital",),
        "rural": ("urban",), "urban": ("rural",), "schools": ("prisons",), "UK": ("US", "Australia"),
        "US": ("UK", "Canada"),
        "United States": ("United Kingdom",), "United Kingdom": ("United States",), "China": ("Japan",),
        "Japan": ("China",), "India": ("Brazil",),
        "Africa": ("Europe",), "Europe": ("Asia",), "NICE": ("WHO",), "BNF": ("FDA",), "NHS Lothian": ("the US FDA",),
        "MHRA": ("FDA",),
        "developing countries": ("developed countries",), "low-income": ("high-income",),

        "Australia": ("Canada",), "Canada": ("Australia",), "Germany": ("France",), "Netherlands": ("Belgium",),
        "Italy": ("Spain",), "Sweden": ("Norway",),
    },
    after=r"-| (?:anxiety|acquired|mortality|stay|disability)",
)  # fmt: skip
_CAPITAL_PLACES = frozenset({"uk", "us", "nice", "bnf", "mhra"})
_CONDITION = re.compile(
    r"^(?P<condition>(?:If|With|In|Among|After|For|When|Without|On|Over|Under|During) [^:;]{6,140}?), "
    r"(?P<rest>(?!and\b|or\b|but\b|also\b|which\b|who\b|respectively|where\b|[\w ]+, (?:and|or)\b)[a-zA-Z][^\n]{20,})$"
)
_EXCEPTION = re.compile(
    r"(?:,| \((?=[^()]*\)))? ?\b(?:unless|except|provided that|only if|only when|only where|only after"
    r"|(?:for )?as long as|\(not in)\b[^,.;()]{4,90}\)?(?=[.,;:]| \()"
)
_GROUP = re.compile(
    r"^(?:If|With|Without|Unless|For|Under|Over|After|When|On) |\b(?:patients|subjects|children|women|men|adults"
    r"|people|mice|rats|infants|volunteers|smokers"
    r"|adolescents|neonates|participants|individuals|pregnancy|deficiency|gastritis|anaemia|disease|failure|samples"
    r"|cells|illness|neuropathy|models?)\b"
)
_NO_GROUP = re.compile(
    r"^(?:In (?:conclusion|summary|addition|contrast|general|total|our|this|these|fact|all|both|either|each|the \d+"
    r"|an?\b|comparison)|For (?:example|instance|all|both|this|each|the)"
    r"|After (?:adjust|control|the|these|this)|On (?:the|un\w+|multi\w+|average|both|this)|With (?:regard|respect"
    r"|proper|the|this|these|time)|When (?:all|both|indirect|compar\w+|we)|Over (?:the|all|time)"
    r"|Among (?:the|these|those|all|them)|In (?:the (?:present|current|same|other|whole|overall|total|entire)))"
)


def swap_drug(sentence: str, passage: str, random: Random) -> str | None:
    """A medicine or substance becomes its neighbour wherever it stands; the passage nowhere names the neighbour."""
    swaps = unheard(_DRUG.swaps(sentence), passage)
    named = [swap for swap in swaps if sentence[swap.start : swap.end].lower() not in _COMMON]
    return everywhere(random.choice(named or swaps), sentence) if swaps else None


def swap_route(sentence: str, passage: str, random: Random) -> str | None:
    """A route of giving becomes another that the passage nowhere names."""
    swaps = [swap for swap in _ROUTE.swaps(sentence) if sentence[swap.start : swap.end] != "im"]
    swaps += [
        Swap(match.start("route"), match.end("route"), new)
        for match in _ORAL.finditer(sentence)
        for new in ("intravenous", "intramuscular", "subcutaneous")
    ]
    return one_of([swap for swap in unheard(swaps, passage) if not _same_route(swap.new, passage)], sentence, random)


def swap_population(sentence: str, passage: str, random: Random) -> str | None:
    """The people, animals or illness meant become others that the passage nowhere names."""
    swaps = unheard(_WHO.swaps(sentence), passage)
    return one_of([swap for swap in swaps if not _stem_heard(swap.new, passage)], sentence, random)


def swap_setting(sentence: str, passage: str, random: Random) -> str | None:
    """The place of care, the country or the issuer becomes another that the passage nowhere names."""
    swaps = [
        swap
        for swap in unheard(_WHERE.swaps(sentence), passage)
        if (old := sentence[swap.start : swap.end]).lower() not in _CAPITAL_PLACES or old.isupper()
    ]
    return one_of(swaps, sentence, random)


def drop_condition(sentence: str, passage: str, _random: Random) -> str | None:
    """The condition or group that the sentence opens with is left out, and the rest said of everybody."""
    match = _CONDITION.match(sentence)
    condition = match["condition"] if match else ""
    # "After 8 weeks" or "on all scales" of a finding is when or where it was measured, not a condition of it.
    if (
        match
        and re.match(r"(?:After|On|When) ", condition)
        and re.search(r"\b(?:was|were|had|did|\w{3,}ed)\b", match["rest"])
    ):
        return None
    if (
        match is None
        or _NO_GROUP.match(sentence)
        or not _GROUP.search(condition)
        or condition.count("(") != condition.count(")")
    ):
        return None
    rest = f"{match['rest'][0].upper()}{match['rest'][1:]}"
    return None if rest in passage else rest


def drop_exception(sentence: str, passage: str, random: Random) -> str | None:
    """A limit or exception is left out: unless allergic, except in pregnancy, only if, until."""
    edits = [
        edited
        for match in _EXCEPTION.finditer(sentence)
        if (edited := sentence[: match.start()] + sentence[match.end() :]) not in passage and match.start() > 20  # noqa: PLR2004 - not the opening
    ]
    return random.choice(edits) if edits else None


_ROUTE_STEMS = ("oral", "intraven", "intramusc", "subcutan", "inject", "tablet", "topical", "rectal")
_SAME = {"inject": ("inject", "intramusc", "intraven", "subcutan", "parenteral", "IM"),
         "tablet": ("tablet", "oral", "by mouth"),
         "oral": ("oral", "by mouth", "tablet"), "mouth": ("oral", "by mouth", "tablet"),
         "IV": ("intraven",)}  # fmt: skip


def _same_route(new: str, passage: str) -> bool:
    stems = [stem for stem in _ROUTE_STEMS if stem in new.lower()]
    others = [other for key, same in _SAME.items() if key in new for other in same]
    return any(stem.lower() in passage.lower() for stem in (*stems, *others))


def _stem_heard(new: str, passage: str) -> bool:
    last = new.rsplit(maxsplit=1)[-1].rstrip("s")
    return (
        mentions(passage, last)
        or mentions(passage, f"{last}s")
        or (new in {"humans", "patients", "human"} and mentions(passage, "man"))
    )
