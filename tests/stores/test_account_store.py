"""Accounts in SQLite and in PostgreSQL: the same promises, also while many sign in at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from argon2 import PasswordHasher
from sqlalchemy import inspect, select, text

from bedside.errors import LibraryUnusable, ReviewMoved, ReviewRefused, SignInRefused
from bedside.review.account import COMMAND_LINE, SINGLE, later
from bedside.review.member import Member
from bedside.review.state import Role
from bedside.settings import Settings
from bedside.stores.account_password import Passwords
from bedside.stores.account_schema import HEAD, VERSIONS, account, metadata
from bedside.stores.account_sessions import Flow
from bedside.stores.account_store import open_accounts
from bedside.stores.transacting import FILE

NOW = "2026-11-23T10:00:00+00:00"
WORDS, OTHER = "violet kettle moss parade", "lantern oboe gravel thirty"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NUMBERS = count()
ADA = Member("ada", "Ada Smith", frozenset({Role.ADMINISTRATOR}), public=False)
RAE = Member("rae", "Rae Jones", frozenset({Role.REVIEWER, Role.AUTHOR}), "MD", "GMC 1", "None", "2026-01-01")


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request, tmp_path):
    """Settings with an empty database."""
    made = Settings(home=tmp_path / "home")
    if request.param == "sqlite":
        return made
    return replace(made, database=request.getfixturevalue("new_database")())


@pytest.fixture
def accounts(settings):
    """Accounts with an administrator."""
    opened = open_accounts(settings, Passwords(CHEAP))
    opened.create(ADA, WORDS, NOW, first=True)
    yield opened
    opened.close()


def after(**by):
    return later(NOW, timedelta(**by))


def test_a_member_comes_back_as_it_was_made(accounts):
    assert accounts.create(RAE, OTHER, NOW) == RAE
    assert accounts.members() == {"ada": ADA, "rae": RAE}
    assert accounts.account("rae").revision == 1
    with pytest.raises(ReviewRefused, match="no member"):
        accounts.member("nobody")


def test_a_handle_is_given_once(accounts):
    accounts.create(RAE, OTHER, NOW)
    accounts.set_active("rae", active=False)
    with pytest.raises(ReviewRefused, match="account already"):
        accounts.create(replace(RAE, name="Another"), OTHER, NOW)


def test_there_is_one_first_administrator(accounts):
    with pytest.raises(ReviewRefused, match="administrator already"):
        accounts.create(replace(ADA, handle="eve"), WORDS, NOW, first=True)


def test_of_many_who_set_up_a_board_at_once_one_does(settings):
    errors = []

    def begin(number):
        opened = open_accounts(settings, Passwords(CHEAP))
        try:
            opened.create(replace(ADA, handle=f"ada{number}"), WORDS, NOW, first=True)
        except ReviewRefused as error:
            errors.append(error)
        finally:
            opened.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(begin, range(6)))
    opened = open_accounts(settings, Passwords(CHEAP))
    assert (len(opened.members()), len(errors)) == (1, 5)
    opened.close()


def test_a_session_opens_and_ends(accounts):
    token = accounts.sign_in(" ADA", WORDS, NOW)
    assert accounts.session(token, NOW) == ADA
    assert [each.way for each in accounts.sessions("ada", NOW)] == ["password"]
    assert accounts.session(token, after(hours=2)) is None
    assert accounts.session(token[:-1], NOW) is None
    assert accounts.sign_out(token)
    assert not accounts.sign_out(token)
    assert accounts.session(token, NOW) is None


def test_use_keeps_a_session_alive_and_is_written_once_a_minute(accounts):
    token = accounts.sign_in("ada", WORDS, NOW)
    accounts.held(token, after(seconds=59))
    assert accounts.sessions("ada", NOW)[0].seen == NOW
    accounts.held(token, after(seconds=61))
    assert accounts.sessions("ada", NOW)[0].seen == after(seconds=61)
    accounts.held(token, after(seconds=30))  # a clock behind ours: it does not go back
    assert accounts.sessions("ada", NOW)[0].seen == after(seconds=61)


def test_a_way_in_at_the_machine_has_tries_of_its_own(accounts):
    for _ in range(6):
        with pytest.raises(SignInRefused):
            accounts.sign_in("ada", "wrong", NOW)
    with pytest.raises(SignInRefused):
        accounts.sign_in("ada", WORDS, NOW)
    assert accounts.session(accounts.sign_in("ada", WORDS, NOW, way=COMMAND_LINE), NOW) == ADA


def test_many_tries_at_once_count_one_by_one(accounts):
    """However many are sent at the same moment, no more than the free ones have their password looked at."""
    looked, fits = [], accounts._passwords.fits

    def watched(kept, password):
        looked.append(password)
        return fits(kept, password)

    accounts._passwords.fits = watched

    def attempt(number):
        try:
            accounts.sign_in("ada", f"wrong {number}", NOW)
        except SignInRefused:
            return 1
        return 0

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(attempt, range(40))) == 40
    assert len(looked) == 5


def test_old_failures_are_forgotten(accounts):
    for _ in range(4):
        with pytest.raises(SignInRefused):
            accounts.sign_in("ada", "wrong", NOW)
    tomorrow = after(days=1, seconds=1)
    for _ in range(4):
        with pytest.raises(SignInRefused):
            accounts.sign_in("ada", "wrong", tomorrow)
    assert accounts.sign_in("ada", WORDS, tomorrow)


def test_a_password_is_hashed_anew_when_the_parameters_change(accounts, settings):
    def kept():
        with accounts._engine.connect() as connection:
            return connection.execute(select(account.c.password).where(account.c.handle == "ada")).scalar()

    before = kept()
    assert before.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    dearer = open_accounts(settings, Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)))
    with pytest.raises(SignInRefused):
        dearer.sign_in("ada", "wrong", NOW)
    assert kept() == before
    dearer.sign_in("ada", WORDS, NOW)
    assert kept().startswith("$argon2id$v=19$m=16,t=2,p=1$")
    assert dearer.sign_in("ada", WORDS, NOW)
    dearer.close()


def test_the_parameters_of_today_are_those_of_the_library():
    kept = Passwords().hashed(WORDS)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert Passwords().fits(kept, WORDS)
    assert not Passwords().fits(kept, OTHER)
    assert not Passwords().fits("", WORDS)


def test_one_password_typed_on_two_keyboards_is_one(accounts):
    accounts.create(RAE, "caf\u00e9 lantern oboe", NOW)
    assert accounts.sign_in("rae", "cafe\u0301 lantern oboe", NOW)


def test_a_one_time_password_opens_nothing_but_its_change(accounts):
    accounts.create(RAE, OTHER, NOW, one_time=True)
    token = accounts.sign_in("rae", OTHER, NOW)
    assert accounts.session(token, NOW) is None
    assert accounts.held(token, NOW).must_change
    new = accounts.change_password("rae", OTHER, "gravel mitten oboe", NOW, token=token)
    assert accounts.session(new, NOW) == RAE
    assert accounts.held(token, NOW) is None
    with pytest.raises(SignInRefused):
        accounts.sign_in("rae", OTHER, NOW)


def test_an_account_without_a_password_has_none(accounts):
    accounts.create(RAE, "", NOW, email="Rae@Hospital.example")
    assert not accounts.account("rae").has_password
    for tried in ("", " ", "x"):
        with pytest.raises(SignInRefused):
            accounts.sign_in("rae", tried, NOW)
    assert accounts.by_email("rae@hospital.EXAMPLE").handle == "rae"
    assert accounts.by_email("") is None
    assert accounts.by_email("no address") is None
    token = accounts.sign_in_by("rae", NOW)
    assert accounts.held(token, NOW).session.way == SINGLE
    accounts.set_active("rae", active=False)
    with pytest.raises(SignInRefused):
        accounts.sign_in_by("rae", NOW)


def test_a_person_is_tied_to_one_account_once(accounts):
    accounts.create(RAE, OTHER, NOW, email="rae@hospital.example")
    accounts.create(replace(RAE, handle="sam"), OTHER, NOW)
    assert accounts.link("rae", "https://login.example 42")
    assert not accounts.link("rae", "https://login.example 43")
    assert not accounts.link("sam", "https://login.example 42")
    assert accounts.by_subject("https://login.example 42").handle == "rae"
    assert accounts.by_subject("https://login.example 43") is None
    assert accounts.by_email("rae@hospital.example") is None  # it led to the account once
    with pytest.raises(ReviewRefused, match="Another member"):
        accounts.set_email("sam", "rae@hospital.example")
    accounts.set_email("rae", "rae@hospital.example")
    assert accounts.by_subject("https://login.example 42") is None


def test_a_sign_in_under_way_is_taken_once_by_its_browser_in_time(accounts):
    flow = Flow("nonce", "verifier", "/board")
    for state, browser, now in (("s1", "other", NOW), ("s2", "b", after(minutes=10)), ("other", "b", NOW)):
        accounts.begin_flow(state if state != "other" else "s3", "b", flow, NOW)
        assert accounts.take_flow(state, browser, now) is None
    accounts.begin_flow("s4", "b", flow, NOW)
    assert accounts.take_flow("s4", "b", NOW) == flow
    assert accounts.take_flow("s4", "b", NOW) is None


def test_nothing_secret_is_in_the_database(accounts, settings):
    """Tokens, passwords and states are kept as hashes."""
    token = accounts.sign_in("ada", WORDS, NOW, client="192.0.2.7")
    known = accounts.remember("ada", NOW)
    accounts.begin_flow("the-state", "the-browser", Flow("n", "v", "/board"), NOW)
    with accounts._engine.connect() as connection:
        rows = [str(row) for table in metadata.sorted_tables for row in connection.execute(select(table)).all()]
    for secret in (token, known, WORDS, "the-state", "the-browser", "192.0.2.7"):
        assert not any(secret in row for row in rows)
    if not settings.database:
        raw = b"".join(file.read_bytes() for file in settings.home.iterdir())
        assert token.encode() not in raw


def test_two_administrators_cannot_remove_each_other_at_once(accounts):
    """One of the two changes is refused, whichever comes second."""
    accounts.create(replace(ADA, handle="eve"), OTHER, NOW)
    both, refused = threading.Barrier(2), []

    def remove(handle):
        both.wait()
        try:
            accounts.set_roles(handle, frozenset())
        except ReviewRefused:
            refused.append(handle)

    threads = [threading.Thread(target=remove, args=(handle,)) for handle in ("ada", "eve")]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert len(refused) == 1
    assert accounts.any_administrator()


def test_of_many_who_change_a_profile_at_once_one_does(accounts):
    accounts.create(RAE, OTHER, NOW)

    def change(number):
        try:
            accounts.change(replace(RAE, credentials=f"MD {number}"), revision=1)
        except ReviewMoved:
            return ""
        return f"MD {number}"

    with ThreadPoolExecutor(6) as pool:
        won = list(filter(None, pool.map(change, range(6))))
    assert [accounts.member("rae").credentials] == won


def test_a_change_of_profile_changes_nothing_else(accounts):
    accounts.create(RAE, OTHER, NOW)
    token = accounts.sign_in("rae", OTHER, NOW)
    accounts.change(replace(RAE, name="Rae Brown", roles=frozenset(Role), active=False))
    assert accounts.session(token, NOW) == replace(RAE, name="Rae Brown")


def test_the_tables_are_what_the_migrations_make(accounts):
    with accounts._engine.connect() as connection:
        found = inspect(connection)
        for table in metadata.sorted_tables:
            columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
            assert columns == {column.name: bool(column.nullable) for column in table.columns}
            wanted = {column.name for column in table.columns if column.index}
            assert wanted <= {index["column_names"][0] for index in found.get_indexes(table.name)}
        assert connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar() == HEAD  # noqa: S608


def test_a_damaged_role_is_said(accounts):
    with accounts._engine.begin() as connection:
        connection.execute(text("UPDATE account SET roles = 'owner'"))
    with pytest.raises(LibraryUnusable, match="damaged"):
        accounts.members()


def test_it_stands_beside_threads_in_one_file(tmp_path):
    from bedside.stores.thread_store import open_threads

    settings = Settings(home=tmp_path)
    open_threads(settings).close()
    opened = open_accounts(settings, Passwords(CHEAP))
    opened.create(ADA, WORDS, NOW)
    opened.ready()
    opened.close()
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


def test_other_processes_see_a_revocation_at_once(accounts, settings):
    other = open_accounts(settings, Passwords(CHEAP))
    token = accounts.sign_in("ada", WORDS, NOW)
    assert other.session(token, NOW) == ADA
    assert accounts.revoke("ada") == 1
    assert other.session(token, NOW) is None
    other.close()
