"""The descriptor: one subject heading of the MeSH vocabulary, with its names and its place in the tree."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A heading. ``terms`` mean exactly the same as ``name``: the terms of the preferred concept, without the name.

    ``narrower`` are terms of concepts that MeSH files under the heading as narrower; ``related`` those of other
    concepts of it. Both are not synonyms. ``trees`` are tree numbers ("D03.633.100"). Terms are as MeSH writes them,
    permuted forms ("Deficiency, Vitamin B 12") among them.
    """

    ui: str
    name: str
    terms: tuple[str, ...] = ()
    trees: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
