"""A house for each test."""

from __future__ import annotations

import pytest

from tests.servers.identity.house import House


@pytest.fixture
def house(tmp_path):
    """A server with its first administrator."""
    made = House(tmp_path / "home")
    made.begin()
    yield made
    made.accounts.close()


@pytest.fixture
def browser(house):
    """A browser in which nobody is signed in."""
    return house.browser()


@pytest.fixture
def admin(house):
    """A browser in which the administrator is signed in."""
    made = house.browser()
    assert made.sign_in().status_code == 303
    return made
