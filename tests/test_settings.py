"""Settings come from the file and the environment, and say so when they are wrong."""

from pathlib import Path

import pytest

from bedside.errors import SettingsError
from bedside.evidence.source import SourceKind, SourceStatus
from bedside.question.question import Reader, Region
from bedside.settings import FORMATS, KEYS, READERS, REGIONS, Settings, nearest


def load(home, toml="", **environ):
    """Load settings from a home with this file and these variables."""
    if toml:
        (home / "bedside.toml").write_text(toml, encoding="utf-8")
    return Settings.load({"BEDSIDE_HOME": str(home), **environ})


def test_without_a_file_the_defaults_hold(tmp_path):
    """No file and no variable give the documented defaults."""
    assert load(tmp_path) == Settings(home=tmp_path)


def test_the_file_is_read(tmp_path):
    """Every key of the file reaches the settings in its own type."""
    found = load(tmp_path, 'reader = "nurse"\nregion = "GB"\nwidth = 90\nas_of = "2026-01-31"\ncontent = "own.jsonl"\n')
    assert (found.reader, found.region, found.width, found.as_of) == ("nurse", "GB", 90, "2026-01-31")
    assert found.content == tmp_path / "own.jsonl"


def test_the_environment_wins_over_the_file(tmp_path):
    """A BEDSIDE_ variable replaces what the file says."""
    found = load(tmp_path, 'reader = "nurse"\nwidth = 90\n', BEDSIDE_READER="clinician", BEDSIDE_WIDTH="70")
    assert (found.reader, found.width) == ("clinician", 70)


def test_an_empty_variable_counts_as_not_set(tmp_path):
    """An empty variable leaves the file's value alone."""
    assert load(tmp_path, 'reader = "nurse"\n', BEDSIDE_READER="").reader == "nurse"


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('raeder = "nurse"', ["bedside.toml", "'raeder'", "'reader'"]),
        ('reader = "nrse"', ["bedside.toml", "'reader'", "'nurse'"]),
        ('width = "90"', ["bedside.toml", "'width'", "whole number"]),
        ("width = true", ["'width'"]),
        ("width = 100000", ["'width'", "1000"]),
        ("input_limit = 0", ["'input_limit'"]),
        ('as_of = "yesterday"', ["'as_of'", "2026-11-22"]),
        ("reader = 3", ["'reader'", "quotes"]),
        ("reader = ", ["bedside.toml", "cannot be read"]),
        ('home = "/tmp"', ["'home'"]),
    ],
)
def test_a_wrong_file_is_refused_with_place_and_remedy(tmp_path, toml, words):
    """The message names the file, the key, and what to write instead."""
    with pytest.raises(SettingsError) as refused:
        load(tmp_path, toml)
    assert all(word in str(refused.value) for word in words)


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("BEDSIDE_RAEDER", "nurse", "BEDSIDE_READER"),
        ("BEDSIDE_WIDTH", "wide", "whole number"),
        ("BEDSIDE_REGION", "UK", "GB"),
    ],
)
def test_a_wrong_variable_is_refused_by_name(tmp_path, name, value, word):
    """The message names the variable and what would fit."""
    with pytest.raises(SettingsError) as refused:
        load(tmp_path, **{name: value})
    assert name in str(refused.value)
    assert word in str(refused.value)


def test_a_file_that_is_not_text_is_refused(tmp_path):
    """Bytes that are not UTF-8 are an error with the file's name, never a traceback."""
    (tmp_path / "bedside.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"bedside\.toml"):
        load(tmp_path)


def test_the_words_are_those_of_the_nouns():
    """Settings cannot import the nouns, so this holds the two sets of words equal."""
    from bedside.cli.library_show import KINDS, STATUSES
    from bedside.question.refuse import LIMIT

    assert tuple(READERS) == tuple(Reader)
    assert tuple(REGIONS) == tuple(Region)
    assert tuple(KINDS) == tuple(SourceKind)
    assert tuple(STATUSES) == tuple(SourceStatus)
    assert Settings(home=Path()).input_limit == LIMIT
    assert set(FORMATS) == {"terminal", "markdown", "html", "json"}


def test_only_what_can_change_an_answer_enters_its_fingerprint(tmp_path):
    """Looks and places stay out of the settings an answer is fingerprinted with."""
    assert set(Settings(home=tmp_path).of_answer()) == {"input_limit"}
    assert set(Settings(home=tmp_path, evidence_order="trial").of_answer()) == {"input_limit", "evidence_order"}
    assert "home" not in KEYS


def test_the_nearest_name_is_offered_in_its_own_spelling():
    """The offer keeps the case of the choice; without a near one all are listed."""
    assert nearest("boht", REGIONS) == "Did you mean 'both'?"
    assert nearest("zzz", REGIONS) == "Choose from: GB, US, both."
