"""What the kinds of reader and the regions are called where people choose, by the values that forms send."""

from __future__ import annotations

from bedside.rendering.html.page import READERS

READER_NAMES = {reader.value: name for reader, name in READERS.items()}
"""Reader type -> its name in "Which best describes you?"."""

REGION_NAMES = {"both": "UK and US, side by side", "GB": "UK", "US": "US"}
"""Region -> its name."""
