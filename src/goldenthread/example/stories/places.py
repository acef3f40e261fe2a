"""The four invented organisations and everybody in them."""

from goldenthread.example.stories.stage import Calendar, Cast, Script, enrol, give, script_of
from goldenthread.organisations import services as organisations
from goldenthread.organisations.models import Organisation, Role
from goldenthread.people.accounts.services import welcome
from goldenthread.safety.young import services as young

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
SCHOOL = (
    "Hanna Reid",
    "Owen Pryce",
    "Meg Sutton",
    "Idris Vaughan",
    "Carol Finch",
    "Neil Osei",
    "Grace Tully",
    "Amy Dodd",
    "Jo Barker",
)
NETWORK = (
    "Isla Munro",
    "Rory Kerr",
    "Effie Laing",
    "Callum Baird",
    "Shona Muir",
    "Angus Rae",
    "Jean Orr",
    "Niamh Boyle",
    "Fergus Tait",
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


def alderbrook(calendar: Calendar) -> Cast:
    """Begin the school: its head, who stands above, and its days."""
    script = script_of("places")["alderbrook"]
    organisation = _found(calendar, "Hanna Reid", script)
    cast = Cast(organisation, enrol(organisation, SCHOOL, now=calendar.at(-160)))
    give(cast["owen"], organisation, Role.Name.FACILITATOR, now=calendar.at(-160))
    given: Script = {"by": cast["hanna"], "organisation": organisation, "now": calendar.at(-160)}
    for post, first_name in script["posts"].items():
        young.fill_post(name=post, email=cast[first_name].email, **given)
    for name, starts, ends in script["terms"]:
        days: Script = {"starts_on": calendar.day(starts), "ends_on": calendar.day(ends)}
        young.add_term(name=name, **days, **given)
    return cast


def long_table(calendar: Calendar) -> Cast:
    """Begin the national network, whose champions run projects of their own."""
    organisation = _found(calendar, "Isla Munro", script_of("places")["long-table"])
    cast = Cast(organisation, enrol(organisation, NETWORK, now=calendar.at(-300)))
    for first_name, role in (("rory", "facilitator"), ("jean", "facilitator"), ("isla", "steward")):
        give(cast[first_name], organisation, Role.Name(role), now=calendar.at(-300))
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
