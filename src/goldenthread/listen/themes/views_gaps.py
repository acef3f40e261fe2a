"""Making a topic of a gap that a survey shows."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.text import say_counted
from goldenthread.listen.themes import forms, gaps, permissions, services, shown
from goldenthread.projects.access import staff_project, there
from goldenthread.projects.speaker import Request


@require_http_methods(["GET", "POST"])
def from_gap(request: Request, project: str, survey: UUID, area: int) -> HttpResponse:
    """Begin a topic with a title, a sentence, and the voices that speak of the same."""
    found = staff_project(request, project, *permissions.ORGANISERS)
    gap = there(gaps.gap_in(found, survey, area))
    voices = gaps.voices_of(found, gap)
    form = forms.FromGap(request.POST or None, initial={"title": gap.name[:80]})
    if form.is_valid():
        with form.refusals():
            made = services.make_theme(
                by=request.user,
                project=found,
                voices=voices,
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("Made the theme “%(title)s”.") % {"title": made.title})
            return redirect("themes:work", found.address, made.ref)
    how_many = say_counted(len(voices), "released voice", "released voices")
    context = {"project": found, "gap": gap, "form": form, "how_many": how_many}
    context |= {"any_voices": bool(voices), "crumbs": shown.crumbs(found, topics=True)}
    return page(request, "themes/from_gap.html", context)
