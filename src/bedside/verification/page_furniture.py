"""What a page says about itself rather than about medicine: disclaimers, banners, navigation, review status."""

from __future__ import annotations

import re

_ZONE = re.compile(
    r"\b(?:disclaimers?|personali[sz]e|(?:article )?review status|about (?:us|this (?:page|site|article|"
    r"leaflet)|the authors?)|"
    r"related (?:articles|questions|topics|content|posts)|share (?:this|on)|privacy|cookies?|terms of use|"
    r"acknowledge?ments?|copyright|conflicts? of interest|competing interests|(?:author )?disclosures?|funding|"
    r"(?:have|got) a (?:follow[- ]up )?question|ask a question|newsletter|table of contents|contents|menu|navigation|"
    r"how we review|editorial (?:policy|process|standards)|was this (?:page|article) helpful)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:educational? (?:purposes?|use) only|for (?:education(?:al)?|"
    r"information(?:al)?)(?: purposes?)?(?: only)?\b.{0,30}$|"
    r"(?:medical|clinical|editorial|scientific) (?:advisory )?board|"
    r"(?:does|do|is|are|should) not (?:a |be (?:used as )?a? ?)?(?:substitute|"
    r"replace\w* (?:for )?(?:professional|medical|clinical|advice|"
    r"your (?:doctor|clinician)))|not (?:intended as|a substitute|medical advice)|"
    r"content is pending|pending (?:human|expert|editorial|medical|clinical)? ?review|awaiting (?:\w+ )?review|"
    r"(?:articles?|pages?|contents?) (?:is|are|was|were|has been|have been) (?:\w+ )?(?:reviewed|checked|"
    r"approved|written|generated)|"
    r"(?:medically |clinically )reviewed (?:by|on)|^reviewed by|fact[- ]checked|"
    r"last (?:updated|reviewed|modified)|published (?:on|:)|next review|editorial policy|"
    r"best describes you|your choice helps|help us (?:tailor|improve)|"
    r"(?:assumes?|accepts?) no (?:liability|responsibility)|(?:shall|will) not be (?:held )?liable|"
    r"intended for (?:healthcare|health care|health|medical) professionals|independently verif|"
    r"(?:professional|clinical) (?:discretion|judge?ment)\b.*\binformation|information\b.*\bprofessional discretion|"
    r"verify (?:all )?information|supplementary to established|"
    r"our (?:medical|clinical) a\.?i|guideline-backed answers|ask any|follow[- ]up question|"
    r"sign (?:in|up)|log ?in|subscribe|cookies?|all rights reserved|\u00a9|copyright|click here|read more|skip to|"
    r"share this|print this page|back to top|this (?:page|article|leaflet|website) (?:is|was|"
    r"has been) (?:written|produced|generated|reviewed))",
    re.IGNORECASE | re.MULTILINE,
)


def opens_furniture(heading: str) -> bool:
    """Whether what stands under *heading* speaks of the page itself."""
    return _ZONE.search(heading) is not None


def is_furniture(sentence: str) -> bool:
    """Whether a sentence speaks of the page itself: who wrote, reviewed or may use it, and what to click."""
    return _SENTENCE.search(sentence) is not None
