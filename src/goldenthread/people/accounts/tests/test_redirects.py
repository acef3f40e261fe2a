"""R25: whatever is asked for, signing in leads to a page of this site."""

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.http import HttpRequest
from django.shortcuts import redirect
from django.test import Client

import goldenthread
from goldenthread.people.accounts.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
HERE = "http://testserver/account/sign-in/"
EVIL = "evil.example"
PAYLOADS = [
    "https://evil.example",
    "http://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example/x",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    "\r//evil.example",
    " //evil.example",
    " https://evil.example",
    "\x00//evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "hTTp://evil.example",
    "https:\\\\evil.example",
    "https://testserver@evil.example",
    "https://testserver:x@evil.example/",
    "https://evil.example\\@testserver",
    "https://testserver.evil.example",
    "https://evil.example#testserver",
    "https://evil.example?testserver",
    "//testserver@evil.example",
    "//evil.example/%2f..",
    "//evil%E3%80%82example",
    "//evil。example",
    "https://[::ffff:1.2.3.4]/",
    "https://[evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "ftp://evil.example/",
    "mailto:a@evil.example",
    "blob:https://evil.example/1",
    "file:///etc/passwd",
    "ws://evil.example",
]


def leaves(location: str) -> bool:
    """Whether a browser that follows this would open something that is not ours."""
    seen = re.sub(r"[\t\r\n]", "", location.strip(" \0\t\r\n")).replace("\\", "/")
    seen = re.sub(r"^/{2,}", "//", seen)  # as browsers read it
    try:
        there = urlsplit(urljoin(HERE, seen))
    except ValueError:
        return True
    return there.scheme not in {"http", "https"} or there.hostname != "testserver"


def signed_in() -> Client:
    client = Client()
    client.force_login(PersonFactory.create())
    return client


@pytest.mark.parametrize("path", ["/account/sign-in/", "/account/sign-up/"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_nobody_is_led_off_the_site(path, payload):
    answer = signed_in().get(path, {"next": payload}, follow=False)
    assert answer.status_code == 302
    assert not leaves(answer["Location"])

    guest = Client().get(path, {"next": payload})
    kept = re.findall(r'[?&]next=([^"&]*)', guest.content.decode())
    assert all(EVIL not in each.lower() for each in kept)


def test_there_are_forty_payloads_and_each_leads_away():
    assert len(PAYLOADS) >= 40
    assert [payload for payload in PAYLOADS if not leaves(payload)] == []
    assert not leaves("/account/")


NAMES = r"next|url|uri|to|goto|return\w*|redirect\w*|continue|dest\w*|back"
TAKES = re.compile(rf"""\.(?:GET|POST)(?:\.get\(|\[)\s*["']({NAMES})["']""")


def parameters(source: str) -> set[str]:
    """Names of parameters from which an address could be taken."""
    return set(TAKES.findall(source))


def test_only_the_sign_in_pages_take_an_address():
    found = {
        (path.name, name)
        for path in Path(goldenthread.__file__).parent.rglob("*.py")
        if "tests" not in path.parts
        for name in parameters(path.read_text())
    }
    assert found == {("views.py", "next")}
    assert parameters('redirect(request.GET.get("return_to", "/"))') == {"return_to"}


def test_a_page_that_trusts_the_parameter_is_caught():
    request = HttpRequest()
    request.GET = {"next": "//evil.example"}
    assert leaves(redirect(request.GET["next"])["Location"])
