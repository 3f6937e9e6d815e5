"""What is shipped is what is tested: the wheel, in an environment of its own, outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOUNDING = (
    "My serum vitamin B12 level is 268 pg/mL while I am taking 1000 micrograms oral cyanocobalamin daily; "
    "what is the appropriate management?"
)


def run(*command, cwd):
    """Run a command without this checkout on the path; its stdout."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "BEDSIDE_"))}
    environ["BEDSIDE_HOME"] = str(cwd)
    done = subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT), cwd=folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A clean environment with nothing but the wheel and what it asks for; the folder of its programs."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder / "env", with_pip=True)
    programs = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = (str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--constraint", str(ROOT / "constraints.txt"), str(wheel), cwd=folder)
    return programs


def test_the_wheel_holds_the_compiled_content_and_both_licences(wheel):
    """Content, types and licences travel with the code; no test and no tool does."""
    names = zipfile.ZipFile(wheel).namelist()
    assert "bedside/content/compiled.jsonl" in names
    assert "bedside/py.typed" in names
    assert {name.rsplit("/", 1)[1] for name in names if "/licenses/" in name} == {"LICENSE", "LICENSE-CONTENT"}
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", ".ci/"))]


def test_the_installed_wheel_answers_the_founding_question(installed, tmp_path):
    """In a clean environment, outside the checkout, with references and a red-flag section."""
    answer = json.loads(run(str(installed / "bedside"), "ask", "--format", "json", FOUNDING, cwd=tmp_path))
    assert answer["kind"] == "answered"
    assert answer["outcome"]["classification"] == "INDETERMINATE"
    assert answer["references"]
    assert answer["article"]["sections"][0]["key"] == "red_flags"


def test_the_installed_wheel_answers_in_the_terminal_and_as_a_module(installed, tmp_path):
    """Both ways to start it, with only the base dependencies."""
    shown = run(str(installed / "bedside"), "ask", FOUNDING, cwd=tmp_path)
    again = run(str(installed / "python"), "-m", "bedside", "ask", FOUNDING, cwd=tmp_path)
    assert shown == again
    assert "References" in shown
