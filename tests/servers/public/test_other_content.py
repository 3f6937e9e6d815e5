"""The pages of other contents: without a protocol, with a hospital's pack, with literature that was loaded."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bedside.desk import Desk
from bedside.desk import open as open_desk
from bedside.evidence.record import Record, make_passage
from bedside.evidence.source import RecordCheck, Source, SourceKind
from bedside.ingest.compile import compile_content
from bedside.ingest.compiled import CompiledContent
from bedside.ingest.licences import ALL_RIGHTS_RESERVED, PUBLIC_DOMAIN, QUOTATION
from bedside.settings import Settings
from bedside.stores.place import LibraryPlace
from bedside.stores.prepared import prepared
from bedside.stores.writer import LibraryWriter
from tests.pack_example import ExamplePack
from tests.servers.public.conftest import CONTENT, public_app
from tests.servers.public.reading import Page

EVERYWHERE = (
    "/patterns",
    "/protocols",
    "/library",
    "/sources",
    "/about",
    "/about/how-a-sentence-earns-its-place",
    "/about/editorial-policy",
    "/about/limits",
    "/about/source-attributes",
)
PAYLOAD = "<script>alert('loaded')</script>"
OURS = "afp-2017"


@pytest.fixture(scope="module")
def bare(tmp_path_factory) -> TestClient:
    """The content without its one protocol, and nothing loaded."""
    folder = tmp_path_factory.mktemp("bare")
    shutil.copytree(CONTENT, folder / "content")
    shutil.rmtree(folder / "content" / "vitamin-b12")
    content = CompiledContent(compile_content(folder / "content"))
    return TestClient(public_app(Desk(Settings(home=folder), content)))


@pytest.mark.parametrize("address", EVERYWHERE)
def test_a_content_without_protocols_has_its_pages(bare, address):
    """They say that there is nothing, and are whole."""
    response = bare.get(address)
    assert response.status_code == 200
    assert Page.of(response.text).faults == []


@pytest.mark.parametrize("address", ["/patterns", "/library"])
def test_a_search_where_there_is_little_finds_nothing_in_peace(bare, address):
    """No pattern, no passage: a page that says so."""
    response = bare.post(address, data={"words": "zzzz qqqq"})
    assert response.status_code == 200
    assert Page.of(response.text).faults == []


@pytest.fixture(scope="module")
def hospital(tmp_path_factory) -> tuple[Desk, TestClient]:
    """The content with the example pack of the documentation."""
    home = tmp_path_factory.mktemp("hospital")
    ExamplePack(home)
    desk = open_desk(Settings(home=home))
    return desk, TestClient(public_app(desk))


def test_a_hospital_pack_has_its_pages(hospital):
    """Its topics, statements, sources, patterns and tables are reached as ours are, and its cases pass."""
    desk, client = hospital
    pack = desk.content.packs[0]
    addresses = [f"/sources/{key}" for key in pack.sources]
    for topic in pack.topics:
        addresses.append(f"/statements/{topic}")
        addresses += [f"/statements/{name}" for name in desk.content.statements(topic)]
        if topic in desk.protocols:
            protocol = desk.protocols[topic]
            addresses += [f"/protocols/{topic}{part}" for part in ("", "/definitions", "/cases", "/citations")]
            addresses += [f"/patterns/{topic}/{pattern.id}" for pattern in protocol.patterns]
            addresses += [f"/protocols/{topic}/tables/{rule.table}" for rule in protocol.rules]
    assert len(addresses) > len(pack.sources)
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert Page.of(response.text).faults == [], address
    count = len(desk.content.cases("vitamin-b12"))
    assert f"{count} of {count} cases pass" in client.get("/protocols/vitamin-b12/cases").text
    assert pack.line in Page.of(client.get("/about/editorial-policy").text).text


def record(key: str, licence: str, texts: list[str], **changes: str) -> Record:
    """A document as a file gives it."""
    source = Source(key, SourceKind.TRIAL, f"Title of {key} {PAYLOAD}", "Journal", RecordCheck.LOADED, year="2020")
    passages = [make_passage(key, f"part {n}", text, licence=licence, position=n) for n, text in enumerate(texts)]
    return Record(replace(source, licence=licence, **changes), tuple(passages), full=True)


def original(source: Source, home: Path) -> list[str]:
    """Words for a source of ours: fifty passages of something else, then what one of our statements says."""
    statements = open_desk(Settings(home=home)).shipped.statements()
    said = next(s for s in statements if [c.source for c in s.citations] == [source.key])
    return [*(f"Something else altogether, part {n}." for n in range(50)), said.clinical]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> tuple[Desk, TestClient]:
    """The content, and three loaded documents: a free one, a reserved one, and the original of a source of ours."""
    home = tmp_path_factory.mktemp("loaded")
    ours = next(s for s in open_desk(Settings(home=home)).shipped.sources() if s.key == OURS)
    words = [f"word{n}" for n in range(QUOTATION * 3)]
    records = [
        record("local-free", PUBLIC_DOMAIN, [f"Zanzibarine part {n}. {PAYLOAD} {' '.join(words)}" for n in range(90)]),
        record("local-reserved", ALL_RIGHTS_RESERVED, [f"Quixotamine {' '.join(words)}"], url="javascript:alert(1)"),
        record(f"pmid-{ours.pmid}", PUBLIC_DOMAIN, original(ours, home), pmid=ours.pmid),
    ]
    with LibraryWriter(LibraryPlace(home / "library")) as writer:
        writer.begin("test")
        writer.end(writer.write([prepared(each) for each in records]))
    desk = open_desk(Settings(home=home))
    return desk, TestClient(public_app(desk))


def test_a_loaded_document_has_its_page_with_its_words(loaded):
    """Passages are shown page by page; what is in them stays text."""
    _, client = loaded
    first = client.get("/sources/local-free")
    assert "Zanzibarine part 0." in first.text
    assert "Zanzibarine part 89." not in first.text
    assert "<script>alert" not in first.text
    assert Page.of(first.text).faults == []
    assert "Zanzibarine part 89." in client.get("/sources/local-free?page=3").text
    assert client.get("/sources/local-free?page=4").status_code == 404


def test_words_of_a_reserved_document_are_quoted_only(loaded):
    """At most forty of them, with the reason, on its page and in the search."""
    _, client = loaded
    for text in (
        client.get("/sources/local-reserved").text,
        client.post("/library", data={"words": "quixotamine"}).text,
    ):
        assert "Quixotamine" in text
        assert f"word{QUOTATION}" not in text
    assert "javascript:" not in client.get("/sources/local-reserved").text


def test_a_hit_in_a_loaded_document_leads_to_its_place(loaded):
    """The link ends at the passage, on the page of passages that has it."""
    _, client = loaded
    page = Page.of(client.post("/library", data={"words": "zanzibarine part 77"}).text)
    hits = [link for link in page.links if link.startswith("/sources/local-free?")]
    assert hits
    for link in hits:
        address, _, place = link.partition("#")
        assert place in Page.of(client.get(address).text).ids


def test_the_original_of_a_source_of_ours_is_shown_with_it(loaded):
    """Its words stand on our source's page, and our statements lead to the passage they were held against."""
    desk, client = loaded
    ours = desk.content.sources()[OURS]
    assert "Something else altogether, part 0." in client.get(f"/sources/{ours.key}").text
    citing = [s for s in desk.shipped.statements() if ours.key in {c.source for c in s.citations}]
    standing = {True: 0, False: 0}
    for statement in citing:
        text = client.get(f"/statements/{statement.id}").text
        checked = "checked against the source text" in text
        assert checked or "not found in the source text" in text or "says otherwise" in text
        standing[checked] += 1
        if checked:
            [link] = [each for each in Page.of(text).links if each.startswith(f"/sources/{ours.key}?page=2#")]
            address, _, place = link.partition("#")
            assert place in Page.of(client.get(address).text).ids
    assert standing[True] >= 1
    assert standing[False] >= 1


