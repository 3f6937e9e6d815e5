"""The built wheel holds the compiled content, although version control does not."""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path
from subprocess import run

import pytest

from bedside.ingest.compile import compile_content

ROOT = Path(__file__).parents[2]
SMALL = Path(__file__).parent / "small"
COMPILED = "src/bedside/content/compiled.jsonl"


@pytest.fixture
def project(tmp_path):
    """The project with the small content instead of its own."""
    root = tmp_path / "project"
    ignored = shutil.ignore_patterns("__pycache__", "content")
    shutil.copytree(ROOT / "src", root / "src", ignore=ignored)
    shutil.copytree(SMALL, root / "src" / "bedside" / "content")
    for name in ("pyproject.toml", "hatch_build.py", ".gitignore", "LICENSE", "LICENSE-CONTENT"):
        shutil.copy(ROOT / name, root / name)
    (root / "README.md").write_text("bedside\n", encoding="utf-8")
    return root


def build(root, target):
    """Build one target with the tools that are installed, without a network; the one file it made."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", "out"]
    done = run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next((root / "out").iterdir())


def test_the_wheel_holds_the_compiled_content(project):
    """A wheel built from a tree that ignores the compiled file still carries it, byte for byte."""
    assert not (project / COMPILED).exists()
    with zipfile.ZipFile(build(project, "wheel")) as wheel:
        assert wheel.read("bedside/content/compiled.jsonl") == compile_content(SMALL)
        assert "bedside/content/thirst/protocol.yaml" in wheel.namelist()


def test_a_source_distribution_carries_content_and_hook_and_builds_the_same_wheel(project, tmp_path):
    """The source distribution has no compiled file of its own and makes it when the wheel is built from it."""
    archive = build(project, "sdist")
    shutil.unpack_archive(archive, tmp_path / "unpacked")  # our own archive; Python 3.11.2 knows no filter
    root = next((tmp_path / "unpacked").iterdir())
    assert not (root / COMPILED).exists()
    with zipfile.ZipFile(build(root, "wheel")) as wheel:
        assert wheel.read("bedside/content/compiled.jsonl") == compile_content(SMALL)


def test_broken_content_stops_the_build(project):
    """No wheel is made from content that is refused, and the build says why."""
    path = project / "src/bedside/content/thirst/statements/main.md"
    path.write_text(path.read_text(encoding="utf-8").replace("level=E", "level=F"), encoding="utf-8")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "out"]
    done = run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "level cannot be 'F'" in done.stdout + done.stderr
