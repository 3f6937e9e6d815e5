"""Limits: how often one client may come, counted in memory with a token bucket for each.

The counts are of one process. They keep one client from taking the machine from the others; they are no wall against
many clients at once, which a proxy in front has to be.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

from starlette.types import ASGIApp, Receive, Scope, Send

from bedside.servers.bodies import SIZE
from bedside.servers.client import client_of
from bedside.servers.problem import Problem, refuse
from bedside.servers.walls import Rate, Walls

FREE = ("/static/", "/healthz", "/readyz")
"""Paths that are never counted: they cost nothing, and a page loads several."""
COSTS = {"/api/v1/audit": 10}
"""Path -> how many questions it counts for."""
BYTES_A_QUESTION = 5_000
"""A body counts for one question more for each so many bytes: the longest that is read takes seconds of work."""
_SAFE = ("GET", "HEAD", "OPTIONS")


class Buckets:
    """The buckets of all clients under one rate. At most *most* are kept; the one unused for longest goes first."""

    def __init__(self, rate: Rate, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._most = most
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()  # client -> tokens, and when counted

    def __len__(self) -> int:
        return len(self._levels)

    def wait(self, client: str, cost: int = 1) -> int:
        """0 and the tokens are taken, or the whole seconds until there are enough. A cost above the burst takes a full
        bucket."""
        if self._rate.a_minute <= 0:
            return 0
        now, a_second = self._clock(), self._rate.a_minute / 60
        tokens, seen = self._levels.pop(client, (float(self._rate.burst), now))
        tokens = min(float(self._rate.burst), tokens + (now - seen) * a_second)
        wanted = min(cost, self._rate.burst)
        enough = tokens >= wanted
        self._levels[client] = (tokens - wanted if enough else tokens, now)
        if len(self._levels) > self._most:
            self._levels.popitem(last=False)
        return 0 if enough else max(1, ceil((wanted - tokens) / a_second))


class Counts:
    """The buckets of one application: of requests that work for an answer, and of all others."""

    def __init__(self, walls: Walls, clock: Callable[[], float] = time.monotonic) -> None:
        self._proxies = walls.proxies
        self._asking = Buckets(walls.asking, walls.clients, clock)
        self._reading = Buckets(walls.reading, walls.clients, clock)

    def wait(self, scope: Scope, cost: int) -> int:
        """0, or the seconds that the client of this request has to wait."""
        buckets = self._reading if scope["method"] in _SAFE else self._asking
        return buckets.wait(client_of(scope, self._proxies), cost)


class RateLimit:
    """Turns away, with 429 and ``Retry-After``, the client that comes too often."""

    def __init__(self, app: ASGIApp, counts: Counts) -> None:
        self.app = app
        self._counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or turn it away."""
        if scope["type"] == "http" and not scope["path"].startswith(FREE):
            wait = self._counts.wait(scope, COSTS.get(scope["path"], 1))
            if wait:
                await refuse(Problem.TOO_MANY, scope, receive, send, headers={"Retry-After": str(wait)})
                return
        await self.app(scope, receive, send)


class SizeLimit:
    """Counts a long text for as many questions as it takes the time of; stands behind the wall that reads bodies."""

    def __init__(self, app: ASGIApp, counts: Counts) -> None:
        self.app = app
        self._counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or turn it away."""
        more = scope.get(SIZE, 0) // BYTES_A_QUESTION
        if scope["type"] == "http" and more:
            wait = self._counts.wait(scope, more)
            if wait:
                await refuse(Problem.TOO_MANY, scope, receive, send, headers={"Retry-After": str(wait)})
                return
        await self.app(scope, receive, send)
