"""Hosts: the server answers only under the names it was given.

A page elsewhere can have its own name point at 127.0.0.1 (DNS rebinding) and then read what a server on the reader's
machine says, as if it were its own. It cannot change the name that the browser sends.
"""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from bedside.servers.problem import Problem, refuse
from bedside.servers.walls import ANY_HOST

_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?")


class TrustedHosts:
    """Turns away, with 400, a request without exactly one ``Host``, or with one that is not ours."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self.app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or turn it away."""
        if scope["type"] != "http" or self._ours(scope):
            await self.app(scope, receive, send)
            return
        await refuse(Problem.WRONG_HOST, scope, receive, send)

    def _ours(self, scope: Scope) -> bool:
        if ANY_HOST in self._hosts:
            return True
        named = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        match = _HOST.fullmatch(named[0]) if len(named) == 1 else None
        return match is not None and match[1].lower() in self._hosts
