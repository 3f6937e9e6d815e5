"""Hospital packs: the documented one compiles; what would change answers without naming a rule is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import bedside
from bedside.errors import ContentError, LibraryUnusable
from bedside.ingest import pack_compile
from bedside.ingest.compile import COMPILED, CONTENT, compile_content
from bedside.ingest.compiled import CompiledContent
from bedside.ingest.findings import content_findings
from bedside.ingest.packs import KEPT, with_packs
from bedside.ingest.reading import ContentRefused
from tests.pack_example import ExamplePack

TOPIC = "vitamin-b12"
RULES, WORDS, CASES = f"{TOPIC}/rules/local.yaml", f"{TOPIC}/statements/local.md", f"{TOPIC}/cases.yaml"
OWN, PLATELETS = "platelet-counts/protocol.yaml", "platelet-counts/rules/platelets.yaml"


@pytest.fixture(scope="module")
def shipped():
    """The content that ships."""
    return CompiledContent.open()


@pytest.fixture
def pack(tmp_path):
    """The documented pack in a home of its own."""
    return ExamplePack(tmp_path)


def problems(shipped, pack):
    """What is refused, as (file:line, words)."""
    with pytest.raises(ContentError) as refused:
        with_packs(shipped, pack.home)
    found = refused.value.problems if isinstance(refused.value, ContentRefused) else (refused.value,)
    return [(problem.where, str(problem)) for problem in found]


def compiled_how_often(monkeypatch):
    """Count how often packs are compiled."""
    calls, real = [], pack_compile.compile_with_packs

    def counted(*words):
        calls.append(words)
        return real(*words)

    monkeypatch.setattr(pack_compile, "compile_with_packs", counted)
    return calls


def test_the_content_that_ships_compiles_to_the_same_bytes():
    """Packs leave no trace where there are none."""
    assert compile_content(CONTENT) == COMPILED.read_bytes()
    manifest = json.loads(COMPILED.read_bytes().split(b"\n")[0])
    assert {"packs", "stamp"}.isdisjoint(manifest)


def test_without_packs_the_content_is_the_very_same(shipped, tmp_path, monkeypatch):
    """An empty folder, or one with hidden files only: nothing is compiled, nothing written."""
    calls = compiled_how_often(monkeypatch)
    (tmp_path / "packs").mkdir()
    assert with_packs(shipped, tmp_path) is shipped
    (tmp_path / "packs" / ".DS_Store").write_bytes(b"")
    assert with_packs(shipped, tmp_path) is shipped
    assert not calls
    assert not (tmp_path / "cache").exists()


def test_the_documented_pack_is_in_order(shipped, pack):
    """It compiles, lint finds nothing, and the release names it."""
    content = with_packs(shipped, pack.home)
    [found] = content.packs
    assert content_findings(content) == ()
    assert content.release == f"{shipped.release} + {found.stated}"
    assert found.stated == f"st-elsewhere 1.2 ({found.sha256[:12]})"
    assert (found.topics, found.overrides) == (("platelet-counts",), (("ST-ELSEWHERE-MO5", "MO5"),))
    assert content.date == shipped.date


def test_everything_of_ours_is_still_there_as_it_was(shipped, pack):
    """Statements, sources, frames, rules and cases of ours are what they were; the pack's stand after them."""
    content = with_packs(shipped, pack.home)
    for statement_id, data in shipped.raw(TOPIC, "statements").items():
        assert content.raw(TOPIC, "statements")[statement_id] == data
    ours = content.raw(TOPIC, "protocol")["rules"]
    before = shipped.raw(TOPIC, "protocol")["rules"]
    assert ours[: len(before)] == before
    assert [rule["order"] for rule in ours] == list(range(len(before) + 2))
    assert content.raw(TOPIC, "cases")[: len(shipped.raw(TOPIC, "cases"))] == shipped.raw(TOPIC, "cases")
    assert content.frames().items() >= shipped.frames().items()
    assert content.vocabulary()["lexicon"] == shipped.vocabulary()["lexicon"]
    assert content.protocol_as_shipped(TOPIC).rules == shipped.protocol(TOPIC).rules


