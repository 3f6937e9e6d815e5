"""One spelling for each word: British folded into American, compounds written in one taken apart.

The rules are applied to every text alike, so a word that is no British spelling and is changed all the same is changed
on both sides and still found.
"""

from __future__ import annotations

import re

_APART = {
    "betablocker": ("beta", "blocker"),
    "betablockers": ("beta", "blocker"),
    "birthweight": ("birth", "weight"),
    "bodyweight": ("body", "weight"),
    "breastfed": ("breast", "fed"),
    "breastfeed": ("breast", "feed"),
    "breastfeeding": ("breast", "feeding"),
    "checkup": ("check", "up"),
    "followup": ("follow", "up"),
    "gastroesophageal": ("gastro", "esophageal"),
    "healthcare": ("health", "care"),
    "lifestyle": ("life", "style"),
    "longterm": ("long", "term"),
    "metaanalyses": ("meta", "analysis"),
    "metaanalysis": ("meta", "analysis"),
    "shortterm": ("short", "term"),
    "timepoint": ("time", "point"),
    "xray": ("x", "ray"),
    "xrays": ("x", "ray"),
}
_AMERICAN = {
    "ageing": "aging",
    "aluminium": "aluminum",
    "analyses": "analysis",
    "artefact": "artifact",
    "artefacts": "artifact",
    "defence": "defense",
    "grey": "gray",
    "leucocyte": "leukocyte",
    "leucocytes": "leukocyte",
    "licence": "license",
    "mould": "mold",
    "moulds": "mold",
    "practise": "practice",
    "practised": "practiced",
    "practising": "practicing",
    "programme": "program",
    "programmes": "program",
}
_OR = ("tum", "col", "fav", "behavi", "hum", "lab", "od", "vap", "rig", "harb", "neighb", "arm", "hon", "vig", "flav")
_ER = ("cent", "lit", "met", "fib", "tit", "goit", "calib", "theat", "euv")
_SINGLE_L = ("label", "travel", "level", "model", "counsel", "channel", "tunnel", "signal", "equal", "dial", "cancel")
_RULES = (
    # -ise, -yse: the part before is the same in every form of a word, so its forms stay together
    (re.compile(r"(?<=[a-z]{4})is(?=(?:e[drs]?|ers|ing|ations?|able)$)"), "iz"),
    (re.compile(r"(?<=l)ys(?=(?:e[drs]?|ing)$)"), "yz"),
    # ae, but not aerobic
    (re.compile(r"ae(?!r)|(?<=[a-z])ae(?=ra)"), "e"),
    # oe only where it is a diphthong: gastroesophageal has an o and an e
    (re.compile(r"oe(?=dem|str)|(?:^|(?<=o))oe(?=soph)|(?<=^f)oe(?=t)|(?<=c)oe(?=li|lo)|(?<=rh)oe|(?<=pn)oe"), "e"),
    (re.compile(r"(?<=^am)oe(?=b)|(?<=hom)oe(?=o)|(?<=man)oe(?=uv)|(?<=g)oe(?=n)"), "e"),
    (re.compile("|".join(f"(?<={stem})our" for stem in _OR)), "or"),
    (re.compile("(?:" + "|".join(f"(?<={stem})re" for stem in _ER) + ")(?=s?$)"), "er"),
    (re.compile(r"(?<=log)ue(?=s?$)"), ""),
    (re.compile("(?:" + "|".join(f"(?<={stem})l" for stem in _SINGLE_L) + ")(?=(?:ed|ing|ors?|ers?)$)"), ""),
    (re.compile(r"sulph"), "sulf"),
)
_PERHAPS_BRITISH = re.compile(r"is(?:e|ing|ation|able)|lys|ae|oe|our|res?$|log|ll|sulph")


def american(word: str) -> str:
    """The American spelling of a lower-case *word*."""
    if _PERHAPS_BRITISH.search(word):
        for pattern, spelling in _RULES:
            word = pattern.sub(spelling, word)
    return _AMERICAN.get(word, word)


def apart(word: str) -> tuple[str, ...]:
    """The words a lower-case American *word* is made of: itself, or the parts of a known compound."""
    return _APART.get(word, (word,))
