"""What is told of the installation: to administrators, to a proxy, to those who watch over it."""

from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from goldenthread.config import metrics as figures
from goldenthread.config import readiness
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


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; ask nothing of anything else."""
    return _unkept(HttpResponse("It answers.\n", content_type="text/plain; charset=utf-8"))


@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether people should be sent here, and which part is not well if they should not."""
    state = readiness.state()
    return _unkept(JsonResponse(state, status=200 if all(state.values()) else 503))


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the figures to whoever has the token; for anybody else there is no such page."""
    wanted, given = settings.METRICS_TOKEN, request.headers.get("Authorization", "")
    if not wanted or not compare_digest(given.encode(), f"Bearer {wanted}".encode()):
        raise Http404
    return _unkept(HttpResponse(figures.written(), content_type=figures.CONTENT_TYPE))


def _unkept(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store"
    return answer
