"""Reading a page as a test does: its links, anchors, headings and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Page(HTMLParser):
    """What one page has. ``faults`` are breaches of how pages are made."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    forms: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self):
        super().__init__()
        self._main = False
        self._table: list[str] = []
        self._labels: set[str] = set()
        self._fields: list[str] = []

    @classmethod
    def of(cls, html: str) -> Page:
        """Read a page."""
        page = cls()
        page.feed(html)
        page.close()
        page.faults += [f"no label for {name}" for name in page._fields if name not in page._labels]
        page.faults += [f"the id {name} stands twice" for name in set(page.ids) if page.ids.count(name) > 1]
        if page.headings.count(1) != 1:
            page.faults.append(f"{page.headings.count(1)} h1")
        steps = zip(page.headings, page.headings[1:], strict=False)
        page.faults += [f"h{b} follows h{a}" for a, b in steps if b > a + 1]
        return page

    def handle_starttag(self, tag, attrs):
        """Note what stands in an opening tag."""
        given = dict(attrs)
        self._main = self._main or tag == "main"
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag == "form":
            self.forms.append((given.get("method", "get"), given["action"]))
        self._of_forms(tag, given)
        self._of_tables(tag, given)
        self.faults += [f"{name} on {tag}" for name in given if name == "style" or name.startswith("on")]
        if self._main and tag in ("script", "style", "iframe", "object", "embed", "img"):
            self.faults.append(f"{tag} in main")

    def _of_forms(self, tag, given):
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self._fields.append(given["id"])
        if tag == "label":
            self._labels.add(given["for"])

    def _of_tables(self, tag, given):
        if tag == "table":
            self._table = []
        if tag in ("caption", "thead"):
            self._table.append(tag)
        if tag == "th" and given.get("scope") not in ("col", "row"):
            self.faults.append("th without scope")

    def handle_endtag(self, tag):
        """Note what a table was without."""
        if tag == "table" and self._table != ["caption", "thead"]:
            self.faults.append(f"a table with {self._table}")
        if tag == "main":
            self._main = False

    def handle_data(self, data):
        """Keep the words of main."""
        if self._main:
            self.text += f"{data} "
