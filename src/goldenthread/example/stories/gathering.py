"""People meet and confirm what was written down; a lunch is planned; hands are counted."""

from typing import Any

from goldenthread.example.stories.stage import Calendar, Cast, Script, read_all, script_of
from goldenthread.listen.rooms import services
from goldenthread.listen.rooms.agendas import agenda_at
from goldenthread.listen.voices import formkeys
from goldenthread.listen.voices.models import Voice
from goldenthread.organisations.models import Label
from goldenthread.projects.models import Project
from goldenthread.safety.release.services import freeze


def tell(calendar: Calendar, forum: Cast, university: Cast) -> None:
    """Hold a Community Conversation on the fen, and plan a lunch at the university."""
    script = script_of("rooms")
    _hold(calendar, forum, script["held"])
    welcome = Project.objects.get(address=script_of("welcome")["address"])
    _plan(calendar, university, welcome, script["planned"])
    _ask(calendar, university, welcome, script["round"])


def _hold(calendar: Calendar, cast: Cast, script: Script) -> None:
    """Live a room from its plan to the reader; the figures are frozen anew."""
    project = Project.objects.get(address=script_of("crisis")["address"])
    now = calendar.at(script["days"])
    given: dict[str, Any] = {"by": cast["fay"], "now": now}
    room = services.plan_room(
        project=project,
        kind="workshop",
        title=script["title"],
        on=now.date(),
        place=script["place"],
        agenda=agenda_at("community-conversation"),
        **given,
    )
    room = services.open_room(room=room, **given)
    for text, count in script["present"]:
        label = Label.objects.get(organisation=cast.organisation, text=text)
        services.count_present(room=room, label=label, count=count, **given)
    notes = []
    for step, text, slip in script["notes"]:
        room = services.go_to_step(room=room, at=step, **given)
        notes.append((services.take_note(room=room, text=text, **given), slip))
    room = services.read_back(room=room, **given)
    for note, slip in notes:
        if note.number == script["left_out"]:
            services.leave_out(note=note, **given)
        else:
            services.say_right(note=note, slip=slip, **given)
    services.confirm(room=room, form_key=formkeys.draw(), **given)
    said = Voice.objects.select_related("words").filter(answers=room.ref)
    read_all(project, cast["ola"], list(said))
    freeze(project=project, by=cast["bea"], now=calendar.at(-18))
    calendar.tick()


def _plan(calendar: Calendar, cast: Cast, project: Project, script: Script) -> None:
    services.plan_room(
        by=cast["tom"],
        project=project,
        kind="drop-in",
        title=script["title"],
        on=calendar.day(script["days"]),
        agenda=agenda_at(script["agenda"]),
        place=script["place"],
        now=calendar.at(-3),
    )


def _ask(calendar: Calendar, cast: Cast, project: Project, script: Script) -> None:
    given: dict[str, Any] = {"by": cast["tom"], "now": calendar.at(script["days"])}
    asked = services.begin_round(
        project=project, question=script["question"], answers=script["answers"], **given
    )
    services.count_hands(asked=asked, hands=script["hands"], **given)