def test_local_becomes_the_practice_of_its_country(shipped, pack):
    """A rule, its statement and its limits are read as British, or American where the hospital is."""
    content = with_packs(shipped, pack.home)
    assert content.protocol("platelet-counts").measures["platelets"].bands.keys() == {"GB"}
    assert content.statements(TOPIC)[f"{TOPIC}/st-elsewhere-review"].jurisdiction.value == "GB"
    pack.change("pack.yaml", "country: GB ", "country: US ")
    pack.change(RULES, "    overrides: [MO5]\n", "")
    american = with_packs(shipped, pack.home)
    assert american.protocol("platelet-counts").parameters[0].jurisdiction.value == "US"
    assert {rule.jurisdiction.value for rule in american.protocol("platelet-counts").rules} == {"US"}


def test_an_unchanged_pack_is_not_compiled_again(shipped, pack, monkeypatch):
    """The second start reads what the first wrote, and has the same."""
    calls = compiled_how_often(monkeypatch)
    first, second = (with_packs(shipped, pack.home) for _ in range(2))
    assert len(calls) == 1
    assert (first.fingerprint, first.release, first.packs) == (second.fingerprint, second.release, second.packs)
    assert list((pack.home / "cache").iterdir()) == [pack.home / KEPT]


def move_the_cases(pack):
    """The same words in another file."""
    (pack.root / TOPIC / "cases").mkdir()
    (pack.root / CASES).rename(pack.root / TOPIC / "cases" / "local.yaml")


@pytest.mark.parametrize(
    "change",
    [
        lambda pack: pack.change(WORDS, "at 6 weeks", "at 7 weeks"),
        lambda pack: pack.change("pack.yaml", '"1.2"', '"1.3"'),
        lambda pack: (pack.root / "scope.yaml").unlink(),
        lambda pack: pack.write(f"{TOPIC}/cases/more.yaml", "[]\n"),
        move_the_cases,
    ],
)
def test_a_changed_pack_is_compiled_again(shipped, pack, change):
    """A word, the version, a file gone, a file more, a file moved: the release says so too."""
    before = with_packs(shipped, pack.home)
    change(pack)
    after = with_packs(shipped, pack.home)
    assert after.stamp != before.stamp
    assert after.release != before.release


def test_what_is_for_people_is_no_change(shipped, pack, monkeypatch):
    """A README, a review note, hidden files."""
    before = with_packs(shipped, pack.home)
    calls = compiled_how_often(monkeypatch)
    for name in ("README.md", f"{TOPIC}/REVIEW.md", "LICENSE", ".git/HEAD", f"{TOPIC}/.DS_Store"):
        pack.write(name, "for people")
    assert with_packs(shipped, pack.home).stamp == before.stamp
    assert not calls


def test_other_content_or_another_program_compiles_again(shipped, pack, monkeypatch):
    """The compiled file is of one content and one version of the program."""
    with_packs(shipped, pack.home)
    calls = compiled_how_often(monkeypatch)
    with_packs(shipped, pack.home, version="99.0")
    assert len(calls) == 1
    line, _, rest = COMPILED.read_bytes().partition(b"\n")
    manifest = json.loads(line)
    for count, changed in enumerate(({"release": "2027.05"}, {"date": "2027-05-01"}, {"sha256": "0" * 64}), 2):
        manifest |= changed
        other = CompiledContent(json.dumps(manifest).encode() + b"\n" + rest)
        content = with_packs(other, pack.home, version="99.0")
        assert content.release.startswith(f"{other.release} + ")
        assert content.date == other.date
        assert len(calls) == count


@pytest.mark.parametrize(
    ("old", "new"), [(b"6 weeks", b"9 weeks"), (b'"format":2', b'"format":9'), (b'"stamp"', b'"stomp"'), (b"}\n{", b"")]
)
def test_a_damaged_compiled_file_is_made_again(shipped, pack, old, new):
    """It is derived: an altered word in it is never shown."""
    first = with_packs(shipped, pack.home)
    kept = pack.home / KEPT
    whole = kept.read_bytes()
    assert old in whole
    kept.write_bytes(whole.replace(old, new))
    assert with_packs(shipped, pack.home).fingerprint == first.fingerprint
    assert kept.read_bytes() == whole


def test_a_home_that_cannot_be_written_still_works(shipped, pack):
    """Where there is no place for the compiled file, it is made in memory, and that is said."""
    (pack.home / "cache").write_text("in the way", encoding="utf-8")
    notes = []
    assert with_packs(shipped, pack.home, note=notes.append).packs
    assert "cannot be written" in notes[0]


