"""From "you" to "they": the plain wording for somebody who cares for the patient.

Plain wordings speak to "you"; where "you" is an object it is written ``{you}``. English "they" takes the verb forms of
"you", so the change is safe word by word.
"""

from __future__ import annotations

import re

_THIRD = {"you": "they", "your": "their", "yours": "theirs", "yourself": "themselves"}
_WORD = re.compile(r"\{you\}|\b(?:you|your|yours|yourself)\b", re.IGNORECASE)


def third_person(plain: str) -> str:
    """The wording for a carer: you -> they, your -> their, {you} -> them."""

    def word(match: re.Match[str]) -> str:
        found = match[0]
        if found.lower() == "{you}":
            return "them"
        third = _THIRD[found.lower()]
        return third.capitalize() if found[0].isupper() else third

    return _WORD.sub(word, plain)


def second_person(plain: str) -> str:
    """The wording for the patient: ``{you}`` -> you."""
    return plain.replace("{you}", "you")
