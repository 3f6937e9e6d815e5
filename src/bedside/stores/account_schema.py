"""The tables of accounts, in SQLAlchemy Core: what they are. The migrations in ``account_migrations/`` make them.

They stand beside those of threads and reviews: what changes them is counted in ``VERSIONS``. No password and no token
is in any of them, only what they can be checked against.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text

HEAD = "0001"
"""The newest migration."""

VERSIONS = "account_version"
"""The table that says which migration a database has."""

metadata = MetaData()

account = Table(
    "account",
    metadata,
    Column("handle", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("roles", Text, nullable=False),  # their names, sorted, parted by spaces
    Column("credentials", Text, nullable=False),
    Column("registration", Text, nullable=False),
    Column("interests", Text, nullable=False),
    Column("declared_on", Text, nullable=False),  # ISO date, "" for never
    Column("active", Integer, nullable=False),
    Column("public", Integer, nullable=False),
    Column("password", Text, nullable=False),  # argon2id, in its own notation; "" for none
    Column("one_time_until", Text, nullable=False),  # ISO time; "" for a password of the member's own
    Column("subject", Text, unique=True),  # SHA-256 of the provider's issuer and its name for the person
    Column("email", Text, unique=True),  # what the provider has to vouch for at the first sign-in
    Column("created", Text, nullable=False),
    Column("revision", Integer, nullable=False),
)

session = Table(
    "account_session",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),  # SHA-256 of the token, in hex; never the token
    Column("handle", ForeignKey("account.handle"), nullable=False, index=True),
    Column("way", Text, nullable=False),
    Column("began", Text, nullable=False),
    Column("seen", Text, nullable=False),  # to the minute
    Column("expires", Text, nullable=False, index=True),
)

failure = Table(
    "account_failure",
    metadata,
    Column("key", Text, primary_key=True),  # SHA-256 of what is counted: an account, a browser, an address
    Column("count", Integer, nullable=False),
    Column("at", Text, nullable=False, index=True),
    Column("until", Text, nullable=False),
)

device = Table(
    "account_device",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("handle", ForeignKey("account.handle"), nullable=False, index=True),
    Column("expires", Text, nullable=False, index=True),
)

flow = Table(
    "account_flow",
    metadata,
    Column("state_hash", Text, primary_key=True),
    Column("browser_hash", Text, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("way_back", Text, nullable=False),
    Column("expires", Text, nullable=False, index=True),
)
