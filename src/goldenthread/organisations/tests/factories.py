from datetime import date

import factory

from goldenthread.organisations.models import HelpLine, Membership, Organisation, Role
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.tests.factories import PersonFactory


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Northmoor {n}")
    address = factory.Sequence(lambda n: f"northmoor-{n}")
    kind = Organisation.Kind.UNIVERSITY
    nation = Organisation.Nation.ENGLAND
    created_on = date(2026, 1, 5)


class HelpLineFactory(factory.django.DjangoModelFactory[HelpLine]):
    class Meta:
        model = HelpLine

    organisation = factory.SubFactory(OrganisationFactory)
    name = "Samaritans"
    number = "116 123"
    hours = "Free, any time"
    verified_on = date(2026, 3, 1)


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.SubFactory(PersonFactory)
    joined_on = date(2026, 1, 5)


def member(name: str, organisation: Organisation, *roles: str) -> Person:
    """Make a named member of the organisation, holding these roles in it."""
    person = PersonFactory.create(
        name=name, email=f"{name.lower()}.{organisation.address}@example.org"
    )
    membership = MembershipFactory.create(organisation=organisation, person=person)
    for role in roles:
        Role.objects.create(membership=membership, name=role, starts_on=date(2026, 1, 5))
    return person
