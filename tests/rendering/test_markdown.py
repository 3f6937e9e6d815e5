"""Markdown shows the view and lets no text play a part of the format."""

from __future__ import annotations

from dataclasses import replace

from bedside.article.article import Section, SectionKey
from bedside.question.question import Reader
from bedside.rendering.explain import explain
from bedside.rendering.markdown import render
from bedside.rendering.view import view
from tests.rendering.sample import TEST_INT, sample


def test_a_sentence_ends_with_its_numbers():
    """The numbers stand at the end of the sentence, and the list below has them."""
    text = render(view(sample(Reader.PATIENT)))
    assert "- Plainly: Measure MMA. [3]\n" in text
    assert "\n3. Review article. Smith, J.; Jones, A." in text


def test_the_lead_has_no_heading_and_is_running_text():
    """The lead follows the title or the red flags directly."""
    text = render(view(sample()))
    assert "\n\nA result of 268 pg/mL is indeterminate. *(level C)* [2]\n\n## Why\n" in text


def test_what_is_folded_is_said():
    """Hidden points are counted, with how to see them."""
    text = render(view(sample()))
    assert "*1 more point: --full*" in text
    assert "*More with --full: Follow-up (1)*" in text
    assert "--full" not in render(view(sample(), full=True))


def test_marks_of_the_format_in_a_text_stay_text():
    """A heading, link or tag in a sentence is shown as it was written."""
    nasty = replace(TEST_INT, clinical="# Not [a](http://x.example) <script> *list*\n\n## Heading")
    text = render(view(sample(sections=(Section(SectionKey.TESTS, (nasty,)),))))
    assert "\\# Not \\[a\\](http://x.example) \\<script\\> \\*list\\* \\#\\# Heading" in text
    assert "\n## Heading" not in text


def test_addresses_are_links():
    """A reference's address can be followed."""
    assert "<https://www.nice.org.uk/guidance/ng239>" in render(view(sample()))


def test_the_explanation_is_added_on_request():
    """Explain adds facts, rules and verdicts below the references."""
    answer = sample()
    plain, explained = render(view(answer)), render(view(answer), explain(answer))
    assert "## Rules that fired" not in plain
    assert "## Rules that fired" in explained
