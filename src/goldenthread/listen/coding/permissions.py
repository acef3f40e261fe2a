from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from goldenthread.kit import clock
from goldenthread.listen.coding.models import Coder, Round
from goldenthread.listen.themes.permissions import may_group
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import RUNS, may_see_board
from goldenthread.projects.roles import held, stands_in, still_belongs
from goldenthread.projects.speaker import Speaker


def may_read_codebook(speaker: Speaker, project: Project, *, codes: bool, now: datetime) -> bool:
    """Those who group voices; and those who code them, while they belong and may read them."""
    return may_group(speaker, project, now=now) or (
        codes and _still_reads(speaker, project, now=now)
    )


def may_code(speaker: Speaker, coder: Coder, *, now: datetime) -> bool:
    """A coder, until they are done, while they belong and may read the voices at all."""
    project = coder.round.project
    own = isinstance(speaker, Person) and speaker.ref == coder.person_id
    at_work = coder.round.state == Round.State.CODING and coder.done_on is None
    under_way = at_work and project.state != Project.State.CLOSED
    return own and under_way and _still_reads(speaker, project, now=now)


def still_codes(person: Person, *, now: datetime) -> Q:
    """Return the condition on a coder under which `may_code` lets this person sort."""
    project = OuterRef("round__project")
    runs = current_roles(today=clock.today(now)).filter(
        membership__person=person,
        membership__organisation__partnerships__project=project,
        membership__organisation__partnerships__waiting_since=None,
        name__in=RUNS,
    )
    roles = held(now).filter(person=person, project=project)
    reads = Q(round__project__board=Project.Board.SHARED) | Q(Exists(roles)) | Q(Exists(runs))
    at_work = Q(person=person, round__state=Round.State.CODING, done_on=None)
    under_way = at_work & ~Q(round__project__state=Project.State.CLOSED)
    return under_way & still_belongs(person.ref, project) & reads


def _still_reads(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    return stands_in(speaker, project) and may_see_board(speaker, project, now=now)
