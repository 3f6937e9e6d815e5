"""A reader's words appear nowhere but in the report's own storage: the canary, on a database on disk."""

from __future__ import annotations

import logging
import sqlite3

from bedside.settings import Settings
from bedside.stores.report_store import open_reports
from bedside.stores.review_store import open_review
from tests.servers.reports.house import house
from tests.servers.security.test_log import Lines

MARK = "Zarquonberry"


def test_no_word_of_a_reader_is_anywhere_but_in_its_table(tmp_path, capfd):
    """Logs, output, addresses, headers, errors, the trail, and every other table."""
    settings = Settings.load({"BEDSIDE_HOME": str(tmp_path)})
    home = house(store=open_review(settings), reports_store=open_reports(settings))
    heard, root = Lines(), logging.getLogger()
    root.addHandler(heard)
    before = root.level
    root.setLevel(logging.DEBUG)
    try:
        where = home.asked()
        browser = home.browser()
        replies = [
            home.post("/report", kind="harm", words=f"{MARK} one", about=f"the page of {MARK}"),
            home.post(f"{where}/report", kind="wrong", words=f"{MARK} two", number="1", copy="yes"),
            home.post(f"{where}/report", kind="none", words=f"{MARK} three", number="1"),
            browser.post("/report", data={"kind": "harm", "words": MARK}),
            browser.get(f"/report/{MARK}"),
            browser.get(f"/report?about={MARK}"),
        ]
        links = [reply.headers["location"] for reply in replies[:2]]
        replies += [browser.get(links[0]), home.post(f"{links[0]}/withdraw")]
    finally:
        root.removeHandler(heard)
        root.setLevel(before)
    written = capfd.readouterr()
    assert all(reply.status_code < 500 for reply in replies)
    assert not any(MARK.lower() in str(dict(reply.headers)).lower() for reply in replies)
    assert not any(MARK in reply.text for reply in replies if reply.status_code in (400, 403, 404))
    log = "\n".join(line for name, line in heard.lines if not name.startswith(("httpx", "httpcore", "asyncio")))
    for place in (log, written.out + written.err):
        assert MARK.lower() not in place.lower()
        assert not any(link.removeprefix("/report/") in place for link in links)
    home.board.store.close()
    home.reports.close()
    with sqlite3.connect(tmp_path / "bedside.db") as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: str(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in tables}  # noqa: S608
    connection.close()
    assert {name for name, text in rows.items() if MARK in text} == {"report_words"}
    assert f"{MARK} two" in rows["report_words"]
    assert f"{MARK} one" not in rows["report_words"]  # it was taken back
    assert len(rows["review_event"]) > 1000
