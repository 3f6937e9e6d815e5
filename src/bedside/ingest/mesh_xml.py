"""The MeSH vocabulary: NLM's descriptor file (XML, about 300 MB) as a stream of descriptors.

Read with the elements of NLM's DTD: DescriptorRecordSet / DescriptorRecord / ConceptList / Concept / TermList / Term.
A file of JSON lines with names and tree numbers only is read, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast

from lxml import etree
from lxml.etree import _Element

from bedside.errors import InputRefused
from bedside.evidence.descriptor import Descriptor
from bedside.ingest.xml_safety import SAFE, fault, refuse_entities

_ROOT = b"<DescriptorRecordSet"
_RECORD = "DescriptorRecord"
_HEAD = 1 << 16
_BLOCK = 1 << 18
_REMEDY = "Give NLM's descriptor file (desc2025.xml or its gzip form), downloaded whole."


def read_mesh(stream: BinaryIO, name: str = "MeSH") -> Iterator[Descriptor]:
    """Every descriptor of NLM's file in its order, one in memory at a time. *name* is what errors call the file.

    Raises InputRefused when it is another file, is broken (what stood before that place has been handed on), declares
    entities, or has a descriptor without its identifier or name.
    """
    head = _head(stream, name)
    parser = etree.XMLPullParser(events=("end",), tag=_RECORD, **SAFE)
    number = 0
    try:
        for block in _blocks(head, stream):
            parser.feed(block)
            for _, element in parser.read_events():
                number += 1
                yield _descriptor(cast("_Element", element), name, number)
                _forget(cast("_Element", element))
        parser.close()
    except etree.XMLSyntaxError as error:
        raise InputRefused(f"{name}: {fault(error)}, after {number} descriptors.", _REMEDY) from error
    if not number:
        raise InputRefused(f"{name}: holds no descriptor.", _REMEDY)


def read_mesh_lines(stream: Iterable[bytes], name: str = "MeSH") -> Iterator[Descriptor]:
    """Descriptors of a file of JSON lines with ``mesh_id``, ``name`` and ``tree_numbers``; such files have no synonyms.

    Raises InputRefused, naming the line, for one that is not so.
    """
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            yield Descriptor(entry["mesh_id"], entry["name"], trees=tuple(map(str, entry["tree_numbers"])))
        except (ValueError, TypeError, KeyError) as error:
            raise InputRefused(f"{name}, line {number}: is no descriptor ({error!r}).", _REMEDY) from error


def _head(stream: BinaryIO, name: str) -> bytes:
    """The file up to its root element at least, where entities would be declared."""
    head = b""
    while _ROOT not in head:
        block = stream.read(_HEAD)
        head += block
        if not block or len(head) > 2 * _HEAD:
            raise InputRefused(f"{name}: has no DescriptorRecordSet, so it is no file of descriptors.", _REMEDY)
    refuse_entities(head, name)
    return head


def _blocks(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield head
    while block := stream.read(_BLOCK):
        yield block


def _forget(element: _Element) -> None:
    """Free a record that was read, and what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _text(element: _Element, path: str) -> str:
    """The text at *path*, white space in one form, or ""."""
    return " ".join((element.findtext(path) or "").split())


def _descriptor(element: _Element, name: str, number: int) -> Descriptor:
    for entity in element.iter(etree.Entity):
        raise InputRefused(
            f"{name}: descriptor {number} uses the entity {entity.text}, which XML does not know.", _REMEDY
        )
    ui, heading = _text(element, "DescriptorUI"), _text(element, "DescriptorName/String")
    if not (ui and heading):
        missing = "name" if ui else "identifier"
        raise InputRefused(f"{name}: descriptor {ui or number} has no {missing}.", _REMEDY)
    terms: dict[str, list[str]] = {"same": [], "narrower": [], "related": []}
    concepts = element.findall("ConceptList/Concept")
    narrower = _narrower(concepts)
    for concept in concepts:
        own = _text(concept, "ConceptUI")
        preferred = concept.get("PreferredConceptYN") == "Y"
        terms["same" if preferred else "narrower" if own in narrower else "related"].extend(_terms(concept))
    trees = tuple(tree for each in element.findall("TreeNumberList/TreeNumber") if (tree := (each.text or "").strip()))
    taken = {heading}
    return Descriptor(
        ui, heading, _new(terms["same"], taken), trees, *(_new(terms[k], taken) for k in ("narrower", "related"))
    )


def _terms(concept: _Element) -> list[str]:
    return [written for term in concept.findall("TermList/Term") if (written := _text(term, "String"))]


def _new(found: Iterable[str], taken: set[str]) -> tuple[str, ...]:
    """What was not taken before, each once, in its order."""
    kept = tuple(term for term in dict.fromkeys(found) if term not in taken)
    taken.update(kept)
    return kept


def _narrower(concepts: Iterable[_Element]) -> frozenset[str]:
    """The concepts that a relation NRW calls narrower: it leads from the broader one to them."""
    return frozenset(
        _text(relation, "Concept2UI")
        for concept in concepts
        for relation in concept.findall("ConceptRelationList/ConceptRelation")
        if relation.get("RelationName") == "NRW"
    )
