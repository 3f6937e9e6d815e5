"""An article from any kind of file, and a clear word for what is none."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace

import pytest

from bedside.errors import InputRefused
from bedside.ingest.article_file import MOST_BYTES, MOST_CHARACTERS, article_of, read_article
from bedside.verification.claims import CHECKED, claims
from bedside.verification.document import BlockKind
from bedside.verification.reference_list import reference_list

from .test_pdf_pages import lines, pdf

MARKDOWN = """# Iron

Iron cures anaemia[^1]. Zinc fails [2](#r2)[3](#r3).

- Check ferritin.

| Drug | Dose |
|---|---|
| Iron | 200 mg |

## References

[^1]: Adams B. Iron. 2019.

2. Brown C. Zinc. 2020.
"""
HTML = """<!doctype html><html><body><main><h1>Iron</h1><p>Iron cures anaemia.<sup><a href="#1">1</a></sup></p>
<ul><li>Check ferritin.</li></ul><table><tr><th>Drug</th><th>Dose</th></tr><tr><td>Iron</td><td>200 mg</td></tr></table>
<h2>References</h2><ol><li>Adams B. Iron. 2019.</li></ol></main></body></html>"""


def checked(document):
    return [(claim.text, claim.citations) for claim in claims(document) if claim.kind in CHECKED]


def test_plain_text_is_read_with_its_places():
    """The document's text is the file's own."""
    text = "Iron\n\nIron cures anaemia. [1]"
    document = article_of(text.encode(), "a.txt")
    assert document.text == text
    assert checked(document) == [("Iron cures anaemia.", (1,))]


def test_markdown_keeps_its_footnotes_and_linked_numbers_as_citations():
    """By its name, or by its marks when it has none."""
    for name in ("a.md", "the input"):
        document = article_of(MARKDOWN.encode(), name)
        assert checked(document)[:3] == [
            ("Iron cures anaemia.", (1,)),
            ("Zinc fails.", (2, 3)),
            ("Check ferritin.", ()),
        ]
        assert ("Drug: Iron; Dose: 200 mg", ()) in checked(document)
        assert [reference.number for reference in reference_list(document).references] == [1, 2]


def test_html_is_read_by_its_blocks():
    """Raised numbers that lead to the list are citations."""
    document = article_of(HTML.encode(), "a.html")
    assert [block.kind for block in document.blocks] == [
        BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW, BlockKind.HEADING, BlockKind.ITEM,
    ]  # fmt: skip
    assert checked(document)[0] == ("Iron cures anaemia.", (1,))
    assert len(reference_list(document).references) == 1


def test_a_pdf_is_read_by_its_paragraphs():
    """And one without text says so."""
    pytest.importorskip("pypdfium2")
    document = article_of(pdf([lines("Iron cures anaemia. Check the ferritin.")]), "a.pdf")
    assert [text for text, _ in checked(document)] == ["Iron cures anaemia.", "Check the ferritin."]
    with pytest.raises(InputRefused, match="OCR"):
        article_of(pdf([[]]), "a.pdf")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x00\x01\x02\x03 some text", "not text"),
        (bytes(range(256)) * 8, "not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not text"),
        (b"Iron cures anaemia. " * 260_000, "larger than"),
        (b"x" * (MOST_BYTES + 1), "larger than"),
        (b"Iron\n\nContents\n\nMenu", "no sentence"),
        (b"!!! ... ???", "no text"),
        (b"| Week | Patients |\n|---|---|\n| 1 | 20 |\n| 2 | 30 |\n", "only a table"),
        (b"<!doctype html><html><body><script>load()</script></body></html>", "no text"),
        ("Eisen ist ein Metall, das der Körper braucht, um Blut zu bilden. ".encode() * 6, "not read as English"),
        (
            "Железо нужно организму, чтобы образовывать кровь и переносить кислород по всему телу. ".encode() * 4,
            "English",
        ),
        (b"%PDF-1.7 broken", "no PDF|damaged"),
    ],
)
def test_what_cannot_be_audited_is_refused_with_what_to_do(data, reason):
    """Empty, binary, too large, no sentence, only a table, another language, a page filled by a script."""
    with pytest.raises(InputRefused, match=reason) as refused:
        article_of(data, "article")
    assert refused.value.what.startswith("article: ")
    assert refused.value.remedy


def test_a_text_of_the_largest_size_is_read():
    """The limit is a limit, not a wall before it."""
    sentence = "Iron cures anaemia in the people that take it. "
    text = sentence * (MOST_CHARACTERS // len(sentence) // 20)
    assert article_of(text.encode(), "long.txt").text == text


def test_old_encodings_are_read():
    """windows-1252 and UTF-16 with its mark."""
    text = "Iron \u2013 a metal \u2013 cures anaemia."
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        assert article_of(text.encode(encoding), "a.txt").text == text


def test_a_file_that_is_not_there_and_the_input(tmp_path, monkeypatch):
    """A missing file is refused; a dash reads the input."""
    with pytest.raises(InputRefused, match="cannot be read"):
        read_article(tmp_path / "none.txt")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"Iron cures anaemia.")))
    from pathlib import Path

    assert read_article(Path("-")).name == "the input"
