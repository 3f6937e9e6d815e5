"""Faults: an error nobody expected ends as a problem with an id, and as the place it came from in the log.

Nothing is let through to the server beneath: it would log a traceback with the error's message, and a message may quote
the question.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bedside.servers.problem import Problem, refuse
from bedside.servers.request_log import told_of


class Faults:
    """Answers with 500 where an error came out of the application, and marks it for the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on. Where the response had begun already, it is cut off."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = False

        async def watched(message: Message) -> None:
            nonlocal began
            began = began or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001  this is where all of them end
            scope["bedside.fault"] = told_of(error)
            if not began:
                await refuse(Problem.FAULT, scope, receive, send)
