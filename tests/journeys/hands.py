"""How a person acts on a page: by pointer, or by keyboard alone."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page, expect

from goldenthread.kit.testing.browser import Mirror, axe_faults, tab_to

MOST_ARROWS = 12


class Hands:
    """Acts by pointer, and looks at each page with axe; in a mirror where no script may run."""

    def __init__(self, page: Page, *, mirror: Mirror | None) -> None:
        self.page, self.mirror = page, mirror
        self.said: list[str] = []
        page.on(
            "console", lambda heard: self.said.append(heard.text) if heard.type == "error" else None
        )
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def go(self, path: str) -> None:
        """Open a page."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"
        self.check()

    def check(self) -> None:
        """Look at the page that is open."""
        faults = self.mirror.faults(self.page) if self.mirror else axe_faults(self.page)
        assert not faults, "\n".join(map(str, faults))
        assert not self.said, self.said

    def fill(self, label: str, text: str) -> None:
        """Write in the box of that label."""
        self.write(self.box(label), text)

    def day(self, label: str, day: date) -> None:
        """Give a day in the date box of that label."""
        self.write_day(self.box(label), day)

    def choose(self, label: str) -> None:
        """Choose the radio button or tick the box of that label."""
        self.mark(self.page.get_by_label(label, exact=False).first)

    def pick(self, label: str, option: str) -> None:
        """Pick an option from the list of that label."""
        self.settle(self.box(label), option)

    def hand_in(self, label: str, files: Sequence[Any]) -> None:
        """Give files to the field of that label."""
        self.attach(self.box(label), files)

    def press(self, name: str) -> None:
        """Press a button, or follow a link, and look at what comes."""
        things = self.page.get_by_role("button", name=name).or_(
            self.page.get_by_role("link", name=name)
        )
        shown = self.page.locator("main").inner_text()
        assert things.count(), f"no “{name}” on {self.page.url}:\n{shown}"
        with self.page.expect_navigation():
            self.push(things.first)
        self.check()

    def open(self, summary: str) -> None:
        """Open what can be opened on the page itself."""
        self.push(self.page.locator("summary", has_text=summary).first)

    def sees(self, text: str) -> None:
        """Find this on the page."""
        expect(self.page.locator("body")).to_contain_text(text)

    def sees_not(self, text: str) -> None:
        """Find this nowhere on the page."""
        expect(self.page.locator("body")).not_to_contain_text(text)

    def box(self, label: str) -> Locator:
        return self.page.get_by_label(re.compile(f"^{re.escape(label)}")).first

    def write(self, box: Locator, text: str) -> None:
        box.fill(text)

    def write_day(self, box: Locator, day: date) -> None:
        box.fill(day.isoformat())

    def mark(self, box: Locator) -> None:
        if not box.is_checked():
            self.page.locator(f'label[for="{box.get_attribute("id")}"]').click()
        expect(box).to_be_checked()

    def settle(self, box: Locator, option: str) -> None:
        box.select_option(label=option)

    def attach(self, box: Locator, files: Sequence[Any]) -> None:
        box.set_input_files(files)

    def push(self, thing: Locator) -> None:
        thing.click()


class Keyboard(Hands):
    """Acts with the keyboard alone."""

    def __init__(self, page: Page, *, mirror: Mirror | None) -> None:
        super().__init__(page, mirror=mirror)
        # Listened for from the start, so that no key opens a window of the system's own.
        page.on("filechooser", lambda _asked: None)

    def write(self, box: Locator, text: str) -> None:
        if box.evaluate("one => one.tagName") == "SELECT":
            raise TypeError("a select is chosen, not written in")
        tab_to(self.page, box)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def write_day(self, box: Locator, day: date) -> None:
        tab_to(self.page, box)
        for order in ("%d%m%Y", "%m%d%Y"):  # the box speaks the language of the browser itself
            self.page.keyboard.type(day.strftime(order))
            if box.input_value() == day.isoformat():
                return
            for _part in range(2):
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError("the keyboard cannot give that day")

    def mark(self, box: Locator) -> None:
        if box.get_attribute("type") != "radio":
            tab_to(self.page, box)
            if not box.is_checked():
                self.page.keyboard.press("Space")
            return
        name = box.get_attribute("name")
        group = self.page.locator(f'input[type=radio][name="{name}"]')
        checked = group.and_(self.page.locator(":checked"))
        tab_to(self.page, checked.first if checked.count() else group.first)
        self.page.keyboard.press("Space")
        for _step in range(MOST_ARROWS):
            if box.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("the arrow keys do not lead to that answer")

    def settle(self, box: Locator, option: str) -> None:
        tab_to(self.page, box)
        self.page.keyboard.press("Home")
        for _step in range(MOST_ARROWS):
            if box.locator("option:checked").inner_text() == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("the arrow keys do not lead to that option")

    def attach(self, box: Locator, files: Sequence[Any]) -> None:
        tab_to(self.page, box)
        with self.page.expect_file_chooser() as asked:
            self.page.keyboard.press("Enter")
        asked.value.set_files(files)

    def push(self, thing: Locator) -> None:
        tab_to(self.page, thing)
        self.page.keyboard.press("Enter")
