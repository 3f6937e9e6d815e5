"""PDF guidelines: paragraphs by page in reading order, from small files written here byte by byte."""

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.errors import ExtraMissing
from bedside.evidence.record import Record
from bedside.evidence.source import SourceKind
from bedside.ingest import pdf_pages
from bedside.ingest.events import Skipped
from bedside.ingest.pdf_layout import Line, paragraphs_of, reading_order, without_running_lines
from bedside.ingest.pdf_pages import read_pdf
from bedside.ingest.stated import NOTHING, Stated

from .slow_stream import SlowStream

pytest.importorskip("pypdfium2")

LOCKED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -44 >> /ID [<00> <00>]" % (b"41" * 32, b"42" * 32)


def pdf(pages, trailer=b"", info=b""):
    """A PDF whose pages are lists of (left, bottom, size, text), in points from the lower left corner."""
    objects = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for runs in pages:
        content = b"".join(_run(*run) for run in runs)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    if info:
        objects.append(info)
        trailer += b" /Info %d 0 R" % len(objects)
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def _run(left, bottom, size, text):
    written = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
    return b"BT /F1 %d Tf %d %d Td (%s) Tj ET\n" % (size, left, bottom, written)


def lines(*texts, top=700, left=60, size=11):
    """Lines of one paragraph, 14 points apart."""
    return [(left, top - 14 * number, size, text) for number, text in enumerate(texts)]


def read(data, options=NOTHING):
    """The one thing a file becomes."""
    [found] = read_pdf(io.BytesIO(data), "Guide.pdf", options)
    return found


def places(*pages):
    """Locator and text of every passage."""
    return [(passage.locator, passage.text) for passage in read(pdf(pages)).passages]


def test_a_stream_that_hands_out_small_pieces_is_read_to_its_end():
    data = pdf([lines("A paragraph.")])
    assert next(read_pdf(SlowStream(data), "Guide.pdf")) == read(data)


def test_the_source_is_what_is_stated_else_what_the_file_says():
    info = b"<< /Title (Vitamin Z) /Author (Institute of Z) /CreationDate (D:20240306101010Z) >>"
    data = pdf([lines("Distributed under a Creative Commons Attribution 4.0 licence.")], info=info)
    source = read(data).source
    assert (source.key, source.title, source.issuer) == ("local-guide", "Vitamin Z", "Institute of Z")
    assert (source.licence, source.year) == ("CC BY 4.0", "")
    assert source.note == "the file was made on 2024-03-06; it states no date of publication"
    stated = Stated(SourceKind.GUIDELINE, "T", "I", "2", "2023-05", "GB", "all rights reserved", doi="10.1000/z")
    source = read(data, stated).source
    assert (source.key, source.title, source.issuer, source.version) == ("doi-10-1000-z", "T", "I", "2")
    assert (source.year, source.jurisdiction, source.licence, source.note) == ("2023", "GB", "all rights reserved", "")


def test_paragraphs_have_page_and_number_and_that_of_the_recommendation():
    page = lines("First paragraph", "goes on here.") + lines("1.3.5 Offer it to", "all adults.", top=640)
    assert places(page, lines("Another page.")) == [
        ("page 1, paragraph 1", "First paragraph goes on here."),
        ("1.3.5, page 1, paragraph 2", "1.3.5 Offer it to all adults."),
        ("page 2, paragraph 1", "Another page."),
    ]


def test_a_numbered_recommendation_begins_a_paragraph_without_a_gap():
    assert places(lines("1.1.1 Offer it.", "1.1.2 Review it.", "• Stop it.")) == [
        ("1.1.1, page 1, paragraph 1", "1.1.1 Offer it."),
        ("1.1.2, page 1, paragraph 2", "1.1.2 Review it."),
        ("page 1, paragraph 3", "• Stop it."),
    ]


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("Offer the treat-", "ment now.", "Offer the treatment now."),
        ("wait for 1-", "2 weeks.", "wait for 1-2 weeks."),
        ("after COVID-", "19 infection.", "after COVID-19 infection."),
        ("a low-", "dose regimen.", "a low-dose regimen."),
        ("the Anglo-", "Saxon one.", "the Anglo-Saxon one."),
        ("a dose of 10", "mg daily.", "a dose of 10 mg daily."),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_put_together_and_a_number_never(first, second, text):
    assert places(lines(first, second)) == [("page 1, paragraph 1", text)]


def test_a_sentence_that_goes_on_over_the_page_is_put_together():
    assert places(lines("Do not offer it to people who"), lines("have renal failure.") + lines("Next.", top=600)) == [
        ("page 1, paragraph 1", "Do not offer it to people who have renal failure."),
        ("page 2, paragraph 2", "Next."),
    ]


