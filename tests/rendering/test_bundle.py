"""A bundle holds all that an answer rests on, and shows every change that was made to it."""

from __future__ import annotations

import hashlib
import json
from copy import deepcopy
from dataclasses import dataclass, replace
from enum import StrEnum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bedside
from bedside.answering import answer
from bedside.article.article import Role
from bedside.evidence.shelf import StatementShelf, Together
from bedside.evidence.source import Source
from bedside.evidence.statement import Statement
from bedside.facts.case import Edit, Told
from bedside.ingest import licences
from bedside.question.question import Reader, Region
from bedside.rendering.bundle import SEAL, bundle, content, seal_of, sealed, shown_in_full, written
from bedside.rendering.bundle_check import Check, hold
from bedside.rendering.bundle_reading import NotABundle, read_bundle
from bedside.rendering.json import document
from bedside.rendering.plain_values import from_plain, to_plain
from bedside.settings import Settings
from tests.evidence.made_up import NEWER, QUESTION, TRIAL, library

FOUNDING = "My B12 is 268 pg/mL on 1000 mcg cyanocobalamin tablets daily. What now?"
RESERVED = "all rights reserved"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk with the shipped content."""
    return bedside.open(Settings.load({"BEDSIDE_HOME": str(tmp_path_factory.mktemp("home"))}))


@pytest.fixture(scope="module")
def founding(desk):
    """An answer from statements."""
    return desk.ask(FOUNDING, reader="clinician")


@pytest.fixture(scope="module")
def quoting(desk):
    """An answer from passages, for a patient."""
    joined = Together((StatementShelf(desk.parts.library), library(TRIAL, NEWER)))
    return answer(QUESTION, reader=Reader.PATIENT, region=Region.BOTH, parts=replace(desk.parts, library=joined))


def licensed(answered, licence):
    """The same answer with every passage under another licence."""
    return replace(answered, passages={n: replace(p, licence=licence) for n, p in answered.passages.items()})


def nothing(_name):
    """A machine without a library."""
    return


def held(desk, text, known=nothing):
    """What comes of checking a bundle."""
    data = text.encode()
    return hold(data, read_bundle(data), desk.checks, known)


def forged(text, change):
    """A bundle changed by somebody who knows how to seal it again."""
    values = json.loads(text)
    change(values)
    return written(sealed(values))


def sentences_of(values, **wanted):
    """The sentences of a bundle's answer that have these values."""
    every = [each for section in values["answer"]["article"]["sections"] for each in section["sentences"]]
    return [each for each in every if all(each[key] == value for key, value in wanted.items())]


@pytest.mark.parametrize("name", ["founding", "quoting"])
def test_what_was_not_touched_fits(name, desk, request):
    """Seal, passages and every sentence."""
    answered = request.getfixturevalue(name)
    found = held(desk, bundle(answered))
    assert found.found == ()
    assert found.not_compared == ()
    claims = {s.id for s in answered.article.sentences() if s.role is Role.CLAIM}
    assert found.claims == len(claims) > 0
    assert found.passages == len({s.passage for s in answered.article.sentences() if s.passage})


def test_it_holds_all_that_the_answer_rests_on(founding, quoting):
    """Question, facts, answer, statements, passages, sources, fingerprints, version, release."""
    for answered in (founding, quoting):
        values = json.loads(bundle(answered))
        assert values["answer"] == json.loads(json.dumps(document(answered)))
        assert values["turns"] == [{"text": answered.question.text, "edits": []}]
        used = [*answered.article.sentences()]
        assert {each["id"] for each in values["statements"]} == {s.statement for s in used if s.statement}
        assert {each["id"] for each in values["passages"]} == {s.passage for s in used if s.passage}
        cited = {c.source for s in used for c in s.citations}
        assert cited <= {each["key"] for each in values["sources"]}
        for each in values["passages"]:
            assert hashlib.sha256(each["text"].encode()).hexdigest() == each["sha256"]
        assert values[SEAL]["sha256"] == seal_of(values)


