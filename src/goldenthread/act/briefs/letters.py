"""Letters about briefs: that one waits, until when, and where. Never what it says."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from goldenthread.act.briefs.models import Brief, Delegation
from goldenthread.act.briefs.permissions import delegations_for, has_passed_on
from goldenthread.act.briefs.queries import decision_makers
from goldenthread.kit.text import say_day
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import write_letter, write_letters


def tell(brief: Brief, *, now: datetime, text: str = "brief") -> None:
    """Write to who is asked and to who stands in; once a handing-over and text."""
    people: set[Any] = {each.delegate_id for each in delegations_for(brief, now=now)}
    if has_passed_on(brief, now=now):
        people |= set(decision_makers(brief.project, now=now).values_list("pk", flat=True))
    else:
        people |= {brief.asked_of_id}
    people -= brief.writers
    write_letters(
        Letter(
            key=f"{text}:{brief.ref}:{brief.given_on}:{brief.decide_by}:{person}",
            text=text,
            link=link_to(brief),
            names={
                "project": brief.project.title,
                "organisation": brief.project.organisation.name,
                "day": say_day(brief.decide_by),
            },
            person_id=person,
        )
        for person in sorted(filter(None, people))
    )


def tell_delegate(delegation: Delegation) -> None:
    """Write to a delegate that they decide in someone's name."""
    project, brief = delegation.project, delegation.brief
    write_letter(
        key=f"delegate:{delegation.ref}",
        text="delegate",
        link=link_to(brief) if brief else reverse("briefs:list", args=[project.address]),
        names={
            "project": project.title,
            "organisation": project.organisation.name,
            "name": delegation.decision_maker.name,
            "day": say_day(delegation.ends_on),
        },
        person=delegation.delegate,
    )


def link_to(brief: Brief) -> str:
    """Return where a brief is read."""
    return reverse("briefs:brief", args=[brief.project.address, brief.ref])
