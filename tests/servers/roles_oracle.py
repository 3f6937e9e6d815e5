"""What each role may do with each route of the application, written by hand: what ``test_roles`` holds it against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bedside.board_wordings import adopt, propose, withdraw
from bedside.review.proposal import worded
from bedside.review.report import ReportKind
from bedside.review.state import Action
from tests.servers.whole_board import PASSWORD, Whole

WORDED = "statement:vitamin-b12/certainty-labels"
STRANGERS = ("nobody", "reader", "gone")
MEMBERS = ("guest", "ann", "ruth", "ed", "ada")
EVERYBODY = (*STRANGERS, "once", *MEMBERS)
MOUNTS = {"/static"}
PATTERN = "/patterns/vitamin-b12/leber"
NEW_PASSWORD = "gravel thirty lantern oboe"  # noqa: S105  of a home that is thrown away


@dataclass(frozen=True)
class Try:
    """One request that would be good from somebody who may: *allowed* get *status*; *open* to strangers, too.

    *make* prepares it for who tries, and gives path, fields, and what the path is filled with. *once* says that a
    one-time password opens it.
    """

    method: str
    route: str
    make: Callable[[Whole, str], tuple[str, dict]]
    allowed: tuple[str, ...]
    status: int = 200
    open: bool = False
    once: bool = False
    json: bool = False
    name: str = ""

    @property
    def label(self) -> str:
        """What the test is called."""
        return f"{self.method} {self.route}{' ' if self.name else ''}{self.name}"


def reads(route: str, path: str | Callable[[Whole], str] = "", status: int = 200) -> Try:
    """A page for everybody."""
    return Try("GET", route, _at(path or route), EVERYBODY, status, open=True)


def shows(route: str, path: str | Callable[[Whole], str] = "", allowed: tuple[str, ...] = MEMBERS) -> Try:
    """A page of the board."""
    return Try("GET", route, _at(path or route), allowed)


def sends(route, make, status=303) -> Try:
    """A form for everybody."""
    return Try("POST", route, make, EVERYBODY, status, open=True)


def asks(route, path, body, status=200, method="POST") -> Try:
    """A request of the API, for everybody."""
    return Try(method, route, lambda whole, _who: (_filled(path, whole), body), EVERYBODY, status, open=True, json=True)


def acts(route, make, allowed, status=303, name="") -> Try:
    """A form of the board."""
    return Try("POST", route, make, allowed, status, name=name)


def _at(path):
    return lambda whole, _who: (_filled(path, whole), {})


def _filled(path, whole) -> str:
    return path(whole) if callable(path) else path


# What is tried --------------------------------------------------------------------------------------------------------


def link(whole: Whole) -> str:
    """The link of a thread that everybody reads."""
    if not hasattr(whole, "link"):
        whole.link = whole.thread()
    return whole.link


def of_thread(last: str) -> Callable[[Whole], str]:
    """The address of a page of that thread."""
    return lambda whole: f"/t/{link(whole)}{last}"


def item_form(action: Action) -> Callable[[Whole, str], tuple[str, dict]]:
    """A form of an item in a state in which the action is good, held by who tries where that needs to be."""

    def make(whole: Whole, who: str) -> tuple[str, dict]:
        item = whole.fresh()
        holder = who if who == "ruth" else "ravi"
        more = {}
        if action in (Action.RELEASE, Action.RETURN, Action.APPROVE):
            whole.act(holder, Action.CLAIM, item)
            more = {"note": "Why.", "read": "yes"}
        if action is Action.SUBMIT:
            whole.act("ed", Action.WITHDRAW, item, note="Away.")
        if action is Action.ASSIGN:
            more = {"to": "ravi"}
        if action is Action.WITHDRAW:
            more = {"note": "Away."}
        return f"/board/items/{item}/{action.value}", whole.seen(item) | more

    return make


def wording(whole: Whole):
    """A wording that passes the checks."""
    body = whole.board.item(WORDED).body
    return worded(*(body[name].replace("What is said here rests", "This rests") for name in ("clinical", "plain")))


def proposed(whole: Whole) -> int:
    """The number of a proposal of that statement which fits it now."""
    standing = whole.board.standing(WORDED)
    fitting = [each.number for each in standing.proposals if each.fingerprint == whole.board.item(WORDED).fingerprint]
    if fitting:
        return fitting[-1]
    return propose(
        whole.board, whole.accounts.member("ann"), WORDED, standing.revision, wording(whole), "Shorter."
    ).number


def propose_form(whole: Whole, _who: str) -> tuple[str, dict]:
    """A wording that passes."""
    take_back_directly(whole)
    made = wording(whole)
    fields = {"clinical": made.clinical, "plain": made.plain, "why": "Shorter."}
    return f"/board/items/{WORDED}/propose", whole.seen(WORDED) | fields


def adopt_form(whole: Whole, _who: str) -> tuple[str, dict]:
    """The adoption of a proposal."""
    take_back_directly(whole)
    number = proposed(whole)
    return f"/board/items/{WORDED}/adopt", whole.seen(WORDED) | {"proposal": str(number)}


def take_back_form(whole: Whole, _who: str) -> tuple[str, dict]:
    """The way back from an adopted wording."""
    if not whole.board.desk.content.wordings:
        adopt(whole.board, whole.accounts.member("ed"), WORDED, proposed(whole))
    return f"/board/items/{WORDED}/take-back", whole.seen(WORDED) | {"note": "It was better before."}


def take_back_directly(whole: Whole) -> None:
    """Without an adopted wording."""
    if whole.board.desk.content.wordings:
        withdraw(whole.board, whole.accounts.member("ed"), WORDED, "Back.")


def by_hand(action: str) -> Callable[[Whole, str], tuple[str, dict]]:
    """An action that the program takes, or another form: nobody can send it."""

    def make(whole: Whole, who: str) -> tuple[str, dict]:
        _, fields = item_form(Action.APPROVE)(whole, who)
        return f"/board/items/{whole.fresh()}/{action}", fields

    return make


def report_form(action: str, kind: ReportKind = ReportKind.WRONG, **more) -> Callable[[Whole, str], tuple[str, dict]]:
    """A step of a report that was just received."""

    def make(whole: Whole, _who: str) -> tuple[str, dict]:
        return f"/board/reports/{whole.report_id(kind)}", {"action": action, "revision": "1", "note": "Said.", **more}

    return make


def source_form(whole: Whole, _who: str) -> tuple[str, dict]:
    """A mark of a source."""
    revision = str(whole.board.revision("source:nhs-b12-page"))
    return "/board/sources/nhs-b12-page", {"status": "concern", "note": "Seen.", "revision": revision}


def member_form(last: str, **fields) -> Callable[[Whole, str], tuple[str, dict]]:
    """A change of another member."""

    def make(whole: Whole, _who: str) -> tuple[str, dict]:
        handle = whole.victim()
        revision = str(whole.accounts.account(handle).revision)
        return f"/board/members/{handle}/{last}", {"revision": revision, **fields}

    return make


def new_member(whole: Whole, _who: str) -> tuple[str, dict]:
    """One member more."""
    return "/board/members", {"handle": f"new{next(whole._ids)}", "name": "New One", "roles": "author"}


def own_profile(whole: Whole, who: str) -> tuple[str, dict]:
    """One's own profile."""
    kept = {each.member.handle: each for each in whole.accounts.accounts()}.get(who)
    revision = str(kept.revision) if kept else "1"
    fields = {"name": "Dr Same", "registration": "GMC 1", "interests": "None", "credentials": f"MB {next(whole._ids)}"}
    return "/board/profile", fields | {"revision": revision}


