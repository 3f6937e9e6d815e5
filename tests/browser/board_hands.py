"""Two ways to work with a page: by mouse, and by keyboard alone. Both do the same, so that one walk proves both."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

_MOST_TABS = 600
_BETWEEN = """thing => {
  if (document.activeElement === thing) return 0;
  const stops = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const all = [...document.querySelectorAll(stops)]
    .filter(each => !each.disabled && each.checkVisibility());
  const from = all.indexOf(document.activeElement), to = all.indexOf(thing);
  return to > from ? Math.max(0, to - from - 8) : 0;
}"""
"""About how many stops of Tab lie before the thing, a few less: only to look less often."""


class Mouse:
    """A person who points at things."""

    name = "mouse"

    def __init__(self, page: Page) -> None:
        self.page = page

    def follow(self, link: Locator) -> None:
        """Open a link."""
        with self.page.expect_navigation():
            link.click()

    def press(self, button: Locator) -> None:
        """Press a button that sends a form."""
        with self.page.expect_navigation():
            button.click()

    def unfold(self, summary: Locator) -> None:
        """Open what is folded."""
        summary.click()

    def write(self, field: Locator, text: str) -> None:
        """Write into a field, in the place of what is there."""
        field.click()
        field.fill(text)

    def tick(self, box: Locator) -> None:
        """Tick a box, or choose one of several."""
        box.check()

    def choose(self, select: Locator, value: str) -> None:
        """Choose from a list."""
        select.select_option(value)

    def open_first(self) -> None:
        """Open the first item of the queue."""
        self.follow(self.page.locator("a[data-row]").first)

    def claim(self) -> None:
        """Claim the item."""
        self.press(self.page.get_by_role("button", name="Claim", exact=True))

    def to_form(self, key: str) -> None:
        """Go to the form that a shortcut names: for who points, nothing to do."""


class Keys(Mouse):
    """A person without a mouse: Tab, Enter, Space, arrows and the shortcuts of the board."""

    name = "keyboard"

    def follow(self, link: Locator) -> None:
        """Open a link with Enter."""
        self._reach(link)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, button: Locator) -> None:
        """Press a button with the space bar."""
        self._reach(button)
        with self.page.expect_navigation():
            self.page.keyboard.press("Space")

    def unfold(self, summary: Locator) -> None:
        """Open what is folded."""
        self._reach(summary)
        self.page.keyboard.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        """Write into a field, in the place of what is there."""
        self._reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def tick(self, box: Locator) -> None:
        """Tick a box, or choose one of several, with the space bar."""
        self._reach(box)
        self.page.keyboard.press("Space")
        assert box.is_checked()

    def choose(self, select: Locator, value: str) -> None:
        """Choose from a list with the arrows."""
        self._reach(select)
        places = select.evaluate(
            "(box, value) => [box.selectedIndex, [...box.options].findIndex(o => o.value === value)]", value
        )
        for _ in range(abs(places[1] - places[0])):
            self.page.keyboard.press("ArrowDown" if places[1] > places[0] else "ArrowUp")
        assert select.input_value() == value

    def open_first(self) -> None:
        """Open the first item of the queue: the shortcut goes to it, Enter opens it."""
        self.page.keyboard.press("j")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def claim(self) -> None:
        """Claim the item with the shortcut."""
        with self.page.expect_navigation():
            self.page.keyboard.press("c")

    def to_form(self, key: str) -> None:
        """Go to the form that a shortcut names."""
        self.page.keyboard.press(key)

    def _reach(self, wanted: Locator) -> None:
        """Press Tab until the thing has the focus: how often, the page says itself; it is looked at after each press
        near the end, and all the way round where that was too far."""
        thing = wanted.element_handle()
        far = self.page.evaluate(_BETWEEN, thing)
        for press in range(_MOST_TABS):
            if press >= far and self.page.evaluate("thing => document.activeElement === thing", thing):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not come to {wanted}")
