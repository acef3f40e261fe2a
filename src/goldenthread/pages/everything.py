"""Everything we hold about one person, or behind one receipt, handed to them alone."""

import json
from dataclasses import asdict
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.holder import Holder, Kind, acts_of, handed_out
from goldenthread.kit.pages import page
from goldenthread.pages import forms, saying
from goldenthread.pages.queries import project_behind
from goldenthread.people.accounts import services as accounts
from goldenthread.people.accounts.models import Person
from goldenthread.people.keycards import services as keycards
from goldenthread.projects.speaker import Request, receipt_holder

ASKED = "everything"  # key of the session: a code was asked for


@login_required
@require_http_methods(["GET", "POST"])
def everything(request: Request) -> HttpResponse:
    """Say what the file is, and send a code with which the person may have it."""
    by_card = not request.user.email
    if request.method == "POST" and by_card:
        return redirect("pages:everything_by_card")
    if request.method == "POST":
        asked = accounts.ask_for_code(email=request.user.email, joining=False, now=clock.now())
        request.session[ASKED] = asdict(asked)
        return redirect("pages:everything_code")
    return page(request, "pages/everything.html", {"neutral_title": True, "by_card": by_card})


@login_required
@require_http_methods(["GET", "POST"])
def everything_code(request: Request) -> HttpResponse:
    """Take the code from the mail, and hand out the file."""
    kept = request.session.get(ASKED)
    if not kept:
        return redirect("pages:everything")
    form = forms.Everything(posted(request))
    if form.is_valid():
        with form.refusals():
            asked = accounts.Asked(**kept)
            accounts.try_code(asked=asked, code=form.cleaned_data["code"], now=clock.now())
            del request.session[ASKED]
            return _file(request.user, form.cleaned_data["shape"])
    if form.errors:
        request.session[ASKED] = {**kept, "misses": kept["misses"] + 1}
    return page(request, "pages/everything_code.html", {"form": form, "email": request.user.email})


@login_required
@require_http_methods(["GET", "POST"])
def everything_by_card(request: Request) -> HttpResponse:
    """Take the six figures of somebody without an address, and hand out the file."""
    form = forms.EverythingByCard(posted(request))
    if form.is_valid():
        with form.refusals():
            keycards.prove(by=request.user, number=form.cleaned_data["number"], now=clock.now())
            return _file(request.user, form.cleaned_data["shape"])
    return page(request, "pages/everything_by_card.html", {"form": form, "neutral_title": True})


@require_GET
def behind_receipt(request: Request) -> HttpResponse:
    """Say what stands behind the receipt that is open: kinds and days, never the words."""
    holder = receipt_holder(request)
    if holder is None:
        return redirect("pages:receipt")
    kinds = handed_out(Holder(receipt=holder.receipt), words=False)
    context: dict[str, Any] = {"parts": saying.in_plain_words(kinds), "neutral_title": True}
    if project := project_behind(holder.receipt):
        context["project"] = project
    return page(request, "pages/behind_receipt.html", context)


def as_data(kinds: list[Kind], acts: dict[str, int]) -> dict[str, Any]:
    """Return everything as plain data."""
    return {
        "made_on": clock.today().isoformat(),
        "held": [
            {
                "what": str(kind.held.what),
                "why": str(kind.held.why),
                "how_long": kind.held.sentences,
                "rows": [{**row.shown, "kept_and_not_shown": row.kept} for row in kind.rows],
            }
            for kind in kinds
        ],
        "also_under_your_name": acts,
        "not_in_this_file": str(not_in_the_file()),
    }


def not_in_the_file() -> str:
    """Say what is never handed out by a button."""
    return _(
        "If a reader or a safeguarder wrote about someone’s safety, it is not in this file. "
        "You can ask for it. A person looks at it first, so that it harms nobody."
    )


def _file(person: Person, shape: str) -> HttpResponse:
    kinds, acts = handed_out(Holder(person=person.pk), words=True), acts_of(person.pk)
    if shape == "json":
        text = json.dumps(as_data(kinds, acts), ensure_ascii=False, indent=2, default=str)
        answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    else:
        parts = saying.in_plain_words(kinds)
        context = {"parts": parts, "acts": acts, "on": clock.today(), "but": not_in_the_file()}
        context["look"] = saying.sheet()
        answer = HttpResponse(render_to_string("pages/everything_file.html", context))
    answer["Content-Disposition"] = f'attachment; filename="everything.{shape}"'
    answer["Cache-Control"] = "no-store"
    return answer
