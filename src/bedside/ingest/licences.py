"""Licences of loaded documents: which one is stated, whether its words may be kept, and how they may be shown.

The vocabulary is closed: the Creative Commons licences with their version ("CC BY-NC 4.0"), and the names below.
Wherever a document says two things, the stricter one holds; what is not recognised counts as not stated. This is a
careful reading for the owner of a library, not legal advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

PUBLIC_DOMAIN = "public domain"
CC0 = "CC0"
OWN_DOCUMENT = "own document"
OPEN_GOVERNMENT = "OGL"
PUBMED_ABSTRACT = "PubMed abstract"
ALL_RIGHTS_RESERVED = "all rights reserved"
UNKNOWN = "unknown"

QUOTATION = 40
"""The most words quoted from a document whose licence does not let its text be shown."""


@dataclass(frozen=True, slots=True)
class Showing:
    """How words under a licence may be shown: in full where ``verbatim``, else at most ``words`` words as a quotation.

    ``words`` is 0 where there is no limit. ``reason`` is a sentence for a reader, with what showing asks for.
    """

    verbatim: bool
    words: int
    reason: str


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence of one document: its short name, whether its text may be kept and shown, and why."""

    name: str
    keep: bool
    show: bool
    reason: str


_FREE = {
    PUBLIC_DOMAIN: "The text is in the public domain.",
    CC0: "Its authors have given up their rights in the text (CC0).",
    OWN_DOCUMENT: "The document belongs to the owner of this library.",
    OPEN_GOVERNMENT: "The Open Government Licence lets the text be shown with its attribution.",
    PUBMED_ABSTRACT: "PubMed shows this abstract to everybody; its publisher may hold the copyright.",
}
_RESERVED = {
    ALL_RIGHTS_RESERVED: "All rights are reserved",
    UNKNOWN: "No licence that lets the text be shown is stated",
}
_COMMONS = {
    "BY": "may be shown with attribution.",
    "BY-SA": "may be shown with attribution; what is made from it carries the same licence.",
    "BY-NC": "may be shown with attribution, not for commercial use.",
    "BY-NC-SA": "may be shown with attribution, not for commercial use; what is made from it carries the same licence.",
    "BY-ND": "may be shown word for word with attribution, never changed.",
    "BY-NC-ND": "may be shown word for word with attribution, never changed, not for commercial use.",
}
_STRICTNESS = tuple(_COMMONS)  # from the freest to the strictest

_NAME = re.compile(r"CC (?P<family>BY(?:-[A-Z]{2}){0,2})(?: (?P<version>[1-4]\.\d))?")
_ADDRESS = re.compile(
    r"creativecommons\.org/licen[sc]es/(?:cc-?)?(?P<family>by(?:-(?:nc|nd|sa)){0,2})(?![a-z-])(?:/(?P<version>[1-4]\.\d))?"
)
_CC0_ADDRESS = re.compile(r"creativecommons\.org/(?:publicdomain|licen[sc]es)/(?:zero|cc0)")
_MARK_ADDRESS = re.compile(r"creativecommons\.org/(?:publicdomain/mark|licen[sc]es/publicdomain)")
_OGL_ADDRESS = re.compile(r"nationalarchives\.gov\.uk/doc/open-government-licence")
_ANY_ADDRESS = re.compile(r"https?://\S+|\bcreativecommons\.org/\S+")
_COMMONS_WORDS = re.compile(r"creative ?commons|\bcc[ -]?by\b")
_BY_WORDS = re.compile(r"\battribution\b|\bby\b[ -](?:licen|nc|nd|sa|\d)|\bcc[ -]?by\b")
_ZERO_WORDS = re.compile(r"\bcc[ -]?0\b|\bcc zero\b")
_DOMAIN_WORDS = re.compile(r"public domain")
_NOT_DOMAIN = re.compile(r"\b(?:not|nor|never)\b[^.;]{0,40}\bpublic domain")
_DATA_ONLY = re.compile(
    r"public domain dedication.{0,250}\b(?:data|metadata)\b|\bcc[ -]?0\b.{0,120}\b(?:data|metadata)\b"
)
_NO_COMMERCE = re.compile(
    r"\bnon ?-?commerc|\bnot (?:be )?(?:permit|allow|used?)\w*[^.]{0,30}\bcommercial|\bno commercial|\bnot for profit"
    r"|\bby[ -]nc\b"
)
_NO_CHANGE = re.compile(
    r"\bno ?-?der[iv]|\bno (?:modifications|alterations|changes)|\bnot (?:be )?(?:altered|changed|modified)"
    r"|\bcannot be (?:altered|changed|modified)|\bunmodified\b|\bwithout (?:any )?(?:modification|change|alteration)"
    r"|\bunchanged\b|\bby[ -](?:nc[ -])?nd\b"
)
_SHARE_ALIKE = re.compile(r"\bshare ?-?alike|\bidentical terms|\bby[ -](?:nc[ -])?sa\b")
_VERSION = re.compile(
    r"(?:licen[sc]e|cc[ -]by[ a-z-]{0,60}|attribution[ a-z-]{0,60}|alike|commercial|deriv\w{0,9})"
    r"[ ,(v]{0,4}([1-4]\.0|2\.5)\b"
)
_ALL_RIGHTS = re.compile(r"all rights reserved|\bfair use\b|\btext[ -]mining\b")
_COPYRIGHT = re.compile(r"©|\(c\)|\bcopyright\b")
_SOME_RIGHTS = re.compile(
    r"\bpermit(?:s|ted)\b|\bentitled to\b|\bopen[ -]access\b"
)  # in words of its own: not known here