def test_two_packs_stand_side_by_side(shipped, pack):
    """In the order of their names, each in the release; neither silences the other's rule on the same target."""
    other = ExamplePack(pack.home / "second")
    for path in sorted(path for path in other.root.rglob("*") if path.is_file()):
        name = path.relative_to(other.root).as_posix()
        if name.startswith("platelet") or name == "scope.yaml":
            continue
        words = path.read_text(encoding="utf-8")
        for old, new in (("st-elsewhere", "mercy"), ("ST-ELSEWHERE", "MERCY"), ("St Elsewhere", "Mercy")):
            words = words.replace(old, new)
        target = pack.home / "packs" / "mercy" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(words, encoding="utf-8")
    content = with_packs(shipped, pack.home)
    assert [found.name for found in content.packs] == ["mercy", "st-elsewhere"]
    overrides = {rule.id: rule.overrides for rule in content.protocol(TOPIC).rules if "MO5" in rule.overrides}
    assert overrides == {"MERCY-MO5": ("MO5",), "ST-ELSEWHERE-MO5": ("MO5",)}


def test_a_pack_cannot_override_another_packs_rule(shipped, pack):
    """Only ours can be named."""
    test_two_packs_stand_side_by_side(shipped, pack)
    pack.change(RULES, "overrides: [MO5]", "overrides: [MERCY-MMA]")
    [(_, words)] = problems(shipped, pack)
    assert "of another pack" in words


def test_what_silences_our_rule_silences_the_one_in_its_place(shipped, pack):
    """An allergy that holds back our injections holds back the hospital's in their place."""
    pack.change(RULES, "overrides: [MO5]", "overrides: [UK6]")
    before = {rule["id"] for rule in shipped.raw(TOPIC, "protocol")["rules"] if "UK6" in rule.get("overrides", ())}
    content = with_packs(shipped, pack.home)
    after = {rule.id for rule in content.protocol(TOPIC).rules if "ST-ELSEWHERE-MO5" in rule.overrides}
    assert after == before != set()


def test_a_caution_that_guards_our_advice_guards_the_one_in_its_place(shipped, pack):
    """Whatever withholds ours withholds theirs."""
    guards = {g for s in shipped.statements(TOPIC).values() for g in s.guards}
    rules = shipped.protocol(TOPIC).rules
    content = None
    for rule in (rule for rule in rules if guards & set(rule.statements)):
        fresh = ExamplePack(pack.home / rule.id)
        fresh.change(RULES, "overrides: [MO5]", f"overrides: [{rule.id}]")
        try:
            content = with_packs(shipped, fresh.home)
        except ContentRefused:
            continue
        break
    assert content is not None, "no rule of ours whose advice is guarded can be overridden"
    guarding = [s for s in content.statements(TOPIC).values() if f"{TOPIC}/st-elsewhere-review" in s.guards]
    assert guarding
    assert all(set(s.guards) & set(rule.statements) for s in guarding)


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("RF1", "is a red flag"),
        ("AB1", "is a rule of abstention"),
        ("OR0-continue", "is a safety rule of bedside"),
        ("DIS1", "shows where guidelines disagree"),
        ("RT-allergy", "guards other advice"),
        ("MO1-US", "it is US and the pack is GB"),
        ("RT9", "it silences RT8, which would come back"),
        ("UK1", "UK1-option"),
        ("OR3-GB", "would still say the same"),
        ("OR7", "at the head of answers"),
    ],
)
def test_what_keeps_people_safe_cannot_be_overridden(shipped, pack, target, why):
    """Each is refused by name, at the line of the rule."""
    if target == "AB1":
        target = next(rule.id for rule in shipped.protocol(TOPIC).rules if rule.effect == "abstain")
    pack.change(RULES, "overrides: [MO5]", f"overrides: [{target}]")
    found = problems(shipped, pack)
    assert all(where == f"packs/st-elsewhere/{RULES}:4" for where, _ in found)
    assert any(f"cannot override {target!r}" in words and why in words for _, words in found)


def test_no_red_flag_abstention_or_safety_rule_can_be_overridden(shipped, tmp_path):
    """Every one of ours, all at once."""
    protocol, statements = shipped.protocol(TOPIC), shipped.statements(TOPIC)
    safe = [
        rule.id
        for rule in protocol.rules
        if rule.effect in ("red_flag", "abstain")
        or rule.level == "X"
        or any(statements[name].basis == "own-rule" for name in rule.statements)
    ]
    assert len(safe) > 50
    pack = ExamplePack(tmp_path)
    pack.change(RULES, "overrides: [MO5]", f"overrides: [{', '.join(safe)}]")
    refused = " ".join(words for _, words in problems(shipped, pack))
    assert [rule for rule in safe if f"cannot override {rule!r}" not in refused] == []


