"""Forms come from our own pages: a secret in a cookie has to stand in the form, too (double submit).

A page elsewhere can send a form here, and the browser sends the cookie along with it if it may (``SameSite=Lax`` says
it may not); but that page cannot read the cookie, and so cannot write it into the form. Besides, a browser says where a
form comes from (``Sec-Fetch-Site``, ``Origin``): what says "elsewhere" is turned away whatever it carries. ``Origin:
null`` says nothing: it is what our own pages send, because of their ``Referrer-Policy``.

Who is signed in has a secret already: there the token is made from that of the session, and is another one after each
sign-in. Nobody who could set a cookie of forms in a member's browser gains anything by it.

The JSON API needs none of this: it reads no cookie, and a page elsewhere cannot send ``application/json`` without
asking the server first (CORS), which never agrees.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from hmac import compare_digest

from fastapi import Request
from markupsafe import Markup
from starlette.datastructures import FormData, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bedside.servers import session_cookie
from bedside.servers.problem import Problem, Refused

FIELD = "csrf"
_STATE = "bedside.csrf"
_BYTES = 32
_COOKIE = "bedside-form"
_MOST_FIELDS = 400
_DAY = 86_400
_OURS = ("same-origin", "none")  # "none": typed or bookmarked by the reader


class CsrfCookie:
    """Sends the cookie along with a page that has a form, where the reader has none yet."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the token of its cookie; :func:`token` makes one where there is none."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        secure = self._https or scope.get("scheme") == "https"
        name = cookie_name(secure=secure)
        session = session_cookie.sent(scope, session_cookie.SESSION, secure=secure)
        token = of_session(session) if session else session_cookie.sent(scope, _COOKIE, secure=secure)
        state = {"name": name, "token": token, "new": False, "secure": secure}
        scope[_STATE] = state

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and state["new"]:
                headers = MutableHeaders(raw=list(message["headers"]))
                headers.append("Set-Cookie", _cookie(name, str(state["token"]), secure=secure))
                message = {**message, "headers": headers.raw}
            await send(message)

        await self.app(scope, receive, with_cookie)


def token(request: Request) -> str:
    """The token that the forms of this response carry: the one of the reader's cookie, else a new one."""
    state = request.scope[_STATE]
    if not state["token"]:
        state["token"], state["new"] = secrets.token_urlsafe(_BYTES), True
    return str(state["token"])


def csrf_field(request: Request) -> Markup:
    """The hidden field of a form, as HTML."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token(request))


async def checked_form(request: Request) -> FormData:
    """The form of a request, where it was sent from a page of ours. Raises Refused otherwise."""
    if not _from_here(request):
        raise Refused(Problem.FORGED_FORM)
    sent = request.scope[_STATE]["token"]
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=1 << 20)
    given = form.getlist(FIELD)
    if not sent or len(given) != 1 or not isinstance(given[0], str):
        raise Refused(Problem.FORGED_FORM)
    if not compare_digest(given[0].encode(), str(sent).encode()):
        raise Refused(Problem.FORGED_FORM)
    return form


def text_of(form: FormData, name: str) -> str:
    """The value of a field, "" where it is not there."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def cookie_name(*, secure: bool) -> str:
    """The cookie's name; over https one that no other site of the domain can set (``__Host-``)."""
    return session_cookie.cookie_name(_COOKIE, secure=secure)


def of_session(session: str) -> str:
    """The token of the forms of a session: 43 characters that tell nothing of the session's own token."""
    made = hmac.digest(session.encode(), b"forms of this session", "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def is_secure(request: Request) -> bool:
    """Whether the reader came by https, also where a proxy speaks http to us."""
    return bool(request.scope.get(_STATE, {}).get("secure"))  # none yet on the page of an outer wall


def _from_here(request: Request) -> bool:
    """Whether nothing that the browser says speaks of another site."""
    if request.headers.get("sec-fetch-site", "none") not in _OURS:
        return False
    origin = request.headers.get("origin", "null")
    return origin == "null" or origin.partition("://")[2] == request.headers.get("host")


def _cookie(name: str, value: str, *, secure: bool) -> str:
    return f"{name}={value}; Path=/; Max-Age={_DAY}; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")
