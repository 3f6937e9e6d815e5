"""The descriptor file of MeSH, in a made-up sample that follows its DTD."""

import gzip
import io
from pathlib import Path

import pytest

from bedside.errors import InputRefused
from bedside.evidence.descriptor import Descriptor
from bedside.evidence.synonyms import Synonyms
from bedside.ingest.mesh_xml import read_mesh, read_mesh_lines

DATA = Path(__file__).parents[3] / "shared" / "data" / "mesh" / "descriptors_2015.jsonl.zst"
HEAD = (
    '<?xml version="1.0"?>\n'
    '<!DOCTYPE DescriptorRecordSet SYSTEM "https://www.nlm.nih.gov/databases/dtd/nlmdescriptorrecordset_20250101.dtd">\n'
    '<DescriptorRecordSet LanguageCode="eng">\n'
)


def term(written, permuted="N"):
    """A Term."""
    return (
        f'<Term ConceptPreferredTermYN="N" IsPermutedTermYN="{permuted}" LexicalTag="NON" RecordPreferredTermYN="N">'
        f"<TermUI>T1</TermUI><String>{written}</String></Term>"
    )


def concept(ui, terms, preferred="N", relation=""):
    """A Concept with its terms; *relation* is "NRW M2" for a narrower concept M2."""
    name, _, other = relation.partition(" ")
    related = (
        f'<ConceptRelationList><ConceptRelation RelationName="{name}"><Concept1UI>{ui}</Concept1UI>'
        f"<Concept2UI>{other}</Concept2UI></ConceptRelation></ConceptRelationList>"
        if relation
        else ""
    )
    return (
        f'<Concept PreferredConceptYN="{preferred}"><ConceptUI>{ui}</ConceptUI><ConceptName><String>{terms[0]}</String>'
        f"</ConceptName>{related}<TermList>{''.join(term(each) for each in terms)}</TermList></Concept>"
    )


def descriptor(ui, name, concepts, trees=()):
    """A DescriptorRecord, with the elements around that also hold names."""
    numbers = "".join(f"<TreeNumber>{tree}</TreeNumber>" for tree in trees)
    return (
        f'<DescriptorRecord DescriptorClass="1"><DescriptorUI>{ui}</DescriptorUI><DescriptorName>'
        f"<String>{name}</String></DescriptorName><AllowableQualifiersList><AllowableQualifier><QualifierReferredTo><QualifierUI>Q1</QualifierUI>"
        "<QualifierName><String>adverse effects</String></QualifierName></QualifierReferredTo></AllowableQualifier>"
        "</AllowableQualifiersList><SeeRelatedList><SeeRelatedDescriptor><DescriptorReferredTo><DescriptorUI>D9"
        "</DescriptorUI><DescriptorName><String>Something Else</String></DescriptorName></DescriptorReferredTo>"
        f"</SeeRelatedDescriptor></SeeRelatedList><TreeNumberList>{numbers}</TreeNumberList>"
        f"<ConceptList>{''.join(concepts)}</ConceptList></DescriptorRecord>\n"
    )


B12 = descriptor(
    "D014806",
    "Vitamin B 12 Deficiency",
    [
        concept("M1", ["Vitamin B 12 Deficiency", "Deficiency, Vitamin B 12", "B12 Lack &amp; Want"], "Y", "NRW M2"),
        concept("M2", ["Dietary Lack of B12"]),
        concept("M3", ["Something Near"]),
    ],
    ["C18.654.521.500.708.931"],
)
PLAIN = descriptor("D000003", "Abattoirs", [concept("M9", ["Abattoirs"], "Y")])
SAMPLE = (HEAD + B12 + PLAIN + "</DescriptorRecordSet>").encode()


class InDrops(io.BytesIO):
    """A stream that hands out a few bytes at a time."""

    def read(self, size=-1):
        """Seven bytes at most."""
        return super().read(min(size, 7) if size > 0 else size)


def test_a_descriptor_with_its_synonyms_and_what_is_only_near():
    """Terms of the preferred concept mean the same; the others do not. Names of other things are not terms."""
    assert list(read_mesh(io.BytesIO(SAMPLE))) == [
        Descriptor(
            "D014806",
            "Vitamin B 12 Deficiency",
            ("Deficiency, Vitamin B 12", "B12 Lack & Want"),
            ("C18.654.521.500.708.931",),
            ("Dietary Lack of B12",),
            ("Something Near",),
        ),
        Descriptor("D000003", "Abattoirs"),
    ]