REFUSED = [
    ("pack.yaml", "version:", "vresion:", 6, "Did you mean 'version'?"),
    ("pack.yaml", "name: st-elsewhere ", "name: st-elsewhere-2 ", 1, "Make them the same"),
    ("pack.yaml", "2026-11-20", "2026-02-30", 7, "is not"),
    ("pack.yaml", '"1.2"', '"1.2 + 3"', 6, "the version"),
    ("pack.yaml", "country: GB", "country: FR", 5, "Allowed: GB, US"),
    ("pack.yaml", "issuer: St Elsewhere Hospital", "issuer: [", None, "not readable as YAML"),
    ("bibliography.json", "st-elsewhere-b12", "nice-ng239", 2, "not named after the pack"),
    ("bibliography.json", "local-guidance", "safety-rule", 2, "bedside's own"),
    ("bibliography.json", "local-guidance", "guideline", None, "cites no document of St Elsewhere Hospital"),
    ("bibliography.json", '"St Elsewhere Hospital"', '"Mercy Hospital"', 2, "publisher"),
    ("bibliography.json", '"check": "V"', '"chekc": "V"', None, "Did you mean 'check'?"),
    ("scope.yaml", "platelet-counts", "platelet-count", None, "Did you mean 'platelet-counts'?"),
    ("scope.yaml", "platelet clinic", "b 12", None, "leads to 'vitamin-b12' already"),
    ("scope.yaml", "platelet clinic", "'{nothing}'", 3, "cannot be read"),
    (WORDS, "#st-elsewhere-review", "#review", 9, "#st-elsewhere-review"),
    (WORDS, "#st-elsewhere-review", "#review-three-months", 9, "not named after the pack"),
    (
        WORDS,
        "#st-elsewhere-review strength=do jurisdiction=local",
        "#st-elsewhere-review strength=do jurisdiction=GB",
        9,
        "local",
    ),
    (WORDS, "[At St Elsewhere, review", "[Review", 9, "does not say whose it is"),
    (WORDS, "At St Elsewhere, your B12", "Your B12", 9, "does not say whose it is"),
    (
        WORDS,
        "level=E basis=read} [@st-elsewhere-b12, section 2]",
        "level=A basis=read} [@st-elsewhere-b12]",
        9,
        "level A",
    ),
    (
        WORDS,
        "level=E basis=read} [@st-elsewhere-b12, section 2]",
        "level=X basis=own-rule} [@bedside-safety]",
        9,
        "a rule of bedside",
    ),
    (
        WORDS,
        "basis=read} [@st-elsewhere-b12, section 2]",
        "basis=read} [@nice-ng239, section 1.6]",
        9,
        "cites no document",
    ),
    (
        WORDS,
        "basis=read} [@st-elsewhere-b12, section 2]",
        "basis=verbatim passage=x} [@st-elsewhere-b12]",
        9,
        "keeps no passages",
    ),
    (
        WORDS,
        "basis=read} [@st-elsewhere-b12, section 2]",
        'basis=read guards="raise-oral-dose-gb"} [@st-elsewhere-b12]',
        9,
        "guards",
    ),
    (WORDS, "@st-elsewhere-b12, section 2", "@st-elsewhere-b21, section 2", 9, "Did you mean 'st-elsewhere-b12'?"),
    (RULES, "id: ST-ELSEWHERE-MO5", "id: MO5", 4, "there already"),
    (RULES, "id: ST-ELSEWHERE-MO5", "id: NEW1", 4, "ST-ELSEWHERE-NEW1"),
    (RULES, "overrides: [MO5]", "overrides: [ST-ELSEWHERE-MMX]", 4, "Did you mean 'ST-ELSEWHERE-MMA'?"),
    (RULES, "statements: [st-elsewhere-review]", "statements: [keep-taking-tablets]", 4, "own wording"),
    (RULES, "    show: follow_up\n", "", 4, "nothing would be said instead"),
    (RULES, "effect: inform", "effect: abstain", 14, "abstains"),
    (RULES, "effect: inform", "effect: inform\n    classify: {mma_serum: odd}", 14, "classifies"),
    (RULES, "strength: information\n    level: E", "strength: information\n    level: X", 14, "level X"),
    (RULES, "strength: information\n    level: E", "strength: do\n    level: E", 14, "Strength is copied"),
    (RULES, "when: total_b12 is indeterminate", "when: total_b12 is indetermined", 16, "indeterminate"),
    (RULES, "rules:\n", "definitions: {on_oral_b12: anaemia}\nrules:\n", 3, "st_elsewhere_"),
    (RULES, "title: Follow-up", "titel: Follow-up", 2, "Did you mean 'title'?"),
    (CASES, "fires: [ST-ELSEWHERE-MMA]", "fires: [ST-ELSEWHERE-MMX]", None, "Did you mean 'ST-ELSEWHERE-MMA'?"),
    (OWN, "lead: [st-elsewhere-platelet-counts]", "lead: [vitamin-b12/keep-taking-tablets]", 1, "own wording"),
    (OWN, "topics: [platelets]", "topics: [total_b12]", None, "leads to 'vitamin-b12' already"),
    (
        OWN,
        "    table: st-elsewhere-platelets    # the statement that says whose bands these are\n",
        "",
        10,
        "whose they are",
    ),
    (OWN, "  platelets:\n    table", "  total_b12:\n    table", 10, "cannot fall in two"),
    (OWN, "jurisdiction: local, since", "jurisdiction: INT, since", 1, "speaks for its own hospital"),
    (OWN, "from: platelets_low_below", "above: platelets_low_below", 10, "gap"),
    (PLATELETS, "id: ST-ELSEWHERE-PLATELETS", "id: PLATELETS1", 4, "ST-ELSEWHERE-PLATELETS1"),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "why"), REFUSED, ids=lambda value: str(value)[:30])
