"""What the pages of looking again show."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit.shapes import Crumb
from goldenthread.kit.text import say_count
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.safety.looks import queries
from goldenthread.safety.looks.models import SecondLook
from goldenthread.safety.readers.queries import has_practised
from goldenthread.safety.reading import registry, shown

Context = dict[str, Any]


def again(project: Project, *, reader: Person) -> Context:
    """How many wait for this reader."""
    waits = queries.waiting(reader, project).count()
    return _around(project, Crumb(_("Look again"))) | {
        "waits": waits,
        "how_many": say_count(waits).capitalize(),
        "practised": has_practised(reader),
    }


def look(project: Project, found: SecondLook, *, now: datetime) -> Context:
    """The words alone: not who read them, not what was decided, not whether a list put them first.

    The way to the safeguarding owner stands beside them.
    """
    there = Crumb(_("Look again"), reverse("looks:again", args=[project.address]))
    return _around(project, there, Crumb(_("One voice"))) | {
        "look": found,
        "parts": shown.named(found.words.parts),
        "links": registry.links_for(found.words, now=now),
    }


def _around(project: Project, *crumbs: Crumb) -> Context:
    return {
        "project": project,
        "organisation": project.organisation,
        "crumbs": shown.crumbs(project, shown.to_queue(project), *crumbs),
    }
