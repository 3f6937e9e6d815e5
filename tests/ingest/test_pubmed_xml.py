"""PubMed XML to records: every field, against made-up files and against real ones that another parser read."""

import io
import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.errors import InputRefused
from bedside.evidence.notice import Direction, NoticeKind
from bedside.evidence.record import Heading, Record
from bedside.evidence.source import RecordCheck, SourceKind, SourceStatus
from bedside.ingest import pubmed_pieces
from bedside.ingest.events import Removal, Skipped
from bedside.ingest.opening import opened
from bedside.ingest.pubmed_xml import read_pubmed

from .pubmed_samples import HEAD, TAIL, article, document, one, read

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "pubmed_xml"
REAL = (*(f"pubmed21n{number}.xml.gz" for number in ("0001", *range(1000, 1006))), "medline16n0902.xml.gz")

JOURNAL = """<Journal><ISSN IssnType="Electronic">1111-2222</ISSN><ISSN IssnType="Print">3333-4444</ISSN>
<JournalIssue CitedMedium="Internet"><Volume>12</Volume><Issue>3 Suppl</Issue>
<PubDate><Year>2021</Year><Month>Mar</Month><Day>9</Day></PubDate></JournalIssue>
<Title>Journal of Made-up Medicine</Title><ISOAbbreviation>J Made-up Med</ISOAbbreviation></Journal>"""


def pmids(events):
    """The PMIDs of the records, in order."""
    return [event.source.pmid for event in events if isinstance(event, Record)]


# Real files


@pytest.mark.parametrize("name", [*REAL, "pubmed-29768149.xml"])
def test_real_files_agree_with_another_parser(name):
    """Title, abstract, MeSH, year, types and language of all 924 records; white space and raised digits aside."""
    if not DATA.is_dir():
        pytest.skip("the shared PubMed files are not here")
    with opened(DATA / name) as stream:
        events = list(read_pubmed(stream, name))
    expected = {row["pmid"]: row for row in _reference() if row["file"] == name}
    records = [event for event in events if isinstance(event, Record)]
    assert sorted(pmids(events), key=int) == sorted(expected, key=int)
    assert not [event for event in events if isinstance(event, Skipped)]
    for record in records:
        row = expected[record.source.pmid]
        abstract = [passage.text for passage in record.passages if passage.locator.startswith("Abstract")]
        main = "".join(abstract[: len(abstract) - sum(bool(p.language) for p in record.passages)])
        assert _bare(record.source.title) == _bare(row["title"])
        assert _bare(main) == _bare(row["abstract"])
        assert [heading.name for heading in record.headings if not heading.ui.startswith("C")] == row["mesh"]
        assert record.source.year == row["year"]
        assert list(record.publication_types) == row["pubtypes"]
        assert [record.language] == row["lang"]


def test_real_notices_and_a_real_removal_come_out():
    if not DATA.is_dir():
        pytest.skip("the shared PubMed files are not here")
    events = []
    for name in REAL:
        with opened(DATA / name) as stream:
            events += read_pubmed(stream, name)
    notices = Counter(
        (notice.kind, notice.direction) for event in events if isinstance(event, Record) for notice in event.notices
    )
    assert notices == {  # counted with grep; the 3,500 of the RefType Cites are references and no notices
        (NoticeKind.RETRACTION, Direction.IN): 1,
        (NoticeKind.ERRATUM, Direction.IN): 4,
        (NoticeKind.ERRATUM, Direction.OF): 7,
        (NoticeKind.COMMENT, Direction.IN): 53,
        (NoticeKind.COMMENT, Direction.OF): 37,
    }
    assert sum(isinstance(event, Removal) for event in events) == 1


def _reference():
    with (DATA / "parsed_reference.jsonl.zst").open("rb") as file:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8"):
            yield json.loads(line)