def test_each_fault_is_refused_with_file_and_line(shipped, pack, file, old, new, line, why):
    """One place is wrong: it is named by file and line, with what to do."""
    pack.change(file, old, new)
    found = [(where, words) for where, words in problems(shipped, pack) if why in words]
    assert found, problems(shipped, pack)
    assert all(where.startswith("packs/st-elsewhere/") for where, _ in found)
    if line is not None:
        assert f"packs/st-elsewhere/{file}:{line}" in [where for where, _ in found]


STRANGERS = [
    ("pack.yml", "Did you mean 'pack.yaml'?"),
    (f"{TOPIC}/rule/local.yaml", "Did you mean 'rules'?"),
    (f"{TOPIC}/rules/deeper/local.yaml", "docs/packs.md"),
    (f"{TOPIC}/statements/local.txt", "docs/packs.md"),
    ("local.md", "docs/packs.md"),
    ("lexicon/drugs.yaml", "docs/packs.md"),
]


@pytest.mark.parametrize(("name", "remedy"), STRANGERS)
def test_a_file_that_nothing_reads_is_refused(shipped, pack, name, remedy):
    """A misspelt folder is not passed over in silence."""
    pack.write(name, "[]\n")
    assert any(name.split("/")[0] in where and remedy in words for where, words in problems(shipped, pack))


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        (f"{TOPIC}/protocol.yaml", "id: vitamin-b12\n", "has a protocol already"),
        ("safety/statements/more.md", "", "cannot be added to"),
        ("vitamin-b21/rules/local.yaml", "table: X\ntitle: X\nrules: []\n", "Did you mean 'vitamin-b12'?"),
        (
            "empty/statements/none.md",
            "---\nid: empty\nchecked_on: 2026-01-01\nnext_check: 2027-01-01\n---\n",
            "holds nothing",
        ),
        (
            "Iron/statements/none.md",
            "---\nid: Iron\nchecked_on: 2026-01-01\nnext_check: 2027-01-01\n---\n",
            "no name for a topic",
        ),
    ],
)
def test_a_topic_that_cannot_be_is_refused(shipped, pack, name, text, why):
    """Ours with another protocol, the safety topic, rules for nothing, an empty one, a bad name."""
    pack.write(name, text)
    assert any(why in words for _, words in problems(shipped, pack))


@pytest.mark.parametrize("name", ["St-Elsewhere", "st elsewhere", "2nd", "st_elsewhere", "-st"])
def test_a_name_that_makes_no_ids_is_refused(shipped, pack, name):
    """The name is the beginning of every id."""
    pack.root.rename(pack.root.with_name(name))
    [(where, words)] = problems(shipped, pack)
    assert where == f"packs/{name}:1"
    assert "no name for a pack" in words


def test_a_link_that_leads_nowhere_is_refused(shipped, pack):
    """A share that is not mounted is not a hospital without advice."""
    (pack.home / "packs" / "mercy").symlink_to(pack.home / "gone")
    [(where, _)] = problems(shipped, pack)
    assert where == "packs/mercy:1"