def test_two_columns_are_read_one_after_the_other_though_the_file_mixes_them():
    page = [(60, 780, 11, "A line that lies across the whole width of the page, over both of its columns here")]
    for number in range(6):
        page.append((60, 700 - 14 * number, 11, f"Left column words of line {number} go on in"))
        page.append((310, 700 - 14 * number, 11, f"Right column words of line {number} go on"))
    texts = [text for _, text in places(page)]
    assert texts[0].startswith("A line that lies across")
    assert "Right" not in texts[1]
    assert texts[1].count("Left column") == 6
    assert texts[2].count("Right column") == 6


def test_the_cells_of_a_table_are_no_columns_of_text():
    page = [
        run
        for number in range(8)
        for run in ((60, 700 - 14 * number, 11, f"Drug {number}"), (310, 700 - 14 * number, 11, f"{number} mg"))
    ]
    [(_, text)] = places(page)
    assert text.startswith("Drug 0 0 mg Drug 1 1 mg Drug 2 2 mg")


def test_running_heads_and_page_numbers_are_left_out():
    pages = [
        [(60, 810, 9, "Institute of Z 2024"), *lines(f"Text of page {name}."), (60, 30, 9, f"Page {number} of 4")]
        for number, name in enumerate(("one", "two", "three", "four"), 1)
    ]
    assert [text for _, text in places(*pages)] == [f"Text of page {name}." for name in ("one", "two", "three", "four")]


def test_a_line_on_few_pages_is_no_running_head():
    assert len(places(lines("Do not crush."), lines("Do not crush."))) == 2


def test_large_letters_are_the_heading_of_what_follows():
    found = read(pdf([[(60, 780, 20, "Treatment of adults"), *lines("Offer it now.", "Then wait.", "And review it.")]]))
    assert [(p.heading, p.locator) for p in found.passages] == [("Treatment of adults", "page 1, paragraph 2")]


def test_a_warning_in_large_letters_is_a_passage():
    found = read(pdf([[(60, 780, 20, "Never give it with alcohol."), *lines("Offer it.", "Wait.", "Review it.")]]))
    assert found.passages[0].text == "Never give it with alcohol."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[], []]), "no text: scanned pages; run OCR first"),
        (pdf([lines("Secret words.")], LOCKED), "encrypted"),
        (b"", "this is no PDF"),
        (b"PK\x03\x04 not a PDF", "this is no PDF"),
        (b"%PDF-1.4\n%%EOF", "this is no PDF"),
    ],
)
def test_what_cannot_be_read_is_skipped_with_the_reason(data, reason):
    found = read(data)
    assert isinstance(found, Skipped)
    assert reason in found.reason


def test_limits_on_bytes_and_pages(monkeypatch):
    data = pdf([lines("One."), lines("Two.")])
    monkeypatch.setattr(pdf_pages, "MOST_PAGES", 1)
    assert read(data).reason == "more than 1 pages"
    monkeypatch.setattr(pdf_pages, "MOST_BYTES", 50)
    assert read(data).reason == "larger than 50 bytes"


def test_without_the_reader_the_remedy_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(ExtraMissing, match=r"bedside\[pdf\]"):
        read(b"%PDF")


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=4))
def test_a_damaged_byte_never_raises(place, put):
    data = pdf([lines("1.1.1 Offer it.", "Then wait.")])
    at = place % len(data)
    assert isinstance(read(data[:at] + put + data[at + 1 :]), Record | Skipped)


def line(text, left, top, width=200.0, size=10.0):
    """A line at a place of a page 600 points wide."""
    return Line(text, left, top - size, left + width, top, size, 600.0)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(20, 800), st.integers(5, 300)), max_size=30))
def test_reading_order_loses_no_line_and_doubles_none(given_places):
    given_lines = [line(f"w{number}", left, top, width) for number, (left, top, width) in enumerate(given_places)]
    words = " ".join(ordered.text for ordered in reading_order(given_lines)).split()
    assert sorted(words) == sorted(f"w{number}" for number in range(len(given_lines)))
    paragraphs = " ".join(paragraph.text for paragraph in paragraphs_of(reading_order(given_lines))).split()
    assert paragraphs == words


def test_ligatures_become_letters():
    from bedside.ingest.pdf_layout import plain_letters

    assert plain_letters("e\ufb03cacy of \ufb01rst \ufb02uid") == "efficacy of first fluid"


def test_running_lines_are_known_by_place_as_well_as_words():
    pages = [[line("Do not crush.", 60, 800 - 40 * number)] for number in range(4)]
    assert without_running_lines(pages) == pages


def test_reading_is_the_same_every_time():
    data = pdf([lines("One paragraph.", "Two lines.")])
    assert read(data) == read(data)