def _bare(text):
    """The text without white space, its raised and lowered digits as plain ones (the other parser runs them on)."""
    plain = unicodedata.normalize("NFC", text).translate(str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ\N{MINUS SIGN}", "+-0123456789n-"))
    return "".join(plain.replace("^", "").replace("_", "").split())


# The fields


def test_a_plain_record():
    record = one(article(journal=JOURNAL, inside="<Language>eng</Language>"))
    source = record.source
    assert (source.key, source.pmid, source.title) == ("pmid-101", "101", "A made-up trial.")
    assert (source.container, source.issuer) == ("J Made-up Med", "Journal of Made-up Medicine")
    assert (source.volume, source.issue, source.year, source.published_on) == ("12", "3 Suppl", "2021", "2021-03-09")
    assert (source.kind, source.status, source.check) == (
        SourceKind.REFERENCE,
        SourceStatus.CURRENT,
        RecordCheck.LOADED,
    )
    assert source.url == "https://pubmed.ncbi.nlm.nih.gov/101/"
    assert (source.licence, source.version, source.note) == ("PubMed abstract", "", "")
    assert (record.language, record.full) == ("eng", False)
    (passage,) = record.passages
    assert (passage.source, passage.locator, passage.text, passage.licence) == (
        "pmid-101",
        "Abstract",
        "Words.",
        "PubMed abstract",
    )
    assert (passage.heading, passage.position, passage.language) == ("", 0, "")


def test_a_structured_abstract_is_a_passage_a_part():
    record = one(
        article(
            abstract="""<Abstract>
            <AbstractText Label="BACKGROUND AND AIMS" NlmCategory="BACKGROUND">First.</AbstractText>
            <AbstractText Label="Methods">Second.</AbstractText>
            <AbstractText Label="RESULTS"/>
            <AbstractText Label="UNLABELLED">Third.</AbstractText>
            <AbstractText>Fourth.</AbstractText>
            <AbstractText>Fourth.</AbstractText>
            <CopyrightInformation>Nobody 2020.</CopyrightInformation></Abstract>"""
        )
    )
    assert [(p.locator, p.heading, p.text, p.position) for p in record.passages] == [
        ("Abstract, BACKGROUND AND AIMS", "Background and Aims", "First.", 0),
        ("Abstract, METHODS", "Methods", "Second.", 1),
        ("Abstract", "", "Third.", 2),
        ("Abstract", "", "Fourth.", 3),
    ]
    assert len({passage.id for passage in record.passages}) == 4


def test_other_abstracts_keep_their_language_and_kind():
    record = one(
        article(
            citation="""<OtherAbstract Type="Publisher" Language="spa">
            <AbstractText Label="OBJETIVO">Palabras.</AbstractText></OtherAbstract>
            <OtherAbstract Type="Publisher" Language="fre">
            <AbstractText>Abstract available from the publisher.</AbstractText></OtherAbstract>
            <OtherAbstract Type="plain-language-summary" Language="eng">
            <AbstractText>Simply.</AbstractText></OtherAbstract>
            <OtherAbstract Type="Publisher" Language="eng"><AbstractText>Again.</AbstractText></OtherAbstract>"""
        )
    )
    assert [(p.locator, p.language, p.text) for p in record.passages] == [
        ("Abstract", "", "Words."),
        ("Abstract (spa), OBJETIVO", "spa", "Palabras."),
        ("Plain language summary", "", "Simply."),
        ("Other abstract", "", "Again."),
    ]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<i>H. pylori</i> and\n\t  B<sub>12</sub>", "H. pylori and B12"),
        ("CO<sub>2</sub>, kg/m<sup>2</sup>, Ca<sup>2+</sup>, CD4<sup>+</sup>", "CO2, kg/m2, Ca2+, CD4+"),
        ("<sup>99m</sup>Tc and the 5<sup>th</sup>", "99mTc and the 5th"),
        ("5 x 10<sup>6</sup> cells", "5 x 10\u2076 cells"),
        ("10<sup>-3</sup> and 10<sup>\u22123</sup>", "10\u207b\u00b3 and 10\u207b\u00b3"),
        ("10<sup>6.5</sup>", "10^6.5"),
        ("in 12<sup>1,2</sup>", "in 12^1,2"),
        ("<b>10</b><sup>9</sup>/L", "10\u2079/L"),
        ("1101<sub>2</sub>", "1101_2"),
        ("x<sup>2</sup>5", "x2 5"),
        ("<i>p<sub>1</sub></i> <b>q</b>", "p1 q"),
        ("p &lt; 0.05 &amp; q &#8805; 2", "p < 0.05 & q \u2265 2"),
        ("Ve\u0301rite\u0301", "V\u00e9rit\u00e9"),
        ("12\u00a0mg", "12 mg"),
        ("12\u2009mg", "12 mg"),
        ("12\u3000mg", "12 mg"),
        ("one<!-- a note -->two", "onetwo"),
        ("<![CDATA[p < 1]]>", "p < 1"),
    ],
)
def test_inline_markup_never_makes_another_number(markup, text):
    record = one(article(title=markup, abstract=f"Long enough to be looked at otherwise. {'Words. ' * 40}{markup}"))
    assert record.source.title == text
    assert record.passages[0].text.endswith(f"Words. {text}")


