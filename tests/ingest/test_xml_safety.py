"""Hostile and broken files: entities, bombs, truncation. Nothing is fetched, nothing fills the memory."""

import gzip
import io
import random
import socket
import threading

import pytest
from lxml import etree

from bedside.errors import InputRefused
from bedside.evidence.record import Record
from bedside.ingest.opening import Limits, opened
from bedside.ingest.pubmed_xml import read_pubmed
from bedside.ingest.xml_safety import declared_encoding, parse_xml, xml_parser

from .pubmed_samples import article, document, read


def seeded(seed):
    """Noise that does not pack, the same in every run."""
    return random.Random(seed)  # noqa: S311


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))


@pytest.fixture
def listener():
    """A server on this machine that counts who calls."""
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)

        def accept():
            try:
                while True:
                    server.accept()[0].close()
                    calls.append(1)
            except OSError:
                return

        thread = threading.Thread(target=accept)
        thread.start()
        yield server.getsockname()[1], calls, thread
        thread.join()


@pytest.mark.parametrize(
    "subset",
    [
        LAUGHS,
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
        '<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;',
        '<!ENTITY nbsp "&#160;">',
        '<!ENTITY x "<PubmedArticle>">',
        '<!ELEMENT a ANY> <!-- --> <!ENTITY harmless "a">',
    ],
)
def test_a_file_that_declares_an_entity_is_refused(subset):
    """Billion laughs, files read through entities, and even harmless ones: no publisher's file has any."""
    entry = article(abstract="&l9;&x;&nbsp;")
    data = document(entry).replace(b'SYSTEM "http://dtd.example.invalid/pubmed.dtd"', f"[{subset}]".encode())
    assert b"[<!" in data
    with pytest.raises(InputRefused, match="declares entities of its own"):
        read(data)
    with pytest.raises(InputRefused, match="declares entities of its own"):
        parse_xml(data, "made-up.xml")


def test_no_dtd_is_fetched(listener):
    """An external DTD may be named; neither the reader nor the parser calls its address."""
    port, calls, thread = listener
    data = document(article()).replace(b"dtd.example.invalid", f"127.0.0.1:{port}".encode())
    assert isinstance(read(data)[0], Record)
    assert parse_xml(data, "made-up.xml").tag == "PubmedArticleSet"
    for _, root in etree.iterparse(io.BytesIO(data), resolve_entities=False, load_dtd=False, no_network=True):
        assert root is not None
    thread.join()
    assert calls == []


def test_a_dtd_beside_the_file_is_not_loaded(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "local.dtd").write_text('<!ENTITY x "poison"><!ATTLIST a b CDATA "poison">', encoding="utf-8")
    root = parse_xml(b'<!DOCTYPE a SYSTEM "local.dtd"><a>words</a>', "made-up.xml")
    assert (root.text, dict(root.attrib)) == ("words", {})


def test_an_entity_only_a_dtd_would_explain_is_refused_not_dropped():
    with pytest.raises(InputRefused, match="&nbsp;"):
        parse_xml(b'<!DOCTYPE a SYSTEM "x.dtd"><a>10&nbsp;mg</a>', "made-up.xml")
    with pytest.raises(InputRefused, match=r"made-up.xml: broken XML .*, line 2"):
        parse_xml(b"<a>\n10&nbsp;mg</a>", "made-up.xml")


def test_predefined_and_numeric_entities_are_read():
    root = parse_xml(b"<a b='&quot;'>&lt;&gt;&amp;&apos;&#8805;&#x2265;</a>", "made-up.xml")
    assert (root.text, root.get("b")) == ("<>&'\u2265\u2265", '"')


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "broken XML"),
        (b"<a>", "broken XML"),
        (b"<a>" + b"x" * 10_000_001 + b"</a>", "text longer than 10,000,000 characters"),
        (b"<a>" * 300 + b"</a>" * 300, "nested too deep"),
        (b"<a>\xe9</a>", "its bytes are not the encoding it declares"),
        ("<a/>".encode("utf-16"), "is not UTF-8"),
        ("<a/>".encode("utf-16-le"), "is not UTF-8"),
        ("<a/>".encode("utf-32-be"), "is not UTF-8"),
    ],
)
def test_what_is_no_document_is_refused(data, message):
    with pytest.raises(InputRefused, match=message):
        parse_xml(data, "made-up.xml")


def test_the_parser_expands_nothing_even_without_the_check():
    """The second lock: were the declaration not seen, the entity would still not be expanded."""
    root = etree.fromstring('<!DOCTYPE a [<!ENTITY x "lol">]><a b="">&x;</a>', xml_parser())
    assert root.text is None
    with pytest.raises(etree.XMLSyntaxError, match="amplification"):
        etree.fromstring(f"<!DOCTYPE a [{LAUGHS}]><a>&l9;</a>", xml_parser())


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>', "ISO-8859-1"),
        (b"<?xml version='1.0' encoding = 'windows-1252' ?>", "windows-1252"),
        (b'<?xml version="1.0" encoding="utf-8"?>', None),
        (b'<?xml version="1.0" encoding="utf-16"?>', None),
        (b'<?xml version="1.0" encoding="iso-8859-99"?>', None),
        (b"<a encoding='latin-1'/>", None),
        (b"", None),
    ],
)
def test_only_one_byte_encodings_are_believed(head, encoding):
    assert declared_encoding(head) == encoding


