"""What a reader chose not to see: kept sealed in their own browser, and nowhere else."""

from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from goldenthread.kit import cookies
from goldenthread.projects.models import Project

COOKIE: Final = "covered"
HALF_A_YEAR: Final = 182 * 24 * 60 * 60


def covered_in(request: HttpRequest, project: Project) -> list[str]:
    """Return what this browser has chosen to cover in the stories of a project."""
    (chosen,) = cookies.sealed_in(request, COOKIE, about=project.ref, values=1) or ([],)
    return [str(each) for each in chosen]


def cover(answer: HttpResponse, project: Project, chosen: Iterable[str]) -> HttpResponse:
    """Keep the choice in the browser, for the stories of this project."""
    path = reverse("stories:list", args=[project.address])
    if kept := list(chosen):
        about, seconds = project.ref, HALF_A_YEAR
        cookies.keep_sealed(answer, COOKIE, [kept], about=about, path=path, seconds=seconds)
    else:
        cookies.drop(answer, COOKIE, path=path)
    return answer
