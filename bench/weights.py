"""What a browser fetches for a page. Measured last: the browser's driver is a heap of its own."""

import os
import shutil
import sys
from collections.abc import Sequence
from typing import Any

from costs import Row, client_for
from page import Page
from playwright.sync_api import sync_playwright

OK = 200


def weigh(url: str, rows: Sequence[Row]) -> None:
    """Open each page in a browser with an empty cache: kilobytes over the wire, and requests."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    cookies = {row.page.name: session(row.page) for row in rows}
    path = os.environ.get("CHROME") or shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, chromium_sandbox=os.geteuid() != 0)
        for page, row in ((row.page, row) for row in rows if row.page.path):
            fetched = _fetched(browser, url, page.path, cookies[page.name])
            row.kilobytes, row.requests = fetched
        browser.close()


def session(page: Page) -> dict[str, str]:
    """Return the cookies of somebody who may see the page."""
    client = client_for(page)
    page.before(client, 0)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def _fetched(browser: Any, url: str, path: str, cookies: dict[str, str]) -> tuple[float, int]:
    context = browser.new_context()
    done: list[Any] = []
    context.add_cookies(
        [{"name": name, "value": value, "url": url} for name, value in cookies.items()]
    )
    tab = context.new_page()

    def note(request: Any) -> None:
        done.append(request)

    tab.on("requestfinished", note)
    answer = tab.goto(url + path, wait_until="networkidle")
    tab.wait_for_timeout(500)  # the icon of the page comes last
    if answer.status != OK or tab.url != url + path:
        sys.exit(f"{path} answered the browser {answer.status} at {tab.url}")
    sizes = [request.sizes() for request in done]
    context.close()
    over_the_wire = sum(each["responseBodySize"] + each["responseHeadersSize"] for each in sizes)
    return over_the_wire / 1000, len(sizes)
