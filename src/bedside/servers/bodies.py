"""Bodies: read whole before anything looks at them, as large and as slow as is allowed and no more."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bedside.servers.problem import Problem, refuse

SIZE = "bedside.body_bytes"
"""Where the scope has the length of a body that passed."""
_CLOSE = {"Connection": "close"}  # what is left of the body is never read


class BodyLimit:
    """Turns away a body that is too large (413), announced or not, or takes too long (408).

    What passed is handed on as one piece, so that no half of a body ever reaches a route.
    """

    def __init__(self, app: ASGIApp, most: int, seconds: float) -> None:
        self.app = app
        self._most = most
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body, or turn it away. A client that went away gets nothing."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if _announced(scope) > self._most:
            await refuse(Problem.TOO_LARGE, scope, receive, send, headers=_CLOSE)
            return
        try:
            body = await asyncio.wait_for(_whole(receive, self._most), self._seconds)
        except TimeoutError:
            await refuse(Problem.TOO_SLOW, scope, receive, send, headers=_CLOSE)
            return
        if body is None:
            return
        if len(body) > self._most:
            await refuse(Problem.TOO_LARGE, scope, receive, send, headers=_CLOSE)
            return
        scope[SIZE] = len(body)
        await self.app(scope, handing_on(body, receive), send)


def handing_on(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives *body* once, and then what the server says (that the client went away)."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _whole(receive: Receive, most: int) -> bytes | None:
    """The whole body, or its beginning where it is longer than *most*; None where the client went away."""
    pieces, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        piece = message.get("body", b"")
        pieces.append(piece)
        size += len(piece)
        if size > most or not message.get("more_body", False):
            return b"".join(pieces)


def _announced(scope: Scope) -> int:
    """The length that the request says it has, 0 where it says none or nonsense: the reading counts for itself."""
    written = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(written) if written.isdigit() and len(written) < len(str(1 << 63)) else 0
