"""What a reader chose not to see: kept in a plain cookie of their own browser, and nowhere else."""

from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from goldenthread.kit import cookies
from goldenthread.projects.models import Project

COOKIE: Final = "covered"
HALF_A_YEAR: Final = 182 * 24 * 60 * 60
BETWEEN: Final = "."


def covered_in(request: HttpRequest) -> list[str]:
    """Return what this browser has chosen to cover."""
    return request.COOKIES.get(COOKIE, "").split(BETWEEN)


def cover(answer: HttpResponse, project: Project, chosen: Iterable[str]) -> HttpResponse:
    """Keep the choice in the browser, for the stories of this project."""
    path = reverse("stories:list", args=[project.address])
    if kept := BETWEEN.join(chosen):
        cookies.keep(answer, COOKIE, kept, path=path, seconds=HALF_A_YEAR)
    else:
        cookies.drop(answer, COOKIE, path=path)
    return answer
