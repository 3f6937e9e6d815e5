"""A command group that loads a command only when it is called, and offers the nearest name for a wrong one."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from bedside.errors import UsageError

# What `bedside --help` says of each command, so that help loads none of them.
SUMMARIES = {
    "ask": "Answer a clinical question.",
    "protocol": "List, show, lint and test the protocols.",
    "library": "Load, search and look after guidelines and literature.",
    "doctor": "Check that everything needed is in place and in order.",
    "check": "Hold a sentence against a passage, or our statements against their originals.",
    "audit": "Check an article written elsewhere.",
    "evaluate": "Measure the checker.",
    "replay": "Recompute a saved answer and compare.",
    "follow-up": "Go on with a thread: tell more, correct, suppose; what changed, and why.",
    "verify": "Verify the bundle of an answer, on any machine.",
    "review": "The board: queue, sign, lapse, and prove the trail.",
    "purge": "Delete old threads for good.",
    "serve": "Start the pages and the API on this machine.",
}


class LazyGroup(click.Group):
    """A group whose commands are given as ``name -> "module:attribute"``; ``summaries`` is what help says of each."""

    def __init__(
        self,
        *args: Any,
        lazy: Mapping[str, str] | None = None,
        summaries: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = dict(lazy or {})
        self._summaries = dict(summaries or SUMMARIES)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order in which it was declared."""
        return [*self._lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded now, or None."""
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self._lazy[cmd_name].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101  (a slip in the table above, not of the user)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a wrong name is refused with the nearest one."""
        names = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in names:
            from bedside.settings import nearest

            raise UsageError(f"There is no command {args[0]!r}.", nearest(args[0], names))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with their one-line summaries, without loading the lazy ones."""
        if not self._lazy:
            super().format_commands(ctx, formatter)
            return
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._summaries[name]) for name in self._lazy])
