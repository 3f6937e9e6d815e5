"""Whose signature an item can take: never that of who worded it, submitted it, or has signed it already.

One person may have two accounts; a registration is one person's. Signatures of different accounts under one
registration are one signature.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from bedside.review.member import Member
from bedside.review.standing import Signature, Standing


def barred(standing: Standing, who: Member) -> str:
    """Why the item cannot take this member's signature ("was worded by you"); "" where nothing is in the way."""
    if who.handle == standing.author:
        return "was worded by you"
    if who.handle == standing.submitter:
        return "was submitted by you"
    if any(each.handle == who.handle for each in standing.signatures):
        return "was signed by you already"
    return "was signed under your registration already" if signed_by(standing, who) else ""


def signed_by(standing: Standing, who: Member) -> bool:
    """Whether a signature of this round is the member's own, or stands under the member's registration."""
    number = number_of(who.registration)
    return any(
        each.handle == who.handle or (number and number_of(each.registration) == number) for each in standing.signatures
    )


def signers(signatures: Iterable[Signature]) -> int:
    """How many people signed: as many as there are accounts, and no more than registrations."""
    given = tuple(signatures)
    accounts = {(each.board, each.handle) for each in given}
    return min(len(accounts), len({number_of(each.registration) for each in given}))


def number_of(registration: str) -> str:
    """A registration as it is compared: letters and digits, however they are spaced, cased or punctuated."""
    return "".join(c for c in unicodedata.normalize("NFKC", registration).casefold() if c.isalnum())
