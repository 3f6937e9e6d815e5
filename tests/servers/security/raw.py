"""A client process for tests that speaks bytes: python -m tests.servers.security.raw PORT, JSON in and out.

In: a list of requests, each a list of pieces of text (Latin-1), or of numbers, which are seconds to wait. Out: for each
the bytes that came back until the server closed or said nothing for a while, and whether it closed.
"""

from __future__ import annotations

import json
import socket
import sys
import time

PATIENCE = 1.5


def main():
    """Send each request on a connection of its own."""
    print(json.dumps([spoken(int(sys.argv[1]), pieces) for pieces in json.load(sys.stdin)]))


def spoken(port, pieces):
    """What the server says to one request."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        heard, closed = b"", False
        try:
            for piece in pieces:
                if isinstance(piece, str):
                    line.sendall(piece.encode("latin-1"))
                else:
                    time.sleep(piece)
        except OSError:  # the server has closed already: what it said before is still to be read
            pass
        try:
            while part := line.recv(65_536):
                heard += part
            closed = True
        except TimeoutError:
            pass
        except OSError:
            closed = True
    return {"heard": heard.decode("latin-1"), "closed": closed}


if __name__ == "__main__":
    main()
