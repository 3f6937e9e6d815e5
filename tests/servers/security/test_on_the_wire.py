"""A real server, spoken to in bytes: what no client library would send, and what is left in its output."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bedside.servers.request_log import FIELDS

ROOT = Path(__file__).parents[3]
MARK = "Zarquonberry"
HOST = "Host: localhost\r\n"
JSON = "Content-Type: application/json\r\n"
SOCKET = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
CHUNKED = "Transfer-Encoding: chunked\r\n"
ASK = json.dumps({"question": f"My B12 is 268 pg/mL, {MARK}", "reader": "patient", "region": "GB"})

# name -> what is sent, and the statuses that may come back (0: the connection is closed without a word)
POST = f"POST /api/v1/ask HTTP/1.1\r\n{HOST}{JSON}"
CASES = {
    "a question": ([f"{POST}Content-Length: {len(ASK)}\r\n\r\n{ASK}"], {200}),
    "a question in pieces": (
        [f"{POST}{CHUNKED}\r\n{len(ASK):x}\r\n", ASK, "\r\n0\r\n\r\n"], {200}),
    "a body that never comes": ([f"{POST}Content-Length: 100\r\n\r\n"], {408}),
    "a body byte by byte": (
        [f"{POST}Content-Length: 100\r\n\r\n", *["{", 0.2] * 5], {408}),
    "pieces byte by byte": ([f"{POST}{CHUNKED}\r\n", *["1\r\n{\r\n", 0.2] * 5], {408}),
    "a length too large": ([f"{POST}Content-Length: 9999999\r\n\r\n"], {413}),
    "pieces too large": (
        [f"{POST}{CHUNKED}\r\n", *["1000\r\n" + "x" * 4096 + "\r\n"] * 200], {413}),
    "a body that is asked for first": (
        [f"{POST}Expect: 100-continue\r\nContent-Length: 9999999\r\n\r\n"], {413}),
    "two lengths": ([f"{POST}Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345"], {400}),
    "a length and pieces": (
        [f"{POST}Content-Length: 5\r\n{CHUNKED}\r\n0\r\n\r\n"], {400, 422}),
    "two hosts": ([f"GET /api/v1/version HTTP/1.1\r\n{HOST}Host: evil.example\r\n\r\n"], {400}),
    "no host": (["GET /api/v1/version HTTP/1.1\r\n\r\n"], {400}),
    "no host, old": (["GET /api/v1/version HTTP/1.0\r\n\r\n"], {400}),
    "another host": (["GET /api/v1/version HTTP/1.1\r\nHost: evil.example\r\n\r\n"], {400}),
    "a whole address": ([f"GET http://evil.example/api/v1/version HTTP/1.1\r\n{HOST}\r\n"], {404}),
    "an endless head": ([f"GET / HTTP/1.1\r\n{HOST}X: {'x' * 400_000}\r\n\r\n"], {0, 400, 431}),
    "an endless address": ([f"GET /{'x' * 400_000} HTTP/1.1\r\n{HOST}\r\n"], {0, 400, 414}),
    "headers without end": (
        [f"GET / HTTP/1.1\r\n{HOST}" + "".join(f"X{n}: y\r\n" for n in range(60_000)) + "\r\n"], {0, 400, 431}),
    "an unknown method": ([f"{MARK.upper()} / HTTP/1.1\r\n{HOST}\r\n"], {404, 405}),
    "trace": ([f"TRACE / HTTP/1.1\r\n{HOST}X: {MARK}\r\n\r\n"], {404, 405}),
    "connect": ([f"CONNECT evil.example:443 HTTP/1.1\r\n{HOST}\r\n"], {400, 404, 405}),
    "a web socket": ([f"GET / HTTP/1.1\r\n{HOST}{SOCKET}\r\n"], {400, 403, 404, 426}),
    "nul": (["GET /\0 HTTP/1.1\r\n" + HOST + "\r\n"], {400, 404}),
    "no http": ([f"{MARK} {MARK}\r\n\r\n"], {0, 400}),
    "a fault": ([f"GET /failing/{MARK} HTTP/1.1\r\n{HOST}\r\n"], {500}),
    "words in an address": ([f"GET /{MARK}?{MARK}={MARK} HTTP/1.1\r\n{HOST}\r\n"], {404}),
    "words in headers": (
        [f"GET /api/v1/version HTTP/1.1\r\n{HOST}X-Request-ID: {MARK}\r\n",
         f"Cookie: {MARK}={MARK}\r\nReferer: {MARK}\r\n\r\n"],
        {200}),
}  # fmt: skip


@pytest.fixture(scope="module")
def spoken(tmp_path_factory):
    """Everything said to a real server, what came back, and what the server wrote."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {"BEDSIDE_HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    log = home / "output.txt"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.servers.security.served", str(port)],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=output, stderr=output,
        )  # fmt: skip
        try:
            waited = time.monotonic() + 60
            while b"running on" not in log.read_bytes():
                assert server.poll() is None, log.read_text()
                assert time.monotonic() < waited
                time.sleep(0.1)
            done = subprocess.run(
                [sys.executable, "-m", "tests.servers.security.raw", str(port)],
                cwd=ROOT, env=environment, input=json.dumps([pieces for pieces, _ in CASES.values()]),
                capture_output=True, text=True, check=True, timeout=180,
            )  # fmt: skip
        finally:
            server.stdin.close()
            server.wait(20)
    return dict(zip(CASES, json.loads(done.stdout), strict=True)), log.read_text()


def status(heard):
    """The status of the first response, 0 where there is none."""
    match = re.match(r"HTTP/1\.1 (\d{3}) ", heard)
    return int(match[1]) if match else 0


@pytest.mark.parametrize("name", CASES)
def test_whatever_is_sent_gets_its_status(spoken, name):
    """No request, however broken, gets another than these."""
    answered, _ = spoken
    assert status(answered[name]["heard"]) in CASES[name][1], answered[name]["heard"][:300]


@pytest.mark.parametrize("name", [name for name, (_, statuses) in CASES.items() if statuses & {408, 413}])
def test_what_was_cut_off_is_closed(spoken, name):
    """The rest of the body is not taken for a next request."""
    answered, _ = spoken
    assert answered[name]["closed"]
    assert answered[name]["heard"].count("HTTP/1.1") == 1


def test_no_answer_repeats_what_was_not_asked_for(spoken):
    """Errors hold no word of the request; only the answer shows its question."""
    answered, _ = spoken
    for name, said in answered.items():
        assert MARK.lower() not in said["heard"].lower() or status(said["heard"]) == 200, name
        assert "Traceback" not in said["heard"]
        assert "server: " not in said["heard"].lower()
    assert MARK in answered["a question"]["heard"]
    assert MARK not in answered["words in headers"]["heard"]


def test_the_output_of_the_server_has_no_word_of_a_reader(spoken):
    """Lines of JSON with fields of the list, what uvicorn says of itself, and no traceback."""
    _, output = spoken
    assert MARK.lower() not in output.lower()
    assert "Traceback" not in output
    lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    assert all(set(line) <= set(FIELDS) for line in lines)
    assert {line["route"] for line in lines} == {"(none)", "/api/v1/ask", "/api/v1/version", "/failing/{word}"}
    assert [line["fault"] for line in lines if "fault" in line] == ["ValueError"]
    assert len(lines) >= 18
    others = [line for line in output.splitlines() if not line.startswith("{")]
    assert all(
        re.match(
            r"(INFO|WARNING) (Started|Waiting|Application|Uvicorn|Invalid HTTP|Unsupported upgrade|No supported)", line
        )
        for line in others
    ), others
