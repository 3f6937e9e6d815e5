"""Spoiling what is said to be so: negation added or dropped, significance turned."""

from __future__ import annotations

import re
from random import Random

from bedside.evaluation.swapping import Swap, one_of

NEGATIVE = re.compile(
    r"\b(?:not|no|none|neither|nor|never|without|cannot|unable|fail\w*|lack\w*|absen\w+|nobody|nothing|unlikely"
    r"|avoid\w*"
    r"|un(?:changed|affected|related|clear|known)|insignificant|non-?signific\w+|exclud\w+|rule out|hardly|few|little"
    r"|similar\w*|same|equal\w*|n't|negative|denied|prevent\w*|unless|except)\b",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"(?<!who )(?<!which )(?<!that )(?<!whether )\b(?:was|were|is|are|has|have|had|should|did|does|must|will|could"
    r"|would)\b"
    r"(?! (?:not|no|it|them|only|also|both|either|mainly|most|mostly|often|usually|un\w+|in(?:adequate|sufficient"
    r"|creasing\w*)))",
)
_ACTIVE = {
    "increased": "increase", "decreased": "decrease", "reduced": "reduce", "improved": "improve",
    "prevented": "prevent",
    "inhibited": "inhibit", "induced": "induce", "showed": "show", "caused": "cause", "resulted in": "result in",
    "produced": "produce", "led to": "lead to", "lowered": "lower", "enhanced": "enhance", "predicted": "predict",
    "attenuated": "attenuate", "affected": "affect", "correlated": "correlate", "differed": "differ", "raised": "raise",
    "occurred": "occur", "suppressed": "suppress", "blocked": "block", "stimulated": "stimulate", "provided": "provide",
}  # fmt: skip
_ACTIVE_VERB = re.compile(
    rf"^(?!A |An |The (?:{'|'.join(_ACTIVE)})\b|Significantly|Markedly)(?P<subject>(?:[A-Z][\w-]*)(?: (?!and\b|or\b"
    rf"|was\b|were\b|is\b|are\b|that\b|which\b|who\b|with\b|had\b|has\b|have\b|of\b|to\b)[\w-]+){{0,3}}) "
    rf"(?:(?P<adverb>significantly|markedly|also) )?(?P<verb>{'|'.join(_ACTIVE)})\b(?! (?:in|levels|risk|rates?"
    rf"|expression|serum|plasma|by)\b)"
)
_ORDERS = (
    "test", "treat", "measure", "refer", "offer", "check", "give", "start", "use", "continue", "ask", "repeat", "call",
    "get", "raise", "replace", "seek", "review", "compare", "look", "correct", "consider", "arrange", "have the",
    "have it", "contact", "keep", "take", "draw",
)  # fmt: skip
ORDER = re.compile(
    rf"(?:^|(?<=[,:;] )|(?<=, then ))(?P<verb>{'|'.join(_ORDERS)})\b(?! (?:result|band|test|level)s?\b)", re.IGNORECASE
)
_AUXILIARIES = "was|were|is|are|has|have|had|did|does|do|may|can|could|should|must|will|would"
_DENIED = (
    "significant|statistically|serious|clinically|evidence|effect|association|difference|benefit|change|increase"
    "|improvement|correlation|relationship|clear|reason|treatment|studies|adverse|deaths?|patients?|interaction"
    "|advice|meaning|limit"
)
_PHRASES = (
    (rf"\b({_AUXILIARIES}) not\b(?! \(|[.,;)]| (?:only|necessarily|more than|fully))", r"\1"),
    (r"\b([Dd])o not (\w)", None),
    (r"\bcannot\b", "can"),
    (r"\bno longer\b", "still"),
    (rf"\b([Nn])o (?=(?:{_DENIED})\w*\b)", "A?"),
    (r"\bneither (.{3,50}?) nor\b", r"both \1 and"),
    (r"\b([Nn])either of\b", "B?"),
    (r"\bwithout(?= (?!waiting|delay|a |an )\w)", "with"),
    (r"\bunable to\b", "able to"),
    (r"\bfailed to (show|demonstrate|improve|reduce|increase|prevent|detect|respond|reach|find|achieve)\b", "F"),
    (r"\bnonsignificant\b|\bnon-significant\b|\binsignificant\b", "significant"),
    (r"(?<=, )not (?=\w)", "but also "),
    (r"\bunlikely\b", "likely"),
    (r"\bunrelated\b", "related"),
    (r"\bunchanged\b", "changed"),
    (r"\bunaffected\b", "affected"),
    (r"\b([Aa])void\b(?! \w+ing\b)", "U?"),
    (r"\bunless\b", "if"),
    (r"\brather than\b", "as well as"),
)  # fmt: skip
_PAST = {
    "show": "showed", "demonstrate": "demonstrated", "improve": "improved", "reduce": "reduced",
    "increase": "increased",
    "prevent": "prevented", "detect": "detected", "respond": "responded", "reach": "reached", "find": "found",
    "achieve": "achieved",
}  # fmt: skip


