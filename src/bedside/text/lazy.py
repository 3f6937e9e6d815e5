"""A mapping whose values are made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar, overload

Raw = TypeVar("Raw")
Noun = TypeVar("Noun")
Default = TypeVar("Default")


class LazyMapping(Mapping[str, Noun], Generic[Raw, Noun]):
    """Key -> noun, each built on first use from its compiled form."""

    def __init__(self, data: Mapping[str, Raw], build: Callable[[str, Raw], Noun]) -> None:
        self._data, self._build = data, build
        self._built: dict[str, Noun] = {}

    def __getitem__(self, key: str) -> Noun:
        if key not in self._built:
            self._built[key] = self._build(key, self._data[key])
        return self._built[key]

    @overload
    def get(self, key: str, default: None = None, /) -> Noun | None: ...
    @overload
    def get(self, key: str, default: Noun | Default, /) -> Noun | Default: ...
    def get(self, key: str, default: Noun | Default | None = None, /) -> Noun | Default | None:
        """The value, or the default where there is none, without an exception on the way: most words are in no list."""
        return self[key] if key in self._data else default

    def __contains__(self, key: object) -> bool:
        return key in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)
