"""Projects for which an organisation may invite people."""

from collections.abc import Iterator

from goldenthread.organisations.inviting import Purpose, may_be_for
from goldenthread.organisations.models import Organisation
from goldenthread.projects.models import Project, Terms


@may_be_for
def projects_to_join(organisation: Organisation) -> Iterator[Purpose]:
    """Name the projects of an organisation that have not closed. Two queries."""
    rows = Project.objects.filter(
        partners__organisation=organisation, partners__waiting_since=None
    ).exclude(state=Project.State.CLOSED)
    found = list(rows.order_by("title", "ref")[:100])
    terms = Terms.objects.filter(project__in=found).order_by("project", "-version")
    newest = {each.project_id: each for each in terms.distinct("project")}
    for project in found:
        said = newest.get(project.ref)
        yield Purpose(
            ref=project.ref,
            title=project.title,
            question=said.question if said else "",
            can_change=said.can_change if said else "",
            hear_by=said.hear_by if said else None,
            debrief_on=said.debrief_on if said else None,
        )