def test_the_same_answer_gives_the_same_bytes(desk, founding):
    """No clock, no chance, no order of a set."""
    again = desk.ask(FOUNDING, reader="clinician")
    assert bundle(again) == bundle(founding)


def test_turns_and_edited_facts_are_in_it(desk):
    """So that another machine can ask again."""
    told = (Told(FOUNDING), Told("MMA came back 180 nmol/L, eGFR 92", (Edit("pregnancy", "absent"),)))
    text = bundle(desk.follow_up(told))
    assert read_bundle(text.encode()).told == told
    assert held(desk, text).found == ()


def test_no_place_on_this_machine_is_in_it(founding):
    """Where a statement's file lies is nobody's business elsewhere."""
    assert all("where" not in each for each in json.loads(bundle(founding))["statements"])
    assert ".md:" not in bundle(founding)


def test_numbers_are_written_in_one_way(desk):
    """However large or small: the seal of an untouched bundle fits."""
    for text in (
        "B12 99999999999999999999999 pg/mL",
        "B12 100000000000000000000 ng/L",
        "B12 0.00000000000000000001 ng/L",
    ):
        assert held(desk, bundle(desk.ask(text))).found == ()


VOCABULARY = (
    "",
    "unknown",
    "all rights reserved",
    "public domain",
    "CC0",
    "own document",
    "OGL",
    "PubMed abstract",
    "CC",
    "CC BY-XX",
    "CC BY 9.9",
    "cc by 4.0",
    "CC BY-ND-NC 4.0",
    *(f"CC {family}{version}" for family in licences._COMMONS for version in ("", " 2.0", " 2.5", " 3.0", " 4.0")),
)


@pytest.mark.parametrize("licence", [*VOCABULARY, *licences._FREE, *licences._RESERVED])
def test_a_text_is_handed_on_where_it_may_be_shown(licence):
    """This room and the one that reads licences say the same."""
    assert shown_in_full(licence) is licences.may_show(licence).verbatim


def test_a_text_that_may_not_be_handed_on_stays_here(desk, quoting):
    """Place and hash are in the bundle, the passage is not; what is quoted of it is what the answer shows."""
    answered = licensed(quoting, RESERVED)
    text = bundle(answered)
    values = json.loads(text)
    assert {each["text"] for each in values["passages"]} == {None}
    for passage in answered.passages.values():
        if passage.id in {each["id"] for each in values["passages"]}:
            assert passage.sha256 in text
    found = held(desk, text)
    assert found.found == ()
    assert set(found.not_compared) == {each["id"] for each in values["passages"]}
    assert found.passages == found.claims == 0


def test_a_machine_that_has_the_text_compares_it(desk, quoting):
    """With its own copy, where the hash is the same; another text of that name is not taken for it."""
    answered = licensed(quoting, RESERVED)
    text = bundle(answered)
    own = held(desk, text, answered.passages.get)
    assert (own.found, own.not_compared) == ((), ())
    assert own.claims == own.passages > 0
    other = held(desk, text, lambda name: replace(answered.passages[name], text="Other.", sha256="0" * 64))
    assert other.not_compared


def test_content_may_be_kept_back_by_the_caller(quoting):
    """Whoever hands it on may be stricter than the licence."""
    assert all(each["text"] is None for each in content(quoting, lambda _: False)["passages"])


