"""A hospital's own document in Markdown: front matter, places, and words that must not change on the way."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.evidence.source import RecordCheck, SourceKind
from bedside.ingest.events import Skipped
from bedside.ingest.house_markdown import read_house_markdown
from bedside.ingest.markdown_blocks import plain
from bedside.ingest.reading import ContentRefused

from .slow_stream import SlowStream

FRONT = "---\ntitle: Vitamin Z on our wards\nissuer: St Elsewhere Hospital\n{more}---\n"


def read(body, more=""):
    """The one thing a document of this body becomes."""
    data = (FRONT.format(more=more) + body).encode()
    [found] = read_house_markdown(io.BytesIO(data), "Ward guide.md")
    return found


def places(body):
    """Locator and text of every passage."""
    return [(passage.locator, passage.text) for passage in read(body).passages]


def test_a_stream_that_hands_out_small_pieces_is_read_to_its_end():
    data = (FRONT.format(more="") + "First.\n\nThe last words.").encode()
    [found] = read_house_markdown(SlowStream(data), "x.md")
    assert found.passages[-1].text == "The last words."


def test_the_front_matter_becomes_the_source():
    more = "kind: laboratory-notice\nversion: '2.1'\ndate: 2026-03-01\njurisdiction: GB\nlicence: CC BY 4.0\n"
    record = read("Text of the guide.", more + "url: https://example.org/z\ndoi: 10.1000/z\n")
    source = record.source
    assert (source.key, source.title, source.issuer) == (
        "local-ward-guide",
        "Vitamin Z on our wards",
        "St Elsewhere Hospital",
    )
    assert (source.kind, source.check) == (SourceKind.LABORATORY_NOTICE, RecordCheck.LOADED)
    assert (source.version, source.published_on, source.year) == ("2.1", "2026-03-01", "2026")
    assert (source.jurisdiction, source.licence) == ("GB", "CC BY 4.0")
    assert (source.url, source.doi, record.full) == ("https://example.org/z", "10.1000/z", True)
    assert record.passages[0].licence == "CC BY 4.0"


def test_what_is_not_said_is_local_and_the_hospitals_own():
    source = read("Text of the guide.").source
    assert (source.kind, source.jurisdiction, source.licence) == (SourceKind.LOCAL_GUIDANCE, "local", "own document")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("isuer: X\n", "Did you mean 'issuer'?"),
        ("kind: guidline\n", "Did you mean 'guideline'?"),
        ("jurisdiction: UK\n", "Allowed: "),
        ("date: 1 March 2026\n", "Write it as 2026-11-22."),
        ("date: 2026-13-01\n", "Write it as 2026-11-22."),
        ("url: www.example.org\n", "Begin it with https://."),
        ("doi: z\n", "10.1000/xyz"),
        ("licence: free for all\n", "is not known"),
        ("title: Again\n", "given twice"),
        ("version: [1]\n", "must be a text"),
    ],
)
def test_front_matter_that_does_not_fit_is_refused_with_file_and_line(more, said):
    with pytest.raises(Exception, match=re.escape(said)) as caught:
        read("Text.", more)
    assert "Ward guide.md:4" in str(caught.value)


def test_everything_wrong_is_said_at_once():
    with pytest.raises(ContentRefused) as caught:
        read("Text.", "colour: red\ndate: soon\n")
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize("text", ["# Only a heading\nand text", "", "---\ntitle: Never closed\n"])
def test_a_document_without_front_matter_is_refused(text):
    with pytest.raises(ContentRefused, match="front matter is missing"):
        list(read_house_markdown(io.BytesIO(text.encode()), "x.md"))


def test_a_document_lacking_title_or_issuer_is_refused():
    with pytest.raises(ContentRefused, match="lacks 'issuer'"):
        list(read_house_markdown(io.BytesIO(b"---\ntitle: T\n---\nText"), "x.md"))


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"PK\x03\x04\x00\x00", b"--- caf\xe9"])
def test_what_is_no_text_is_skipped(data):
    [found] = read_house_markdown(io.BytesIO(data), "x.md")
    assert isinstance(found, Skipped)


def test_a_document_without_words_is_skipped():
    assert read("# Heading\n\n***\n").reason == "no text beneath the front matter"


def test_headings_make_the_path_and_numbers_the_locator():
    passages = read(
        "# Treatment\n## Start\n1.3.5 Offer it now.\n\nThen wait.\n## Stop\nRecommendation 4: Stop it."
    ).passages
    assert [(p.heading, p.locator) for p in passages] == [
        ("Treatment > Start", "1.3.5"),
        ("Treatment > Start", "Start, paragraph 2"),
        ("Treatment > Stop", "Recommendation 4"),
    ]
    assert [p.position for p in passages] == [0, 1, 2]


@pytest.mark.parametrize("text", ["1.5 mg daily is enough.", "2.5 times the limit.", "10 days later, stop."])
def test_a_quantity_at_the_head_of_a_paragraph_is_no_number_of_a_recommendation(text):
    assert places(f"# Dose\n{text}") == [("Dose, paragraph 1", text)]


def test_a_list_stays_with_what_introduces_it():
    assert places("# Stop\nDo not give it to people with:\n\n- allergy\n- renal failure\n    - on dialysis\n") == [
        ("Stop, paragraph 1", "Do not give it to people with:\nallergy\nrenal failure\non dialysis")
    ]


def test_items_of_a_list_that_nothing_introduces_are_passages_even_when_short():
    assert places("# Stop\n- Stop metformin\n- Hold ACE\n  inhibitors\n") == [
        ("Stop, item 1", "Stop metformin"),
        ("Stop, item 2", "Hold ACE inhibitors"),
    ]


def test_numbered_recommendations_in_an_introduced_list_stand_alone():
    assert places("# Do\nWe recommend:\n- 1.1.1 Offer it.\n- 1.1.2 Review it.\n") == [
        ("Do, paragraph 1", "We recommend:"),
        ("1.1.1", "1.1.1 Offer it."),
        ("1.1.2", "1.1.2 Review it."),
    ]


def test_a_row_of_a_table_carries_the_heads_of_its_columns():
    assert places("# Doses\n| Age | Dose |\n|---|:-:|\n| Adult | 1 mg \\| day |\n| Child |  |\n") == [
        ("Doses, table 1, row 1", "Age: Adult; Dose: 1 mg | day"),
        ("Doses, table 1, row 2", "Age: Child"),
    ]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("**Do not** give *any* `tablets`", "Do not give any tablets"),
        ("see [the leaflet](https://x.org/a_b) and <https://y.org>", "see the leaflet and https://y.org"),
        ("B12 < 180 ng/L and > 50 ng/L", "B12 < 180 ng/L and > 50 ng/L"),
        ("if B12 is\n> 50 ng/L", "if B12 is > 50 ng/L"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("4 x 10<sup>9</sup>/L of H<sub>2</sub>O", "4 x 10^9/L of H2O"),
        ("\\*not emphasis\\*", "*not emphasis*"),
        ("a note[^1] and a line<br>break", "a note and a line\nbreak"),
        ("1 mg to <b>2 mg</b>", "1 mg to 2 mg"),
    ],
)
def test_marks_of_markdown_go_and_words_and_comparators_stay(written, read_as):
    assert places(written) == [("Paragraph 1", read_as)]


def test_a_figure_at_the_head_of_a_wrapped_line_is_no_item():
    assert places("Treat when the result is below\n180. Then review.") == [
        ("Paragraph 1", "Treat when the result is below 180. Then review.")
    ]


def test_comments_and_rules_are_left_out_and_fenced_text_kept():
    assert places("<!-- draft\nonly -->\n***\n```\nline one\nline two\n```\n") == [
        ("Paragraph 1", "line one\nline two")
    ]


def test_the_same_document_gives_the_same_passages():
    body = "# A\nOne sentence here.\n\n- item one\n"
    assert read(body) == read(body)


@given(
    st.lists(st.sampled_from(["# H", "- item", "  - deep", "| a | b |", "|--|--|", "text", "", "> q", "```", "1. x"]))
)
def test_any_lines_are_read_and_every_word_is_somewhere(lines):
    data = (FRONT.format(more="") + "\n".join(lines)).encode()
    [found] = read_house_markdown(io.BytesIO(data), "x.md")
    if not isinstance(found, Skipped):
        assert len({passage.id for passage in found.passages}) == len(found.passages)
        assert all(passage.text.strip() == passage.text != "" for passage in found.passages)


@given(st.text(alphabet="xy 12<>=.*_[]()`\\|^", max_size=60))
def test_no_figure_or_comparator_of_a_line_is_lost(text):
    """Links and images aside, whatever is written between marks is still there."""
    if "](" not in text and "[" not in text:
        kept = re.findall(r"[\d<>=]", plain(text))
        assert kept == re.findall(r"[\d<>=]", text)
