"""XML from outside, read without trust: no entities of its own, no network, no DTD, no node without a limit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from bedside.errors import InputRefused

_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0")
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]{0,40})[\"']")
_ONE_BYTE = re.compile(r"iso-?8859-?\d{1,2}|latin-?\d|windows-125\d|cp125\d|koi8-[ru]", re.IGNORECASE)
_TOO_LONG = 114  # libxml2's XML_ERR_RESOURCE_LIMIT
_ENCODING = 81  # libxml2's XML_ERR_INVALID_ENCODING


SAFE: Final[Mapping[str, Any]] = {
    "resolve_entities": False,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "no_network": True,
    "huge_tree": False,
    "recover": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""What every parser here is made with. ``collect_ids`` must stay on: lxml 6.1 loads the external DTD, and parameter
entities, when it is off."""


def xml_parser(encoding: str | None = None) -> etree.XMLParser:
    """A parser that expands only the five predefined entities and numeric ones, and fetches nothing.

    An external DTD may be named (PubMed's files do) and is not loaded. A text of more than 10 MB and nesting deeper
    than 256 fail, because ``huge_tree`` is off. *encoding* overrides what the document declares.
    """
    return etree.XMLParser(encoding=encoding, **SAFE)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root of a whole document, for documents that are small enough to stand in memory (an article).

    Raises InputRefused when it is not well-formed, declares an entity, or uses one that only its DTD would explain.
    *name* is what errors call it.
    """
    refuse_entities(data, name)
    try:
        root = etree.fromstring(data, xml_parser())
    except etree.XMLSyntaxError as error:
        raise InputRefused(
            f"{name}: {fault(error)}, line {error.lineno or 1}.", "Download it again, or leave it out."
        ) from error
    for entity in root.iter(etree.Entity):
        raise InputRefused(f"{name}: uses the entity {entity.text}, which XML does not know.", "Leave it out.")
    return root


def refuse_entities(data: bytes, name: str) -> None:
    """Raise InputRefused when a document (or what stands before its first element) may declare an entity.

    Told from the bytes, before any parser sees them: a parser that meets a parameter entity has already fetched it.
    UTF-16 and UTF-32 are refused with it, because a declaration would hide in them; what is read here is UTF-8.
    """
    if data.startswith(_WIDE):
        raise InputRefused(f"{name}: is not UTF-8 text.", "Convert it to UTF-8 and load it again.")
    if b"<!ENTITY" in data:
        raise InputRefused(
            f"{name}: declares entities of its own, which no publisher's file does and which can fill the memory or "
            "read other files.",
            "Do not load it; download it again from its publisher.",
        )


def declared_encoding(head: bytes) -> str | None:
    """The encoding to force on parts of a document, from its first bytes: None for UTF-8.

    Only the one-byte encodings are believed. Everything else is read as UTF-8, so that a wrong declaration costs the
    records that are not UTF-8 and never invents letters.
    """
    found = _DECLARED.match(head)
    name = found.group(1).decode("ascii") if found else ""
    if not _ONE_BYTE.fullmatch(name):
        return None
    try:
        etree.XMLParser(encoding=name)
    except LookupError:
        return None
    return name


def fault(error: etree.XMLSyntaxError) -> str:
    """What is wrong with a document that is not well-formed, in words that end a sentence."""
    code = getattr(error, "code", None)
    if code == _TOO_LONG:
        return "text longer than 10,000,000 characters, or nested too deep"
    if code == _ENCODING:
        return "its bytes are not the encoding it declares"
    said = (error.msg or "not well-formed").split(", line ")[0].strip()
    return f"broken XML ({said})"
