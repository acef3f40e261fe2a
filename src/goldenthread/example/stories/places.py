"""The two invented organisations and everybody in them."""

from goldenthread.example.stories.stage import Calendar, Cast, enrol, give
from goldenthread.organisations import services as organisations
from goldenthread.organisations.models import Organisation, Role
from goldenthread.people.accounts.services import welcome

NORTHMOOR = (
    "Ada Whitlock",
    "Tom Okafor",
    "Rosa Lindqvist",
    "Sam Patel",
    "Priya Nair",
    "Joan Price",
    "Dev Marsh",
    "Cara Doyle",
    "Mina Rahman",
    "Tess Long",
    "Stan Webb",
    "Yusuf Hale",
    "Ines Ferro",
    "Noor Aziz",
    "Lewis Grant",
)
FENLAND = (
    "Bea Holt",
    "Ola Brandt",
    "Uma Shah",
    "Kit Moran",
    "Len Archer",
    "Fay Quill",
    "Gus Pell",
    "Moira Keane",
    "Ravi Sen",
    "Dot Ellis",
)


def northmoor(calendar: Calendar) -> Cast:
    """Begin the university."""
    organisation = _found(
        calendar,
        "Ada Whitlock",
        "Northmoor University",
        "northmoor",
        Organisation.Kind.UNIVERSITY,
        "A university on two campuses, with its students, on what helps people stay well.",
        "#1b4f72",
    )
    cast = Cast(organisation, enrol(organisation, NORTHMOOR, now=calendar.at(-320)))
    for name, role in (("tom", "facilitator"), ("tess", "treasurer"), ("stan", "steward")):
        give(cast[name], organisation, Role.Name(role), now=calendar.at(-320))
    for text in ("Undergraduate", "Postgraduate", "Carer", "Coast campus"):
        organisations.add_label(
            by=cast["ada"], organisation=organisation, text=text, now=calendar.at(-319)
        )
    return cast


def fenland(calendar: Calendar) -> Cast:
    """Begin the service-user forum."""
    organisation = _found(
        calendar,
        "Bea Holt",
        "Fenland Voices",
        "fenland-voices",
        Organisation.Kind.CHARITY,
        "People who use mental health services in the fens, and those who care for them.",
        "#6d3b66",
    )
    cast = Cast(organisation, enrol(organisation, FENLAND, now=calendar.at(-120)))
    give(cast["bea"], organisation, Role.Name.FACILITATOR, now=calendar.at(-120))
    for text in ("Service user", "Carer", "Lives on the fen"):
        organisations.add_label(
            by=cast["bea"], organisation=organisation, text=text, now=calendar.at(-119)
        )
    return cast


def _found(
    calendar: Calendar, founder: str, name: str, address: str, kind: str, about: str, accent: str
) -> Organisation:
    """Found an organisation; its help lines are those of its nation, checked lately."""
    now = calendar.at(-321)
    first = founder.split()[0].lower()
    person = welcome(email=f"{first}@{address}.example", name=founder, now=now)
    organisation = organisations.found(
        by=person,
        name=name,
        kind=kind,
        nation=Organisation.Nation.ENGLAND,
        address=address,
        now=now,
        from_the_command_line=True,
    )
    organisations.change_settings(
        by=person,
        organisation=organisation,
        name=name,
        about=about,
        kind=kind,
        nation=Organisation.Nation.ENGLAND,
        language="en-gb",
        listed=True,
        now=now,
    )
    organisations.change_accent(by=person, organisation=organisation, accent=accent, now=now)
    for line in organisation.help_lines.all():
        organisations.verify_help_line(by=person, line=line, now=calendar.at(-20))
    return organisation