def own_password(whole: Whole, who: str) -> tuple[str, dict]:
    """One's own password."""
    if who in MEMBERS:  # back to the first one, so that the old one is right
        whole.accounts._update(who, {"password": whole.accounts._passwords.hashed(PASSWORD)}, 0)
    return "/board/profile/password", {"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD}


LOOKERS = ("ruth", "ed")
QUESTION = {"reader": "patient", "region": "GB", "question": "My B12 is 150 ng/L. What now?"}
TURN = {"reader": "patient", "region": "GB", "text": "I am 40."}
ITEM = f"/board/items/{WORDED}"
ONE_ITEM = "/board/items/{head}/{name}"
ONE_MEMBER = "/board/members/{handle}"


def versions_of(whole: Whole) -> str:
    """What differs between the first version of an item and itself."""
    [first, *_] = whole.board.store.versions(WORDED)
    return f"{ITEM}/versions/{first.fingerprint}/{first.fingerprint}"


def api_thread(last: str = "") -> Callable[[Whole], str]:
    """The address of a new thread of the API."""
    return lambda whole: f"/api/v1/threads/{whole.thread()}{last}"


ORACLE = (
    # for readers
    reads("/api/v1/openapi.json"),
    reads("/docs/errors"),
    reads("/"),
    sends("/ask", lambda _whole, _who: ("/ask", QUESTION)),
    reads("/t/{link}", of_thread("")),
    sends(
        "/t/{link}/follow-up",
        lambda whole, _who: (f"/t/{whole.thread()}/follow-up", {"question": "I am 40.", "number": "1"}),
    ),
    sends(
        "/t/{link}/facts",
        lambda whole, _who: (f"/t/{whole.thread()}/facts", {"fact.age": "40 years", "number": "1"}),
        422,
    ),
    sends("/t/{link}/delete", lambda whole, _who: (f"/t/{whole.thread()}/delete", {}), 200),
    reads("/t/{link}/proof/{number}", of_thread("/proof/1")),
    *(
        reads(f"/t/{{link}}/{name}", of_thread(f"/{name}"))
        for name in ("leaflet", "appointment", "sbar", "follow-up.ics", "answer.html", "answer.md", "answer.json")
    ),
    reads("/t/{link}/bundle.json", of_thread("/bundle.json")),
    asks("/api/v1/ask", "/api/v1/ask", QUESTION),
    asks("/api/v1/threads", "/api/v1/threads", QUESTION, 201),
    reads("/api/v1/threads/{token}", lambda whole: f"/api/v1/threads/{link(whole)}"),
    asks("/api/v1/threads/{token}", api_thread(), None, 204, "DELETE"),
    asks("/api/v1/threads/{token}/turns", api_thread("/turns"), TURN | {"number": 1}, 201),
    reads("/api/v1/version"),
    reads("/api/v1/statements/{topic}/{name}", "/api/v1/statements/vitamin-b12/b12-low"),
    reads("/api/v1/passages/{passage:path}", "/api/v1/passages/none/p1", 404),
    reads("/api/v1/sources"),
    reads("/api/v1/sources/{key}", "/api/v1/sources/nice-ng239"),
    asks("/api/v1/library/search", "/api/v1/library/search", {"query": "metformin"}),
    reads("/api/v1/protocols"),
    reads("/api/v1/protocols/{topic}", "/api/v1/protocols/vitamin-b12"),
    asks("/api/v1/audit", "/api/v1/audit", {"text": "A total B12 of 180 to 350 ng/L is indeterminate."}),
    reads("/patterns"),
    sends("/patterns", lambda _whole, _who: ("/patterns", {"words": "leber"}), 200),
    reads("/patterns/{topic}/{name}", PATTERN),
    reads("/protocols"),
    reads("/protocols/{topic}", "/protocols/vitamin-b12"),
    reads("/protocols/{topic}/tables/{name}", lambda whole: f"/protocols/vitamin-b12/tables/{table_of(whole)}"),
    reads("/protocols/{topic}/definitions", "/protocols/vitamin-b12/definitions"),
    reads("/protocols/{topic}/cases", "/protocols/vitamin-b12/cases"),
    reads("/protocols/{topic}/citations", "/protocols/vitamin-b12/citations"),
    reads("/library"),
    sends("/library", lambda _whole, _who: ("/library", {"words": "metformin"}), 200),
    reads("/sources"),
    reads("/sources/{key}", "/sources/nice-ng239"),
    reads("/statements/{topic}", "/statements/vitamin-b12"),
    reads("/statements/{topic}/{name}", "/statements/vitamin-b12/b12-low"),
    *(
        reads(f"/about{name}")
        for name in (
            "",
            "/how-a-sentence-earns-its-place",
            "/editorial-policy",
            "/limits",
            "/source-attributes",
            "/board",
        )
    ),
    reads("/about/board/{handle}", "/about/board/ruth"),
    reads("/report"),
    sends("/report", lambda _whole, _who: ("/report", {"kind": "wrong", "words": "Said."})),
    sends(
        "/t/{link}/report",
        lambda whole, _who: (f"/t/{link(whole)}/report", {"kind": "not-understood", "words": "What?"}),
    ),
    reads("/report/{token}", lambda whole: f"/report/{whole.report()}"),
    sends("/report/{token}/withdraw", lambda whole, _who: (f"/report/{whole.report()}/withdraw", {})),
    reads("/healthz"),
    reads("/readyz"),
    # signing in and out, and oneself
    Try("GET", "/board/sign-in", _at("/board/sign-in"), (*STRANGERS,), open=True),
    sends("/board/sign-in", lambda _whole, _who: ("/board/sign-in", {"handle": "all", "password": PASSWORD})),
    sends("/board/sign-out", lambda _whole, _who: ("/board/sign-out", {})),
    reads("/board/sso", status=404),
    reads("/board/sso/back", status=404),
    shows("/board/profile"),
    acts("/board/profile", own_profile, MEMBERS),
    Try("GET", "/board/profile/password", _at("/board/profile/password"), MEMBERS, once=True),
    Try("POST", "/board/profile/password", own_password, MEMBERS, 303, once=True),
    Try(
        "POST", "/board/profile/sessions", lambda _whole, _who: ("/board/profile/sessions", {}), MEMBERS, 303, once=True
    ),
    # members
    shows("/board/members", allowed=("ada",)),
    acts("/board/members", new_member, ("ada",), 200),
    shows(ONE_MEMBER, "/board/members/ruth", ("ada",)),
    acts(f"{ONE_MEMBER}/profile", member_form("profile", name="Another Name", registration="GMC 7"), ("ada",)),
    acts(f"{ONE_MEMBER}/roles", member_form("roles", roles="administrator"), ("ada",)),
    acts(f"{ONE_MEMBER}/active", member_form("active", active="no"), ("ada",)),
    acts(f"{ONE_MEMBER}/sessions", member_form("sessions"), ("ada",)),
    acts(f"{ONE_MEMBER}/password", member_form("password"), ("ada",), 200),
    acts(f"{ONE_MEMBER}/single-sign-on", member_form("single-sign-on", email="a.b@example.org"), ("ada",)),
    # reviewing
    shows("/board"),
    shows("/board/queue"),
    acts("/board/queue", lambda _whole, _who: ("/board/queue", {"words": "leber"}), MEMBERS, 200),
    shows(ONE_ITEM, ITEM),
    shows(f"{ONE_ITEM}/versions", f"{ITEM}/versions"),
    shows(f"{ONE_ITEM}/versions/{{before}}/{{after}}", versions_of),
    *(
        acts(f"{ONE_ITEM}/{{action}}", item_form(action), allowed, name=action.value)
        for action, allowed in (
            (Action.SUBMIT, ("ann", "ed")),
            (Action.CLAIM, ("ruth",)),
            (Action.RELEASE, ("ruth", "ed")),
            (Action.ASSIGN, ("ed",)),
            (Action.RETURN, ("ruth",)),
            (Action.APPROVE, ("ruth",)),
            (Action.WITHDRAW, ("ed",)),
        )
    ),
    acts(f"{ONE_ITEM}/{{action}}", propose_form, ("ann", "ruth"), name="propose"),
    acts(f"{ONE_ITEM}/{{action}}", adopt_form, ("ed",), name="adopt"),
    acts(f"{ONE_ITEM}/take-back", take_back_form, ("ed",)),
    *(
        acts(f"{ONE_ITEM}/{{action}}", by_hand(action), MEMBERS, 404, name=action)
        for action in ("sign", "accept", "lapse", "change", "nothing")
    ),
    shows("/board/sources"),
    shows("/board/sources/{key}", "/board/sources/nice-ng239?status=retracted"),
    acts("/board/sources/{key}", source_form, ("ed",)),
    shows("/board/trail"),
    shows("/board/trail/verify"),
    shows("/board/trail/export"),
    # readers' reports
    shows("/board/reports", allowed=LOOKERS),
    shows("/board/reports/export.jsonl", allowed=("ed",)),
    acts(
        "/board/reports/export.jsonl",
        lambda _whole, _who: ("/board/reports/export.jsonl", {"confirm": "yes"}),
        ("ed",),
        200,
    ),
    shows("/board/reports/{report_id}", lambda whole: f"/board/reports/{whole.report_id()}", LOOKERS),
    acts("/board/reports/{report_id}", report_form("look"), LOOKERS, name="look"),
    acts("/board/reports/{report_id}", report_form("escalate"), LOOKERS, name="escalate"),
    acts("/board/reports/{report_id}", report_form("answer"), ("ed",), name="answer"),
    acts("/board/reports/{report_id}", report_form("triage", ReportKind.HARM, severity="low"), ("ed",), name="triage"),
)


def table_of(whole: Whole) -> str:
    """The name of a decision table."""
    page = whole.browser().text("/protocols/vitamin-b12")
    return page.partition("/protocols/vitamin-b12/tables/")[2].partition('"')[0].partition("#")[0]
