"""Frozen dataclasses of texts, flags, whole numbers, enums and tuples as plain JSON values, and strictly back."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

_Noun = TypeVar("_Noun")


def to_plain(value: Any) -> Any:
    """The value as plain JSON; of a dataclass, every field that has not its default."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [to_plain(each) for each in value]
    if is_dataclass(value):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: to_plain(own) for field, own in pairs if field.default is MISSING or own != field.default}
    return value


def from_plain(noun: type[_Noun], data: Any) -> _Noun:
    """The dataclass *noun* that :func:`to_plain` wrote. Raises ValueError where anything is missing, too much, or of
    another type."""
    known = _hints(noun)  # type: ignore[arg-type]  # a class can be hashed
    if not isinstance(data, Mapping) or not data.keys() <= known.keys():
        raise ValueError(f"not a {noun.__name__}")
    try:
        return noun(**{name: _value(known[name], own) for name, own in data.items()})
    except TypeError:
        raise ValueError(f"not a {noun.__name__}: something is missing") from None


@lru_cache(maxsize=64)
def _hints(noun: Hashable) -> Mapping[str, Any]:
    return get_type_hints(noun)


def _value(hint: Any, data: Any) -> Any:
    if get_origin(hint) is UnionType:
        if data is None and NoneType in get_args(hint):
            return None
        [hint] = (each for each in get_args(hint) if each is not NoneType)
    if get_origin(hint) is tuple and isinstance(data, list):
        return tuple(_value(get_args(hint)[0], each) for each in data)
    if is_dataclass(hint) and isinstance(hint, type):
        return from_plain(hint, data)
    if isinstance(hint, type) and issubclass(hint, Enum) and isinstance(data, str):
        return hint(data)
    if hint in (str, bool, int) and type(data) is hint:
        return data
    raise ValueError(f"{data!r:.80} is not what is wanted")
