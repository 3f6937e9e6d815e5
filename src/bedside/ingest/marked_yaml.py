"""YAML (and JSON, which YAML contains) with the line of everything kept, so that an error can say ``file:line``.

Four habits differ from a plain YAML loader, each because content is clinical:

* a number with a decimal point stays the text that was written ("0.7378"), so that ``Decimal`` is exact;
* a date stays text;
* only ``true`` and ``false`` are booleans, so that the word "no" in a list of words is a word;
* a key given twice is an error, where YAML would silently keep the last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from bedside.errors import ContentError

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))

Scalar = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Marked:
    """A value and where it was written.

    ``value`` is a scalar, a tuple of :class:`Marked`, or a mapping of text to :class:`Marked`. ``line`` counts from 1
    and is the line of the key where there is one, because that is the line a person looks for.
    """

    value: Scalar | tuple[Marked, ...] | Mapping[str, Marked]
    file: str
    line: int

    @property
    def where(self) -> str:
        """``file:line``."""
        return f"{self.file}:{self.line}"

    def plain(self) -> Any:
        """The same data without its marks, as JSON would hold it."""
        if isinstance(self.value, Mapping):
            return {key: item.plain() for key, item in self.value.items()}
        if isinstance(self.value, tuple):
            return [item.plain() for item in self.value]
        return self.value


def read_yaml(text: str, file: str) -> Marked:
    """Read one document; *file* is the name used in errors.

    Raises ContentError on broken YAML, a key given twice, a key that is not text, a tag, or a value that contains
    itself. An empty document is an empty mapping.
    """
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(
            f"{file}:{line}", f"not readable as YAML: {error.problem}.", "Check the indentation and quotes."
        ) from error
    except yaml.YAMLError as error:
        raise ContentError(f"{file}:1", f"not readable as YAML: {error}.") from error
    if node is None:
        return Marked({}, file, 1)
    return _marked(node, file, node.start_mark.line + 1, ())


def _marked(node: yaml.Node, file: str, line: int, parents: tuple[int, ...]) -> Marked:
    """Turn a composed node into marked data; *parents* guards against a value that contains itself."""
    if id(node) in parents:
        raise ContentError(f"{file}:{line}", "a value contains itself.", "Write it out instead of using an alias.")
    if node.tag not in _PLAIN_TAGS:
        raise ContentError(f"{file}:{line}", f"the tag {node.tag} is not used here.", "Remove the tag.")
    inside = (*parents, id(node))
    if isinstance(node, yaml.MappingNode):
        return Marked(_mapping(node, file, inside), file, line)
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_marked(item, file, item.start_mark.line + 1, inside) for item in node.value)
        return Marked(items, file, line)
    return Marked(_scalar(node), file, line)


def _mapping(node: yaml.MappingNode, file: str, parents: tuple[int, ...]) -> dict[str, Marked]:
    """The entries of a mapping, in the order written."""
    entries: dict[str, Marked] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise ContentError(f"{file}:{line}", "a key must be a word.", "Quote it if it starts with a bracket.")
        key = str(key_node.value)
        if key in entries:
            first = entries[key].line
            raise ContentError(
                f"{file}:{line}", f"the key {key!r} is given twice (first on line {first}).", "Keep one."
            )
        entries[key] = _marked(value_node, file, line, parents)
    return entries


def _scalar(node: yaml.Node) -> Scalar:
    """A quoted scalar is text; a bare one may be a whole number, true, false or nothing."""
    written = str(node.value)
    if getattr(node, "style", None):
        return written
    if written in _WORDS:
        return _WORDS[written]
    return int(written) if _INTEGER.fullmatch(written) else written
