"""What may be said here, and saying that something should not be there."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.projects.access import project_for, there
from goldenthread.projects.speaker import Request
from goldenthread.safety.moderation import forms, policy, registry, services
from goldenthread.safety.reading.reasons import NOT_PUBLISHED


@require_GET
def content(request: Request) -> HttpResponse:
    """Say what may be said, and for which reasons words are not shown."""
    context = {
        "welcome": policy.WELCOME,
        "reasons": NOT_PUBLISHED.values(),
        "version": policy.VERSION,
        "since": policy.SINCE,
    }
    return page(request, "moderation/policy.html", context)


@require_http_methods(["GET", "POST"])
def report(request: Request, project: str, kind: str, reported: UUID) -> HttpResponse:
    """Let anyone say that something they see should not be there."""
    here, now = project_for(request, project), clock.now()
    thing = there(registry.found(kind, here, reported, visible_to=request.speaker, now=now))
    context = {
        "project": here,
        "organisation": here.organisation,
        "thing": thing,
        "neutral_title": True,
    }
    form = forms.MakeReport(posted(request))
    if form.is_valid():
        with form.refusals():
            done = services.report(
                project=here, kind=kind, about=reported, thing=thing, **form.cleaned_data, now=now
            )
            context |= {"report": done.report, "code": done.code}
            return page(request, "moderation/reported.html", context)
    return page(request, "moderation/report.html", context | {"form": form})
