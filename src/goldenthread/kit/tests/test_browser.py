from contextlib import contextmanager

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import expect

from goldenthread.kit.gallery.views import PAGES
from goldenthread.kit.testing.browser import (
    axe_faults,
    check_page,
    focus_is_visible,
    page_faults,
    press_on,
    tab_to,
    without_javascript,
)

pytestmark = pytest.mark.submission
PATHS = ["/kit/", "/kit/wrong/", "/kit/lists/", "/kit/right-to-left/"]
PATHS += [f"/kit/sample/{name}/" for name in PAGES]


@pytest.fixture
def site(settings):
    """The gallery alone, under our own policy, without a database."""
    settings.ROOT_URLCONF = "goldenthread.kit.tests.look_urls"
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.MIDDLEWARE = [
        "csp.middleware.CSPMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    server = LiveServerThread("localhost", StaticFilesHandler, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://localhost:{server.port}"
    server.terminate()


@contextmanager
def complaints(page):
    heard = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard


@pytest.mark.parametrize("path", PATHS)
def test_nobody_is_kept_out(page, site, path):
    with complaints(page) as heard:
        page.goto(site + path)
        check_page(page)

    assert heard == []


def test_the_check_finds_what_is_wrong(page):
    page.set_content("<html><body><img src='x'><a href='/' style='display:block'>x</a></body>")

    rules = {fault.rule for fault in page_faults(page, widths=[320], schemes=["light"])}

    assert {"image-alt", "html-has-lang", "target under 24 px"} <= rules


@pytest.mark.parametrize("path", PATHS)
def test_nobody_is_kept_out_in_forced_colours(page, site, path):
    page.emulate_media(forced_colors="active")
    page.goto(site + path)

    assert axe_faults(page) == []


def test_opened_parts_are_as_good_as_closed_ones(page, site):
    page.goto(f"{site}/kit/")
    for closed in page.locator("details").all():
        closed.evaluate("(one) => one.open = true")

    check_page(page, widths=[320, 1280])


def test_the_picture_turns_upright_on_a_phone(page, site):
    page.goto(f"{site}/kit/sample/project/")
    across, tall = page.locator(".picture .across"), page.locator(".picture .tall")

    page.set_viewport_size({"width": 1280, "height": 800})
    expect(across).to_be_visible()
    expect(tall).to_be_hidden()
    page.set_viewport_size({"width": 375, "height": 800})
    expect(tall).to_be_visible()
    expect(across).to_be_hidden()


@pytest.mark.parametrize("width", [320, 360, 375, 600, 1280])
def test_leave_and_help_stay_in_one_row_within_reach(page, site, width):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{site}/kit/sample/project/")
    page.evaluate("window.scrollTo(0, 2000)")
    leave = page.get_by_role("link", name="Leave this page").bounding_box()
    get_help = page.get_by_role("link", name="Get help now").bounding_box()

    assert abs(leave["y"] - get_help["y"]) < 2
    assert leave["x"] + leave["width"] <= width
    assert 0 <= leave["y"] < 80
    assert leave["height"] >= 40


def test_leaving_blanks_the_page_before_anything_loads(page, site):
    page.goto(f"{site}/kit/sample/speak/")
    page.route("**/leave/", lambda route: route.fulfill(status=204))

    page.get_by_role("link", name="Leave this page").click()

    assert page.evaluate("getComputedStyle(document.documentElement).display") == "none"
    assert page.title() == ""


def test_the_check_sees_a_page_that_is_not_blanked(page, site):
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{site}/kit/sample/speak/")
    page.route("**/leave/", lambda route: route.fulfill(status=204))

    page.get_by_role("link", name="Leave this page").click()

    assert page.evaluate("getComputedStyle(document.documentElement).display") != "none"


def test_back_does_not_lead_to_the_page_that_was_left(page, site):
    page.goto(f"{site}/leave/?before")
    page.goto(f"{site}/kit/sample/speak/")

    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("**/leave/")
    page.go_back()

    assert page.url.endswith("/leave/?before")


def test_shift_three_times_leaves(page, site):
    page.goto(f"{site}/kit/sample/speak/")

    page.keyboard.press("Shift")
    expect(page.locator("body > [role=status]")).to_have_text("Leave this page: press Shift 2 more")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")

    page.wait_for_url("**/leave/")


def test_capital_letters_do_not_leave(page, site):
    page.goto(f"{site}/kit/sample/speak/")
    page.get_by_label("Your words").focus()

    for letter in "HELP":
        page.keyboard.press(f"Shift+{letter}")

    expect(page.get_by_label("Your words")).to_have_value("HELP")


def test_three_presses_long_apart_do_not_leave(page, site):
    page.clock.install()
    page.goto(f"{site}/kit/sample/speak/")

    for _press in range(3):
        page.keyboard.press("Shift")
        page.clock.fast_forward(3000)

    expect(page.get_by_role("heading", name="What should we know?")).to_be_visible()


def test_the_summary_takes_the_focus_and_leads_into_the_field(page, site):
    page.goto(f"{site}/kit/wrong/")
    expect(page.locator("[data-errors]")).to_be_focused()

    press_on(page, page.get_by_role("link", name="Choose who may know."))

    expect(page.get_by_label("Nobody")).to_be_focused()
    assert focus_is_visible(page)


def test_the_box_says_how_many_letters_are_left(page, site):
    page.goto(f"{site}/kit/")
    box = page.get_by_label("What should we know?")
    said = page.locator("#id_words_count")
    expect(said).to_have_text("Up to 500 letters and spaces.")

    box.fill("x" * 450)
    expect(said).to_have_text("50 left")
    box.fill("x" * 503)
    expect(said).to_have_text("3 too many")
    check_page(page, widths=[375])


def test_a_receipt_can_be_copied(page, site, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/kit/")

    page.get_by_role("button", name="Copy the receipt").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "K7M3 4PQR 9TVW XZ2A"


def test_a_double_click_sends_once(page, site):
    sent = []
    page.goto(f"{site}/kit/sample/speak/")
    page.route("**/speak/", lambda route: sent.append(route.request.method))

    page.get_by_role("button", name="Send it to a reader").dblclick()
    page.wait_for_timeout(200)

    assert sent == ["POST"]


def test_one_box_ticks_all_and_keys_move_in_a_list(page, site):
    page.goto(f"{site}/kit/lists/")
    every, said = page.get_by_label("Tick all"), page.locator("[data-selected]")
    first, second = (page.locator("#voices input").nth(n) for n in (0, 1))

    press_on(page, every, "Space")
    expect(second).to_be_checked()
    expect(said).to_have_text("2 ticked")
    tab_to(page, first)
    page.keyboard.press("j")
    expect(second).to_be_focused()
    page.keyboard.press("x")
    expect(second).not_to_be_checked()
    expect(said).to_have_text("1 ticked")
    page.keyboard.press("k")
    expect(first).to_be_focused()


def test_everything_can_be_reached_by_keyboard_and_the_focus_is_seen(page, site):
    page.goto(f"{site}/kit/sample/project/")

    for name in ("Leave this page", "Tell us what is missing", "All terms"):
        tab_to(page, page.get_by_role("link", name=name))
        assert focus_is_visible(page), name


def test_the_menu_opens_and_escape_closes_it(page, site):
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{site}/kit/sample/project/")

    press_on(page, page.locator(".menu summary"))
    expect(page.get_by_role("link", name="First page")).to_be_visible()
    check_page(page, widths=[320])
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="First page")).to_be_hidden()


def test_a_first_view_asks_for_little_and_only_from_us(page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{site}/kit/sample/project/", wait_until="networkidle")

    assert len(asked) <= 6
    assert all(url.startswith(site) for url in asked)


def test_without_javascript_all_still_works(browser, site):
    with without_javascript(browser, site) as page:
        page.goto("/kit/")
        expect(page.get_by_role("button", name="Copy the receipt")).to_be_hidden()
        page.get_by_label("A name for the project").fill("A quieter ward")
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_label("A name for the project")).to_have_value("A quieter ward")
        page.locator(".menu summary").click()
        expect(page.get_by_role("link", name="First page")).to_be_visible()
        page.get_by_role("link", name="Leave this page").click()
        expect(page).to_have_url(f"{site}/leave/")
