"""Every address of the product. Each room brings its own; the order is that of the rooms."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from goldenthread.config.views import doctor, health, metrics, ready
from goldenthread.kit.addresses import nested

ROOMS_WITH_PAGES = (
    "thread",
    "people.accounts",
    "people.keycards",
    "organisations",
    "projects",
    "safety.readers",
    "safety.young",
    "safety.reading",
    "safety.looks",
    "safety.consent",
    "safety.concerns",
    "safety.assessments",
    "safety.moderation",
    "safety.requests",
    "safety.equality",
    "safety.release",
    "listen.voices",
    "listen.stories",
    "listen.rooms",
    "listen.surveys",
    "listen.questions",
    "listen.conversations",
    "listen.themes",
    "listen.candidates",
    "listen.coding",
    "listen.summaries",
    "listen.outreach",
    "empower.groups",
    "empower.meetings",
    "act.decisions",
    "act.briefs",
    "act.frameworks",
    "act.plans",
    "debrief.replies",
    "start",
    "handover",
    "guide",
    "pages",
    "example",
)


def _room(name: str) -> URLResolver:
    urls = import_module(f"goldenthread.{name}.urls")
    return path("", include((nested(urls.urlpatterns), urls.app_name)))


urlpatterns: list[URLPattern | URLResolver] = [
    _room(name) for name in ROOMS_WITH_PAGES if find_spec(f"goldenthread.{name}.urls")
]
urlpatterns.append(path("", include("goldenthread.people.accounts.allauth_urls")))
urlpatterns += [
    path("doctor/", doctor, name="doctor"),
    path("health/", health, name="health"),
    path("ready/", ready, name="ready"),
    path("metrics/", metrics, name="metrics"),
    path("language/", require_POST(set_language), name="language"),
]
if settings.DEV:
    urlpatterns.append(path("kit/", include("goldenthread.kit.gallery.urls")))

handler404 = "goldenthread.pages.errors.not_found"
handler500 = "goldenthread.pages.errors.broken"
