"""One browser counts once at a question: a random token in a cookie of that question's page."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from goldenthread.kit import clock, cookies
from goldenthread.listen.questions.models import Question
from goldenthread.projects.speaker import Request

COOKIE: Final = "replied"


def token_in(request: Request, *, otherwise: UUID) -> UUID:
    """Return the token of this browser; before it has one, the form's own key stands for it."""
    try:
        return UUID(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return otherwise


def has_token(request: Request) -> bool:
    """Return whether this browser has chosen here before."""
    return COOKIE in request.COOKIES


def remember(answer: HttpResponse, question: Question, token: UUID) -> HttpResponse:
    """Keep the token in the browser for as long as the question is open."""
    left = question.closes_at - clock.now()
    path = reverse("questions:question", args=[question.project.address, question.ref])
    seconds = max(int(left.total_seconds()), 1)
    cookies.keep(answer, COOKIE, token.hex, path=path, seconds=seconds)
    return answer