# Opening

DEFAULT = Limits()


def whole(path, limits=DEFAULT):
    """All bytes of a file."""
    with opened(path, limits) as stream:
        return stream.read()


def test_gzip_is_told_by_its_bytes_not_by_its_name(tmp_path):
    (tmp_path / "a.xml").write_bytes(gzip.compress(b"words"))
    (tmp_path / "b.gz").write_bytes(b"words")
    (tmp_path / "c.gz").write_bytes(gzip.compress(b"wo") + gzip.compress(b"") + gzip.compress(b"rds") + b"\0" * 9)
    (tmp_path / "d").write_bytes(gzip.compress(b""))
    (tmp_path / "e").write_bytes(b"\x1f")
    assert [whole(tmp_path / name) for name in ("a.xml", "b.gz", "c.gz", "d", "e")] == [
        b"words",
        b"words",
        b"words",
        b"",
        b"\x1f",
    ]


def test_a_stream_can_be_read_in_every_way(tmp_path):
    data = seeded(1).randbytes(300_000)
    (tmp_path / "a.gz").write_bytes(gzip.compress(data))
    with opened(tmp_path / "a.gz") as stream:
        assert stream.read(0) == b""
        assert stream.read(10) == data[:10]
        buffer = bytearray(5)
        assert stream.readinto(buffer) == 5
        assert bytes(buffer) + stream.read() == data[10:]
        assert stream.read() == b""
    (tmp_path / "b.gz").write_bytes(gzip.compress("één\nrow".encode()))
    with opened(tmp_path / "b.gz") as stream:
        assert list(io.TextIOWrapper(stream, encoding="utf-8")) == ["één\n", "row"]


def test_files_that_cannot_be_opened(tmp_path):
    (tmp_path / "empty.xml").touch()
    with pytest.raises(InputRefused, match=r"empty.xml: the file is empty\. Download it again"):
        whole(tmp_path / "empty.xml")
    with pytest.raises(InputRefused, match=r"absent.xml: cannot be opened \(No such file"):
        whole(tmp_path / "absent.xml")
    with pytest.raises(InputRefused, match="cannot be opened"):
        whole(tmp_path)


def test_a_gzip_bomb_is_refused_before_it_fills_the_memory(tmp_path):
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(b"\0" * 4_000_000))
    limits = Limits(ratio_from=500_000)
    came = 0
    with (  # noqa: PT012 - the reads before the refusal belong to it
        pytest.raises(InputRefused, match=r"bomb.gz: grows more than 200 times when decompressed"),
        opened(bomb, limits) as stream,
    ):
        while data := stream.read(65_536):
            came += len(data)
    assert came <= 200 * bomb.stat().st_size
    assert len(whole(bomb)) == 4_000_000, "below the size from which the ratio counts"


def test_text_that_packs_well_is_no_bomb(tmp_path):
    (tmp_path / "a.gz").write_bytes(gzip.compress(seeded(1).randbytes(20_000) * 20))
    assert len(whole(tmp_path / "a.gz", Limits(ratio_from=1000))) == 400_000


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_more_bytes_than_the_limit_are_refused(tmp_path, pack):
    path = tmp_path / "a.xml"
    path.write_bytes(pack(b"words " * 1000))
    with pytest.raises(InputRefused, match=r"a.xml: holds more than 5,999 bytes\. Split the file"):
        whole(path, Limits(most_bytes=5999))
    assert len(whole(path, Limits(most_bytes=6000))) == 6000


@pytest.mark.parametrize("lost", [1, 4, 8, 200])
def test_truncated_gzip_gives_its_whole_records_first(tmp_path, lost):
    """Also when the cut is in the checksum, behind the last byte of text."""
    noise = seeded(2)
    entries = [article(str(n), abstract=noise.randbytes(400).hex()) for n in range(1, 30)]
    packed = gzip.compress(document(*entries))
    (tmp_path / "cut.gz").write_bytes(packed[:-lost])
    events = []
    with (  # noqa: PT012 - the records before the refusal belong to it
        pytest.raises(InputRefused, match=r"cut.gz: it is gzip that ends too early, after [\d,]+ bytes"),
        opened(tmp_path / "cut.gz") as stream,
    ):
        for event in read_pubmed(stream, "cut.gz"):
            events.append(event)  # noqa: PERF402
    assert len(events) == 29 if lost < 10 else 20 < len(events) < 29
    assert all(isinstance(event, Record) for event in events)


def test_damaged_gzip_is_refused(tmp_path):
    packed = bytearray(gzip.compress(seeded(3).randbytes(50_000)))
    packed[-6] ^= 1
    (tmp_path / "bad.gz").write_bytes(packed)
    with pytest.raises(InputRefused, match=r"bad.gz: its gzip data is damaged .*Download it again"):
        whole(tmp_path / "bad.gz")
    (tmp_path / "tail.gz").write_bytes(gzip.compress(b"words") + b"no gzip")
    with pytest.raises(InputRefused, match=r"tail.gz: its gzip data is damaged"):
        whole(tmp_path / "tail.gz")
