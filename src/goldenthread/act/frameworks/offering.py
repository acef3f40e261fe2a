"""Where organisers find this room among the ways to understand, and everyone beside the topics."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.act.frameworks.models import Chosen
from goldenthread.listen.themes.also import Told, tells
from goldenthread.listen.voices.ways import way
from goldenthread.projects.models import Project

way(
    "frameworks",
    title=_("Topics on frameworks"),
    sentence=_("See which parts of a charter your topics speak to, and which stay empty."),
    page="frameworks:list",
    understands=True,
)


@tells
def told_of_frameworks(project: Project) -> Told | None:
    """Say beside the topics that they stand on frameworks. One query."""
    if not Chosen.objects.filter(project=project).exists():
        return None
    return Told(gettext("Topics on frameworks"), reverse("frameworks:list", args=[project.address]))
