"""Text from outside on a page: it is shown as it is, and never becomes a part of the page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bedside.evidence.source import RecordCheck, Source, SourceKind
from bedside.facts.fact import Facts
from bedside.rendering.html.references import links, on_the_web
from bedside.rendering.html.standalone import render
from tests.rendering.html.test_every_question import wrong_structure
from tests.rendering.html.tree import drawn, page_of, said, tree
from tests.rendering.sample import sample

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><script>alert(1)</script>",
    "{{ 7 * 7 }}{% include 'secret' %}",
    "<!-- --><svg/onload=alert(1)>",
    "\u202eevil\u0000\ud7ff",
)


def everywhere(answer, text):
    """The sample answer with a hostile text in its question, facts, sentences, sources and passages."""
    [*rest, last] = answer.facts.items
    fact = replace(last, text=text, result=text, quantity=None)
    sources = {
        key: replace(source, title=text, issuer=text, authors=(text,), container=text, version=text, url=text, doi=text)
        for key, source in answer.sources.items()
    }
    section = answer.article.sections[0]
    sentence = replace(section.sentences[0], clinical=text, plain=text, carer=text)
    article = replace(
        answer.article,
        sections=(replace(section, sentences=(sentence, *section.sentences[1:])), *answer.article.sections[1:]),
    )
    question = replace(answer.question, text=text)
    return replace(answer, question=question, facts=Facts((*rest, fact)), sources=sources, article=article)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text, desk, aids):
    """Nothing of it becomes an element, an attribute or a template, and it can still be read."""
    for base in (sample(), desk.ask("My B12 is 268 pg/mL on 1000 mcg cyanocobalamin daily. What now?")):
        answer = everywhere(base, text)
        html = drawn(page_of(answer, aids))
        root = tree(html)
        assert not [fault for fault in wrong_structure(root) if "inline" in fault]
        assert not root.css("script, img, svg:not(.icon), object, iframe")
        ours = ("#", "/t/link", "/sources/", "/statements/", "https://")
        assert all(a.attributes["href"].startswith(ours) for a in root.css("a"))
        # A browser drops a null sign.
        whole = " ".join(text.replace("\u0000", "").split())
        assert whole in said(root.css_first(".asked"))
        assert "49" not in said(root.css_first(".asked"))
        assert not tree(render(answer, aids=aids)).css("script, img, svg:not(.icon)")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://", "http:///x", "ht tp://a", "https://a b",
     "https://[bad", "JAVASCRIPT:alert(1)", "file:///etc/passwd", "https://a\u0000b"],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(address):
    """Anything else is left out of the links, whatever a record gives."""
    assert not on_the_web(address)
    source = Source("key", SourceKind.REVIEW, "title", "issuer", RecordCheck.READ, url=address)
    assert links(source) == ()


def test_known_addresses_are_linked_once():
    """DOI, PMID and page, each with a label; a PMID that is no number is not one."""
    source = Source(
        "key", SourceKind.REVIEW, "t", "i", RecordCheck.READ, doi="10.1/a<b", pmid="12", url="https://www.example.org/x"
    )
    assert links(source) == (
        ("doi:10.1/a<b", "https://doi.org/10.1/a%3Cb"),
        ("PMID 12", "https://pubmed.ncbi.nlm.nih.gov/12/"),
        ("example.org", "https://www.example.org/x"),
    )
    assert links(replace(source, doi="", pmid="12/../x", url="")) == ()
