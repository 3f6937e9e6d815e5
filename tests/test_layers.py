"""The layers of the house are a law, checked like any other behaviour."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "bedside"
PURE = ("text", "facts", "question", "protocol", "evidence", "article", "verification", "rendering")
FORBIDDEN = ("yaml", "click", "sqlite3", "socket", "urllib", "http", "platformdirs", "pathlib", "os", "time", "random")


def test_the_import_contracts_hold():
    """import-linter finds every contract kept."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def imported(path):
    """The outermost names of every module a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("room", PURE)
def test_stages_touch_no_file_clock_or_chance(room):
    """A stage imports nothing that reads files, the network, the environment, the time or chance."""
    found = {
        f"{path.name}: {name}" for path in (SOURCE / room).glob("*.py") for name in imported(path) if name in FORBIDDEN
    }
    assert found == set()


@pytest.mark.parametrize("room", PURE)
def test_stages_never_ask_for_today(room):
    """No stage calls now() or today(): the day comes in as an argument."""
    calls = {
        f"{path.name}:{node.lineno}"
        for path in (SOURCE / room).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}
    }
    assert calls == set()


def test_no_file_is_too_long_and_none_has_a_name_that_says_nothing():
    """Files stay under 400 lines and are named after their noun."""
    nameless = {"utils", "helpers", "common", "manager", "base", "misc"}
    for path in SOURCE.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
        assert path.stem not in nameless, path


def test_no_function_is_too_long():
    """A function is one thought: at most 50 lines."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno < 50, f"{path.name}: {node.name}"