@pytest.mark.parametrize(
    ("maths", "text"),
    [
        ("<mml:mfrac><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:mfrac>", "1/2"),
        ("<mml:msup><mml:mn>10</mml:mn><mml:mn>6</mml:mn></mml:msup>", "10\u2076"),
        ("<mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup>", "x^2"),
        ("<mml:msub><mml:mi>C</mml:mi><mml:mrow><mml:mi>max</mml:mi></mml:mrow></mml:msub>", "C_max"),
        ("<mml:msqrt><mml:mn>2</mml:mn></mml:msqrt>", "\u221a(2)"),
        ("<mml:mrow> <mml:mi>a</mml:mi> <mml:mo>=</mml:mo> <mml:mn>3</mml:mn> </mml:mrow>", "a=3"),
        ("<mml:semantics><mml:mi>a</mml:mi><mml:annotation>TeX</mml:annotation></mml:semantics>", "a"),
    ],
)
def test_mathml_is_readable_and_says_no_other_number(maths, text):
    xml = f'<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML">{maths}</mml:math>'
    assert one(article(abstract=f"It is {xml} here.")).passages[0].text == f"It is {text} here."


def test_translated_titles():
    french = "<VernacularTitle>Un essai.</VernacularTitle>"
    translated = one(article(title="[A made-up trial].", inside=french))
    assert (translated.source.title, translated.other_titles) == ("[A made-up trial].", ("Un essai.",))
    untranslated = one(article(title="[Not Available].", inside=french))
    assert (untranslated.source.title, untranslated.other_titles) == ("Un essai.", ())


def test_authors():
    record = one(
        article(
            inside="""<AuthorList CompleteYN="Y">
            <Author ValidYN="Y"><LastName>van der Mustermann</LastName><ForeName>Anna B</ForeName>
            <Initials>AB</Initials><AffiliationInfo><Affiliation>Nowhere</Affiliation></AffiliationInfo></Author>
            <Author ValidYN="N"><LastName>Mustreman</LastName><Initials>AB</Initials></Author>
            <Author><LastName>Doe</LastName><ForeName>John</ForeName><Initials>J</Initials><Suffix>Jr</Suffix></Author>
            <Author><LastName>Solo</LastName></Author><Author/>
            <Author><CollectiveName>The MADE-UP <i>Group</i></CollectiveName></Author></AuthorList>""",
            citation="""<InvestigatorList><Investigator><LastName>Other</LastName><Initials>O</Initials>
            </Investigator></InvestigatorList>""",
        )
    )
    assert record.source.authors == ("van der Mustermann AB", "Doe J Jr", "Solo", "The MADE-UP Group")


