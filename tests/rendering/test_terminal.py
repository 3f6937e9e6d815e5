"""The terminal text respects width and colour and cannot be steered by what it shows."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from bedside.article.article import Section, SectionKey
from bedside.rendering.terminal import render
from bedside.rendering.view import view
from tests.rendering.sample import TEST_INT, sample


@pytest.mark.parametrize("width", [40, 80, 99, 100, 120])
def test_no_line_is_wider_than_the_terminal(width):
    """Every line fits, whatever the width."""
    text = render(view(sample(), full=True), width=width)
    assert max(map(len, text.splitlines())) <= width


def test_countries_stand_side_by_side_only_where_there_is_room():
    """From 100 characters on two columns, below that two blocks."""
    wide, narrow = (render(view(sample()), width=width) for width in (100, 99))
    assert any("UK" in line and "US" in line for line in wide.splitlines())
    assert not any("UK" in line and "US" in line for line in narrow.splitlines())


def test_red_flags_stand_in_a_panel():
    """The red flags are framed, and come first after the title."""
    first = render(view(sample())).splitlines()[2]
    assert "Red flags" in first
    assert first.startswith("╭")


def test_without_colour_there_is_no_escape_code():
    """Plain text is plain."""
    assert "\x1b" not in render(view(sample()), colour=False)
    assert "\x1b[" in render(view(sample()), colour=True)


def test_control_characters_in_a_text_are_dropped():
    """A sentence cannot move the cursor or change the colour."""
    nasty = replace(TEST_INT, clinical="Red \x1b[31malert\x07 [bold]now[/bold]")
    text = render(view(sample(sections=(Section(SectionKey.TESTS, (nasty,)),))))
    assert "Red [31malert [bold]now[/bold]" in text
    assert "\x1b" not in text


def test_every_visible_word_of_the_view_is_printed():
    """Wrapping and columns lose no word."""
    seen = view(sample(), full=True)
    printed = render(seen, width=120)
    for section in seen.sections:
        for block in section.blocks:
            for line in block.lines:
                assert all(word in printed for word in line.text.split())


def test_rich_is_loaded_only_when_something_is_drawn():
    """Importing the module costs no terminal library, so other formats start fast."""
    code = "import sys, bedside.rendering.terminal; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
