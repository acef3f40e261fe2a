"""People ask the university about their own data; one letter has waited too long."""

from goldenthread.example.stories.stage import Calendar, Cast
from goldenthread.safety.requests import services

CONTROLLER = {
    "contact_shown": "Joan Price, data protection\ndata@northmoor.example\nRoom 4, Old Library",
    "basis": "public-task",
    "condition": "explicit-consent",
    "registered_as": "ZA000000",
    "officer": "Joan Price",
    "overseen_by": "",  # left open, so that the governance pack shows a gap
}
LETTER = "Ann Archer, 4 Mill Lane"


def tell(calendar: Calendar, cast: Cast) -> None:
    """Say who answers; one request is answered, one runs, one is late."""
    ada, here = cast["ada"], cast.organisation
    services.describe_controller(
        by=ada, organisation=here, contact=cast["joan"], **CONTROLLER, now=calendar.at(-300)
    )
    asked = services.ask(
        by=cast["noor"],
        organisation=here,
        kind="complaint",
        text="You wrote to me twice about the same meeting. I had asked for no mails.",
        now=calendar.at(-60),
    )
    services.acknowledge(by=ada, request=asked, now=calendar.at(-58))
    told = "You are right, and we are sorry. Our list was old. It is gone now."
    services.answer(by=ada, request=asked, outcome="done", text=told, now=calendar.at(-50))
    services.ask(
        by=cast["lewis"],
        organisation=here,
        kind="correction",
        text="My role ended in June. Your page still says that I am a co-lead.",
        now=calendar.at(-9),
    )
    services.log_letter(
        by=ada,
        organisation=here,
        kind="access",
        text="Please send me what you hold about me.",
        who=LETTER,
        received_on=calendar.day(-40),
        now=calendar.at(-39),
    )
