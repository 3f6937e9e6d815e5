"""Every link inside the public pages leads somewhere, and every page is made as pages are."""

from __future__ import annotations

from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest

from tests.servers.public.reading import Page

STARTS = ("/patterns", "/protocols", "/library", "/sources", "/about")
OUTSIDE = ("/", "/static/")  # the question form, and files that need no reading here
FOLLOWED_READERS = "/patterns/vitamin-b12/indeterminate-on-oral"


def of_here(address: str) -> bool:
    """Whether an address belongs to the public pages."""
    return address.startswith("/") and address != "/" and not address.startswith("/static/")


def wanted(address: str) -> bool:
    """One pattern is read for every reader; of the others the plain page."""
    return "for" not in parse_qs(urlsplit(address).query) or address.startswith(FOLLOWED_READERS)


@pytest.fixture(scope="module")
def pages(client) -> dict[str, Page]:
    """Every public page that can be reached, by address."""
    found: dict[str, Page] = {}
    waiting = list(STARTS)
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        found[address] = Page.of(response.text)
        links = (urldefrag(urljoin(address, link)).url for link in found[address].links)
        waiting += [link for link in links if of_here(link) and wanted(link) and link not in found]
    return found


def test_every_statement_source_and_pattern_is_reached(pages, desk):
    """Nobody has to guess an address: each has its page, and a link leads there."""
    expected = {f"/statements/{statement.id}" for statement in desk.shipped.statements()}
    expected |= {f"/sources/{source.key}" for source in desk.shipped.sources()}
    for protocol in desk.protocols.values():
        expected |= {f"/patterns/{protocol.id}/{pattern.id}" for pattern in protocol.patterns}
        expected |= {f"/protocols/{protocol.id}/tables/{rule.table}" for rule in protocol.rules}
        expected |= {f"/protocols/{protocol.id}/{part}" for part in ("definitions", "cases", "citations")}
    names = ("how-a-sentence-earns-its-place", "editorial-policy", "limits", "source-attributes")
    expected |= {f"/about/{name}" for name in names}
    assert expected - pages.keys() == set()


def test_every_place_in_a_page_that_is_linked_is_there(pages):
    """A link to a rule, a definition or a reference ends where it says."""
    missing = set()
    for address, page in pages.items():
        for link in page.links:
            target, place = urldefrag(urljoin(address, link))
            if place and target in pages and place not in pages[target].ids:
                missing.add(f"{address} -> {link}")
    assert missing == set()


def test_links_go_to_public_pages_the_form_and_the_web_only(pages):
    """No link leads to a thread, and none runs anything."""
    for address, page in pages.items():
        for link in page.links:
            parts = urlsplit(urljoin(f"http://here{address}", link))
            assert parts.scheme in ("http", "https"), f"{address} -> {link}"
            assert not parts.path.startswith("/t/") or parts.netloc != "here", f"{address} -> {link}"


def test_every_page_is_made_as_pages_are(pages):
    """One h1, headings in order, tables with caption and scope, labelled fields, no inline style or script."""
    assert {address: page.faults for address, page in pages.items() if page.faults} == {}


def test_every_page_says_of_when_it_is(pages, desk):
    """Release and date of the content stand on each."""
    stamp = f"Content {desk.content.release} , dated {desk.content.date}".replace(" ,", ",")
    assert [address for address, page in pages.items() if stamp not in page.text] == []


def test_forms_that_search_send_nothing_in_an_address(pages):
    """What a person types goes by POST; only the filters of the list of sources stand in an address."""
    gets = {(address, action) for address, page in pages.items() for method, action in page.forms if method == "get"}
    assert {action for _, action in gets} <= {"/sources"}
