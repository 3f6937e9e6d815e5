"""Spoiling which way a result goes, and whose result it is."""

from __future__ import annotations

import re
from random import Random

from bedside.evaluation.swapping import both_ways, lower_first, mentions, one_of, opens_plainly, table

_OPPOSITES = both_ways((
    ("increase", "decrease"), ("increases", "decreases"), ("increased", "decreased"), ("increasing", "decreasing"),
    ("higher", "lower"), ("greater", "smaller"), ("larger", "smaller"), ("longer", "shorter"), ("improved", "worsened"),
    ("improves", "worsens"), ("improvement", "deterioration"), ("improvements", "deteriorations"), ("better", "worse"),
    ("superior", "inferior"), ("rise", "fall"), ("raised", "lowered"),
    ("faster", "slower"), ("stronger", "weaker"), ("positively", "negatively"), ("upregulated", "downregulated"),
    ("reduces", "increases"), ("enhanced", "impaired"), ("gain", "loss"), ("beneficial", "harmful"),
    ("more effective", "less effective"), ("more likely", "less likely"), ("more common", "less common"),
    ("more often", "less often"), ("more frequent", "less frequent"), ("more frequently", "less frequently"),
    ("safe", "unsafe"), ("effective", "ineffective"), ("maximum", "minimum"), ("highest", "lowest"),
    ("positive", "negative"), ("common", "rare"), ("above", "below"), ("low", "high"),
))  # fmt: skip


_OPPOSITES |= {"reduced": ("increased",), "reduction": ("increase",), "reductions": ("increases",), "fewer": ("more",),
               "elevated": ("reduced",), "non-inferior": ("inferior",), "noninferior": ("inferior",)}  # fmt: skip


_OPPOSITES["raise"] = ("lower",)


_OPPOSITES["increase"] = ("decrease", "reduction")


_DIRECTION = table(
    _OPPOSITES,
    after=r"-| (?:extremit\w+|limbs?|respiratory|urinary|gi|gastro\w*|back|esoph\w*|oesoph\w*|legs?|abdom\w*|uterine"
    r"|half"
    r"|body|lobes?|bound\w*|limit|quartile|tertile|trochanter|education|risk|income|density|molecular|resolution|school"
    r"|or|and|threshold|the counter|average|frequency|pressure|airway|end|third|eyelid|lip|jaw|than)\b",
)


_QUALIFIED = re.compile(r"\bno\b|\bnot\b|\bneither\b|\bnor\b|unchanged|whether|similar|either", re.IGNORECASE)


_COMPARES = re.compile(
    r"\b(?:higher|lower|greater|smaller|larger|longer|shorter|better|worse|superior|inferior|fewer|more|less"
    r"|increase\w*"
    r"|decrease\w*|reduc\w+|improve\w*)\b",
    re.IGNORECASE,
)


_STOP_WORDS = (
    r"(?:as|all|in|with|at|by|for|after|during|among|than|and|but|from|on|was|were|is|are|of|to|while|when|over)\b"
)


_THAN_IN = re.compile(
    rf"\b(?P<link>in|among|with|for) (?P<one>(?:the )?(?:(?!{_STOP_WORDS})[\w/+-]+ ){{0,3}}(?!{_STOP_WORDS})[\w/+-]+)"
    r"(?P<join>(?: group| patients)? (?:than|compared with|compared to|as compared with|versus|vs\.?) (?:in |among "
    r"|with |for |that in |those in )?)"
    rf"(?P<two>(?:the )?(?:(?!{_STOP_WORDS})[\w/+-]+ ){{0,3}}(?!{_STOP_WORDS})[\w/+-]+)(?= \(|[.,;]| in | at | for "
    rf"| after | and )"
)


_LINKED = re.compile(r"(?:than|with|to|versus|vs\.?) (?:in|among|with|for|that in|those in) $|group|patients")


