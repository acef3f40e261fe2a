"""Addresses put beneath their beginning lead to what they led to before, in the same order."""

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.urls.resolvers import RegexPattern

from goldenthread.kit.addresses import nested

ROUTES = (
    "p/<slug:project>/board/",
    "p/<slug:project>/voices/<uuid:voice>/",
    "p/<slug:project>/voices/new/",
    "p/<slug:project>/",
    "p/<slug:project>/voices/",
    "help/",
)


def view(_request: object, **_given: object) -> HttpResponse:
    return HttpResponse()


def tries_for(patterns: list[URLPattern | URLResolver], address: str) -> list[str]:
    resolver = URLResolver(RegexPattern(r""), patterns)
    found = resolver.resolve(address)
    return [str(found.url_name), found.route, str(len(found.tried or []))]


def test_each_leads_to_the_same_with_fewer_tries() -> None:
    plain: list[URLPattern | URLResolver] = [path(each, view, name=each) for each in ROUTES]
    beneath = nested(plain)
    assert len(beneath) == 5
    for address in ("p/x/voices/new/", "p/x/voices/", "p/x/", "p/x/board/", "help/"):
        before, after = tries_for(plain, address), tries_for(beneath, address)
        assert before[:2] == after[:2]
    assert tries_for(beneath, "help/")[2] < tries_for(plain, "help/")[2]
