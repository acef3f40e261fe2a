"""What the pages of one survey have in common."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from goldenthread.listen.surveys.models import Survey


def around(survey: Survey) -> dict[str, Any]:
    """Return what the pages of a survey name: it, its project and their organisation."""
    project = survey.project
    return {"project": project, "organisation": project.organisation, "survey": survey}


def to_survey(survey: Survey) -> HttpResponse:
    """Lead to where those who ask see how it stands."""
    return redirect("surveys:survey", survey.project.address, survey.ref)


def whole(path: str) -> str:
    """Return a path of this site as an address to give to others."""
    return f"{settings.SITE_URL}{path}"


def to_type(path: str) -> str:
    """Return a path of this site as an address to type in."""
    return whole(path).partition("://")[2]
