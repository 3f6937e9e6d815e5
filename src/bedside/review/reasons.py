"""Reasons in words: why an approval lapsed, as the queue, the pages and the terminal say it."""

from __future__ import annotations

from collections.abc import Mapping

from bedside.review.lapse import Why

_SAID: Mapping[Why, str] = {
    Why.WORDING: "it was changed",
    Why.CHANGED: "{ref} beneath it was changed",
    Why.SUPERSEDED: "{ref} was superseded{by}",
    Why.RETRACTED: "{ref} was retracted",
    Why.CONCERN: "there is concern about {ref}",
    Why.DUE: "{ref} is past its review date{since}",
    Why.EDITED: "the record of {ref} was edited",
    Why.GONE: "{ref} is gone",
    Why.ADDED: "it rests on {ref} now, which nobody had seen",
    Why.EXPIRED: "the signature expired{since}",
    Why.NEEDS: "it needs {ref}, which is approved no more",
}


def said(reason: Mapping[str, str]) -> str:
    """A reason for a lapse (the JSON of ``lapse.Reason``) in plain words."""
    why, of = Why(reason["why"]), reason["of"]
    about = reason["ref"].replace(":", " ", 1)
    return _SAID[why].format(ref=about, by=f" by {of}" if of else "", since=f" on {of}" if of else "")
