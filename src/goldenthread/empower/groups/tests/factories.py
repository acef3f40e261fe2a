from datetime import date

import factory

from goldenthread.empower.groups.models import Group, Seat
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import ProjectFactory


class GroupFactory(factory.django.DjangoModelFactory[Group]):
    class Meta:
        model = Group

    project = factory.SubFactory(ProjectFactory)
    name = "Student panel"
    purpose = "It decides what changes while people wait."
    made_on = date(2026, 3, 2)


class SeatFactory(factory.django.DjangoModelFactory[Seat]):
    class Meta:
        model = Seat

    group = factory.SubFactory(GroupFactory)
    filled = Seat.Filled.DRAWN
    lived_experience = True
    starts_on = date(2026, 3, 3)


def panel(project: Project, *people: Person) -> Group:
    """Make a group in which these people hold seats of lived experience."""
    group = GroupFactory.create(project=project)
    for person in people:
        SeatFactory.create(group=group, person=person, name=person.name)
    return group