_IS_BETTER = re.compile(
    r"^(?P<one>[A-Z][\w/+-]*(?: (?!was|were|is|are|that|and\b|in\b|of\b|for\b)[\w/+-]+){0,3})"
    r"(?P<join> (?:was|were|is|are) (?:significantly |clearly |statistically )?(?:superior|inferior|better|worse"
    r"|(?:more|less) (?!likely|able|feasible|prone|apt|than)\w+) (?:to|than) )"
    rf"(?P<two>(?:(?!{_STOP_WORDS})[\w/+-]+ ){{0,3}}(?!{_STOP_WORDS})[\w/+-]+)(?= \(|[.,;]| in | at | for | after )"
)


_EACH_GROUP = re.compile(
    r"(?P<fore>\b(?:in|for|with) (?:the )?)(?P<one>[\w-]+(?: (?!group|arm|patients|and\b)[\w-]+)?)(?P<join> (?:group"
    r"|arm),? (?:and|versus|vs\.?|compared with|but) "
    r"[^.;]{0,60}?\b(?:in|for|with) (?:the )?)(?P<two>[\w-]+(?: (?!group|arm|patients|and\b)[\w-]+)?)(?= (?:group|arm"
    r"|patients)\b)"
)


_RESPECTIVELY = re.compile(
    r"(?P<one>\d+(?:\.\d+)?)(?P<unit>\s?%)? (?:\([^)]*\) )?and (?P<two>\d+(?:\.\d+)?)"
    r"(?=\s?%?(?: [\w/]+){0,6}(?: \([^)]*\))?,? respectively)"
)


def flip_direction(sentence: str, passage: str, random: Random) -> str | None:
    """One word of direction becomes its opposite, in a sentence that holds neither the opposite nor a denial."""
    if _QUALIFIED.search(sentence):
        return None
    swaps = [
        swap
        for swap in _DIRECTION.swaps(sentence)
        if not mentions(sentence, swap.new) and not re.search(r"\d\s?$|[\w-]-$", sentence[: swap.start])
    ]
    return one_of([swap for swap in swaps if swap.of(sentence) not in passage], sentence, random)


def exchange_arms(sentence: str, passage: str, random: Random) -> str | None:
    """The two sides of a comparison change places: higher in A than in B becomes higher in B than in A."""
    if _QUALIFIED.search(sentence) or not _COMPARES.search(sentence):
        return None
    found = [
        edited
        for pattern in (_THAN_IN, _IS_BETTER, _EACH_GROUP)
        for match in pattern.finditer(sentence)
        if (edited := _exchanged(sentence, match))
        and edited not in passage
        and (
            pattern is not _THAN_IN
            or _LINKED.search(match["join"])
            or re.match(r" (?:group|arm|patients)", sentence[match.end() :])
        )
    ]
    return random.choice(found) if found else None


def exchange_results(sentence: str, passage: str, _random: Random) -> str | None:
    """The two results that belong to two things "respectively" change places."""
    for match in _RESPECTIVELY.finditer(sentence):
        middle = sentence[match.end("one") : match.start("two")]
        edited = sentence[: match.start()] + match["two"] + middle + match["one"] + sentence[match.end() :]
        if match["one"] != match["two"] and edited not in passage:
            return edited
    return None


def _exchanged(sentence: str, match: re.Match[str]) -> str | None:
    one, two = match["one"], match["two"]
    if one.lower() == two.lower() or one.lower() in {"the", "a"} or _COMPARES.search(one) or _COMPARES.search(two):
        return None
    if re.search(r"\d|ly$|baseline|before|pretest", one + two) or {one.lower(), two.lower()} & {
        "we hoped",
        "we expected",
        "expected",
        "mortality rate",
        "that",
        "those",
        "the other",
        "others",
        "all",
        "both",
    }:
        return None
    fore, middle, after = (
        sentence[: match.start("one")],
        sentence[match.end("one") : match.start("two")],
        sentence[match.end("two") :],
    )
    if match.start("one") == 0:
        if not opens_plainly(one) and not one[1:].islower():
            return f"{two[0].upper()}{two[1:]}{middle}{one}{after}"
        return f"{two[0].upper()}{two[1:]}{middle}{one[0].lower()}{one[1:]}{after}"
    return f"{fore}{two}{middle}{lower_first(one)}{after}"
