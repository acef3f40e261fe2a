"""The page for people who are asked to take part, before they sign in."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.kit.pages import page
from goldenthread.projects.asking import ask_behind
from goldenthread.projects.speaker import Request


@require_GET
def asked(request: Request, token: str) -> HttpResponse:
    """Say who asks, to what, what can change and by when people hear."""
    ask = ask_behind(token)
    if ask is None:
        return page(request, "projects/not_asked.html", status=404)
    sign_in = reverse("account_login") + "?" + urlencode({"next": ask.invited.href, "asked": "yes"})
    context = {"project": ask.invited.project, "ask": ask, "sign_in": sign_in}
    return page(request, "projects/asked.html", context)
