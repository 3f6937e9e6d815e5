"""A large PubMed file, made of the real records of small ones again and again under new PMIDs."""

from __future__ import annotations

import gzip
import itertools
import re
from pathlib import Path

DATA = Path(__file__).parents[2] / "shared" / "data" / "pubmed_xml"

_RECORD = re.compile(rb"<PubmedArticle>.*?</PubmedArticle>", re.DOTALL)
_PMID = re.compile(rb'(<PMID Version="1">)\d+(</PMID>)')
_OWN_ID = re.compile(rb'(<ArticleId IdType="pubmed">)\d+(</ArticleId>)')
_HEAD = b'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n'
_TAIL = b"\n</PubmedArticleSet>\n"
_FIRST = 50_000_000  # above every PMID there is today


def small_files() -> list[Path]:
    """The real files, in the format of today, that the large one is made of."""
    return sorted(DATA.glob("pubmed21n*.xml.gz"))


def large_file(path: Path, records: int) -> None:
    """Write a gzip file of that many records. Only the PMID of each is made up; everything else is as published."""
    originals = [record for file in small_files() for record in _RECORD.findall(gzip.decompress(file.read_bytes()))]
    with gzip.open(path, "wb", compresslevel=6) as out:
        out.write(_HEAD)
        for number, record in enumerate(itertools.islice(itertools.cycle(originals), records), _FIRST):
            pmid = rb"\g<1>%d\g<2>" % number
            out.write(_OWN_ID.sub(pmid, _PMID.sub(pmid, record, count=1), count=1))
            out.write(b"\n")
        out.write(_TAIL)