@pytest.mark.parametrize(
    ("written", "day", "year"),
    [
        ("<Year>2021</Year><Month>03</Month><Day>9</Day>", "2021-03-09", "2021"),
        ("<Year>2021</Year><Month>Mar</Month>", "2021-03", "2021"),
        ("<Year>2021</Year><Season>Spring</Season>", "2021", "2021"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998", "1998"),
        ("<MedlineDate>Summer 2005</MedlineDate>", "2005", "2005"),
        ("<Year>2023</Year><Month>Feb</Month><Day>29</Day>", "2023-02", "2023"),
        ("<Year>2024</Year><Month>Feb</Month><Day>29</Day>", "2024-02-29", "2024"),
        ("<Year>2024</Year><Month>13</Month><Day>1</Day>", "2024", "2024"),
        ("<Year>2024</Year><Month>May</Month><Day>" + "9" * 5000 + "</Day>", "2024-05", "2024"),
        ("<Year>0000</Year>", "", ""),
        ("<Year>soon</Year>", "", ""),
        ("", "", ""),
    ],
)
def test_dates_are_as_exact_as_the_record_and_never_a_reason_to_skip(written, day, year):
    journal = f"<Journal><JournalIssue><PubDate>{written}</PubDate></JournalIssue></Journal>"
    source = one(article(journal=journal)).source
    assert (source.published_on, source.year) == (day, year)


def test_other_dates_stand_in():
    online = '<ArticleDate DateType="Electronic"><Year>2019</Year><Month>12</Month><Day>31</Day></ArticleDate>'
    completed = "<DateCompleted><Year>2018</Year></DateCompleted>"
    assert one(article(journal="<Journal/>", inside=online, citation=completed)).source.published_on == "2019-12-31"
    assert one(article(journal="<Journal/>", citation=completed)).source.published_on == "2018"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("<Year>2021</Year><Month>3</Month><Day>9</Day>", "2021-03-09"),
        ("<Year>2021</Year><Month>12</Month><Day>31</Day>", "2021-12-31"),
        ("<Year>2021</Year><Month>03</Month>", ""),
        ("<Year>21</Year><Month>03</Month><Day>09</Day>", ""),
        ("<Year/><Month/><Day/>", ""),
        ("", ""),
    ],
)
def test_the_date_of_the_last_revision(written, date):
    assert one(article(citation=f"<DateRevised>{written}</DateRevised>")).revised == date


def test_dates_in_the_future_are_kept_and_said():
    journal = "<Journal><JournalIssue><PubDate><Year>2031</Year></PubDate></JournalIssue></Journal>"
    later = one(article(journal=journal), this_year=2030).source
    assert (later.year, later.note) == ("2031", "dated in the future in its record")
    assert one(article(journal=journal), this_year=2031).source.note == ""
    assert one(article(journal=journal)).source.note == ""


def test_identifiers_are_the_articles_own():
    references = """<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.9999/cited</ArticleId>
    <ArticleId IdType="pmc">PMC9</ArticleId></ArticleIdList></Reference></ReferenceList>"""
    own = """<ArticleIdList><ArticleId IdType="pubmed">101</ArticleId>
    <ArticleId IdType="doi"> https://doi.org/10.1000/ABC.1 </ArticleId>
    <ArticleId IdType="pmc">pmc77</ArticleId></ArticleIdList>"""
    source = one(article(data=own + references)).source
    assert (source.doi, source.pmcid) == ("10.1000/abc.1", "PMC77")
    source = one(article(data=references)).source
    assert (source.doi, source.pmcid) == ("", "")


@pytest.mark.parametrize("written", ["S0002", "10.1000", "10.x/1", "doi 10.1000/1", "10.1000/a b", "10./x", ""])
def test_what_does_not_look_like_a_doi_is_none(written):
    location = f'<ELocationID EIdType="doi" ValidYN="Y">{written}</ELocationID>'
    assert one(article(inside=location)).source.doi == ""


def test_where_the_article_says_its_doi():
    wrong = '<ELocationID EIdType="doi" ValidYN="N">10.1000/wrong</ELocationID>'
    pii = '<ELocationID EIdType="pii" ValidYN="Y">10.1000/pii</ELocationID>'
    right = '<ELocationID EIdType="doi" ValidYN="Y">10.1000/RIGHT</ELocationID>'
    assert one(article(inside=wrong + pii + right)).source.doi == "10.1000/right"