def test_what_the_seal_says_of_itself_cannot_be_changed(desk, quoting):
    """It is outside of what is sealed."""
    data = bundle(quoting).replace("SHA-256 of the canonical", "Approved by the board: the canonical")
    assert _is_found(data.encode(), desk)
    values = json.loads(bundle(quoting))
    values["seal"]["approved"] = True
    assert _is_found(json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n", desk)


@pytest.mark.parametrize("name", ["founding", "quoting"])
def test_any_changed_byte_is_found(name, desk, request):
    """One byte replaced, left out, put in or doubled, anywhere: it is no bundle any more, or the seal does not fit."""
    data = bundle(request.getfixturevalue(name)).encode()

    @settings(max_examples=150 if name == "founding" else 400, deadline=None, suppress_health_check=list(HealthCheck))
    @given(place=st.integers(0, len(data) - 1), byte=st.integers(0, 255), how=st.sampled_from(("set", "put", "cut")))
    def changed(place, byte, how):
        put = b"" if how == "cut" else bytes([byte])
        other = data[:place] + put + data[place + (how != "put") :]
        assert other == data or _is_found(other, desk)

    changed()


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"\n",
        lambda data: b"\n" + data,
        lambda data: data[:-1],
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b'": ', b'":', 1),
        lambda data: json.dumps(json.loads(data)).encode(),
        lambda data: data.replace(b'"answer": {', b'"answer": {"kind": "declined", ', 1),
        lambda data: data.replace(b'"changes": 1,', b'"changes": 1.0,', 1),
        lambda data: data.replace(b'"changes": 10,', b'"changes": 1e1,', 1),
        lambda data: data.replace(b'"clinical"', b'"clinic\\u0061l"', 1),
    ],
)
def test_another_way_of_writing_the_same_is_found(change, desk, founding):
    """Also where every value is as it was: spaces, escapes, keys twice, numbers."""
    data = bundle(founding).encode()
    changed = change(data)
    assert changed != data
    assert _is_found(changed, desk)


def _is_found(data, desk):
    try:
        read = read_bundle(data)
    except NotABundle:
        return True
    return any(found.check is Check.SEAL for found in hold(data, read, desk.checks, nothing).found)


def _reworded(values):
    [first, *_] = sentences_of(values, role="claim")
    for wording in ("clinical", "plain", "carer", "text"):
        first[wording] = first[wording] + " Stop every other medicine."


def _another_dose(values):
    text = json.dumps(values["answer"]["article"])
    values["answer"]["article"] = json.loads(text.replace("1 mg", "10 mg").replace("350", "530"))


def _stronger(values):
    for each in sentences_of(values, strength="consider"):
        each["strength"] = "do"


def _other_source(values):
    [first, *_] = sentences_of(values, role="claim")
    first["citations"] = [{"source": "somebody-2026", "locator": "page 1"}]


def _shown_differently(values):
    [first, *_] = sentences_of(values, role="claim")
    first["text"] = "All is well."


def _no_statement(values):
    del values["statements"][0]


def _another_statement(values):
    used = sentences_of(values, role="claim")[0]["statement"]
    [statement] = [each for each in values["statements"] if each["id"] == used]
    statement["clinical"] = "A made-up recommendation: take 7 mg of it."


def _retracted(values):
    for each in values["sources"]:
        each["status"] = "retracted"


def _better_verdict(values):
    for each in values["verdicts"]:
        each["verdict"] = "qualified"


def _no_verdict(values):
    values["verdicts"] = []


@pytest.mark.parametrize(
    "change",
    [
        _reworded,
        _another_dose,
        _stronger,
        _other_source,
        _shown_differently,
        _no_statement,
        _another_statement,
        _retracted,
        _better_verdict,
        _no_verdict,
    ],
)
def test_a_forgery_with_a_new_seal_is_found_by_the_checker(change, desk, founding):
    """Who seals it again has still to say what its statements say."""
    found = held(desk, forged(bundle(founding), change)).found
    assert found
    assert {each.check for each in found} == {Check.SENTENCE}


def _another_text(values):
    values["passages"][0]["text"] += " It was found to be deadly."


def _another_text_and_hash(values):
    passage = values["passages"][0]
    passage["text"] = passage["text"].replace("reduced", "doubled").replace(" ", "  ", 1)
    passage["sha256"] = hashlib.sha256(passage["text"].encode()).hexdigest()


