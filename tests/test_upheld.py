"""Loading the original of a source upgrades the statements it bears out, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

import bedside
from bedside.cli.main import main
from bedside.errors import LibraryUnusable
from bedside.evidence.statement import Basis
from bedside.stores.originals import FILE, keep_places, read_places
from bedside.verification.upheld import Place

ASKED = "My B12 is 268 pg/mL on 1000 mcg cyanocobalamin tablets daily. What now?"
COELIAC = "vitamin-b12/coeliac-serology-gb"
GUIDE = """---
title: A guide
issuer: An issuer
original_of: nice-ng20
---

# Testing

{text}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BEDSIDE_HOME", str(tmp_path / "home"))
    return tmp_path


def load(home: Path, text: str, key: str = "nice-ng20", name: str = "guide.md") -> None:
    """Load a document as the original of a source."""
    (home / name).write_text(GUIDE.replace("nice-ng20", key).format(text=text), encoding="utf-8")
    assert main(["library", "add", str(home / name)]) == 0


def keep(capsys: pytest.CaptureFixture[str]) -> str:
    """Keep what the originals say, and what was said on the way."""
    main(["check", "--content", "--keep"])
    return capsys.readouterr().err


def opened() -> bedside.Desk:
    return bedside.open()


def basis(statement: str) -> Basis:
    """What the answer says a statement rests on."""
    return opened().ask(ASKED, reader="clinician", region="GB").statements[statement].basis


def wording(statement: str) -> str:
    return opened().content.statements("vitamin-b12")[statement].clinical


def test_what_the_original_bears_out_is_checked_against_the_source_text(home, capsys) -> None:
    """Before it is kept nothing changes; afterwards the answer says so and names the passage."""
    before = opened().ask(ASKED, reader="clinician", region="GB")
    load(home, f"1.1.1 {wording(COELIAC)}")
    assert basis(COELIAC) is Basis.READ
    assert "1 statement says" in keep(capsys)
    after = opened().ask(ASKED, reader="clinician", region="GB")
    statement = after.statements[COELIAC]
    assert statement.basis is Basis.VERBATIM
    assert wording(COELIAC) in opened().library.passage(statement.passage).text
    others = {k: s for k, s in after.statements.items() if k != COELIAC}
    assert others == {k: s for k, s in before.statements.items() if k != COELIAC}
    assert after.release != before.release
    assert "+originals-" in after.release
    main(["ask", ASKED, "--for", "clinician", "--region", "GB", "--full"])
    assert "checked against the source text of NICE NG20" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "said",
    [
        "Do not offer coeliac serology for unexplained B12 deficiency, while the person still eats gluten.",
        "Coeliac disease is a reaction to gluten, and many people with it are never found.",
    ],
    ids=["denied", "not there"],
)
def test_what_the_original_does_not_say_is_not_upheld(home, capsys, said) -> None:
    load(home, said)
    assert "0 statements say" in keep(capsys)
    assert basis(COELIAC) is Basis.READ


def test_the_kept_file_is_believed_in_nothing(home) -> None:
    """A place written by hand upholds nothing that the passage there does not say, nor another document's."""
    load(home, f"{wording(COELIAC)}\n\nWalking is healthy, and so is sleep.")
    load(home, wording(COELIAC), key="nice-ng239", name="other.md")
    desk = opened()
    own, beside = (passage.id for passage in desk.originals("nice-ng20"))
    elsewhere = desk.originals("nice-ng239")[0].id
    folder = desk.stored.place.folder
    for passage, found in ((own, Basis.VERBATIM), (beside, Basis.READ), (elsewhere, Basis.READ), ("x/y", Basis.READ)):
        keep_places(folder, [Place(COELIAC, "nice-ng20", passage)])
        assert basis(COELIAC) is found, passage


def test_a_changed_original_upholds_no_more(home, capsys) -> None:
    load(home, wording(COELIAC))
    keep(capsys)
    assert basis(COELIAC) is Basis.VERBATIM
    load(home, "Something else entirely stands here now.")
    assert basis(COELIAC) is Basis.READ


def test_every_source_that_is_cited_has_to_bear_it_out(home, capsys) -> None:
    """A statement of two sources with one original is upheld by neither."""
    content = opened().content.statements("vitamin-b12")
    two = next(s for s in content.values() if len({c.source for c in s.citations}) == 2)
    first, second = (citation.source for citation in two.citations)
    load(home, two.clinical, key=first)
    keep(capsys)
    assert opened().library.statement(two.id).basis is two.basis
    load(home, two.clinical, key=second, name="other.md")
    keep(capsys)
    assert opened().library.statement(two.id).basis is Basis.VERBATIM


def test_what_the_board_signs_does_not_change(home, capsys) -> None:
    """Seals are over the content as it ships: an owner's original lapses no approval."""
    load(home, wording(COELIAC))
    keep(capsys)
    assert opened().shipped.statement(COELIAC).basis is Basis.READ


def test_a_kept_file_that_is_broken_is_said(home, capsys) -> None:
    load(home, wording(COELIAC))
    folder = opened().stored.place.folder
    for broken in ("", "[]", '{"schema": "bedside.originals/1", "places": [["a", "b"]]}', '{"schema": "x"}'):
        (folder / FILE).write_text(broken, encoding="utf-8")
        with pytest.raises(LibraryUnusable, match="not a file that bedside kept") as error:
            read_places(folder)
        assert "--keep" in error.value.remedy
    keep(capsys)
    assert len(read_places(folder)) == 1


@pytest.mark.usefixtures("home")
def test_wrong_words_on_the_command_line_are_answered(capsys) -> None:
    for words, said in (
        (["check", "--content", "--keep", "--source", "nice-ng20"], "Leave out --source"),
        (["check", "A sentence.", "--keep"], "--keep goes with --content"),
        (["check", "--content", "--keep"], "There is no library yet"),
        (["library", "add", "a.html", "--original-of", "nice-ng21"], "There is no source 'nice-ng21'"),
        (["library", "add", "a.md", "--original-of", "nice-ng20"], "front matter: original_of"),
    ):
        assert main(words) == 2
        assert said in capsys.readouterr().err


def test_a_page_is_loaded_as_the_original_of_a_source(home, capsys) -> None:
    """What is not said of it is as the source has it."""
    page = home / "ng20.html"
    page.write_text(f"<html><body><h1>Testing</h1><p>{wording(COELIAC)}</p></body></html>", encoding="utf-8")
    assert main(["library", "add", str(page), "--original-of", "nice-ng20"]) == 0
    loaded, shipped = opened().stored.source("nice-ng20"), opened().content.sources()["nice-ng20"]
    assert (loaded.title, loaded.issuer, loaded.kind) == (shipped.title, shipped.issuer, shipped.kind)
    keep(capsys)
    assert basis(COELIAC) is Basis.VERBATIM