@pytest.mark.parametrize(
    ("written", "pages"),
    [
        ("<MedlinePgn>123-9</MedlinePgn>", "123-9"),
        ("<StartPage>123</StartPage><EndPage>129</EndPage>", "123-129"),
        ("<StartPage>e5</StartPage>", "e5"),
        ("<StartPage>1</StartPage><EndPage>2</EndPage><MedlinePgn>1-2</MedlinePgn>", "1-2"),
    ],
)
def test_pages(written, pages):
    assert one(article(inside=f"<Pagination>{written}</Pagination>")).source.pages == pages


def test_issns_have_the_linking_one_first():
    info = "<MedlineJournalInfo><MedlineTA>J Short</MedlineTA><ISSNLinking>3333-4444</ISSNLinking></MedlineJournalInfo>"
    assert one(article(journal=JOURNAL, citation=info)).issns == ("3333-4444", "1111-2222")
    assert one(article(journal=JOURNAL)).issns == ("1111-2222", "3333-4444")
    nameless = one(article(journal="<Journal/>", citation=info)).source
    assert (nameless.container, nameless.issuer) == ("J Short", "J Short")


def test_what_helps_to_find_a_record():
    record = one(
        article(
            inside="""<Language>ger</Language><Language>eng</Language><PublicationTypeList>
            <PublicationType UI="D016449">Randomized Controlled Trial</PublicationType>
            <PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList>""",
            citation="""<ChemicalList><Chemical><RegistryNumber>0</RegistryNumber>
            <NameOfSubstance UI="D014805">Vitamin B 12</NameOfSubstance></Chemical></ChemicalList>
            <SupplMeshList><SupplMeshName Type="Disease" UI="C1">Made-up disease</SupplMeshName></SupplMeshList>
            <MeshHeadingList><MeshHeading><DescriptorName UI="D1" MajorTopicYN="N">Anemia</DescriptorName>
            <QualifierName UI="Q1" MajorTopicYN="Y">drug therapy</QualifierName>
            <QualifierName UI="Q2" MajorTopicYN="N">blood</QualifierName></MeshHeading>
            <MeshHeading><DescriptorName UI="D2" MajorTopicYN="N">Humans</DescriptorName></MeshHeading>
            <MeshHeading><DescriptorName MajorTopicYN="Y">Diet</DescriptorName></MeshHeading></MeshHeadingList>
            <KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">B<sub>12</sub></Keyword><Keyword> </Keyword>
            </KeywordList><KeywordList><Keyword>metformin</Keyword></KeywordList>""",
        )
    )
    assert record.headings == (
        Heading("Made-up disease", "C1"),
        Heading("Anemia", "D1", major=True, qualifiers=("drug therapy", "blood")),
        Heading("Humans", "D2"),
        Heading("Diet", "", major=True),
    )
    assert record.publication_types == ("Randomized Controlled Trial", "Journal Article")
    assert record.chemicals == ("Vitamin B 12",)
    assert record.keywords == ("B12", "metformin")
    assert record.language == "ger"