def test_loaded_documents_are_listed(loaded):
    """Below those of the content, narrowed by the same filters."""
    _, client = loaded
    assert "/sources/local-free" in Page.of(client.get("/sources?kind=trial").text).links
    assert "/sources/local-free" not in Page.of(client.get("/sources?kind=guideline").text).links
    for address in EVERYWHERE:
        assert "<script>alert" not in client.get(address).text


def test_many_readers_at_once_get_what_one_gets(loaded):
    """Pages are drawn in several threads: the same page comes out as alone, also where nothing was made before."""
    desk, _ = loaded
    addresses = (
        "/sources/local-free?page=2",
        "/protocols/vitamin-b12",
        "/patterns/vitamin-b12/low-on-oral",
        "/sources",
    )
    alone = TestClient(public_app(open_desk(desk.settings)))
    expected = [alone.get(address).text for address in addresses]
    found = alone.post("/library", data={"words": "zanzibarine part 7"}).text
    client = TestClient(public_app(open_desk(desk.settings)))
    with ThreadPoolExecutor(8) as readers:
        pages = list(readers.map(lambda address: client.get(address).text, addresses * 6))
        hits = list(readers.map(lambda _: client.post("/library", data={"words": "zanzibarine part 7"}).text, range(8)))
    assert pages == expected * 6
    assert set(hits) == {found}
