from datetime import datetime

from goldenthread.kit.schedule import daily
from goldenthread.listen.themes import services
from goldenthread.projects.models import Project


@daily(at="04:05")
def recount(*, now: datetime) -> None:
    """Count the voices of themes anew: some may have been taken back."""
    del now
    for project in Project.objects.filter(
        state=Project.State.OPEN, themes__isnull=False
    ).distinct():
        services.recount(project=project)