@pytest.mark.parametrize(
    ("written", "kind", "direction", "note"),
    [
        ("RetractionIn", NoticeKind.RETRACTION, Direction.IN, ""),
        ("RetractionOf", NoticeKind.RETRACTION, Direction.OF, ""),
        ("PartialRetractionIn", NoticeKind.RETRACTION, Direction.IN, "partial retraction"),
        ("RetractedandRepublishedIn", NoticeKind.RETRACTION, Direction.IN, "retracted and republished"),
        ("RetractedandRepublishedFrom", NoticeKind.REPUBLICATION, Direction.OF, "retracted and republished"),
        ("ExpressionOfConcernIn", NoticeKind.CONCERN, Direction.IN, ""),
        ("ExpressionOfConcernFor", NoticeKind.CONCERN, Direction.OF, ""),
        ("ErratumIn", NoticeKind.ERRATUM, Direction.IN, ""),
        ("ErratumFor", NoticeKind.ERRATUM, Direction.OF, ""),
        ("UpdateIn", NoticeKind.UPDATE, Direction.IN, ""),
        ("UpdateOf", NoticeKind.UPDATE, Direction.OF, ""),
        ("RepublishedFrom", NoticeKind.REPUBLICATION, Direction.OF, ""),
        ("CommentOn", NoticeKind.COMMENT, Direction.OF, ""),
        ("SummaryForPatientsIn", NoticeKind.OTHER, Direction.IN, "SummaryForPatientsIn"),
        ("AssociatedDataset", NoticeKind.OTHER, Direction.OF, "AssociatedDataset"),
    ],
)
def test_notices(written, kind, direction, note):
    citation = f"""<CommentsCorrectionsList><CommentsCorrections RefType="{written}">
    <RefSource>J Made-up Med. 2022;1(1):2</RefSource><PMID Version="1">202</PMID></CommentsCorrections>
    <CommentsCorrections RefType="Cites"><RefSource>Else</RefSource></CommentsCorrections></CommentsCorrectionsList>"""
    record = one(article(citation=citation))
    (notice,) = record.notices
    assert (notice.kind, notice.direction, notice.note) == (kind, direction, note)
    assert (notice.pmid, notice.reference, notice.origin) == ("202", "J Made-up Med. 2022;1(1):2", "PubMed record")
    assert record.source.status is SourceStatus.CURRENT
    assert record.source.pmid == "101"


def test_versions_and_abstracts_cut_short_are_said():
    entry = article(abstract="Words (ABSTRACT TRUNCATED AT 250 WORDS)").replace('Version="1"', 'Version="2"', 1)
    source = one(entry).source
    assert (source.version, source.note) == ("version 2", "abstract cut short in its record")


def test_files_of_before_2017():
    citation = article().split("<PubmedData>")[0].removeprefix("<PubmedArticle>\n")
    citation = citation.replace("</MedlineCitation>", '<OtherID Source="NLM">PMC12 [Available on 06/23/16]</OtherID>$')
    data = f"<MedlineCitationSet>{citation.replace('$', '</MedlineCitation>')}</MedlineCitationSet>".encode()
    (record,) = read(data)
    assert (record.source.pmid, record.source.pmcid) == ("101", "PMC12")


def test_books_and_chapters():
    chapter = """<PubmedBookArticle><BookDocument><PMID Version="1">303</PMID><ArticleIdList>
    <ArticleId IdType="bookaccession">NBK1</ArticleId></ArticleIdList><Book><Publisher><PublisherName>Made-up Press
    </PublisherName><PublisherLocation>Nowhere</PublisherLocation></Publisher><BookTitle book="b">A Handbook</BookTitle>
    <PubDate><Year>1993</Year></PubDate><AuthorList Type="editors"><Author><LastName>Ed</LastName><Initials>I</Initials>
    </Author></AuthorList></Book>$<Language>eng</Language><AuthorList Type="authors"><Author><LastName>Wri</LastName>
    <Initials>T</Initials></Author></AuthorList><PublicationType UI="D016454">Review</PublicationType>
    <Abstract><AbstractText Label="Management">Words.</AbstractText></Abstract><ContributionDate><Year>2010</Year>
    <Month>5</Month></ContributionDate></BookDocument></PubmedBookArticle>"""
    record = one(chapter.replace("$", "<ArticleTitle>Chapter one</ArticleTitle>"))
    source = record.source
    assert (source.title, source.container, source.issuer) == ("Chapter one", "A Handbook", "Made-up Press")
    assert (source.authors, source.published_on, record.publication_types) == (("Wri T",), "2010-05", ("Review",))
    assert record.passages[0].locator == "Abstract, MANAGEMENT"
    book = one(chapter.replace("$", "")).source
    assert (book.title, book.container) == ("A Handbook", "")


