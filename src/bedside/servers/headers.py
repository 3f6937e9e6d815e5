"""The headers that every response carries: what a browser may do with it, and who may keep it."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bedside.servers.request_log import STATIC

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
"""Nothing inline and nothing from elsewhere. ``connect-src`` is for the pages' own requests (htmx)."""

_NOT_NEEDED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",  # the link of a thread is its key
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NOT_NEEDED),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""On every response, in place of whatever a route set."""
KEEP_NOTHING = "no-store"
KEEP_FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
HTTPS_ONLY = "max-age=31536000"
PRIVATE = ("/t/", "/api/", "/board", "/report")
_FOUND = (200, 206, 304)


class SecurityHeaders:
    """Adds them. What a route does not say may be kept is kept nowhere (``Cache-Control: no-store``)."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                self._add(headers, scope, message["status"])
                message = {**message, "headers": headers.raw}
            await send(message)

        await self.app(scope, receive, with_headers)

    def _add(self, headers: MutableHeaders, scope: Scope, status: int) -> None:
        for name, value in ALWAYS.items():
            headers[name] = value
        headers.setdefault("Cache-Control", _keeping(scope, status))
        if self._https or scope.get("scheme") == "https":
            headers["Strict-Transport-Security"] = HTTPS_ONLY
        if scope["path"].startswith(PRIVATE):
            headers["X-Robots-Tag"] = "noindex, nofollow"


def _keeping(scope: Scope, status: int) -> str:
    """Static files carry a mark of their content in the query and are kept for ever; without one they are asked for
    again."""
    if not scope["path"].startswith(STATIC) or status not in _FOUND:
        return KEEP_NOTHING
    return KEEP_FOR_EVER if scope.get("query_string") else ASK_AGAIN