def _text_left_out(values):
    values["passages"][0]["text"] = None


def _another_place(values):
    for each in sentences_of(values, role="claim"):
        if each["passage"]:
            each["passage"]["end"] -= 3


@pytest.mark.parametrize("change", [_another_text, _another_text_and_hash, _text_left_out, _another_place])
def test_a_forged_quotation_is_found(change, desk, quoting):
    """Its passage has a hash, the answer names it, and the words stand at their place."""
    found = held(desk, forged(bundle(quoting), change)).found
    assert {Check.PASSAGE, Check.SENTENCE} & {each.check for each in found}
    assert Check.SEAL not in {each.check for each in found}


@pytest.mark.parametrize("wrong", [None, 7, "x", [], {}, True, [{}], {"x": 1}, ["x"], -1, 1e400, "\ud800"])
def test_what_has_another_shape_is_no_bundle(wrong, desk, quoting):
    """Whatever stands in a place it does not belong: a refusal or a finding, never a fault."""
    values = json.loads(bundle(quoting))
    for path in _paths(values):
        other = deepcopy(values)
        _put(other, path, wrong)
        if other != values:
            assert _is_found(json.dumps(other, indent=2, sort_keys=True).encode() + b"\n", desk), path


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 200_000, b'{"a":' * 100_000, b'{"schema": "bedside.bundle/2"}',
     b'{"schema": "bedside.bundle/1"}', b"1" * 10_000],
)  # fmt: skip
def test_what_is_no_bundle_is_refused(data):
    """With one error, whatever the bytes."""
    with pytest.raises(NotABundle):
        read_bundle(data)


def test_plain_values_come_back(founding):
    """Every statement and source as it was."""
    for statement in founding.statements.values():
        assert from_plain(Statement, json.loads(json.dumps(to_plain(statement)))) == statement
    for source in founding.sources.values():
        assert from_plain(Source, json.loads(json.dumps(to_plain(source)))) == source


class Colour(StrEnum):
    """An enum."""

    RED = "red"


@dataclass(frozen=True)
class Inner:
    """A noun in a noun."""

    size: int = 1


@dataclass(frozen=True)
class Noun:
    """A noun with one of each."""

    name: str
    colour: Colour | None
    flag: bool = False
    parts: tuple[Inner, ...] = ()


def test_plain_values_are_read_strictly():
    """Nothing missing, too much, or of another type."""
    noun = Noun("a", Colour.RED, flag=True, parts=(Inner(2), Inner()))
    assert to_plain(noun) == {"name": "a", "colour": "red", "flag": True, "parts": [{"size": 2}, {}]}
    assert from_plain(Noun, to_plain(noun)) == noun
    assert from_plain(Noun, {"name": "b", "colour": None}) == Noun("b", None)
    for wrong in (
        {"name": "a"},
        {"name": 1, "colour": "red"},
        {"name": "a", "colour": "blue"},
        {"name": "a", "colour": "red", "flag": 1},
        {"name": "a", "colour": "red", "parts": {}},
        {"name": "a", "colour": "red", "parts": [{"size": True}]},
        {"name": "a", "colour": "red", "more": ""},
        [],
    ):
        with pytest.raises(ValueError):  # noqa: PT011  the message is for a log
            from_plain(Noun, wrong)


def _paths(values, path=()):
    """One path to each kind of place in a bundle: of a list, into its first member."""
    pairs = (
        values.items() if isinstance(values, dict) else list(enumerate(values))[:1] if isinstance(values, list) else ()
    )
    for key, own in pairs:
        yield (*path, key)
        if path[:1] != ("answer",) or key in ("article", "question", "sections", "sentences") or "sentences" in path:
            yield from _paths(own, (*path, key))


def _put(values, path, wrong):
    *way, last = path
    for key in way:
        values = values[key]
    values[last] = wrong