def test_deletions_and_duplicates():
    deletions = '<DeleteCitation><PMID Version="1">7</PMID><PMID Version="2">8</PMID></DeleteCitation>'
    events = read(document(article("5"), article("5", title="Other."), deletions))
    assert pmids(events) == ["5", "5"]
    assert events[2:] == [Removal("7"), Removal("8")]


def test_an_external_dtd_is_not_fetched_and_one_record_may_stand_alone():
    assert pmids(read(article("9").encode())) == ["9"]
    assert pmids(read(document())) == []


# What cannot be read


@pytest.mark.parametrize(
    ("entry", "identifier", "reason"),
    [
        (article().replace('<PMID Version="1">101</PMID>', ""), "", "no PMID"),
        (article("abc"), "", "'abc' is not a PMID"),
        (article("0"), "", "is not a PMID"),
        (article(title="", abstract=""), "101", "no title and no abstract"),
        ("<PubmedArticle><PubmedData/></PubmedArticle>", "", "no MedlineCitation"),
        ("<PubmedArticle/>", "", "broken XML"),
        ("<PubmedBookArticle></PubmedBookArticle>", "", "no BookDocument"),
        (article(abstract="x" * 1_000_001), "101", "text longer than 1,000,000 characters"),
        (article(abstract="x" * 10_100_000), "101", "text longer than"),
        (article(abstract="<i>" * 400 + "</i>" * 400), "101", "nested too deep"),
        (article(abstract="a &nbsp; b"), "101", "broken XML (Entity 'nbsp' not defined)"),
        (article(abstract="a < b"), "101", "broken XML"),
        (article(abstract="a \x01 b"), "101", "broken XML"),
        (article().replace("</PubmedArticle>", "</PubmedArtcle>"), "101", "broken XML"),
        (article().replace("<PubmedArticle>", "<PubmedArtcle>"), "101", "something that is not a record"),
        (article().replace("</Article>", ""), "101", "broken XML"),
        ("<DeleteCitation><PMID>x</PMID></DeleteCitation>", "", "a list of deletions holds"),
        ("some words", "", "something that is not a record: 'some words'"),
    ],
)
def test_a_record_that_cannot_be_read_is_skipped_and_the_next_is_read(entry, identifier, reason):
    before, skipped, after = read(document(article("1"), entry, article("3")))
    assert pmids([before, after]) == ["1", "3"]
    assert isinstance(skipped, Skipped)
    assert (skipped.file, skipped.number) == ("made-up.xml", 2)
    assert reason in skipped.reason
    assert skipped.identifier == identifier


def test_a_skip_says_the_line_of_the_file():
    text = document(article("1"), article("2", abstract="one\ntwo & three"), article("3")).decode()
    line = next(number for number, row in enumerate(text.split("\n"), 1) if "two & three" in row)
    assert read(text.encode())[1].reason.endswith(f"line {line}")
    unreadable = document(article("1"), "\n\n", article("x")).decode()
    line = unreadable[: unreadable.rindex("<PubmedArticle>")].count("\n") + 1
    assert read(unreadable.encode())[1].reason.endswith(f"line {line}")


def test_a_long_list_of_authors_is_not_a_long_text():
    authors = "<Author><LastName>Mustermann</LastName><Initials>AB</Initials></Author>" * 20_000
    record = one(article(inside=f"<AuthorList>{authors}</AuthorList>"))
    assert len(record.source.authors) == 20_000


def test_a_file_that_ends_early_gives_what_was_whole():
    whole = document(article("1"), article("2"), article("3"))
    events = read(whole[: whole.index(b'"1">3<') + 20])
    assert pmids(events) == ["1", "2"]
    assert [type(event) for event in events[2:]] == [Skipped, Skipped]
    assert "the file ends before </PubmedArticleSet>" in events[-1].reason
    between = read(whole[: whole.index(b"</PubmedArticle>") + len(b"</PubmedArticle>")])
    assert pmids(between) == ["1"]
    assert "the file ends before" in between[-1].reason


