"""HTML pages: what a reader sees, in passages with places; menus, scripts and spans that would mislead left out."""

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.errors import ExtraMissing
from bedside.evidence.record import Record
from bedside.evidence.source import SourceKind
from bedside.ingest import html_pages
from bedside.ingest.events import Skipped
from bedside.ingest.html_pages import read_html
from bedside.ingest.stated import NOTHING, Stated

from .slow_stream import SlowStream

pytest.importorskip("selectolax")


def read(page, options=NOTHING):
    """The one thing a page becomes."""
    data = page if isinstance(page, bytes) else page.encode()
    [found] = read_html(io.BytesIO(data), "page.html", options)
    return found


def places(body):
    """Locator and text of every passage of a body."""
    return [(passage.locator, passage.text) for passage in read(f"<body>{body}</body>").passages]


def texts(body):
    """The texts alone."""
    return [text for _, text in places(body)]


def test_a_stream_that_hands_out_small_pieces_is_read_to_its_end():
    page = "<p>A paragraph that says enough.</p><p>Another.</p>"
    assert next(read_html(SlowStream(page.encode()), "page.html")) == read(page)


def test_the_source_is_what_the_page_says_of_itself():
    head = """<html lang="en-GB"><head><title>Z | Site</title>
    <meta name="citation_title" content="Vitamin Z: guideline">
    <meta name="citation_author" content="Roe, Anna B."><meta name="citation_author" content="The Z Group">
    <meta name="citation_doi" content="https://doi.org/10.1000/z"><meta name="citation_pmid" content="5">
    <meta name="citation_publication_date" content="2024/3/6"><meta name="DC.publisher" content="Institute of Z">
    <link rel="canonical" href="https://example.org/z"><link rel="license"
    href="https://creativecommons.org/licenses/by/4.0/"></head><body><h1>Vitamin Z</h1><p>Offer it.</p></body>"""
    found = read(head)
    source = found.source
    assert (source.key, source.pmid, source.doi) == ("pmid-5", "5", "10.1000/z")
    assert (source.title, source.issuer) == ("Vitamin Z: guideline", "Institute of Z")
    assert source.authors == ("Roe AB", "The Z Group")
    assert (source.published_on, source.year, source.url) == ("2024-03-06", "2024", "https://example.org/z")
    assert (source.licence, source.kind, found.language) == ("CC BY 4.0", SourceKind.REFERENCE, "eng")


def test_what_is_stated_goes_before_what_the_page_says():
    stated = Stated(kind=SourceKind.GUIDELINE, title="T", issuer="I", version="2", jurisdiction="GB", licence="OGL")
    source = read("<title>Other</title><p>Offer it.</p><footer>All rights reserved</footer>", stated).source
    assert (source.kind, source.title, source.issuer, source.version) == (SourceKind.GUIDELINE, "T", "I", "2")
    assert (source.jurisdiction, source.licence) == ("GB", "OGL")


def test_the_footer_tells_the_licence_and_is_no_passage():
    found = read("<p>Offer it.</p><footer>© Institute. All rights reserved.</footer>")
    assert found.source.licence == "all rights reserved"
    assert [passage.text for passage in found.passages] == ["Offer it."]


def test_without_an_identifier_the_address_or_the_file_is_the_key():
    assert read("<link rel=canonical href='https://example.org/a'><p>Text</p>").source.key == "local-example-org-a"
    assert read("<p>Text</p>").source.key == "local-page-html"


def test_the_number_of_a_recommendation_is_its_locator():
    assert places("<h2>Care</h2><p>1.3.5 Offer it.</p><p>Recommendation 4: Stop.</p><p>1.5 mg is enough.</p>") == [
        ("1.3.5", "1.3.5 Offer it."),
        ("Recommendation 4", "Recommendation 4: Stop."),
        ("Care, paragraph 3", "1.5 mg is enough."),
    ]


