"""A real browser for tests: axe, sizes, schemes, keys, and pages without JavaScript."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal, cast

from playwright.sync_api import Browser, Locator, Page

Scheme = Literal["light", "dark"]
WIDTHS: Final = (320, 375, 1280)
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
HEIGHT: Final = 800
MOST_TABS: Final = 200
SMALLEST_TARGET: Final = 24
SHOWN: Final = 200
OF_COLOUR: Final = ("color-contrast", "link-in-text-block")  # all that a second scheme can change

NO_SCRIPT: Final = "script-src 'none'"
VIOLATIONS = "async (wanted) => (await axe.run(wanted)).violations"  # what is well stays there
TOO_SMALL = """(least) => [...document.querySelectorAll('a, button, input, select, summary')]
  .filter((one) => {
    const box = one.getBoundingClientRect();
    const inline = getComputedStyle(one).display === 'inline';
    const shown = box.width > 1 && box.height > 1 && one.checkVisibility();
    const labelled = one.labels?.length && one.type !== 'text';
    return shown && !inline && !labelled && !one.closest('svg')
      && (box.width < least || box.height < least);
  })
  .map((one) => one.outerHTML.slice(0, 120))"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something on a page that keeps somebody out."""

    where: str
    rule: str
    impact: str
    html: str

    def __str__(self) -> str:
        """One line for the failure."""
        return f"{self.where}: {self.rule} ({self.impact}): {self.html}"


@cache
def axe_source() -> str:
    """The source of axe-core."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def axe_faults(page: Page, where: str = "", rules: Sequence[str] = ()) -> list[Fault]:
    """What axe finds on the page as it stands; evaluated, since a script tag breaks our policy."""
    if not page.evaluate("!!window.axe"):
        page.evaluate(axe_source())
    wanted = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = cast("list[dict[str, Any]]", page.evaluate(VIOLATIONS, wanted))
    return [
        Fault(where or page.url, rule["id"], rule["impact"] or "", node["html"][:SHOWN])
        for rule in found
        for node in rule["nodes"]
    ]


class Mirror:
    """Shows a page of a browser without scripts once more where axe can run; its own never do."""

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context()

    def faults(self, page: Page) -> list[Fault]:
        """What axe finds on the page as it stands without scripts."""
        content = re.sub("</?noscript>", "", page.content())
        quiet = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": NO_SCRIPT}
        shown = self.context.new_page()
        shown.set_viewport_size(page.viewport_size or {"width": WIDTHS[-1], "height": HEIGHT})
        where = page.url.partition("#")[0]
        shown.route(
            lambda url: url == where, lambda asked: asked.fulfill(body=content, headers=quiet)
        )
        shown.goto(where)
        try:
            return axe_faults(shown)
        finally:
            shown.close()


def page_faults(
    page: Page, widths: Sequence[int] = WIDTHS, schemes: Sequence[Scheme] = SCHEMES
) -> list[Fault]:
    """Look at the open page at every width and in every scheme: axe, overflow, small targets.

    Axe looks at the narrowest and the widest; what lies between is laid out like one of them.
    A second scheme changes colours alone, whatever the width: there it looks at the widest.
    """
    faults = []
    before = page.viewport_size or {"width": WIDTHS[-1], "height": HEIGHT}
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            where = f"{page.url} at {width} px, {scheme}"
            if scheme == schemes[0] and width in (widths[0], widths[-1]):
                faults += axe_faults(page, where)
            elif width == widths[-1]:
                faults += axe_faults(page, where, OF_COLOUR)
            broad = page.evaluate("document.documentElement.scrollWidth")
            if broad > width:
                faults.append(Fault(where, "wider than the screen", "serious", f"{broad} px"))
            small = page.evaluate(TOO_SMALL, SMALLEST_TARGET)
            faults += [Fault(where, "target under 24 px", "serious", html) for html in small]
    page.emulate_media(color_scheme=None)
    page.set_viewport_size(before)
    return faults


def check_page(
    page: Page, widths: Sequence[int] = WIDTHS, schemes: Sequence[Scheme] = SCHEMES
) -> None:
    """Fail, naming everything that keeps somebody out of the open page."""
    faults = page_faults(page, widths, schemes)
    if faults:
        raise AssertionError("\n".join(dict.fromkeys(map(str, faults))))


def take_picture(page: Page, name: str, folder: Path, width: int = 1280) -> Path:
    """Keep a picture of the whole page, to be looked at by a person."""
    folder.mkdir(parents=True, exist_ok=True)
    page.set_viewport_size({"width": width, "height": HEIGHT})
    path = folder / f"{name}-{width}.png"
    page.screenshot(path=path, full_page=True)
    return path


@contextmanager
def without_javascript(browser: Browser, base_url: str, width: int = 375) -> Iterator[Page]:
    """A page in a browser that runs no script, on a phone unless told."""
    context = browser.new_context(
        java_script_enabled=False,
        base_url=base_url,
        viewport={"width": width, "height": HEIGHT},
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def tab_to(page: Page, target: Locator) -> None:
    """Reach an element with the Tab key alone, or fail with the way that was gone."""
    way: list[str] = []
    for _step in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("(one) => one === document.activeElement"):
            return
        way.append(_focused(page))
    raise AssertionError("the Tab key does not lead there:\n" + "\n".join(dict.fromkeys(way)))


def press_on(page: Page, target: Locator, key: str = "Enter") -> None:
    """Go to an element by keyboard and press a key there; wait for the page that comes of it."""
    tab_to(page, target)
    target.press(key)


def focus_is_visible(page: Page) -> bool:
    """Tell whether the focused element is on the screen and not under the header."""
    return bool(
        page.evaluate(
            """() => {
              const one = document.activeElement, box = one.getBoundingClientRect();
              const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 12);
              const top = document.elementFromPoint(x, y);
              const marked = [one, one.parentElement].map((it) => getComputedStyle(it))
                .some((it) => it.outlineStyle !== 'none' || it.boxShadow !== 'none');
              return marked && (one.contains(top) || top?.contains(one) || !!one.labels?.length);
            }"""
        )
    )


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.outerHTML.slice(0, 100)"))
