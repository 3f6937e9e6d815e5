"""The walls around the application, put up in one place and in one order."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bedside.servers.api.strict_json import StrictJson
from bedside.servers.bodies import BodyLimit
from bedside.servers.csrf import CsrfCookie
from bedside.servers.faults import Faults
from bedside.servers.headers import SecurityHeaders
from bedside.servers.hosts import TrustedHosts
from bedside.servers.limits import Counts, RateLimit, SizeLimit
from bedside.servers.plain_forms import PlainForms
from bedside.servers.request_log import RequestLog
from bedside.servers.walls import Walls
from bedside.settings import Settings

NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""For ``FastAPI(telemetry=...)``: by itself it would tell a tracing library of this process every address."""


def install(app: FastAPI, settings: Settings, walls: Walls | None = None) -> None:
    """Put the walls around *app*; call it before the first request.

    From the outside in: the log sees everything; headers are on every response, also of those turned away; an error of
    any wall or route ends as a problem; then come the host, the rate, the body, what JSON and forms may be, and the
    cookie of forms.
    """
    walls = walls or Walls.of(settings)
    counts = Counts(walls)
    app.router.redirect_slashes = False  # a redirect would repeat an address, with the key of a thread in it
    app.user_middleware[:0] = [
        Middleware(RequestLog),
        Middleware(SecurityHeaders, https=walls.https),
        Middleware(Faults),
        Middleware(OnlyHttp),
        Middleware(TrustedHosts, hosts=walls.hosts),
        Middleware(RateLimit, counts=counts),
        Middleware(BodyLimit, most=walls.body_bytes, seconds=walls.body_seconds),
        Middleware(SizeLimit, counts=counts),
        Middleware(StrictJson),
        Middleware(PlainForms),
        Middleware(CsrfCookie, https=walls.https),
        Middleware(HeadAsGet),
    ]


class OnlyHttp:
    """Closes what asks for a web socket: there is none here."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
            return
        await self.app(scope, receive, send)


class HeadAsGet:
    """Answers HEAD as GET without the body: whatever can be read has a head."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on as it is."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def bodiless(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        inner = {**scope, "method": "GET"}  # the server beneath keeps the request's own
        try:
            await self.app(inner, receive, bodiless)
        finally:
            scope.update({key: inner[key] for key in ("route",) if key in inner})


def server_options() -> dict[str, Any]:
    """What ``uvicorn.run`` has to be told so that nothing undoes the walls.

    Its access log prints addresses with their query; its own reading of ``X-Forwarded-For`` believes every program on
    this machine. A header block is at most 32 KiB.
    """
    from bedside.servers.request_log import logging_config

    return {
        "access_log": False,
        "proxy_headers": False,
        "server_header": False,
        "log_config": logging_config(),
        "h11_max_incomplete_event_size": 32_768,
        "timeout_keep_alive": 5,
        "timeout_graceful_shutdown": 10,
        "limit_concurrency": 500,
        "ws": "none",
        "http": "bedside.servers.prompt:PromptProtocol",
    }