def test_packs_that_are_a_link_to_nowhere_are_an_error(tmp_path):
    """Neither is the whole folder."""
    (tmp_path / "packs").symlink_to(tmp_path / "gone")
    with pytest.raises(ContentError, match="cannot be read"):
        bedside.open(bedside.Settings.load({"BEDSIDE_HOME": str(tmp_path)}))


def test_a_file_where_a_pack_should_be_is_refused(shipped, pack):
    """An archive nobody unpacked is not passed over."""
    (pack.home / "packs" / "mercy.zip").write_bytes(b"PK")
    [(where, words)] = problems(shipped, pack)
    assert where == "packs/mercy.zip:1"
    assert "Unpack it" in words


def test_a_pack_folder_that_is_a_file_is_an_error(shipped, tmp_path):
    """Not a traceback."""
    (tmp_path / "packs").write_text("", encoding="utf-8")
    with pytest.raises(ContentError, match="cannot be read"):
        with_packs(shipped, tmp_path)


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("pack.yaml", b"\xff\xfe\x00"),
        ("pack.yaml", b""),
        ("pack.yaml", b"- a list\n"),
        ("pack.yaml", b"{[: }"),
        ("pack.yaml", b'name: st-elsewhere\ntitle: "\\ud800"\n'),
        (RULES, b"[" * 20_000),
        (RULES, b"rules: 7\n"),
        (RULES, b"rules: [7, {}, [], null]\n"),
        (WORDS, b"\x00"),
        (WORDS, b"---\nid: vitamin-b12\n---\n- []{} []\n"),
        (CASES, b"{}\n"),
        (OWN, b"{}\n"),
        (OWN, b"measures: {platelets: 3}\nparameters: [1]\n"),
        ("bibliography.json", b"{"),
        ("bibliography.json", b'[{}, 3, {"id": [1]}]'),
        ("scope.yaml", b"topics: {platelet-counts: [3]}\n"),
    ],
)
def test_whatever_lies_in_a_file_is_an_error_that_names_it(shipped, pack, file, data):
    """Broken bytes, broken YAML, wrong shapes: never a traceback, always a file."""
    (pack.root / file).write_bytes(data)
    found = problems(shipped, pack)
    assert any(where.startswith(f"packs/st-elsewhere/{file}:") for where, _ in found), found


def test_a_character_that_cannot_be_kept_is_an_error(shipped, pack):
    """Half a character, as YAML can write it."""
    pack.change("pack.yaml", "Local advice on vitamin B12 and platelets", '"half \\ud800"')
    assert problems(shipped, pack)


def test_a_missing_file_of_the_pack_is_named(shipped, pack):
    """Without pack.yaml there is nothing to judge it by."""
    (pack.root / "pack.yaml").unlink()
    [(where, words)] = problems(shipped, pack)
    assert where == "packs/st-elsewhere/pack.yaml:1"
    assert "missing" in words


def test_a_broken_pack_leaves_the_last_compiled_file_unused(shipped, pack):
    """It was good yesterday; today's fault is not hidden by yesterday's file."""
    with_packs(shipped, pack.home)
    pack.change(RULES, "overrides: [MO5]", "overrides: [RF1]")
    for _ in range(2):
        assert problems(shipped, pack)


def test_windows_files_are_read(shipped, pack):
    """A byte order mark and carriage returns change nothing but the hash."""
    plain = with_packs(shipped, pack.home)
    for path in (path for path in pack.root.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert with_packs(shipped, pack.home).fingerprint == plain.fingerprint


def test_statements_alone_make_a_topic(shipped, pack):
    """A formulary note without rules can be looked up."""
    words = (Path(pack.root) / "platelet-counts/statements/main.md").read_text(encoding="utf-8")
    words = words.replace("id: platelet-counts", "id: formulary").replace("#st-elsewhere-", "#st-elsewhere-f-")
    pack.write("formulary/statements/notes.md", words)
    content = with_packs(shipped, pack.home)
    assert "formulary/st-elsewhere-f-platelet-clinic" in content.statements("formulary")
    assert "formulary" in content.packs[0].topics


def test_the_order_of_a_pack_in_a_damaged_manifest_is_an_error():
    """A manifest whose packs are not packs is said to be damaged."""
    line, _, rest = COMPILED.read_bytes().partition(b"\n")
    manifest = json.loads(line) | {"packs": [{"name": "x"}]}
    content = CompiledContent(json.dumps(manifest).encode() + b"\n" + rest)
    with pytest.raises(LibraryUnusable, match="damaged"):
        _ = content.packs