def add_negation(sentence: str, passage: str, _random: Random) -> str | None:
    """The main verb is denied, in a sentence that denies nothing so far."""
    if NEGATIVE.search(sentence):
        return None
    order, active = ORDER.search(sentence), _ACTIVE_VERB.match(sentence)
    if order:
        denied = Swap(order.start("verb"), order.end("verb"), f"do not {order['verb'].lower()}").of(sentence)
    elif active:
        start = active.start("adverb") if active["adverb"] else active.start("verb")
        adverb = f"{active['adverb']} " if active["adverb"] else ""
        denied = Swap(start, active.end("verb"), f"did not {adverb}{_ACTIVE[active['verb']]}").of(sentence)
    else:
        start = sentence.find(", ") + 1 if _CLAUSE_FIRST.match(sentence) else 0
        if re.search(r"\bwhether\b", sentence):
            return None
        places = [match for match in _AUXILIARY.finditer(sentence, start) if match.start() < start + _MAIN_VERB]
        if not places:
            return None
        denied = Swap(places[0].end(), places[0].end(), " not").of(sentence)
    return denied if denied not in passage else None


def drop_negation(sentence: str, passage: str, random: Random) -> str | None:
    """A denial is taken out: was not, no significant, without, neither ... nor, avoid, unless."""
    if re.search(r"with (?:or|and|versus|vs) without|whether or not|without or with", sentence):
        return None
    edits = [
        edited
        for pattern, new in _PHRASES
        for match in re.finditer(pattern, sentence)
        if (edited := _undenied(sentence, match, new)) not in passage
    ]
    return random.choice(edits) if edits else None


def turn_significance(sentence: str, passage: str, random: Random) -> str | None:
    """What was significant is not, or what was not is."""
    swaps = [
        Swap(match.start(), match.end(), new)
        for pattern, new in (
            (
                r"(?<!not )(?<!n't )(?<!no )(?<!non)(?<!non-)\bstatistically significant(?!ly)",
                "not statistically significant",
            ),
            (r"(?:(?<=was )|(?<=were ))significantly (?=\w)", "not significantly "),
            (
                r"\bno (?:statistically )?significant (?=(?:differences|effects|changes|associations|increases)\b)",
                "significant ",
            ),
            (
                r"\bno (?:statistically )?significant (?=(?:difference|effect|change|association|increase)\b)",
                "a significant ",
            ),
            (r"\bnot (?=significant)", ""),
            (r"\bA significant\b", "No significant"),
            (
                r"(?<=was )a significant(?= (?:difference|increase|decrease|reduction|association|correlation))",
                "no significant",
            ),
        )
        for match in re.finditer(pattern, sentence)
    ]
    return one_of(
        [
            swap
            for swap in swaps
            if swap.of(sentence) not in passage
            and not (swap.new and NEGATIVE.search(sentence[max(0, swap.start - _NEAR) : swap.start]))
        ],
        sentence,
        random,
    )


_CLAUSE_FIRST = re.compile(
    r"(?:If|When|Unless|Although|While|Because|Since|As|Whereas|Where|After|Before|Until|Once)\b[^,]*, "
)
_NEAR = 25  # characters within which another denial would turn this one round
_MAIN_VERB = 140  # characters; an auxiliary further on is rarely the main one


def _undenied(sentence: str, match: re.Match[str], new: str | None) -> str:
    before, after = sentence[: match.start()], sentence[match.end() :]
    if new is None:
        letter = match[2].upper() if match[1] == "D" else match[2]
        return f"{before}{letter}{after}"
    if new == "A?":
        noun = re.match(r"(?:\w+ )*?(\w+)", after)
        many = noun is not None and re.match(
            r"(?:\w+ ){0,2}?(?:differences|effects|changes|patients|deaths|studies|adverse)", after
        )
        bare = re.match(r"evidence|advice|treatment|improvement|\w+ evidence", after)
        word = "some " if many or bare else "a "
        if word == "a " and after[:1] in "aeiou":
            word = "an "
        return before + (word.capitalize() if match[1] == "N" else word) + after
    if new in {"B?", "U?"}:
        words = {"B?": ("both of", "Both of"), "U?": ("use", "Use")}[new]
        return before + words[match[1].isupper()] + after
    if new == "F":
        return before + _PAST[match[1]] + after
    return before + match.expand(new) + after
