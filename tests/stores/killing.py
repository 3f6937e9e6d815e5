"""A program that writes without end, and is killed while it does."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable


def killed_after(seconds: float, write: Callable[[int], None], *, begun: bool = False) -> list[str]:
    """Let a child process *write*, kill it after that time, and give every whole line that it said: it is given the
    descriptor on which to say what was acknowledged. Where it has to have *begun*, the time counts from its first line,
    so that the kill falls into the writing however busy the machine is."""
    hear, said = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(hear)
            write(said)
        finally:
            os._exit(1)
    os.close(said)
    heard = os.read(hear, 65536) if begun else b""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and select.select([hear], [], [], left)[0]:
        heard += os.read(hear, 65536)
    os.kill(child, signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL, "it ended by itself"
    while more := os.read(hear, 65536):
        heard += more
    os.close(hear)
    return heard.decode().split("\n")[:-1]
