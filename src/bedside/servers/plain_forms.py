"""Plain forms: what a page sends is fields and values, and nothing else is read as a form.

The other kind of form, in parts (``multipart/form-data``), may name a character set of its own, and Python knows some
that take minutes to read from one body; while a form is read, nobody else is answered. No form of ours has files.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from bedside.servers.bodies import SIZE
from bedside.servers.problem import API, Problem, refuse

_PLAIN = b"application/x-www-form-urlencoded"


class PlainForms:
    """Turns away (400), outside ``/api/``, a body that is not declared as a plain form.

    Stands behind the wall that reads bodies whole.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or turn it away."""
        if scope.get(SIZE) and not scope["path"].startswith(API) and not _plain(scope):
            await refuse(Problem.UNREADABLE, scope, receive, send)
            return
        await self.app(scope, receive, send)


def _plain(scope: Scope) -> bool:
    declared = [value.partition(b";")[0] for name, value in scope["headers"] if name == b"content-type"]
    return [kind.strip().lower() for kind in declared] == [_PLAIN]
