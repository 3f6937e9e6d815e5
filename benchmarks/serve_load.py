"""The pages under load: 50 readers ask at once, and the server is killed while they do.

    python benchmarks/serve_load.py [--readers 50] [--seconds 60] [--pause 2] [--workers 2] [--kills 20]

A reader loads the form, posts a question, follows to the answer, reads for a while (exponential, ``--pause`` seconds on
average; 0: never) and asks again. Nearly every question has a value of its own, so that answers kept in memory do not
count. Printed: waiting times of the two requests a question takes, errors, and the server's memory at the start and
the end; beside them the page that says the server lives, which is what the machine and the framework cost.

Then, ``--kills`` times: the server is killed (SIGKILL) under the same load, started again, and every thread whose link
a reader had been given must open and show its question. A lost one is an error of this program (exit status 1).
"""

from __future__ import annotations

import argparse
import asyncio
import html
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

HOST = "127.0.0.1"
QUESTIONS = (
    "My B12 is {} ng/L and I take 1000 micrograms of cyanocobalamin by mouth every day. What should I do?",
    "B12 {} pg/mL on metformin, feet tingle. What now?",
    "I am {} and vegan, B12 not tested yet. Should I be?",
    "Is a B12 of {} pmol/L low?",
    "Hydroxocobalamin injections every three months, B12 {} ng/L, still tired. Is the dose enough?",
)
READERS = ("patient", "carer", "student", "nurse", "clinician")
_FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass(slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Tally:
    """What a crowd of readers met: milliseconds by kind of request, errors in words, links given with a word of the
    question each must show."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)


class Browser:
    """As much of a browser as a reader needs: one connection, its cookies, forms."""

    def __init__(self, port: int, tally: Tally) -> None:
        self.port = port
        self.tally = tally
        self.cookies: dict[str, str] = {}
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, kind: str) -> Reply:
        """Fetch a page."""
        return await self._timed(kind, "GET", path, b"")

    async def post(self, path: str, fields: Mapping[str, str], kind: str) -> Reply:
        """Send a form."""
        return await self._timed(kind, "POST", path, urlencode(fields).encode())

    async def _timed(self, kind: str, method: str, path: str, body: bytes) -> Reply:
        began = time.perf_counter()
        reply = await self._send(method, path, body)
        self.tally.times.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
        return reply

    async def _send(self, method: str, path: str, body: bytes) -> Reply:
        if self.streams is None or self.streams[0].at_eof():  # the server lets idle connections go
            self.streams = await asyncio.open_connection(HOST, self.port)
        read, write = self.streams
        lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}:{self.port}"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += [f"Origin: http://{HOST}:{self.port}", "Content-Type: application/x-www-form-urlencoded"]
            lines.append(f"Content-Length: {len(body)}")
        write.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await write.drain()
        return await self._reply(read)

    async def _reply(self, read: asyncio.StreamReader) -> Reply:
        status, *lines = (await read.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {}
        for line in filter(None, lines):
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition("=")
                self.cookies[cookie] = rest.partition(";")[0]
        body = b""
        if "content-length" in headers:
            body = await read.readexactly(int(headers["content-length"]))
        elif headers.get("transfer-encoding") == "chunked":
            while size := int(await read.readline(), 16):
                body += await read.readexactly(size)
                await read.readline()
            await read.readline()
        if headers.get("connection") == "close":
            self.close()
        return Reply(int(status.split()[1]), headers, body)

    def close(self) -> None:
        """Let the connection go."""
        if self.streams:
            self.streams[1].close()
        self.streams = None


async def reader(number: int, port: int, until: float, pause: float, tally: Tally) -> None:
    """One person who asks, reads, and asks again."""
    chance = random.Random(number)  # noqa: S311  the same crowd every time
    browser = Browser(port, tally)
    await asyncio.sleep(chance.uniform(0, min(pause, 2.0)))
    while time.monotonic() < until:
        try:
            await one_question(browser, chance)
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            tally.errors.append(type(error).__name__)
            browser.close()
            await asyncio.sleep(0.2)
        if pause:
            await asyncio.sleep(chance.expovariate(1 / pause))
    browser.close()


async def one_question(browser: Browser, chance: random.Random) -> None:
    """Load the form, ask, and open the answer."""
    form = await browser.get("/", "form")
    fields = {name: html.unescape(value) for name, value in _FIELD.findall(form.body.decode())}
    value = f"{chance.randint(20, 99)}" if (which := chance.choice(QUESTIONS)).startswith("I am") else ""
    value = value or f"{chance.uniform(60, 900):.1f}"
    fields |= {
        "question": which.format(value),
        "reader": chance.choice(READERS),
        "region": chance.choice(("GB", "both")),
    }
    sent = await browser.post("/ask", fields, "ask")
    if sent.status != 303:  # noqa: PLR2004
        browser.tally.errors.append(f"ask: {sent.status}")
        return
    link = sent.headers["location"]
    browser.tally.given[link] = value
    answer = await browser.get(link, "answer")
    if answer.status != 200 or value.encode() not in answer.body:  # noqa: PLR2004
        browser.tally.errors.append(f"answer: {answer.status}")


async def crowd(port: int, readers: int, seconds: float, pause: float) -> Tally:
    """Many readers at once, for a while."""
    tally = Tally()
    until = time.monotonic() + seconds
    await asyncio.gather(*(reader(number, port, until, pause, tally) for number in range(readers)))
    return tally


class Server:
    """``bedside serve`` as a process of its own, over a home of its own."""

    def __init__(self, home: Path, workers: int) -> None:
        self.home = home
        self.workers = workers
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port: int = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "bedside", "serve", "--port", str(self.port), "--workers", str(self.workers)]
        environ = {**os.environ, "BEDSIDE_HOME": str(self.home), "BEDSIDE_ASKING_RATE": "0"}
        self.process = subprocess.Popen(
            command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with socket.create_connection((HOST, self.port), timeout=1) as line:
                    line.sendall(
                        f"GET /readyz HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nConnection: close\r\n\r\n".encode()
                    )
                    if b" 200 " in line.recv(64):
                        return
            except OSError:
                pass
            time.sleep(0.1)
        self.kill()
        sys.exit("The server did not start within a minute.")

    def kill(self) -> None:
        """SIGKILL, with every worker."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def memory(self) -> float:
        """Megabytes of all its processes."""
        total = 0.0
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                text = status.read_text()
                if self.process and os.getsid(int(status.parent.name)) == self.process.pid:
                    total += int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024  # type: ignore[index]
            except (OSError, TypeError):
                continue
        return total


def report(tally: Tally) -> None:
    """Print the waiting times."""
    every = [each for times in tally.times.values() for each in times]
    for kind, times in {**tally.times, "all": every}.items():
        ordered = sorted(times)
        print(
            f"  {kind:8}{len(times):7,} requests   p50 {statistics.median(times):7.1f} ms"
            f"   p95 {ordered[int(0.95 * len(ordered))]:7.1f} ms   p99 {ordered[int(0.99 * len(ordered))]:7.1f} ms"
        )
    print(f"  errors: {len(tally.errors)} {sorted(set(tally.errors))}")


def killed(server: Server, times: int, readers: int) -> int:
    """Kill the server under load again and again; gives how many acknowledged threads were lost in all."""
    lost, all_given = 0, 0
    chance = random.Random(7)  # noqa: S311
    for _ in range(times):
        server.start()
        tally = asyncio.run(_until_killed(server, readers, chance.uniform(0.8, 3.0)))
        server.start()
        missing = asyncio.run(_missing(server.port, tally.given))
        server.kill()
        lost, all_given = lost + len(missing), all_given + len(tally.given)
    print(f"killed {times} times under load: {all_given:,} threads acknowledged, {lost} lost")
    return lost


async def _until_killed(server: Server, readers: int, after: float) -> Tally:
    load = asyncio.create_task(crowd(server.port, readers, after + 0.3, 0))
    await asyncio.sleep(after)
    server.kill()
    return await load


async def _missing(port: int, given: Mapping[str, str]) -> list[str]:
    browser = Browser(port, Tally())
    lost = []
    for link, value in given.items():
        reply = await browser.get(link, "again")
        if reply.status != 200 or value.encode() not in reply.body:  # noqa: PLR2004
            lost.append(link)
    browser.close()
    return lost


async def _alive(port: int, times: int) -> Tally:
    tally = Tally()
    browser = Browser(port, tally)
    for _ in range(times):
        await browser.get("/healthz", "alive")
    browser.close()
    return tally


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        server = Server(Path(home), given.workers)
        server.start()
        asyncio.run(crowd(server.port, 5, 3, 0))
        before = server.memory()
        print(f"{given.readers} readers for {given.seconds:.0f} s, a pause of {given.pause} s on average:")
        tally = asyncio.run(crowd(server.port, given.readers, given.seconds, given.pause))
        report(tally)
        print(f"  memory of the server: {before:.0f} MB before, {server.memory():.0f} MB after")
        print("one reader, the page that only says that the server lives:")
        report(asyncio.run(_alive(server.port, 300)))
        server.kill()
        lost = killed(server, given.kills, 10) if given.kills else 0
    sys.exit(1 if lost or tally.errors else 0)


if __name__ == "__main__":
    main()
