"""The connections of the server, sent without waiting.

A response goes out as two packets, head and body. Where several workers share a socket, asyncio does not see that it is
TCP (its number of protocol is 0) and leaves Nagle's algorithm on: the body then waits for the reader's machine to
acknowledge the head, which it puts off for 40 ms.
"""

from __future__ import annotations

import socket
from asyncio import BaseTransport
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol


class PromptProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with TCP_NODELAY on every connection."""

    def connection_made(self, transport: BaseTransport) -> Any:
        """Take a connection."""
        connection = transport.get_extra_info("socket")
        if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return super().connection_made(transport)  # type: ignore[arg-type]  # uvicorn asks for a narrower one
