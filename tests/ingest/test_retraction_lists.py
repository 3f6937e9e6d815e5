"""Lists of retractions, as tables and as JSON lines."""

import gzip
import io
import json
from pathlib import Path

import pytest

from bedside.errors import InputRefused
from bedside.evidence.notice import Direction, NoticeKind
from bedside.ingest.events import Skipped
from bedside.ingest.retraction_lists import ListedNotice, read_retractions

DATA = Path(__file__).parents[3] / "shared" / "data" / "retractions" / "retraction_watch_dois.jsonl.zst"
HEADER = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,"
    "Reason,Paywalled,Notes"
)


def row(
    record="7", date="7/31/2020 0:00", notice=("10.1/R", "200"), paper=("10.1/P", "100"), nature="Retraction", **other
):
    """A line of the table."""
    reason = other.get("reason", "+Error in Data;+Copyright;")
    title = other.get("title", "Oral B12")
    return (
        f'{record},"{title}",,,J,P,GB,A,,Research Article;,{date},{notice[0]},{notice[1]},1/1/2010 0:00,'
        f"{paper[0]},{paper[1]},{nature},{reason},No,"
    )


def read(tmp_path, text, name="list.csv"):
    """What a file of that text gives."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_retractions(path))


def test_a_row_of_the_table(tmp_path):
    """Every part in its place."""
    [listed] = read(tmp_path, f"{HEADER}\n{row()}\n")
    assert (listed.doi, listed.pmid) == ("10.1/p", "100")
    notice = listed.notice
    assert (notice.kind, notice.direction) == (NoticeKind.RETRACTION, Direction.IN)
    assert (notice.doi, notice.pmid, notice.on) == ("10.1/r", "200", "2020-07-31")
    assert notice.origin == "Retraction Watch, record 7"
    assert notice.note == "Error in Data; Copyright"


@pytest.mark.parametrize(
    ("nature", "kind"),
    [
        ("Retraction", NoticeKind.RETRACTION),
        ("Expression of concern", NoticeKind.CONCERN),
        ("EXPRESSION OF CONCERN ", NoticeKind.CONCERN),
        ("Correction", NoticeKind.ERRATUM),
        ("Reinstatement", NoticeKind.REINSTATEMENT),
    ],
)
def test_natures(tmp_path, nature, kind):
    """The four that the table uses."""
    [listed] = read(tmp_path, f"{HEADER}\n{row(nature=nature)}\n")
    assert listed.notice.kind is kind


@pytest.mark.parametrize("empty", ["unavailable", "Unavailable", "", "0", "n/a"])
def test_what_is_not_known_is_empty(tmp_path, empty):
    """An identifier nobody has seen is left empty, never guessed."""
    [listed] = read(tmp_path, f"{HEADER}\n{row(paper=(empty, '100'), notice=(empty, '0'))}\n")
    assert (listed.doi, listed.notice.doi, listed.notice.pmid) == ("", "", "")


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("7/31/2020", "2020-07-31"),
        ("12/1/2020 13:45", "2020-12-01"),
        ("2020-07-31", "2020-07-31"),
        ("31/7/2020", ""),
        ("", ""),
        ("soon", ""),
    ],
)
def test_dates_have_the_month_first(tmp_path, date, iso):
    """What is no day is left empty."""
    [listed] = read(tmp_path, f"{HEADER}\n{row(date=date)}\n")
    assert listed.notice.on == iso


def test_a_row_that_cannot_be_used_is_skipped_with_the_reason(tmp_path):
    """And the rows after it are read."""
    rows = [row(paper=("unavailable", "0")), row(nature="Lecture"), "1,2", row()]
    first, second, third, last = read(tmp_path, "\n".join([HEADER, *rows, ""]))
    assert isinstance(first, Skipped)
    assert (first.number, first.identifier) == (1, "record 7")
    assert "no DOI and no PMID (line 2)" in first.reason
    assert "'lecture' is not known" in second.reason
    assert isinstance(third, Skipped)
    assert isinstance(last, ListedNotice)


def test_a_missing_column_is_named(tmp_path):
    """The table cannot be used without it."""
    header = HEADER.replace("OriginalPaperDOI,", "")
    with pytest.raises(InputRefused, match=r"list.csv.*no column 'OriginalPaperDOI'"):
        read(tmp_path, f"{header}\n")


def test_columns_are_found_whatever_their_order_and_capitals(tmp_path):
    """Three are enough."""
    [listed] = read(
        tmp_path, "retractionnature,originalpaperpubmedid,ORIGINALPAPERDOI\nRetraction,00123.0,doi:10.1/X\n"
    )
    assert (listed.doi, listed.pmid) == ("10.1/x", "123")
    assert listed.notice.origin == "Retraction Watch"


def test_quoted_fields_may_hold_commas_quotes_and_line_ends(tmp_path):
    """As titles and notes do; numbers of rows are those of rows."""
    odd, plain = row(title='A ""B12"", or""\nnot'), row(paper=("10.1/Q", ""))
    listed, last = read(tmp_path, f"{HEADER}\r\n{odd}\r\n\r\n{plain}\r\n")
    assert (listed.doi, last.doi) == ("10.1/p", "10.1/q")


@pytest.mark.parametrize(
    "encode",
    [lambda t: b"\xef\xbb\xbf" + t.encode(), lambda t: t.encode("latin-1"), lambda t: gzip.compress(t.encode())],
)
def test_encodings(tmp_path, encode):
    """UTF-8 with its mark, Latin-1, gzip."""
    written = row(reason="+Donn\u00e9es;")
    [listed] = read(tmp_path, encode(f"{HEADER}\n{written}\n"))
    assert listed.notice.note == "Donn\u00e9es"


def test_json_lines(tmp_path):
    """With the words of the sample, and what is broken skipped."""
    lines = [
        json.dumps({"doi": "10.1/A", "notice_doi": "10.1/N", "nature": "retraction"}),
        "",
        json.dumps({"doi": "https://doi.org/10.1/B", "notice_doi": None, "nature": "expression_of_concern"}),
        "{not json",
        "[1]",
        json.dumps({"nature": "retraction"}),
        json.dumps({"doi": 5, "nature": ["x"]}),
    ]
    found = read(tmp_path, "\n".join(lines), "list.jsonl")
    assert [type(each) for each in found] == [ListedNotice, ListedNotice, Skipped, Skipped, Skipped, Skipped]
    assert (found[0].doi, found[0].notice.doi, found[0].notice.origin) == ("10.1/a", "10.1/n", "list of retractions")
    assert (found[1].doi, found[1].notice.kind) == ("10.1/b", NoticeKind.CONCERN)
    assert (found[2].number, found[2].reason) == (4, "the line is not JSON")


def test_an_empty_or_missing_file_is_refused(tmp_path):
    """With its name."""
    with pytest.raises(InputRefused, match="empty"):
        read(tmp_path, "")
    with pytest.raises(InputRefused, match="cannot be opened"):
        list(read_retractions(tmp_path / "none.csv"))


def test_a_field_without_an_end_is_refused(tmp_path):
    """A quote that is never closed must not swallow the file in silence."""
    with pytest.raises(InputRefused, match=r"list.csv: cannot be read as CSV at line"):
        read(tmp_path, f'{HEADER}\n7,"{"x" * 1_200_000}\n')


def test_the_whole_public_list(tmp_path):
    """Every line of the sample is read, none skipped."""
    if not DATA.is_file():
        pytest.skip("the list of retractions is not here")
    import zstandard

    with DATA.open("rb") as file:
        text = io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(file)).read()
    found = read(tmp_path, text, "list.jsonl")
    assert len(found) == 61_542
    assert all(isinstance(each, ListedNotice) and each.doi for each in found)
    assert sum(not each.notice.doi for each in found) == 1_077  # "unavailable", or broken
    concerns = sum(each.notice.kind is NoticeKind.CONCERN for each in found)
    assert concerns == 1_666
