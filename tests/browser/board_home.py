"""A home with a board: four members with passwords."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from bedside.review.member import Member
from bedside.review.state import Role
from bedside.settings import Settings
from bedside.stores.account_store import open_accounts

PASSWORD = "four brown horses at noon"  # noqa: S105  of a home that is thrown away
MADE_ON = "2026-11-22T08:00:00+00:00"
MEMBERS = (
    ("ruth", "Ruth Adler", Role.REVIEWER),
    ("ravi", "Ravi Menon", Role.REVIEWER),
    ("ed", "Edda Lind", Role.EDITOR),
    ("ada", "Ada Osei", Role.ADMINISTRATOR),
)


def furnish(home: Path) -> None:
    """Make the members. None of them exists; neither do the registrations."""
    accounts = open_accounts(Settings.load({"BEDSIDE_HOME": str(home)}))
    for number, (handle, name, role) in enumerate(MEMBERS, 1):
        made = Member(handle, name, frozenset({role}), "MB ChB", f"Example register {number:07}", "None", "2026-11-01")
        accounts.create(made, PASSWORD, MADE_ON)
    accounts.close()


def sign_in(page: Page, address: str, handle: str) -> None:
    """Sign in with the password."""
    page.goto(f"{address}/board/sign-in")
    page.get_by_label("Handle").fill(handle)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/board")
