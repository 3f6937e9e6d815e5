"""The documentation is complete and its code blocks run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from bedside import errors
from bedside.cli import doctor
from bedside.cli.main import bedside as root_command
from bedside.evidence.statement import Basis
from bedside.question.question import DeclineReason, Reader
from bedside.rendering.json import document
from bedside.settings import KEYS
from bedside.verification.verdict import Verdict
from tests.rendering.sample import sample

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
ROOMS = sorted(path.parent.name for path in (ROOT / "src" / "bedside").glob("*/__init__.py"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(name):
    """The text of a page."""
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def blocks(language):
    """Every code block of a language, as (page, number, text)."""
    return [
        pytest.param(block, id=f"{path.stem}-{number}")
        for path in PAGES
        for number, (kind, block) in enumerate(BLOCK.findall(path.read_text(encoding="utf-8")))
        if kind == language
    ]


def commands(group, path=("bedside",)):
    """Every command below a group with its path."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


COMMANDS = list(commands(root_command))


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_page(room):
    """One page a room, linked from the first."""
    assert (DOCS / f"{room}.md").is_file()
    assert f"({room}.md)" in page("index")


@pytest.mark.parametrize(
    ("path", "command"), COMMANDS, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_and_option_is_documented(path, command):
    """The page of the command line names each command and each of its options."""
    text = page("cli")
    assert re.search(rf"bedside {path[1]}\b.*\b{path[-1]}\b" if len(path) > 2 else rf"bedside {path[1]}\b", text)
    for option in command.params:
        if isinstance(option, click.Option):
            assert f"`{option.opts[-1]}" in text, option.opts


def test_the_options_of_bedside_itself_are_documented():
    """Version, help and traceback."""
    for option in ("--version", "--help", "--traceback"):
        assert option in page("cli")


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_is_documented(key):
    """Each key with its variable."""
    assert f"| `{key}` | `BEDSIDE_{key.upper()}` |" in page("settings")


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_is_documented_with_its_exit_status(name):
    """Each error with the status the program ends with."""
    [row] = [line for line in page("errors").splitlines() if line.startswith(f"| `{name}` |")]
    assert row.endswith(f"| {getattr(errors, name).exit_status} |")


@pytest.mark.parametrize(
    ("name", "word"),
    [
        *(("verification", verdict.value) for verdict in Verdict),
        *(("question", reason.value) for reason in DeclineReason),
        *(("evidence", basis.value) for basis in Basis),
        *(("intended-use", reader.value) for reader in Reader),
        *(("cli", name) for name in doctor.names()),
    ],
)
def test_every_member_of_a_closed_set_is_documented(name, word):
    """Verdicts, declines, bases, readers and checks each have their place."""
    assert f"`{word}`" in page(name)


def test_every_key_of_the_json_is_documented():
    """The answer's own keys and those of its outcome."""
    written = document(sample())
    for key in (*written, *written["outcome"]):
        assert f"`{key}`" in page("answer-json"), key


def test_every_dependency_earns_its_line():
    """Each dependency of the package and of its development is explained."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    for requirement in wanted:
        assert f"`{re.split(r'[^A-Za-z0-9_-]', requirement)[0]}`" in page("dependencies")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_links_lead_somewhere(path):
    """Every relative link names a file that is there."""
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", [page for page in PAGES if page.stem != "index"], ids=lambda path: path.stem)
def test_every_page_can_be_found_from_the_first(path):
    """No page is an orphan."""
    assert f"({path.name})" in page("index")


@pytest.mark.parametrize("block", blocks("python"))
def test_python_blocks_run(block):
    """What is shown works."""
    exec(compile(block, "docs", "exec"), {})  # noqa: S102


@pytest.mark.parametrize("block", blocks("console"))
def test_console_blocks_run(block, tmp_path):
    """Each command ends well, and the output shown is in what it prints; `...` stands for anything."""
    bedside = f"{shlex.quote(sys.executable)} -m bedside"
    printed, lines = "", block.splitlines()
    for line in lines:
        if line.startswith("$ "):
            command = re.sub(r"(^|\| )bedside ", lambda found: f"{found[1]}{bedside} ", line[2:])
            done = subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            printed = done.stdout
        else:
            assert all(part.strip() in printed for part in line.split("...")), line
