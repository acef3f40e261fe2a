"""A school that asks its pupils, and everything it needs before it may."""

from datetime import date

from goldenthread.organisations.models import Organisation
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.young import services
from goldenthread.safety.young.models import GuardianPage, Post

TEXTS = {
    "about": "What would make break times better.",
    "how": "In class, for twenty minutes, on a tablet.",
    "who_reads": "Two trained people. The safeguarding lead is Mrs Nair.",
    "choice": "Nobody has to take part. A child can take their words back alone.",
    "contact": "Mr Okafor, 0114 496 0000.",
}


def school(nation: str = "england", **given: object) -> Listening:
    """Make a listening school for 11 to 15, with its page for parents, posts and terms."""
    here = listening_project(ages=["11-12", "13-15"], known_as=["unlinked", "support"], **given)
    Organisation.objects.filter(ref=here.organisation.ref).update(
        kind="school", nation=nation, name="Hartfield Academy"
    )
    here.organisation.refresh_from_db()
    here.project.organisation = here.organisation
    ProjectRole.objects.create(
        project=here.project,
        person=here.mina,
        name="safeguarder",
        stands_in=True,
        starts_on="2026-02-02",
    )
    services.write_guardian_page(by=here.tom, project=here.project, seen=0, now=NOW, **TEXTS)
    for name, starts_on, ends_on in (
        ("Spring, first half", date(2026, 1, 5), date(2026, 2, 13)),
        ("Spring, second half", date(2026, 2, 23), date(2026, 3, 27)),
        ("Summer", date(2026, 4, 13), date(2026, 7, 21)),
    ):
        days = {"starts_on": starts_on, "ends_on": ends_on}
        services.add_term(by=here.ada, organisation=here.organisation, name=name, **days, now=NOW)
    return here


def head(here: Listening, person: Person) -> Post:
    """Let a member lead the school."""
    return services.fill_post(
        by=here.ada, organisation=here.organisation, name="head", email=person.email, now=NOW
    )


def chair(here: Listening, person: Person) -> Post:
    """Let a member stand above the head."""
    return services.fill_post(
        by=here.ada, organisation=here.organisation, name="chair", email=person.email, now=NOW
    )


def nothing_for_parents(here: Listening) -> None:
    """Take the page for parents away."""
    GuardianPage.objects.filter(project=here.project).delete()