def test_a_number_that_stands_as_a_heading_is_the_locator_of_what_follows():
    body = "<h2>Care</h2><h3>1.3.6</h3><p>Consider it.</p><ul><li>by mouth</li></ul><h3>Next</h3><p>Wait.</p>"
    assert places(body) == [("1.3.6", "Consider it.\nby mouth"), ("Next, paragraph 1", "Wait.")]


def test_headings_make_the_path():
    found = read("<h1>Z</h1><h2>Care</h2><h3>Start</h3><p>a word</p><h2>Stop</h2><p>a word</p>")
    assert [(p.heading, p.locator) for p in found.passages] == [
        ("Z > Care > Start", "Start, paragraph 1"),
        ("Z > Stop", "Stop, paragraph 1"),
    ]


@pytest.mark.parametrize(
    "noise",
    [
        "<nav>Noise</nav>",
        "<footer>Noise</footer>",
        "<script>Noise</script>",
        "<style>Noise</style>",
        "<aside>Noise</aside>",
        "<header>Noise</header>",
        "<div role=navigation>Noise</div>",
        "<div hidden>Noise</div>",
        "<span aria-hidden=true>Noise</span>",
        "<form><label>Noise</label></form>",
        "<template>Noise</template>",
        "<!-- Noise -->",
        "<noscript>Noise</noscript>",
    ],
)
def test_what_is_not_the_document_is_left_out(noise):
    assert texts(f"{noise}<p>Offer it.</p>{noise}") == ["Offer it."]


def test_the_main_part_of_a_page_is_read_alone():
    assert texts("<div>Menu of site</div><main><header><p>Kept head</p></header><p>Text</p></main>") == [
        "Kept head",
        "Text",
    ]


def test_a_list_stays_with_what_introduces_it():
    assert texts(
        "<p>Do not offer it to people with:</p><ul><li>allergy<ol><li>to Z</li></ol></li><li>pain</li></ul>"
    ) == ["Do not offer it to people with:\nallergy\nto Z\npain"]
    assert texts("<p>Some words.</p><ul><li>One</li><li>Two</li></ul>") == ["Some words.", "One", "Two"]


def test_loose_words_are_paragraphs_and_no_word_is_lost():
    body = "<div>Loose <b>words</b> here<p>In one.</p>tail <a href=x><p>linked</p></a></div><x-y><p>own</p></x-y>"
    assert texts(body) == ["Loose words here", "In one.", "tail", "linked", "own"]


def test_definitions_keep_their_terms():
    assert places("<h2>Terms</h2><dl><dt>MMA</dt><dd>an acid</dd><dt>A</dt><dt>B</dt><dd>both</dd></dl>") == [
        ("Terms, item 1", "MMA: an acid"),
        ("Terms, item 2", "A, B: both"),
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("4 × 10<sup>9</sup>/L", "4 × 10^9/L"),
        ("1.5<sup><a href='#r12'>12</a></sup> was it", "1.5 [12] was it"),
        ("below &lt;180 &amp; above &gt;50", "below <180 & above >50"),
        ("one<br>two", "one\ntwo"),
        ("a\n   b\u00a0c", "a b c"),
        ("H<sub>2</sub>O", "H2O"),
        ("a\x01b\x1ec", "abc"),
    ],
)
def test_words_and_figures_stay_what_they_are(written, text):
    assert texts(f"<p>{written}</p>") == [text]


def test_a_row_carries_its_heads_and_cells_that_span_reach_every_row():
    table = """<h2>Doses</h2><table><caption>Table 2 Doses by age</caption>
    <thead><tr><th rowspan=2>Age</th><th colspan=2>Dose</th></tr><tr><th>start</th><th>later</th></tr></thead>
    <tr><th rowspan=2>Adult</th><td>1 mg</td><td>2 mg</td></tr><tr><td>3 mg</td><td>4 mg</td></tr>
    <tr><td colspan=3>Children</td></tr><tr><td>under 5</td><td>none</td><td>none</td></tr></table>"""
    assert places(table) == [
        ("Table 2, caption", "Table 2 Doses by age"),
        ("Table 2, row 1", "Age: Adult; Dose start: 1 mg; Dose later: 2 mg"),
        ("Table 2, row 2", "Age: Adult; Dose start: 3 mg; Dose later: 4 mg"),
        ("Table 2, row 3", "Children; Age: under 5; Dose start: none; Dose later: none"),
    ]


