"""Adopted wordings: laid on the content whole, refused when the file is not ours, stale when the base moves."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, replace

import pytest

import bedside
from bedside.errors import ContentError, LibraryBusy
from bedside.ingest import wordings as module
from bedside.ingest.compiled import CompiledContent
from bedside.ingest.local import KEPT, with_local
from bedside.ingest.reading import Reading
from bedside.ingest.statements_markdown import read_statements
from bedside.ingest.wordings import AdoptedWording, base_of, change, raw_statement, read_wordings, stale
from bedside.ingest.wordings_markdown import as_markdown
from bedside.settings import Settings
from bedside.stores import whole_file
from bedside.stores.lock import writing
from tests.ingest.adopting import adopt, withdraw
from tests.pack_example import ExamplePack

NAME = "vitamin-b12/b12-low"


@pytest.fixture(scope="module")
def shipped():
    """The content that ships."""
    return CompiledContent.open()


def wording(content, name=NAME, **changes):
    """A wording that fits a statement."""
    raw = raw_statement(content, name)
    made = AdoptedWording(
        name,
        base_of(raw),
        f"Said otherwise: {raw['clinical']}",
        f"In other words: {raw['plain']}",
        "2026-11-23",
        "anna",
        7,
    )
    return replace(made, **changes)


def test_without_wordings_the_content_is_the_very_same(shipped, tmp_path, monkeypatch):
    """Nothing is read, nothing is written: two looks into the home."""
    monkeypatch.setattr(module, "read_wordings", lambda _: pytest.fail("read"))
    assert with_local(shipped, tmp_path) is shipped
    assert list(tmp_path.iterdir()) == []
    assert shipped.wordings == ()


def test_a_wording_changes_two_texts_and_nothing_else(shipped, tmp_path):
    """Every other line of the content is as it was, byte for byte, and the file agrees with its own hash."""
    given = wording(shipped)
    adopt(tmp_path, given)
    content = with_local(shipped, tmp_path)
    content.check()
    found = content.statements("vitamin-b12")[NAME]
    assert (found.clinical, found.plain) == (given.clinical, given.plain)
    before = shipped.statements("vitamin-b12")
    assert replace(found, clinical=before[NAME].clinical, plain=before[NAME].plain) == before[NAME]
    for topic in shipped.topics():
        for part in ("statements", *(("protocol", "cases") if topic.computable else ())):
            one, other = (
                dict(content.raw(topic.id, part)) if part == "statements" else content.raw(topic.id, part),
                None,
            )
            other = shipped.raw(topic.id, part)
            if part == "statements" and topic.id == "vitamin-b12":
                one = one | {NAME: other[NAME]}
            assert one == other
    assert content.indexed_vocabulary() == shipped.indexed_vocabulary()
    assert content.raw_sources() == shipped.raw_sources()
    assert content.frames() == shipped.frames()
    assert content.release.startswith(f"{shipped.release} + 1 wording (")
    assert content.wordings == (asdict(given),)
    assert content.fingerprint != shipped.fingerprint


def test_what_was_compiled_is_kept_and_made_again_when_it_must_be(shipped, tmp_path, monkeypatch):
    """The same wordings, the same file; another wording, another program, a damaged file: it is made anew."""
    adopt(tmp_path, wording(shipped))
    first = with_local(shipped, tmp_path, "1")
    made, real = [], module.with_wordings
    monkeypatch.setattr(module, "with_wordings", lambda *given: made.append(1) or real(*given))
    assert with_local(shipped, tmp_path, "1").fingerprint == first.fingerprint
    assert not made
    with_local(shipped, tmp_path, "2")
    (tmp_path / KEPT).write_bytes((tmp_path / KEPT).read_bytes()[:-5])
    with_local(shipped, tmp_path, "2")
    adopt(tmp_path, wording(shipped, plain="Another one."))
    assert with_local(shipped, tmp_path, "2").fingerprint != first.fingerprint
    assert len(made) == 3


def test_wordings_lie_on_hospital_packs_too(tmp_path):
    """A statement that a pack brings can be reworded; the release names both."""
    home = ExamplePack(tmp_path).home
    settings = Settings.load({"BEDSIDE_HOME": str(home)})
    plain = bedside.desk.open(settings)
    name = next(s.id for s in plain.shipped.statements() if "st-elsewhere" in s.id)
    adopt(home, wording(plain.content, name))
    content = bedside.desk.open(settings).content
    assert content.packs == plain.content.packs
    assert content.statements(name.partition("/")[0])[name].plain.startswith("In other words")
    assert content.release.startswith(f"{plain.content.release} + 1 wording (")


def test_a_base_that_moved_makes_a_wording_stale(shipped, tmp_path):
    """It is not applied, and it is named; the others are."""
    other = "vitamin-b12/several-facts-decide"
    adopt(tmp_path, wording(shipped))
    adopt(tmp_path, wording(shipped, other, base="0" * 64))
    content = with_local(shipped, tmp_path)
    assert content.statements("vitamin-b12")[other] == shipped.statements("vitamin-b12")[other]
    assert [each["statement"] for each in content.wordings] == [NAME]
    assert [each.statement for each in stale(content, tmp_path)] == [other]
    adopt(tmp_path, wording(shipped, statement="vitamin-b12/gone"))
    adopt(tmp_path, wording(shipped, statement="gone/gone"))
    assert [each.statement for each in stale(content, tmp_path)] == ["gone/gone", "vitamin-b12/gone", other]


def test_only_stale_wordings_leave_the_content_as_it_is(shipped, tmp_path):
    """The release does not name what it does not hold."""
    adopt(tmp_path, wording(shipped, base="0" * 64))
    content = with_local(shipped, tmp_path)
    assert (content.release, content.fingerprint) == (shipped.release, shipped.fingerprint)


def test_the_base_is_what_is_said_not_where_it_stands(shipped):
    """A new line number or a later check leaves it; strength, source, population, and each text move it."""
    raw = dict(raw_statement(shipped, NAME))
    for key, value in (("where", "x:1"), ("checked_on", "2027-01-01"), ("next_check", "2028-01-01"), ("note", "n")):
        assert base_of(raw | {key: value}) == base_of(raw)
    for key, value in (("clinical", "x"), ("strength", "do"), ("citations", [["a", "b"]]), ("population", "x")):
        assert base_of(raw | {key: value}) != base_of(raw)
    texts = {"clinical": raw["clinical"], "plain": raw["plain"]}
    assert base_of(raw | {"clinical": "x", "plain": "y", "shipped": texts}) == base_of(raw)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-9],
        lambda _: "[]",
        lambda text: text.replace('"format": 1', '"format": 2'),
        lambda text: text.replace('"by"', '"who"'),
        lambda text: text.replace('"anna"', '""'),
        lambda text: text.replace('"anna"', '"an\\u0000na"'),
        lambda text: text.replace('"proposal": 7', '"proposal": true'),
        lambda text: text.replace('"proposal": 7', '"proposal": 0'),
        lambda text: text.replace('"2026-11-23"', '"soon"'),
        lambda text: text.replace('"vitamin-b12/b12-low"', '"../b12-low"'),
        lambda text: text.replace('"by": "anna",', '"by": "anna", "by": "ben",'),
        lambda text: json.dumps({"format": 1, "wordings": json.loads(text)["wordings"] * 2}),
        lambda _: json.dumps({"format": 1, "wordings": {}}),
        lambda _: "[" * 100_000,
    ],
)
def test_a_file_that_bedside_did_not_write_is_refused(shipped, tmp_path, spoil):
    """It is never passed over, and the error says which file."""
    adopt(tmp_path, wording(shipped))
    path = tmp_path / "wordings.json"
    before = path.read_text()
    path.write_text(spoil(before))
    assert path.read_text() != before
    with pytest.raises(ContentError, match=r"wordings\.json"):
        with_local(shipped, tmp_path)
    with pytest.raises(ContentError):
        adopt(tmp_path, wording(shipped))


def test_a_link_that_leads_nowhere_and_a_folder_are_refused(shipped, tmp_path):
    """A home is not taken for one without wordings."""
    (tmp_path / "wordings.json").symlink_to(tmp_path / "gone")
    with pytest.raises(ContentError, match="nowhere"):
        with_local(shipped, tmp_path)
    (tmp_path / "wordings.json").unlink()
    (tmp_path / "wordings.json").mkdir()
    with pytest.raises(ContentError):
        with_local(shipped, tmp_path)


def test_nothing_is_left_half_written(shipped, tmp_path, monkeypatch):
    """When the disk refuses, the old file is there, whole, and no other."""
    adopt(tmp_path, wording(shipped))
    before = (tmp_path / "wordings.json").read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_file.os, "fsync", full)
    with pytest.raises(ContentError, match="No space left"):
        adopt(tmp_path, wording(shipped, plain="Another one."))
    assert (tmp_path / "wordings.json").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["wordings.json", "wordings.json.lock"]


def test_what_is_withdrawn_is_gone(shipped, tmp_path):
    """The last one takes the file with it."""
    adopt(tmp_path, wording(shipped))
    assert not withdraw(tmp_path, "vitamin-b12/none")
    assert withdraw(tmp_path, NAME)
    assert not (tmp_path / "wordings.json").exists()
    assert with_local(shipped, tmp_path) is shipped


def test_many_at_once_lose_nothing(shipped, tmp_path):
    """Each change reads what the one before wrote."""
    names = [each.id for each in list(shipped.statements("vitamin-b12").values())[:12]]
    threads = [threading.Thread(target=adopt, args=(tmp_path, wording(shipped, name))) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.statement for each in read_wordings(tmp_path)] == sorted(names)


def test_a_file_that_stays_busy_is_said_to_be(tmp_path, monkeypatch):
    """Another program holds it for too long."""
    monkeypatch.setattr(module, "_PAUSE", 0.0)
    with writing(tmp_path / "wordings.json.lock"), pytest.raises(LibraryBusy):
        change(tmp_path, lambda before: before)


def test_an_author_can_carry_them_into_the_source(shipped):
    """The Markdown reads back as the same statements with the new texts; what no longer fits is a comment."""
    topics = ("safety", "vitamin-b12", "high-inr")
    statements = [each for topic in topics for each in shipped.statements(topic).values()]
    given = [wording(shipped, each.id) for each in statements]
    text = as_markdown(shipped, [*given, wording(shipped, "b12-evidence/no-single-marker", base="0" * 64)])
    assert "not carried over" in text
    for topic in topics:
        part = text.split(f"# {topic}\n")[1].split("\n# ")[0]
        reading = Reading()
        front = f"---\nid: {topic}\nchecked_on: 2026-11-22\nnext_check: 2027-05-22\n---\n"
        _, found = read_statements(front + part, "carried.md", reading)
        reading.finish()
        mine = {each.statement: each for each in given if each.statement.startswith(f"{topic}/")}
        assert found.keys() == mine.keys()
        for name, data in found.items():
            raw = dict(raw_statement(shipped, name)) | {"clinical": mine[name].clinical, "plain": mine[name].plain}
            assert base_of(data) == base_of(raw)
