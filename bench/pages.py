"""The pages that are measured: how each is asked for, and what shows that it is the real one."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from page import FACILITATOR, LARGE, Page, begun, get, staff
from pages_asking import asking
from pages_sorting import sorting
from pages_telling import telling
from pages_writing import writing

from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project

CARD, PICK = 'class="card', 'class="pick"'


def pages(codes: Sequence[str]) -> list[Page]:
    """Return the pages of the table, for a filled installation."""
    project = Project.objects.get(address=LARGE)
    _second_factors()
    theme = Theme.objects.filter(project=project).order_by("title").first()
    at = f"/p/{project.address}"
    voices = _voices(project)
    work = f"{at}/themes/work/"
    return [
        get("project page", f"{at}/", "Tell a story", 1),
        get("board", f"{at}/board/", CARD, 25),
        get("board, searched", f"{at}/board/?q=evening", CARD, 10),
        get("voice with its thread", f"{at}/voices/{voices[0]}/", 'class="knot', 2),
        get("topic", f"{at}/themes/{theme.ref}/", 'class="knot', 1),
        staff(get("theme workspace", work, PICK, 50)),
        staff(get("theme workspace, searched", f"{work}?q=evening", PICK, 10)),
        staff(get("work on a theme", f"{at}/themes/{theme.ref}/work/", PICK, 50)),
        staff(get("similar voices", f"{at}/themes/{theme.ref}/similar/", PICK, 10)),
        staff(get("needs you", "/needs-you/", "in no theme yet", 1)),
        get("speak", f"{at}/speak/", "<textarea", 1),
        Page("speak, sending", partial(_speak, project), answers=302),
        Page("open a receipt", partial(_open_receipt, codes), answers=302),
        Page("true for me too", partial(_agree, at, voices), by=FACILITATOR, answers=302),
        staff(get("ways to listen", f"{at}/ways/", CARD, 9)),
        staff(get("paper", f"{at}/paper/", "<textarea", 1)),
        *telling(project),
        *asking(project),
        *sorting(project),
        *writing(project),
    ]


def _second_factors() -> None:
    """Let staff have the second factor without which most of their pages are not shown."""
    for person in Person.objects.filter(email__endswith=f"@{LARGE}.example", authenticator=None):
        totp = Authenticator.Type.TOTP
        Authenticator.objects.create(user=person, type=totp, data={"secret": "x"})


def _voices(project: Any) -> list[Any]:
    """Return voices in a theme, the newest first: each can be agreed with once, none is a story."""
    plain = Voice.objects.filter(project=project, kind__in=[Voice.Kind.ISSUE, Voice.Kind.IDEA])
    grouped = plain.filter(groupings__isnull=False)
    return list(grouped.order_by("-words__released_on").values_list("pk", flat=True)[:400])


def _speak(project: Any, client: Any, _number: int) -> Any:
    """Send a voice."""
    sent = {
        "form_key": begun(project.ref),
        "kind": "idea",
        "text": "Open in the evening, so that people who work can come.",
        "known_as": "unlinked",
        "receipt": "keep",
    }
    return client.post(f"/p/{project.address}/speak/", sent)


def _open_receipt(codes: Sequence[str], client: Any, number: int) -> Any:
    """Open one receipt after the other: of one alone only so many tries are let in at once."""
    return client.post("/receipt/", {"code": codes[number % len(codes)]})


def _agree(at: str, voices: Sequence[Any], client: Any, number: int) -> Any:
    """Agree with one voice after the other, so that each request writes."""
    return client.post(f"{at}/voices/{voices[number % len(voices)]}/true-for-me/")
