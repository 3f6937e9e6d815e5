"""Build hook: the clinical content is compiled when a wheel or an editable install is made.

The compiled file is not kept in version control, so that it can never disagree with the content it was made from; a
source distribution carries the content and compiles it when the wheel is built from it. Content that breaks a rule of
its format stops the build with every problem named.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILED = "src/bedside/content/compiled.jsonl"


class CompileContent(BuildHookInterface[Any]):
    """Compiles ``src/bedside/content`` and puts the result into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Compile before the wheel's files are collected; *build_data* is told of the file that git ignores."""
        if self.target_name != "wheel":
            return
        source = str(Path(self.root) / "src")
        sys.path.insert(0, source)
        try:
            from bedside.ingest.compile import compile_content
        finally:
            sys.path.remove(source)
        target = Path(self.root) / COMPILED
        target.write_bytes(compile_content(target.parent))
        build_data["artifacts"].append(f"/{COMPILED}")
