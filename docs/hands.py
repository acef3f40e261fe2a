"""What the plays of the tutorial have at hand: somebody's browser, and a place for pictures."""

import os
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import Browser, Page, Response

from goldenthread.kit.testing.browser import HEIGHT, take_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

PICTURES = Path(
    os.environ.get("GOLDENTHREAD_PICTURES") or Path(__file__).resolve().parent / "pictures"
)
PHONE, DESK = 375, 800
TALLEST = {PHONE: 900, DESK: 900}
COLOURS = 96
BROKEN = 400
MARGIN = 8  # above the element a picture begins with


class Hands:
    """One person's browser."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answered = 0  # with which status the page that is shown now came
        page.on("response", self._note_answer)

    def _note_answer(self, answer: Response) -> None:
        if answer.request.is_navigation_request() and answer.frame == self.page.main_frame:
            self.answered = answer.status

    def go(self, path: str) -> None:
        """Open a page."""
        answer = self.page.goto(path)
        if answer is None or not answer.ok:
            raise SystemExit(f"{path}: {answer and answer.status}")

    def press(self, name: str) -> None:
        """Press the button, or follow the link, of that name."""
        main = self.page.locator("body")
        found = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name))
        found.first.click(timeout=8000)
        self.page.wait_for_load_state()

    def fill(self, label: str, text: str) -> None:
        """Write into the box of that label."""
        self.page.get_by_label(label).first.fill(text)

    def choose(self, label: str) -> None:
        """Tick a box or choose an answer."""
        box = self.page.get_by_label(label).first
        if not box.is_checked():
            self.page.locator(f'label[for="{box.get_attribute("id")}"]').click()

    def give(self, label: str, *files: Path) -> None:
        """Choose files."""
        self.page.get_by_label(label).set_input_files([str(each) for each in files])

    def unfold(self, summary: str) -> None:
        """Open what is folded away under that line."""
        self.page.locator("main summary", has_text=summary).first.click()

    def note(self, text: str) -> None:
        """Write down what was said in a room."""
        self.fill("What was said", text)
        self.press("Save this note")
        self.sees(text)

    def sees(self, text: str) -> None:
        """Find a text on the page, or stop."""
        self.page.get_by_text(text).first.wait_for(state="attached", timeout=8000)

    def today(self) -> None:
        """Fill in the day of today in the boxes of a date."""
        now = datetime.now(tz=UTC)
        whole = self.page.locator("main input[type=date]")
        if whole.count():
            whole.first.fill(now.date().isoformat())
            return
        for part, value in (("day", now.day), ("month", now.month), ("year", now.year)):
            self.page.locator(f"main input[name$='_{part}']").first.fill(str(value))

    def picture(self, name: str, width: int = DESK, start: str = "") -> None:
        """Keep a picture of the page, from an element on if one is named; of no page that broke."""
        if self.answered >= BROKEN:
            raise SystemExit(f"{name}: {self.page.url} answered {self.answered}")
        self.page.evaluate("scrollTo(0, 0)")  # else the header stands in the midst of it
        path = take_picture(self.page, name, PICTURES, width)
        top = 0.0
        if start:
            box = self.page.locator(start).first.bounding_box()
            top = box["y"] + self.page.evaluate("scrollY") - MARGIN if box else 0
        small = PICTURES / f"{name}.png"
        with Image.open(path) as whole:
            bottom = min(whole.height, int(top) + TALLEST[width])
            cut = whole.convert("RGB").crop((0, int(top), width, bottom))
            cut.quantize(COLOURS).save(small, optimize=True)
        path.unlink()
        self.page.set_viewport_size({"width": DESK, "height": HEIGHT})


@contextmanager
def someone(browser: Browser, site: str, role: str = "") -> "Iterator[Hands]":
    """Open a browser for one of the people of the example, or for a guest."""
    context = browser.new_context(base_url=site, viewport={"width": DESK, "height": HEIGHT})
    hands = Hands(context.new_page())
    if role:
        hands.go("/account/sign-in/")
        hands.page.locator("main").get_by_role("button", name=role, exact=True).click()
        hands.sees("What needs you")
    yield hands
    context.close()
