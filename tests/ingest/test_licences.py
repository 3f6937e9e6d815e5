"""Licences: what documents print, against the closed vocabulary; the stricter reading always wins."""

import io
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.ingest.licences import QUOTATION, licence_named, licence_of, may_show

ARTICLES = Path(__file__).parents[2].parent / "shared" / "data" / "pmc_fulltext" / "articles.jsonl.zst"
BY_4 = "https://creativecommons.org/licenses/by/4.0/"
CC0_FOR_DATA = (
    "distributed under the terms of the Creative Commons Attribution 4.0 International License "
    "(http://creativecommons.org/licenses/by/4.0/). The Creative Commons Public Domain Dedication waiver "
    "(http://creativecommons.org/publicdomain/zero/1.0/) applies to the data made available in this article."
)


@pytest.mark.parametrize(
    ("text", "urls", "name"),
    [
        ("", [BY_4], "CC BY 4.0"),
        ("", ["http://creativecommons.org/licenses/by-nc-sa/3.0/"], "CC BY-NC-SA 3.0"),
        ("", ["http://creativecommons.org/licenses/by-nd-nc/2.0"], "CC BY-NC-ND 2.0"),
        ("", ["http://creativecommons.org/licences/CC-BY/4.0"], "CC BY 4.0"),
        ("the terms of the Creative Commons Attribution License", [], "CC BY"),
        ("Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International License", [], "CC BY-NC-ND 4.0"),
        ("Creative Commons Attribution Non Commercial (CC BY-NC 4.0) license", [], "CC BY-NC 4.0"),
        ("Creative Commons Attribution-ShareAlike 4.0", [], "CC BY-SA 4.0"),
        ("CC-BY 4.0", [], "CC BY 4.0"),
        # Words beside an address may forbid more than the address does.
        ("Creative Commons Deed, Attribution 2.5, which does not permit commercial exploitation.", [], "CC BY-NC 2.5"),
        ("permits non-commercial use", [BY_4], "CC BY-NC 4.0"),
        ("The work cannot be changed in any way.", [BY_4], "CC BY-ND 4.0"),
        ("", [BY_4, "http://creativecommons.org/licenses/by-nc-nd/4.0/"], "CC BY-NC-ND 4.0"),
        (CC0_FOR_DATA, [], "CC BY 4.0"),
        ("The Creative Commons Public Domain Dedication (CC0) applies to the data.", [], "unknown"),
        ("", ["https://creativecommons.org/publicdomain/zero/1.0/"], "CC0"),
        ("the Creative Commons CC0 public domain dedication", [], "CC0"),
        ("This work lies in the public domain.", [], "public domain"),
        ("This work is not in the public domain.", [], "unknown"),
        ("Contains information under the Open Government Licence v3.0.", [], "OGL"),
        ("© 2024 Institute. All rights reserved.", [], "all rights reserved"),
        ("Copyright 2010 The Society", [], "all rights reserved"),
        ("© 2002 Authors. Verbatim copying is permitted provided this notice is preserved.", [], "unknown"),
        ("licensed under a Creative Commons License", [], "unknown"),
        ("", [], "unknown"),
        ("", ["https://example.org/licenses/by/4.0/"], "unknown"),
    ],
)
def test_what_is_printed_becomes_a_short_name(text, urls, name):
    assert licence_of(text, urls).name == name


@pytest.mark.parametrize(
    ("name", "verbatim"),
    [
        ("CC BY 4.0", True),
        ("CC BY-SA 3.0", True),
        ("CC BY-NC-ND 4.0", True),
        ("CC BY", True),
        ("CC0", True),
        ("public domain", True),
        ("own document", True),
        ("PubMed abstract", True),
        ("OGL", True),
        ("all rights reserved", False),
        ("unknown", False),
        ("", False),
        ("CC BY-XX 4.0", False),
        ("CC-BY", False),
        ("anything else", False),
    ],
)
def test_a_short_name_says_how_its_words_may_be_shown(name, verbatim):
    showing = may_show(name)
    assert showing.verbatim is verbatim
    assert showing.words == (0 if verbatim else QUOTATION)
    assert showing.reason.endswith(".")


def test_the_terms_stand_in_the_reason():
    assert "not for commercial use" in may_show("CC BY-NC 4.0").reason
    assert "never changed" in may_show("CC BY-ND 4.0").reason
    assert "attribution" in may_show("CC BY 4.0").reason
    assert "commercial" not in may_show("CC BY 4.0").reason
    assert "'WTFPL'" in may_show("WTFPL").reason


def test_a_name_outside_the_vocabulary_is_unknown():
    assert licence_named("WTFPL").name == "unknown"
    assert not licence_named("WTFPL").show
    assert licence_named("CC BY-NC 3.0").name == "CC BY-NC 3.0"


@given(st.text(max_size=300), st.lists(st.text(max_size=60), max_size=3))
def test_whatever_is_printed_the_name_is_of_the_vocabulary(text, urls):
    licence = licence_of(text, urls)
    assert licence_named(licence.name) == licence


@given(st.sampled_from(["by", "by-nc", "by-sa", "by-nc-nd"]), st.text(max_size=100))
def test_further_words_never_loosen_a_licence(family, words):
    """A licence that forbids commerce or changes still does, whatever is written beside it."""
    name = licence_of(words, [f"https://creativecommons.org/licenses/{family}/4.0/"]).name
    for part in set(family.upper().split("-")) - {"SA"}:
        assert part in name


@pytest.mark.skipif(not ARTICLES.exists(), reason="the full-text articles are not here")
def test_real_statements_are_never_read_more_loosely_than_they_are_classed():
    zstandard = pytest.importorskip("zstandard")
    loose, open_ones, named = [], 0, Counter()
    with ARTICLES.open("rb") as file:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8")
        for article in map(json.loads, lines):
            name = licence_of(article["license_text"]).name
            forbids = article["license_text"].lower().replace("-", " ")
            if "noncommercial" in forbids.replace(" ", "") and name.startswith("CC") and "NC" not in name:
                loose.append((article["pmcid"], name))
            if article["license_class"] == "by":
                open_ones += 1
                named[name.startswith("CC BY")] += 1
    assert loose == []
    assert named[True] / open_ones > 0.99
