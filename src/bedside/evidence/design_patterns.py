"""The patterns by which a title or an abstract names a study design: regular expressions over folded text.

In each table the first design that is found counts: what claims less stands before what claims more, and a review of
trials before a trial. Repetitions are bounded, so that no text takes long.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bedside.evidence.design import Design


@dataclass(frozen=True, slots=True)
class Clue:
    """The wording of one design. ``stems`` are cheap to look for: a text without any of them cannot match."""

    design: Design
    pattern: re.Pattern[str]
    stems: tuple[str, ...] = ()

    def find(self, folded: str) -> re.Match[str] | None:
        """The first place in a folded text, or None."""
        return self.pattern.search(folded) if self.may_match(folded) else None

    def may_match(self, folded: str) -> bool:
        """Whether one of the stems stands in a folded text, or there are none to look for."""
        for stem in self.stems:  # any() takes three times as long
            if stem in folded:
                return True
        return not self.stems


Table = tuple[Clue, ...]

_SOME = r"(?:[a-z0-9-]+,? )"  # a word of an enumeration: "prospective, double-blind"
_RANDOM = (
    r"(?<![a-z])(?<!non-)(?<!non )(?<!not )(?<!quasi-)(?<!quasi )(?<!semi-)(?<!no )(?<!never )(?<!non- )randomi[sz]ed"
)
_STUDY = r"(?:trial|study|review|meta-?analysis|cohort|survey|experiment|comparison|evaluation|project)"
_ANIMALS = (
    r"(?:rats?|mice|mouse|rabbits?|guinea pigs?|hamsters?|gerbils?|piglets?|pigs?|swine|dogs?|beagles?|cats?|horses?|"
    r"cattle|cows?|calves|sheep|lambs?|goats?|monkeys?|macaques?|baboons?|chickens?|broilers?|zebrafish)"
)
_ABOUT_PEOPLE = r"(?! (?:allerg|bites?|scratch|milk|insulin|hair|exposure|owner|riding|assisted))"


_STEMS = {
    Design.SYSTEMATIC_REVIEW: ("systematic", "meta", "umbrella"),
    Design.SCOPING_REVIEW: ("scoping", "mapping", "evidence map"),
    Design.CASE_CONTROL: ("case",),
    Design.NON_RANDOMISED: ("randomi", "single-arm"),
    Design.RANDOMISED: ("randomi", "randomly", "rct"),
    Design.CROSS_SECTIONAL: ("sectional",),
    Design.COHORT: ("cohort",),
    Design.CASE_REPORT: ("case",),
    Design.OBSERVATIONAL: ("observational", "retrospective", "registry", "review"),
    Design.REVIEW: ("review", "overview"),
    Design.RETRACTION_NOTICE: ("retraction",),
    Design.CONCERN_NOTICE: ("concern",),
    Design.ERRATUM: ("errat", "corrig", "addendum", "correction"),
    Design.PROTOCOL: ("protocol", "rationale", "design"),
}
_STEMS_IN_ABSTRACTS = {
    **_STEMS,
    Design.SYSTEMATIC_REVIEW: ("systematic", "meta"),
    Design.NON_RANDOMISED: ("randomi",),
    Design.RANDOMISED: ("randomi", "randomly"),
    Design.OBSERVATIONAL: ("observational", "retrospective"),
}


def _table(*entries: tuple[Design, tuple[str, ...]], stems: Mapping[Design, tuple[str, ...]] = _STEMS) -> Table:
    return tuple(
        Clue(design, re.compile("|".join(patterns), re.MULTILINE), stems.get(design, ()))
        for design, patterns in entries
    )


NOTICES = _table(
    (
        Design.RETRACTION_NOTICE,
        (
            r"^\W*retraction(?: note| notice| statement)?(?::| to\b| of publication\b|\.)",
            r"^\W*notice of (?:partial )?retraction\b",
            r"\bretraction notice\b",
        ),
    ),
    (Design.CONCERN_NOTICE, (r"^\W*(?:editorial )?expressions? of (?:editorial )?concern\b",)),
    (
        Design.ERRATUM,
        (
            r"^\W*(?:publisher'?s? |author'?s? )?(?:erratum|errata|corrigendum|corrigenda|addendum)\b",
            r"^\W*(?:publisher |author )?corrections?(?::| to:)",
            r"^\W*correction to [^\w\s]",
        ),
    ),
)
"""In titles: a note about another document."""

LETTERS = _table(
    (
        Design.LETTER,
        (
            (
                r"^\W*(?:re|reply|in reply|response|comments?|commentary|editorial|editorial comment|letters?|"
                r"letter to the editor|correspondence|invited commentary|author'?s'? reply|author'?s'? response)"
                r"(?: (?:to|on|by|from|regarding)\b|:|$)"
            ),
            r"\b(?:letter to the editor|author'?s'? reply|reply to comment|comment on:)",
        ),
    ),
)
"""In titles: an opinion about another document."""

PROTOCOLS = _table(
    (
        Design.PROTOCOL,
        (
            r"\b(?:study|trial|research|review) protocol\b",
            rf"(?:^|[:.?-] )\W*(?:the |an? )?protocol (?:for|of) [^:.?]{{0,120}}?\b{_STUDY}\b",
            rf"\bprotocol (?:for|of) (?:an? )?{_SOME}{{0,6}}{_STUDY}\b",
            r"[:.] (?:a )?(?:clinical )?protocol\W*$",
            r"\[protocol\]",
            r"\brationale(?:,| and) (?:study )?(?:design|methods|protocol)\b",
            r"\bdesign(?:,| and) rationale\b",
            rf"^\W*(?:study |trial )?designs? (?:and [a-z ]{{3,40}}? )?of (?:the |an? )?[^:.?]{{0,120}}?\b{_STUDY}\b",
            r": (?:study|trial) design(?: and [a-z ]{3,40})?\W*$",
            r"\bdesign and methods of\b",
        ),
    ),
)
"""In titles: the plan of a study."""

FUTURE = re.compile(
    r"\bwill be (?:randomi[sz]ed|randomly|recruited|enrolled|invited|included|assigned|allocated|conducted|searched)\b"
    r"|\b(?:this|the|our) (?:[a-z-]+ ){0,4}(?:trial|study|review) will\b"
    r"|\bthis protocol\b"
    r"|\bwe will (?:search|include|recruit|randomi|conduct)"
)
"""In abstracts: a study that is still to be done."""

DONE = re.compile(
    r"\b(?:were|was) (?:randomi[sz]ed|randomly (?:assigned|allocated))\b|\bp ?[<=>] ?0?\.\d|\b95 ?% (?:ci|confidence)\b"
)
"""In abstracts: a study that has results."""

LABORATORY = _table(
    (
        Design.LABORATORY,
        (
            rf"\b(?:in|of|on|for) (?:[a-z0-9-]+ ){{0,4}}{_ANIMALS}\b{_ABOUT_PEOPLE}",
            (
                r"\b(?:rat|mouse|mice|murine|rodent|rabbit|canine|feline|porcine|ovine|bovine|equine|animal|primate|zebrafish)"
                r" (?:models?|stud(?:y|ies)|cells?|experiments?)\b"
            ),
            r"\bexperimental(?:ly)? (?:[a-z-]+ ){0,3}(?:rats?|mice|rabbits?|dogs?|pigs?)\b",
            r"\b(?:in vitro(?! (?:fertili|maturation))|ex vivo|cell lines?|cadaver(?:ic)?)\b",
            r"\bveterinary\b",
        ),
    ),
)
"""In titles: work without people."""

ANIMALS_TREATED = _table(
    (
        Design.LABORATORY,
        (
            (
                rf"\b{_ANIMALS} (?:were|was) (?:then |randomly )?"
                r"(?:randomi[sz]ed|assigned|allocated|divided|treated|injected)\b"
            ),
            r"\b(?:sprague[ -]dawley|wistar|c57bl|balb/c|new zealand white|yorkshire pigs?)",
        ),
    ),
    stems={
        Design.LABORATORY: (
            *("randomi", "assigned", "allocated", "divided", "treated", "injected"),
            *("sprague", "wistar", "c57bl", "balb/c", "new zealand white", "yorkshire pig"),
        )
    },
)
"""In abstracts: work on animals."""

PEOPLE = re.compile(
    r"\b(?:humans?|patients?|volunteers?|people|persons?|children|infants?|neonates?|adults?|men|women|subjects|"
    r"participants|owners?)\b"
)

REVIEWS = _table(
    (Design.SCOPING_REVIEW, (r"\b(?:scoping|mapping) (?:literature )?review\b", r"\bevidence map\b")),
    (
        Design.SYSTEMATIC_REVIEW,
        (
            r"\bsystematic (?:[a-z-]+ ){0,3}(?:review|overview)\b",
            r"\b(?:review|overview) of systematic reviews\b",
            r"\bmeta-? ?analy(?:sis|tic)\b",
            r"\bmeta-?regression\b",
            r"\bumbrella review\b",
        ),
    ),
)
"""In titles: a review with a search that can be repeated."""

ON_METHOD = re.compile(
    r"\b(?:guide|guidance|how to|tool|checklist|conducting|performing|search filters?|reporting quality|teaching)\b"
)
"""In titles: a guide to doing reviews is none."""

TITLES = _table(
    (Design.CASE_CONTROL, (r"\bcase[- ](?:control(?:led)?|referent|crossover)\b",)),
    (
        Design.CROSS_SECTIONAL,
        (r"\bcross-? ?sectional (?:[a-z-]+ ){0,2}(?:study|survey|analysis|investigation|evaluation|comparison)\b",),
    ),
    (
        Design.COHORT,
        (
            r"\bcohort (?:study|studies|analysis|investigation)\b",
            r"\b(?:prospective|retrospective|historical|population-based|nationwide|matched|inception) cohorts?\b",
            r"\bbirth cohorts?\b",
        ),
    ),
    (
        Design.NON_RANDOMISED,
        (
            r"\b(?:non|not|quasi|semi)[- ]?randomi[sz]ed\b",
            r"\bsingle-arm (?:[a-z0-9-]+ ){0,3}(?:trial|study)\b",
        ),
    ),
    (
        Design.RANDOMISED,
        (
            # "randomised trials" in general are another paper's subject; "two randomised trials" are its own.
            rf"{_RANDOM}\b(?!,? {_SOME}{{0,4}}(?:trials|studies)\b)",
            rf"\b(?:two|three|four|[234]) {_SOME}{{0,5}}{_RANDOM},? {_SOME}{{0,4}}(?:trials|studies)\b",
            r"\brct\b",
            r"(?<!not )\brandomly (?:assigned|allocated)\b",
        ),
    ),
    (
        Design.CASE_REPORT,
        (
            r"\b(?:a |two |three )?case reports?\b(?! forms?)",
            r"\bcase series\b",
            r"\breport of (?:a|one|two|three|four|five|\d+) (?:[a-z]+ )?cases?\b",
            r"(?:^|[:.] )an? (?:[a-z-]+ )?case of\b",
            r": a case\W*$",
            r"\bsingle[- ]case study\b",
        ),
    ),
    (
        Design.OBSERVATIONAL,
        (
            r"\bobservational (?:study|analysis)\b",
            r"\bretrospective (?:[a-z-]+ ){0,3}(?:study|analysis|review)\b",
            r"\bregistry(?:-based)? (?:study|analysis)\b",
            r"\b(?:chart|records?|case|case note|notes) review\b",
        ),
    ),
    (
        Design.TRIAL,
        (
            r"\bplacebo[- ]controlled\b",
            r"\bdouble[- ](?:blind|mask)(?:ed)?\b",
            r"\bphase (?:i|ii|iii|iv|[1-4])[ab]?(?:/(?:i|ii|iii|[1-3]))? (?:[a-z-]+ ){0,4}(?:trial|study)\b",
            r"\bclinical trial\b(?! (?:data|results|registr))",
            r"\bcontrolled trial\b",
        ),
    ),
    (
        Design.CONSENSUS,
        (
            r"\b(?:consensus|position) (?:[a-z-]+ ){0,2}(?:statement|report|conference|paper|document|panel)\b",
            r"\bconsensus (?:[a-z-]+ ){0,2}(?:recommendations?|guidance)\b",
            r"\b(?:expert|delphi|international) (?:[a-z-]+ )?consensus\b",
        ),
    ),
    (
        Design.REVIEW,
        (
            (
                r"\b(?:narrative|literature|critical|clinical|state-of-the-art|comprehensive|concise|brief|integrative)"
                r" ?-?review\b"
            ),
            r"\bmini-?review\b",
            r"\breview of (?:the )?(?:[a-z]+ )?literature\b",
            r"(?:^|[:.] )an? (?:[a-z-]+ )?(?:review|overview)\b",
            r": (?:review|overview)\W*$",
            r"^\W*review article\b",
        ),
    ),
)
"""In titles: everything else."""

_WE = (
    r"we (?:[a-z]+ ){0,2}(?:conducted|performed|did|undertook|carried out|completed|report|present|describe|used|"
    r"designed)(?: on| here)?"
)
_OUR = rf"(?:this|our|{_WE})(?: an?| the)?"
_IN = rf"(?:{_OUR}|in an?|was an?|were an?|using an?|enrolled in an?)"
_WORDS = r"(?:[a-z-]+ ){0,4}"

ABSTRACTS = _table(
    (
        Design.SYSTEMATIC_REVIEW,
        (
            rf"\b{_OUR} {_WORDS}(?:systematic (?:literature )?review|meta-? ?analysis)\b",
            (
                r"\b(?:an?|the) (?:systematic (?:literature )?review|meta-? ?analysis) (?:[a-z,-]+ ){0,8}(?:was|were)"
                r" (?:conducted|performed|carried out|undertaken|done)\b"
            ),
            r"\bwe (?:[a-z]+ ){0,2}(?:systematically (?:reviewed|searched)|meta-?analy[sz]ed)\b",
            r"\bto systematically review\b",
        ),
    ),
    (
        Design.CASE_CONTROL,
        (rf"\b{_IN} {_WORDS}case[- ](?:control(?:led)?|referent|crossover) (?:study|design|analysis)\b",),
    ),
    (
        Design.NON_RANDOMISED,
        (
            r"\b(?:were|was) (?:not|non)[- ]?randomi[sz]ed\b",
            rf"\b(?:this|in an?|an?) {_WORDS}(?:non|not|quasi)[- ]?randomi[sz]ed {_WORDS}(?:trial|study)\b",
        ),
    ),
    (
        Design.RANDOMISED,
        (
            (  # one word boundary before them all: looked for five times over, it took most of the time
                r"\b(?:"
                r"(?:were|was|been|we|being) (?:then |also |subsequently |equally |first |each |prospectively )?"
                r"(?:randomi[sz]ed(?! (?:controlled|trials?|stud))"
                r"|randomly (?:assigned|allocated|divided|distributed|assorted))\b"
                r"|(?<!not )(?:assigned|allocated|divided) randomly\b"
                r"|(?<!not )randomly (?:assigned|allocated) to\b"
                r"|randomi[sz]ed (?:into|in) (?:two|three|four|[234])\b"
                r"|(?<!non-)(?<!not )randomi[sz]ed to (?:receive|either|one|treatment|[a-z-]+ (?:or|and)|placebo)\b"
                r")"
            ),
            # as in the label and the words of a structured abstract, prospective and randomised
            (
                rf"(?:^|[.:;] )\W?(?:an? |the )?(?!previous|prior|recent|earlier|published){_SOME}{{0,5}}?{_RANDOM},?"
                rf" (?:and )?{_SOME}{{0,6}}?(?:trial|study|design|crossover|cross-over)\b"
            ),
            (
                rf"\b{_IN} {_SOME}{{0,6}}?{_RANDOM},? {_SOME}{{0,6}}?"
                r"(?:trial|study|design|crossover|cross-over|comparison|fashion|manner)\b"
            ),
        ),
    ),
    (
        Design.CROSS_SECTIONAL,
        (rf"\b(?:{_IN}|an?) {_WORDS}cross-? ?sectional (?:[a-z-]+ ){{0,2}}(?:study|survey|analysis|design)\b",),
    ),
    (
        Design.COHORT,
        (
            rf"\b{_IN} {_WORDS}cohort (?:study|design|analysis)\b",
            r"^(?:an? )?(?:[a-z-]+,? ){0,3}cohort study\b",
        ),
    ),
    (
        Design.CASE_REPORT,
        (
            (
                r"\bwe (?:[a-z]+ )?(?:report|describe|present) (?:on )?(?:an? |the |two |three )?(?:[a-z-]+ ){0,4}"
                r"(?:cases?|case report|case series)\b(?!-)(?! (?:control|of care))"
            ),
        ),
    ),
    (
        Design.OBSERVATIONAL,
        (
            (
                r"\b(?:this|an?|our|in an?) (?:[a-z-]+ ){0,3}(?:observational|retrospective) (?:[a-z-]+ ){0,3}"
                r"(?:study|analysis|review)\b"
            ),
            r"\b(?:were|was|we) (?:[a-z]+ )?retrospectively (?:reviewed|analy[sz]ed|studied|evaluated|identified)\b",
        ),
    ),
    (
        Design.REVIEW,
        (
            r"\bthis (?:[a-z-]+ ){0,2}(?:review|overview)\b(?! (?:group|board))",
            r"\b(?:article|paper|chapter) (?:[a-z]+ )?reviews\b",
            r"\bwe (?:here )?review (?:the|recent|current|what|how|evidence)\b",
        ),
    ),
    stems=_STEMS_IN_ABSTRACTS,
)
"""In abstracts: only sentences about this work, never about "previous randomised trials"."""