def test_a_record_in_a_comment_or_in_character_data_is_none():
    events = read(document(f"<!-- {article('1')} -->", article("2", abstract=f"See <![CDATA[{article('3')}]]>!")))
    assert pmids(events) == ["2"]
    assert len(events) == 1


def test_bytes_that_are_not_the_encoding_cost_their_record_alone():
    data = document(article("1"), article("2", title="Vérité"), article("3"))
    wrong = data.decode().encode("latin-1")
    first, skipped, last = read(wrong)
    assert pmids([first, last]) == ["1", "3"]
    assert (skipped.identifier, skipped.reason.split(",")[0]) == ("2", "its bytes are not the encoding it declares")


@pytest.mark.parametrize("declared", ["klingon-8", "utf-16", "utf-7", "US-ASCII", "UTF8", ""])
def test_a_wrong_declaration_does_no_harm(declared):
    data = document(article("1", title="Vérité")).replace(b'encoding="utf-8"', f'encoding="{declared}"'.encode())
    assert [event.source.title for event in read(data)] == ["Vérité"]


def test_a_right_declaration_is_believed():
    data = document(article("1", title="Vérité")).decode().replace("utf-8", "ISO-8859-1", 1).encode("latin-1")
    assert [event.source.title for event in read(data)] == ["Vérité"]
    marked = b"\xef\xbb\xbf" + document(article("1", title="Vérité"))
    assert [event.source.title for event in read(marked)] == ["Vérité"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "it holds no element"),
        (b"plain words", "it holds no element"),
        (b"<html><body/></html>", "its outermost element is <html>"),
        (b"<article/>", "its outermost element is <article>"),
        ("<PubmedArticleSet/>".encode("utf-16"), "is not UTF-8 text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "it holds no element"),
    ],
)
def test_a_file_of_something_else_is_refused(data, message):
    with pytest.raises(InputRefused, match=message):
        read(data)


def test_a_record_without_end_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(pubmed_pieces, "MOST_BYTES", 1 << 20)
    endless = "<PubmedArticle>" + "<a>words</a>" * 400_000
    events = read(document(article("1"), endless, "x" * 3_000_000, article("2")))
    assert pmids(events) == ["1", "2"]
    assert "a record of more than 1,048,576 bytes" in events[1].reason
    assert "more than 1,048,576 bytes without a record" in events[2].reason
    assert len(events) == 4


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damage_never_stops_the_reading_nor_changes_another_record(data):
    """Bytes are cut, doubled or overwritten in the second of three records: the others come out as they are."""
    second = article("2", journal=JOURNAL, abstract="Some <i>words</i> of 10<sup>6</sup>.").encode()
    at = data.draw(st.integers(0, len(second)))
    until = data.draw(st.integers(at, min(at + 60, len(second))))
    damage = data.draw(st.sampled_from([b"", b"<", b">", b"&", b"\xff", b"\0", b"]]>", b"</Article>", b"<i>", b'"']))
    broken = second[:at] + damage + second[until:]
    whole = HEAD.encode() + article("1").encode() + broken + article("3").encode() + TAIL.encode()
    events = read(whole)
    assert isinstance(events[0], Record)
    assert isinstance(events[-1], Record)
    assert (events[0], events[-1]) == (one(article("1")), one(article("3")))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    for head in (b"", b"<PubmedArticleSet>", b"<PubmedArticleSet><PubmedArticle>"):
        try:
            read(head + data)
        except InputRefused:
            continue


@pytest.mark.parametrize("size", [1, 7, 100, 4096])
def test_blocks_of_any_size_give_the_same(size):
    """What a stream hands on at once makes no difference, and neither does gzip."""

    class Slow(io.BytesIO):
        def read(self, _=-1, /):
            return super().read(size)

    data = document(
        article("1"), "<!-- <PubmedArticle> -->", article("bad"), article("2", abstract="a & b"), article("3")
    )
    assert list(read_pubmed(Slow(data), "made-up.xml")) == read(data)
