"""The checker as the exam asks it: whether a sentence may stand on the passages it cites."""

from __future__ import annotations

from collections.abc import Callable

from bedside.evaluation.exam_items import Item
from bedside.verification.checks.classes import members_kept
from bedside.verification.figures import claim_figures
from bedside.verification.judging import judge_all
from bedside.verification.terms import Terms
from bedside.verification.verdict import SHOWN

PLAIN = "plain"
"""The group of plain wordings: the gate holds them to the clinical wording's figures and names, not to its words."""


def stands_by(terms: Terms) -> Callable[[Item], bool]:
    """The checker with the words it compares by. A sentence that cites nothing, or what is not there, never stands;
    every passage it cites is asked, and no other."""

    def stands(item: Item) -> bool:
        cited = [(str(place), item.passages[place]) for place in item.cited if place < len(item.passages)]
        if not cited or len(cited) < len(item.cited):
            return False
        if item.group == PLAIN:
            return _same_in_plain(item.sentence, cited[0][1], terms)
        return judge_all(item.sentence, cited, terms).verdict in SHOWN

    return stands


def _same_in_plain(plain: str, clinical: str, terms: Terms) -> bool:
    figures = claim_figures(plain, clinical, terms.units.tokens, "")
    return not any(figures) and not any(members_kept(plain, clinical, terms, ""))
