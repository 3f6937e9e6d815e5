"""Wording of statements checked against the rules of the content format: findings for an author, never a refusal.

The two wordings must carry the same numbers and the same "not"; the verb must be the strength's; the plain one must be
short. The verification room holds every sentence of an answer against its statement again; this is for the desk where
statements are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bedside.evidence.statement import Basis, Statement
from bedside.protocol.lint import Finding, FindingKind
from bedside.protocol.strength import Jurisdiction, Strength
from bedside.text.matching import Figure, UnitTokens, figures, matching_form
from bedside.text.sentences import sentences

_PLAIN_SENTENCE = 25
_CLINICAL_WORDS = 40
_CLINICAL_SENTENCES = 2

_DENIAL = re.compile(r"\b(?:not|no|avoid|avoids|avoided|never|without|nor|none|neither|out of scope|stays? away)\b")
_CONSIDER = re.compile(
    r"\b(?:consider|considers|considered|considering|can|could|may|might|option|options|think about|thought about)\b"
)
_FORCE = re.compile(r"\b(?:must|should|always|never|needs? to)\b")
_PRESCRIBER = "a prescriber would use"
_DOSE = re.compile(r"\b\d[\d.,]* ?(?:to \d[\d.,]* ?)?(?:mg|mcg|micrograms?|IU)\b(?! ?(?:/|per (?:litre|l|ml|dl)\b))")
_UK = re.compile(r"\b(?:UK|NICE|BNF|NHS|MHRA|United Kingdom|British)\b")
_US = re.compile(r"\b(?:US|USA|AAFP|FDA|United States|American)\b")
_THOUSANDS = re.compile(r"(?<![\d,.])\d,\d{3}(?![\d,])")  # from 10,000 on the comma helps
_SIGN_WORDS = {"=": "", "~": ""}


def wording_findings(statement: Statement, units: UnitTokens) -> tuple[Finding, ...]:
    """Everything doubtful in the two wordings of one statement."""
    texts = [
        *_numbers(statement, units),
        *_polarity(statement),
        *_verb(statement),
        *_doses(statement),
        *_length(statement),
        *_mixing(statement),
        *_spelling(statement),
    ]
    return tuple(Finding(FindingKind.WORDING, statement.id, text, statement.where) for text in texts)


def _numbers(statement: Statement, units: UnitTokens) -> Iterator[str]:
    """The same figures, with unit and comparator, in both wordings."""
    clinical = {_shown(figure) for figure in figures(statement.clinical, units)}
    plain = {_shown(figure) for figure in figures(statement.plain, units)}
    if only := sorted(clinical - plain):
        yield f"only the clinical wording has {', '.join(only)}"
    if only := sorted(plain - clinical):
        yield f"only the plain wording has {', '.join(only)}"


def _shown(figure: Figure) -> str:
    """A figure as one word for comparison and display."""
    sign = _SIGN_WORDS.get(str(figure.sign), str(figure.sign))
    upper = "" if figure.upper is None else f" to {_number(figure.upper)}"
    return f"{sign}{_number(figure.value)}{upper} {figure.unit}".strip()


def _number(value: object) -> str:
    """A number without trailing zeros."""
    written = str(value)
    return written.rstrip("0").rstrip(".") if "." in written else written


def _polarity(statement: Statement) -> Iterator[str]:
    """A "do not" denies in both wordings; no other statement denies in one only where it begins."""
    clinical, plain = (_denies(text) for text in (statement.clinical, statement.plain))
    if statement.strength is Strength.DO_NOT:
        for denies, name in ((clinical, "clinical"), (plain, "plain")):
            if not denies:
                yield f"a do-not whose {name} wording holds no 'not' or 'avoid'"
    elif clinical != plain:
        yield f"only the {'clinical' if clinical else 'plain'} wording holds a 'not'"


def _denies(text: str) -> bool:
    """Whether a text holds a word that denies."""
    return _DENIAL.search(matching_form(text)) is not None


def _verb(statement: Statement) -> Iterator[str]:
    """The verb is the strength's own (rules 2 of the wording)."""
    for name, text in (("clinical", statement.clinical), ("plain", statement.plain)):
        form = matching_form(text)
        if statement.strength is Strength.CONSIDER and not _CONSIDER.search(form):
            yield f"the {name} wording of a 'consider' has no 'consider', 'may be considered' or 'can be'"
        forced = _FORCE.search(form)
        if statement.strength in (Strength.CONSIDER, Strength.INFORMATION) and forced:
            yield f"the {name} wording of a {statement.strength.value!r} says {forced.group()!r}"
        if statement.strength is Strength.DO and re.search(r"\b(?:consider|considered|may be offered)\b", form):
            yield f"the {name} wording of a 'do' says 'consider'"


def _doses(statement: Statement) -> Iterator[str]:
    """A dose stands in the plain wording only as what a prescriber would use (rule 4 of the wording)."""
    prescriber = _PRESCRIBER in " ".join(statement.plain.lower().split())
    if statement.dose and not prescriber:
        yield "it states a dose, and the plain wording does not say 'A prescriber would use'"
    if not (statement.dose or statement.dose_fact) and (found := _DOSE.search(statement.clinical)):
        yield f"it holds the dose {found.group()!r} without dose=yes or dose=fact"


def _length(statement: Statement) -> Iterator[str]:
    """Short sentences for everybody, two at most for clinicians."""
    for span in sentences(statement.plain):
        words = span.of(statement.plain).split()
        if len(words) > _PLAIN_SENTENCE:
            yield f"a plain sentence has {len(words)} words (at most {_PLAIN_SENTENCE}): {' '.join(words[:6])} ..."
    if (count := len(statement.clinical.split())) > _CLINICAL_WORDS:
        yield f"the clinical wording has {count} words (about 35 at most)"
    if (count := len(sentences(statement.clinical))) > _CLINICAL_SENTENCES:
        yield f"the clinical wording has {count} sentences (two at most)"


def _mixing(statement: Statement) -> Iterator[str]:
    """UK and US never in one statement, unless it states a disagreement (rule 6 of the wording)."""
    both = f"{statement.clinical} {statement.plain}"
    british, american = _UK.search(both), _US.search(both)
    # Telephone numbers and disagreements are the two places where both countries stand together, each labelled.
    together = statement.jurisdiction is Jurisdiction.INT and (
        "disagreements" in statement.where or statement.basis is Basis.OWN_RULE
    )
    if british and american and not together:
        yield f"it names both {british.group()} and {american.group()}"
    elif statement.jurisdiction is Jurisdiction.GB and american:
        yield f"it is GB and names {american.group()}"
    elif statement.jurisdiction is Jurisdiction.US and british:
        yield f"it is US and names {british.group()}"


def _spelling(statement: Statement) -> Iterator[str]:
    """How numbers and readers are written (rules 3 and 5 of the wording)."""
    if re.search(r"\bmcg\b", statement.plain):
        yield "the plain wording says 'mcg': write micrograms"
    if re.search(r"\bmicrograms?\b", statement.clinical):
        yield "the clinical wording says 'micrograms': write mcg"
    for name, text in (("clinical", statement.clinical), ("plain", statement.plain)):
        if found := _THOUSANDS.search(text):
            yield f"the {name} wording writes {found.group()} with a comma"
        if "the person you care for" in text.lower():
            yield f"the {name} wording says 'the person you care for': write {{you}}"