def test_the_size_of_blocks_does_not_matter():
    """Seven bytes at a time give the same."""
    assert list(read_mesh(InDrops(SAMPLE))) == list(read_mesh(io.BytesIO(SAMPLE)))


def test_synonyms_of_the_file():
    """From the file to what a question is searched with."""
    synonyms = Synonyms.of_vocabularies(read_mesh(io.BytesIO(SAMPLE)))
    assert synonyms.of("vitamin b12 deficiency") == ("B12 Lack & Want",)


@pytest.mark.parametrize("end", range(0, len(SAMPLE) - 1, 97))
def test_a_file_cut_short_is_refused(end):
    """Wherever it ends; what was whole before is handed on."""
    found = []
    with pytest.raises(InputRefused, match=r"MeSH: .*descriptor"):
        found.extend(iter_into(found, io.BytesIO(SAMPLE[:end])))
    assert [each.ui for each in found] == ["D014806", "D000003"][: len(found)]


def iter_into(found, stream):
    """Read into a list, keeping what came before an error."""
    for each in read_mesh(stream):
        found.append(each)
    return ()


@pytest.mark.parametrize(
    ("sample", "message"),
    [
        (b"<PubmedArticleSet/>", "no DescriptorRecordSet"),
        ((HEAD + "</DescriptorRecordSet>").encode(), "holds no descriptor"),
        (SAMPLE.replace(b"<DescriptorUI>D014806</DescriptorUI>", b""), "descriptor 1 has no identifier"),
        (SAMPLE.replace(b"<DescriptorName><String>Abattoirs</String>", b"<DescriptorName>"), "D000003 has no name"),
        (SAMPLE.replace(b"&amp;", b"&secret;"), "descriptor 1 uses the entity &secret;"),
        (SAMPLE.replace(b"Lack &amp; Want", b"\xff\xfe"), "encoding|broken XML"),
    ],
)
def test_what_is_no_such_file_is_refused(sample, message):
    """With what is wrong and what to do."""
    with pytest.raises(InputRefused, match=message):
        list(read_mesh(io.BytesIO(sample)))


def test_entities_of_its_own_are_refused(tmp_path):
    """Nothing on this machine is read into a term."""
    secret = tmp_path / "secret"
    secret.write_text("secret")
    doctype = f'<!DOCTYPE DescriptorRecordSet [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    sample = f"{doctype}<DescriptorRecordSet>{B12.replace('&amp;', '&x;')}</DescriptorRecordSet>"
    with pytest.raises(InputRefused, match="declares entities"):
        list(read_mesh(io.BytesIO(sample.encode())))


def test_a_gzip_stream_is_the_callers_to_open():
    """Compressed bytes are no XML."""
    with pytest.raises(InputRefused, match="no DescriptorRecordSet"):
        list(read_mesh(io.BytesIO(gzip.compress(SAMPLE))))


def test_a_file_of_many_blocks():
    """Records over the borders of blocks are whole, and none is handed on twice."""
    many = (HEAD + B12 * 3000 + "</DescriptorRecordSet>").encode()
    found = list(read_mesh(io.BytesIO(many)))
    assert len(found) == 3000
    assert set(found) == set(read_mesh(io.BytesIO(SAMPLE))) - {Descriptor("D000003", "Abattoirs")}


def test_lines_of_names_and_trees():
    """The form without synonyms; a broken line is named."""
    good = b'{"mesh_id": "D1", "name": "Abattoirs", "tree_numbers": ["J01.5"], "is_symptom": false}\n'
    assert list(read_mesh_lines([good, b"\n"])) == [Descriptor("D1", "Abattoirs", trees=("J01.5",))]
    with pytest.raises(InputRefused, match="line 2"):
        list(read_mesh_lines([good, b'{"name": "x"}\n']))


def test_the_descriptors_of_2015():
    """All of them have a name, and the tree numbers are unique."""
    if not DATA.is_file():
        pytest.skip("the descriptors are not here")
    import zstandard

    with DATA.open("rb") as file:
        found = list(read_mesh_lines(io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(file))))
    assert len(found) == len({each.ui for each in found}) == 27_455
    trees = [tree for each in found for tree in each.trees]
    assert len(trees) == len(set(trees))
    names = {each.name: each for each in found}
    assert names["Vitamin B 12 Deficiency"].ui == "D014806"
