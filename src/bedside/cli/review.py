"""``bedside review``: the board on the command line, by the same rules as its pages."""

from __future__ import annotations

import click

from bedside.cli.lazy_group import LazyGroup


@click.group(
    cls=LazyGroup,
    lazy={
        "setup": "bedside.cli.review_sign_in:setup",
        "login": "bedside.cli.review_sign_in:login",
        "logout": "bedside.cli.review_sign_in:logout",
        "whoami": "bedside.cli.review_sign_in:whoami",
        "member": "bedside.cli.review_member:member",
        "queue": "bedside.cli.review_queue:queue",
        "show": "bedside.cli.review_show:show",
        "claim": "bedside.cli.review_act:claim",
        "release": "bedside.cli.review_act:release",
        "assign": "bedside.cli.review_act:assign",
        "return": "bedside.cli.review_act:return_item",
        "propose": "bedside.cli.review_propose:propose",
        "adopt": "bedside.cli.review_propose:adopt_proposal",
        "approve": "bedside.cli.review_approve:approve",
        "submit": "bedside.cli.review_act:submit",
        "withdraw": "bedside.cli.review_act:withdraw",
        "source": "bedside.cli.review_source:source",
        "lapse": "bedside.cli.review_source:lapse",
        "log": "bedside.cli.review_trail:log",
        "verify": "bedside.cli.review_trail:verify",
        "head": "bedside.cli.review_trail:head",
        "export": "bedside.cli.review_export:export",
        "pack": "bedside.cli.review_pack:pack",
        "load": "bedside.cli.review_pack:load",
        "key": "bedside.cli.review_key:key",
    },
    summaries={
        "setup": "Make the first administrator.",
        "login": "Sign in on this machine.",
        "logout": "Sign out.",
        "whoami": "Say who is signed in, in which roles.",
        "member": "The members of the board: list, add, roles, profile, password.",
        "queue": "What waits for somebody, the greatest risk first.",
        "show": "Everything a reviewer has to read of one item.",
        "claim": "Take an item under review.",
        "release": "Give an item back to the queue.",
        "assign": "Give an item to a reviewer.",
        "return": "Send an item back to its author, with a comment.",
        "propose": "Propose a wording of a statement.",
        "adopt": "Make a proposed wording the wording.",
        "approve": "Sign an item as it was shown.",
        "submit": "Submit an item that was returned or withdrawn.",
        "withdraw": "Take an item out of use.",
        "source": "Say of a source that it is superseded, retracted, doubted or due.",
        "lapse": "What has lapsed and why, or would.",
        "log": "The rows of the audit trail.",
        "verify": "Prove the audit trail, or name its first broken link.",
        "head": "The last row of the audit trail, to be kept outside.",
        "export": "Write the trail, the board or the reports as JSON lines.",
        "pack": "Write a signed pack of what is approved.",
        "load": "Accept the approvals of another board's pack.",
        "key": "The key of this board, and those it trusts.",
    },
)
def review() -> None:
    """The review board: queue, signatures, lapse, audit trail.

    Reading needs no account. To act, sign in once (bedside review login HANDLE), or name yourself in each command
    (--as HANDLE).

    \b
    Examples:
      bedside review setup jane --name "Jane Smith"
      bedside review queue --kind statement --limit 10
      bedside review show vitamin-b12/oral-label-gb
      bedside review approve vitamin-b12/oral-label-gb --seal 3f2a91c07b44
      bedside review verify
    """
