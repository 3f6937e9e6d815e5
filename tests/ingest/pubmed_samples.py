"""Small made-up PubMed XML for the tests of its reader."""

import io

from bedside.ingest.pubmed_xml import read_pubmed

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<!DOCTYPE PubmedArticleSet SYSTEM "http://dtd.example.invalid/pubmed.dtd">\n'
    "<PubmedArticleSet>\n"
)
TAIL = "\n</PubmedArticleSet>\n"


def article(pmid="101", *, title="A made-up trial.", abstract="Words.", inside="", citation="", data="", journal=None):
    """One PubmedArticle. *inside* goes into Article, *citation* and *data* behind their usual children."""
    if journal is None:
        journal = "<Journal><JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue></Journal>"
    if abstract and not abstract.startswith("<"):
        abstract = f"<Abstract><AbstractText>{abstract}</AbstractText></Abstract>"
    return (
        f'<PubmedArticle>\n<MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>\n'
        f"<Article>{journal}<ArticleTitle>{title}</ArticleTitle>{abstract}{inside}</Article>{citation}"
        f"</MedlineCitation><PubmedData>{data}</PubmedData></PubmedArticle>"
    )


def document(*entries):
    """A whole file, as bytes."""
    return (HEAD + "\n".join(entries) + TAIL).encode()


def read(data, **more):
    """Everything a file gives, from bytes."""
    return list(read_pubmed(io.BytesIO(data), "made-up.xml", **more))


def one(*entries, **more):
    """The only record of a file of these entries."""
    (record,) = read(document(*entries), **more)
    return record
