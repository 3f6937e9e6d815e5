"""``python -m bedside`` is the ``bedside`` command."""

from __future__ import annotations

import sys

from bedside.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
