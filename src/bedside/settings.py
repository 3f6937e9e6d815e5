"""Settings: ``bedside.toml`` and ``BEDSIDE_*`` variables, read once into one frozen value.

Order of weight: an environment variable wins over the file, the file over the default. The command line wins over
both, and is applied by the commands themselves. An unknown key is refused, with the nearest name offered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from bedside.errors import SettingsError

READERS = ("patient", "carer", "student", "nurse", "clinician")
REGIONS = ("GB", "US", "both")
FORMATS = ("terminal", "markdown", "html", "json")
COLOURS = ("auto", "always", "never")

FILE_NAME = "bedside.toml"
PREFIX = "BEDSIDE_"
MAX_FILE_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set.

    ``home`` is the folder for the reader's own files (``BEDSIDE_HOME`` only); ``content`` a compiled content file
    other than the one that ships, or None. ``reader``, ``region`` and ``format`` are what is used when a command
    does not say. ``width`` is in characters, 0 for the terminal's own. ``as_of`` is an ISO date, "" for the date of
    the content release. ``input_limit`` is the longest question read, in characters. ``library`` is the URL of a
    database that holds the library ("" for a file in ``home``); ``evidence_order`` the kinds of source, the one that
    weighs most first, "" for the order of ``docs/appraisal.md``. ``semantic_model`` is the folder of a model that
    orders what a search of the library finds once more, or None. ``database`` is the URL of the database that keeps
    threads ("" for a file in ``home``), ``thread_days`` after how many days a thread expires.

    ``hosts`` are the names under which the pages may be asked for, parted by commas, besides this machine's own;
    ``proxies`` the networks of proxies whose word on who asks is taken; ``https`` is "yes" where readers come by https
    although a proxy speaks http to us; ``asking_rate`` is how many questions a client may ask a minute, 0 for no limit.

    ``board`` is what the review board is called; ``second_signature`` what takes two signatures (doses, all, none);
    ``approval_days`` for how many days a signature may hold at most; ``session_hours`` after how many hours a member
    has to sign in again. ``oidc_issuer`` is the address of a provider of single sign-on ("" for none),
    ``oidc_client`` the name we have there, ``oidc_secret`` a file with the secret we share with it.
    """

    home: Path
    content: Path | None = None
    reader: str = "patient"
    region: str = "both"
    format: str = "terminal"
    width: int = 0
    colour: str = "auto"
    as_of: str = ""
    input_limit: int = 100_000
    library: str = ""
    evidence_order: str = ""
    semantic_model: Path | None = None
    database: str = ""
    thread_days: int = 30
    hosts: str = ""
    proxies: str = ""
    https: str = "no"
    asking_rate: int = 60
    board: str = ""
    second_signature: str = "doses"
    approval_days: int = 365
    session_hours: int = 12
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_secret: Path | None = None

    @classmethod
    def load(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings of this environment.

        Raises SettingsError, naming file and key (or the variable), when a key is unknown or a value does not fit.
        """
        home = _home(environ)
        values = {**_from_file(home / FILE_NAME), **_from_environment(environ)}
        return cls(home=home, **values)

    def of_answer(self) -> dict[str, str]:
        """The settings that can change an answer, for its run fingerprint: nothing about looks or places."""
        order = {"evidence_order": self.evidence_order} if self.evidence_order else {}
        return {"input_limit": str(self.input_limit), **order}


KEYS = tuple(field.name for field in fields(Settings) if field.name != "home")
"""What ``bedside.toml`` may hold; each also as ``BEDSIDE_<KEY>``. ``BEDSIDE_HOME`` says where the file is."""

_CHOICES = {
    "reader": READERS,
    "region": REGIONS,
    "format": FORMATS,
    "colour": COLOURS,
    "https": ("no", "yes"),
    "second_signature": ("doses", "all", "none"),
}
_RANGES = {
    "width": (0, 1000),
    "input_limit": (1, 1_000_000),
    "thread_days": (1, 3650),
    "asking_rate": (0, 100_000),
    "approval_days": (1, 3650),
    "session_hours": (1, 720),
}
_TEXTS = ("library", "evidence_order", "database", "hosts", "proxies", "board", "oidc_issuer", "oidc_client")


def nearest(word: str, choices: tuple[str, ...] | list[str]) -> str:
    """A remedy sentence: the nearest of *choices* to *word*, or all of them."""
    from difflib import get_close_matches  # needed for errors only

    close = get_close_matches(word.lower(), [choice.lower() for choice in choices], n=1)
    if close:
        [meant] = [choice for choice in choices if choice.lower() == close[0]][:1]
        return f"Did you mean {meant!r}?"
    return "Choose from: " + ", ".join(choices) + "."


def _home(environ: Mapping[str, str]) -> Path:
    if written := environ.get("BEDSIDE_HOME"):
        return Path(written).expanduser()
    from platformdirs import user_data_path

    return user_data_path("bedside")


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    import tomllib  # needed only where there is a file

    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise SettingsError(f"{path}: larger than {MAX_FILE_BYTES} bytes.", "Is this the right file?")
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}.", "Correct the file, or move it away.") from None
    values = {}
    for key, value in written.items():
        where = f"{path}, key {key!r}"
        if key not in KEYS:
            raise SettingsError(f"{where}: there is no such setting.", nearest(key, KEYS))
        values[key] = _checked(key, value, where, base=path.parent)
    return values


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    known = tuple(PREFIX + key.upper() for key in (*KEYS, "home"))
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name == "BEDSIDE_HOME":
            continue
        if name not in known:
            raise SettingsError(f"environment variable {name}: there is no such setting.", nearest(name, known))
        key, written = name.removeprefix(PREFIX).lower(), environ[name]
        value: Any = int(written) if key in _RANGES and re.fullmatch(r"\d{1,9}", written) else written
        if written:  # an empty variable counts as not set
            values[key] = _checked(key, value, f"environment variable {name}", base=Path())
    return values


def _checked(key: str, value: Any, where: str, base: Path) -> Any:
    """The value in its own type, or SettingsError naming *where*."""
    if key in _RANGES:
        low, high = _RANGES[key]
        if type(value) is int and low <= value <= high:
            return value
        raise SettingsError(f"{where}: {value!r} does not fit.", f"Give a whole number from {low} to {high}.")
    if not isinstance(value, str):
        raise SettingsError(f"{where}: {value!r} does not fit.", "Give a text in quotes.")
    if key in ("content", "semantic_model", "oidc_secret"):
        return base / Path(value).expanduser() if value else None
    if key == "as_of":
        return _day(value, where)
    if key in _TEXTS:
        return value
    for choice in _CHOICES[key]:
        if value.lower() == choice.lower():
            return choice
    raise SettingsError(f"{where}: {value!r} does not fit.", nearest(value, _CHOICES[key]))


def _day(value: str, where: str) -> str:
    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        raise SettingsError(f"{where}: {value!r} is not a date.", "Write it as 2026-11-22.") from None
