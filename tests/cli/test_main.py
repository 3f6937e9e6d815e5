"""Every ending of the command line has its exit status, and none shows a traceback."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bedside import __version__
from bedside.cli import ask as ask_module
from bedside.cli.main import main

COMMANDS = (
    ["ask"],
    ["protocol", "list"],
    ["protocol", "show"],
    ["protocol", "lint"],
    ["protocol", "cases"],
    ["library", "list"],
    ["library", "show"],
    ["doctor"],
    ["replay"],
)


def test_the_version_is_printed(capsys):
    """One line on stdout."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"bedside, version {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_examples(command, capsys):
    """Help explains each command and shows how it is called."""
    assert main([*command, "--help"]) == 0
    out = capsys.readouterr().out
    assert "Examples:" in out
    assert f"bedside {' '.join(command)}" in out


@pytest.mark.parametrize(
    ("words", "offer"),
    [
        (["aks"], "'ask'"),
        (["protocol", "lst"], "'list'"),
        (["ask", "--for", "pateint", "q"], "'patient'"),
        (["ask", "--region", "bth", "q"], "'both'"),
        (["ask", "--format", "markdwn", "q"], "'markdown'"),
        (["ask", "--fro", "nurse", "q"], "--for"),
        (["library", "list", "--kind", "guidelne"], "'guideline'"),
    ],
)
def test_a_wrong_name_is_refused_with_the_nearest(words, offer, capsys):
    """Exit status 2, nothing on stdout, and what was probably meant on stderr."""
    assert main(words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert offer in printed.err


@pytest.mark.parametrize(
    "words", [["ask"], ["ask", "--file", "no-such-file"], ["replay", "no-such-file"], ["library", "show"]]
)
def test_wrong_use_ends_with_2(words, capsys):
    """No question, no such file, no argument."""
    assert main(words) == 2
    assert capsys.readouterr().err


def test_missing_content_ends_with_4_and_a_remedy(monkeypatch, tmp_path, capsys):
    """The message names the file and what to do."""
    monkeypatch.setenv("BEDSIDE_CONTENT", str(tmp_path / "none.jsonl"))
    assert main(["ask", "anything"]) == 4
    err = capsys.readouterr().err
    assert "none.jsonl" in err
    assert "reinstall" in err


def test_a_wrong_setting_ends_with_2(monkeypatch, capsys):
    """A misspelt variable is refused before anything is answered."""
    monkeypatch.setenv("BEDSIDE_RAEDER", "nurse")
    assert main(["ask", "anything"]) == 2
    assert "BEDSIDE_READER" in capsys.readouterr().err


def test_a_fault_shows_no_traceback_and_names_the_emergency_number(monkeypatch, capsys):
    """A fault of the program says that there is no answer, what to do if it is urgent, and nothing of the question."""

    def break_down(*_, **__):
        raise ZeroDivisionError("in the middle of: I am Ann Example")

    monkeypatch.setattr(ask_module, "read_question", break_down)
    assert main(["ask", "I am Ann Example"]) == 70
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "emergency number" in printed.err
    assert "Traceback" not in printed.err
    assert "Ann" not in printed.err


def test_a_traceback_is_shown_on_request(monkeypatch, capsys):
    """Whoever reports the fault can see where it was."""

    def break_down(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(ask_module, "read_question", break_down)
    assert main(["--traceback", "ask", "q"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_is_quiet(monkeypatch, capsys):
    """Control-C ends with 130 and no noise."""

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(ask_module, "read_question", interrupt)
    assert main(["ask", "q"]) == 130
    assert capsys.readouterr().err.strip() == ""


def test_a_closed_pipe_is_quiet():
    """A reader that goes away early leaves no message."""
    command = f"{sys.executable} -m bedside ask --help | head -n 1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.startswith("Usage: bedside ask")


@pytest.mark.parametrize("style", ["json", "markdown"])
def test_the_terminal_library_is_loaded_for_the_terminal_only(style):
    """Other formats start without rich, and no answer needs YAML."""
    code = (
        "import sys; from bedside.cli.main import main; "
        f"status = main(['ask', '--format', '{style}', 'Is a B12 of 300 pmol/L low?']); "
        "sys.exit(status or 100 * ('rich' in sys.modules or 'yaml' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
