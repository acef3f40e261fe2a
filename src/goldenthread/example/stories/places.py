"""The two invented organisations and everybody in them."""

from goldenthread.example.stories.stage import Calendar, Cast, Script, enrol, give, script_of
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
    organisation = _found(calendar, "Ada Whitlock", script_of("places")["northmoor"])
    cast = Cast(organisation, enrol(organisation, NORTHMOOR, now=calendar.at(-320)))
    for name, role in (("tom", "facilitator"), ("tess", "treasurer"), ("stan", "steward")):
        give(cast[name], organisation, Role.Name(role), now=calendar.at(-320))
    return cast


def fenland(calendar: Calendar) -> Cast:
    """Begin the service-user forum."""
    organisation = _found(calendar, "Bea Holt", script_of("places")["fenland"])
    cast = Cast(organisation, enrol(organisation, FENLAND, now=calendar.at(-120)))
    give(cast["bea"], organisation, Role.Name.FACILITATOR, now=calendar.at(-120))
    return cast


def _found(calendar: Calendar, founder: str, script: Script) -> Organisation:
    """Found an organisation; its help lines are those of its nation, checked lately."""
    now = calendar.at(-321)
    first = founder.split(maxsplit=1)[0].lower()
    person = welcome(email=f"{first}@{script['address']}.example", name=founder, now=now)
    facts = {key: script[key] for key in ("name", "kind", "nation")}
    organisation = organisations.found(
        by=person, address=script["address"], now=now, from_the_command_line=True, **facts
    )
    about = {"about": script["about"], "language": "en-gb", "listed": True, "now": now}
    organisations.change_settings(by=person, organisation=organisation, **facts, **about)
    organisations.change_accent(
        by=person, organisation=organisation, accent=script["accent"], now=now
    )
    for text in script["labels"]:
        organisations.add_label(by=person, organisation=organisation, text=text, now=now)
    for line in organisation.help_lines.all():
        organisations.verify_help_line(by=person, line=line, now=calendar.at(-20))
    return organisation
