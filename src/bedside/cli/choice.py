"""A choice on the command line that offers the nearest name for a wrong one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import click

from bedside.errors import UsageError
from bedside.settings import REGIONS, nearest


class NearestChoice(click.ParamType):  # type: ignore[type-arg]  # older releases of click know no parameter here
    """One of a closed set of words, in any case. ``called`` maps what people also call one, in lower case, to it."""

    name = "choice"

    def __init__(self, choices: tuple[str, ...], called: Mapping[str, str] = MappingProxyType({})) -> None:
        self.choices, self.called = choices, called

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word as it is written in the set; raises UsageError with the nearest name."""
        del ctx
        written = str(value).lower()
        for choice in self.choices:
            if self.called.get(written, written).lower() == choice.lower():
                return choice
        name = param.opts[-1] if param else "value"
        raise UsageError(f"{name}: there is no {value!r}.", nearest(str(value), self.choices))

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """What help shows: the words, parted by bars."""
        del param, ctx
        return "[" + "|".join(self.choices) + "]"


REGION = NearestChoice(REGIONS, {"uk": "GB", "usa": "US"})
"""A region of the settings, also by the name that people say."""
