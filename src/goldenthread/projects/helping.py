"""What those who are asked to take a role are told of it: its name, what one does, how long."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from goldenthread.kit.text import Text
from goldenthread.projects.models import Duty, ProjectRole

Name = ProjectRole.Name
CALLED: Final[dict[str, Text]] = {
    Name.READER: _("a reader"),
    Name.SAFEGUARDER: _("the safeguarder"),
    Name.DECISION_MAKER: _("the decision-maker"),
    Name.FACILITATOR: _("a facilitator"),
    Name.CO_LEAD: _("a co-lead"),
}
DEPUTY: Final = _("the deputy of the safeguarder")
STANDS_IN: Final = _("a reader who stands in")
SECOND_STEP: Final = _("You sign in with a second step. We show you how.")
DOES: Final[dict[str, tuple[Text, ...]]] = {
    Name.READER: (
        _("You read what people send, before anyone else sees it."),
        _("First you practise. That takes about half an hour."),
        _("Then you read in the hours that are agreed with you."),
        SECOND_STEP,
    ),
    Name.SAFEGUARDER: (
        _("You hear of it when someone may not be safe."),
        _("You see to it that somebody helps, and that nothing is forgotten."),
        _("Often there is nothing to do. A worry comes before other work."),
        SECOND_STEP,
    ),
    Name.DECISION_MAKER: (
        _("You decide what will be done, by a day that everyone knows."),
        _("You say so in the open, and you give your reasons, also for a no."),
        _("What you decide about comes on one page. Most of the time goes into thinking it over."),
    ),
    Name.FACILITATOR: (
        _("You look after the project from day to day."),
        _("You sort what people said into topics. You see that everyone gets an answer."),
        _("Plan some hours each week while people speak, and after that until all are answered."),
    ),
    Name.CO_LEAD: (
        _("You know from your own life what this is about."),
        _("You help to find the topics, to say what should happen, and to answer people."),
        _("Plan an hour or two a week. Say how much suits you."),
    ),
}
ON_SOME_DAYS: Final = _("You do this when the other one is away.")


def called(role: ProjectRole) -> str:
    """Return what somebody is asked to be: a reader, the safeguarder."""
    return str(DEPUTY if role.stands_in else CALLED[role.name])


def told_of(role: ProjectRole) -> tuple[str, list[Text]]:
    """Return what somebody is asked to be, and what one does: also who only stands in."""
    does = list(DOES[role.name])
    if role.stands_in:
        return called(role), [*does, ON_SOME_DAYS]
    if role.name == Name.READER and _only_stands_in(role):
        return str(STANDS_IN), [*does, ON_SOME_DAYS]
    return called(role), does


def _only_stands_in(role: ProjectRole) -> bool:
    duties = Duty.objects.filter(project=role.project_id, reader=role.person_id, only_on=None)
    return set(duties.values_list("stand_in", flat=True)) == {True}
