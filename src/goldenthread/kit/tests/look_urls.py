"""Addresses for tests of the look: the gallery, and somewhere to leave to."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def left(_request: HttpRequest) -> HttpResponse:
    """Stand in for the page outside."""
    return HttpResponse("<!doctype html><title>Weather</title><p>Cloudy.</p>")


urlpatterns = [path("kit/", include("goldenthread.kit.gallery.urls")), path("leave/", left)]
