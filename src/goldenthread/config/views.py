"""The page on which an administrator sees whether the installation is sound."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from goldenthread.config.doctor import look
from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.organisations.permissions import may_look_after
from goldenthread.projects.speaker import Request


@require_GET
def doctor(request: Request) -> HttpResponse:
    """Show what `goldenthread doctor` finds: to mend first, then what is well."""
    now = clock.now()
    if not may_look_after(request.speaker, now=now):
        raise Http404
    answers = list(look(now))
    context = {
        "faults": [answer for answer in answers if not answer.finding.well],
        "well": [
            (answer.name, answer.finding.sentence) for answer in answers if answer.finding.well
        ],
    }
    return page(request, "pages/doctor.html", context)