def test_a_row_whose_cells_agree_is_a_row_and_no_heading():
    table = """<table><tr><th>Before</th><th>After</th></tr>
    <tr><td>No</td><td>No</td></tr><tr><td>1</td><td>2</td></tr></table>"""
    assert texts(table) == ["Before: No; After: No", "Before: 1; After: 2"]


def test_notes_over_the_whole_width_are_kept():
    table = """<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr>
    <tr><td colspan=2>Do not crush.</td></tr></table>"""
    assert texts(table) == ["A: 1; B: 2", "Do not crush."]


def test_a_table_without_heads_and_one_in_a_cell():
    assert texts("<table><tr><td>Dose</td><td>1 mg</td></tr></table>") == ["Dose; 1 mg"]
    [row] = texts("<table><tr><td>Dose</td><td><table><tr><td>1 mg</td></tr></table></td></tr></table>")
    assert row == "Dose; 1 mg"


def test_a_table_for_layout_is_no_table():
    assert texts("<table role=presentation><tr><td><p>One text.</p></td><td><p>Two.</p></td></tr></table>") == [
        "One text.",
        "Two.",
    ]


def test_enormous_spans_are_cut():
    [text] = texts(
        "<table><tr><td colspan=999999999 rowspan=99999>wide</td><td>x</td></tr><tr><td>y</td></tr></table>"
    )[:1]
    assert text == "wide"


@pytest.mark.parametrize(
    "data",
    [
        "<p>café ≥ 5</p>".encode(),
        b"\xef\xbb\xbf" + "<p>café ≥ 5</p>".encode(),
        "<p>café ≥ 5</p>".encode("utf-16"),
    ],
)
def test_text_is_decoded_by_its_mark_or_as_utf_8(data):
    assert read(data).passages[0].text == "café ≥ 5"


@pytest.mark.parametrize("head", [b"<meta charset=iso-8859-1>", b"", b"<meta charset=made-up>"])
def test_text_that_is_not_utf_8_is_decoded_as_declared_or_as_windows_1252(head):
    assert read(head + "<p>café – 5 µg</p>".encode("windows-1252")).passages[0].text == "café – 5 µg"


def test_a_page_in_another_language_says_so():
    found = read("<html lang=de><p>Vitamin Z anbieten.</p>")
    assert (found.language, found.passages[0].language) == ("ger", "ger")


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"<div id=root></div><script>go()</script>", b"%PDF-1.4\0\0"])
def test_a_page_without_text_is_skipped(data):
    assert isinstance(read(data), Skipped)


def test_a_page_that_is_too_large_is_skipped(monkeypatch):
    monkeypatch.setattr(html_pages, "MOST_BYTES", 10)
    assert "larger than 10 bytes" in read("<p>Some text here</p>").reason


def test_without_the_parser_the_remedy_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    with pytest.raises(ExtraMissing, match=r"bedside\[html\]"):
        read("<p>Text</p>")


def test_very_deep_nesting_is_read_without_harm():
    found = read("<div>" * 5000 + "<p>Deep words.</p>" + "</div>" * 5000)
    assert "Deep words." in " ".join(passage.text for passage in found.passages)


PIECES = [
    "<p>",
    "</p>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td rowspan=2>",
    "</table>",
    "word",
    "<h2>",
    "</h2>",
    "<br>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_soup_of_tags_is_read_and_has_places(pieces):
    found = read("".join(pieces))
    if isinstance(found, Record):
        assert len({passage.id for passage in found.passages}) == len(found.passages)
        assert all(passage.locator and passage.text == passage.text.strip() for passage in found.passages)


def test_reading_is_the_same_every_time():
    page = "<h1>Z</h1><p>Offer it.</p><ul><li>a</li></ul>"
    assert read(page) == read(page)
