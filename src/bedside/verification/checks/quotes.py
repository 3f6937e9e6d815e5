"""Quotes: words between quotation marks stand in the passage in that order, with their symbols."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bedside.text.matching import matching_form
from bedside.text.span import Span
from bedside.verification.pair import Pair
from bedside.verification.verdict import Finding, Verdict

_QUOTED = re.compile('["\u201c\u00ab]([^"\u201c\u201d\u00ab\u00bb]{3,2000})["\u201d\u00bb]')
_LEAST = 3  # words; shorter ones are terms and ironies, not quotations


def quotes(pair: Pair) -> Iterator[Finding]:
    """A quotation that is not word for word in the passage."""
    text = pair.mine(pair.claim.span)
    for match in _QUOTED.finditer(text):
        quoted = matching_form(match[1].strip(" .,;"))
        if len(quoted.split()) >= _LEAST and f" {quoted} " not in f" {matching_form(pair.passage.text)} ":
            here = Span(pair.claim.span.start + match.start(1), pair.claim.span.start + match.end(1))
            message = "the words in quotation marks are not the passage's"
            yield Finding("quotation", Verdict.UNSUPPORTED, message, here=here, against=pair.against)