def licence_of(text: str, urls: Iterable[str] = ()) -> Licence:
    """The licence that *text* (the statement printed in a document) and *urls* (links given with it) state.

    Of several, the strictest; without one, "all rights reserved" where a copyright is claimed, else "unknown".
    """
    words = " ".join(text.casefold().split())
    addresses = [address.casefold() for address in (*urls, *_ANY_ADDRESS.findall(words))]
    plain = _ANY_ADDRESS.sub(" ", words)
    if commons := _commons(plain, addresses):
        return licence_named(commons)
    if any(map(_OGL_ADDRESS.search, addresses)) or "open government licence" in plain:
        return licence_named(OPEN_GOVERNMENT)
    if not _DATA_ONLY.search(words):
        if any(map(_CC0_ADDRESS.search, addresses)) or _ZERO_WORDS.search(plain):
            return licence_named(CC0)
        marked = any(map(_MARK_ADDRESS.search, addresses)) or _DOMAIN_WORDS.search(plain)
        if marked and not _NOT_DOMAIN.search(plain):
            return licence_named(PUBLIC_DOMAIN)
    reserved = _ALL_RIGHTS.search(plain) or (_COPYRIGHT.search(plain) and not _SOME_RIGHTS.search(plain))
    return licence_named(ALL_RIGHTS_RESERVED if reserved else UNKNOWN)


def licence_named(name: str) -> Licence:
    """The licence with this short name; a name outside the vocabulary counts as "unknown" and says so."""
    showing = may_show(name)
    known = name in _FREE or name in _RESERVED or _family(name) in _COMMONS
    return Licence(name if known else UNKNOWN, keep=True, show=showing.verbatim, reason=showing.reason)


def may_show(licence_name: str) -> Showing:
    """How words under the licence with this short name may be shown; an unknown name is the strictest case."""
    if licence_name in _FREE:
        return Showing(verbatim=True, words=0, reason=_FREE[licence_name])
    if terms := _COMMONS.get(_family(licence_name)):
        return Showing(verbatim=True, words=0, reason=f"Under {licence_name} the text {terms}")
    why = _RESERVED.get(
        licence_name, f"The licence {licence_name!r} is not known" if licence_name else _RESERVED[UNKNOWN]
    )
    reason = f"{why}: kept for search in the owner's own library, quoted with at most {QUOTATION} words."
    return Showing(verbatim=False, words=QUOTATION, reason=reason)


def _family(name: str) -> str:
    """``BY-NC`` of "CC BY-NC 4.0"; "" for a name that is not of Creative Commons."""
    match = _NAME.fullmatch(name)
    return match["family"] if match else ""


def _commons(plain: str, addresses: list[str]) -> str:
    """The strictest Creative Commons licence stated in words or addresses, by its short name, or ""."""
    found = filter(None, map(_ADDRESS.search, addresses))
    stated = [(_ordered(match["family"]), match["version"] or "") for match in found]
    named = _COMMONS_WORDS.search(plain) and _BY_WORDS.search(plain)
    if named or stated:  # words may forbid what the address beside them allows
        dated = _VERSION.search(plain)
        stated.append((_family_in_words(plain), dated[1] if named and dated else ""))
    if not stated:
        return ""
    family = max((family for family, _ in stated), key=_STRICTNESS.index)
    versions = [version for given, version in stated if given == family and version]
    versions += [version for _, version in stated if version]
    version = versions[0] if versions else ""
    return f"CC {family} {version}".strip()


def _family_in_words(plain: str) -> str:
    """The family that the words amount to."""
    parts = ["BY"]
    if _NO_COMMERCE.search(plain):
        parts.append("NC")
    if _NO_CHANGE.search(plain):
        parts.append("ND")
    elif _SHARE_ALIKE.search(plain):
        parts.append("SA")
    return "-".join(parts)


def _ordered(family: str) -> str:
    """The family in its usual order: ``by-nd-nc`` is BY-NC-ND; no derivatives goes before share alike."""
    given = set(family.upper().split("-"))
    change = "ND" if "ND" in given else "SA"
    return "-".join(part for part in ("BY", "NC", change) if part in given)
