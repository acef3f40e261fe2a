"""Figures that those who decide see five days before everyone: to comment, never to change them."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.text import say_day
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import write_letters
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.safety.release import events, queries
from goldenthread.safety.release.models import EarlyLook, EarlySight, Release
from goldenthread.safety.release.permissions import may_freeze, may_see_early
from goldenthread.safety.release.proofs import seal_of_release
from goldenthread.thread.binding import new_salt
from goldenthread.thread.events import Event
from goldenthread.thread.services import record

DAYS: Final = 5


@transaction.atomic
def choose_early_sight(*, by: Person, project: Project, early: bool, now: datetime) -> None:
    """Choose whether those who decide see the figures that come first, from the next one on.

    :raises Refusal: not theirs to choose
    """
    if not may_freeze(by, project, now=now):
        raise Refusal(_("Only the people who run this project can choose this."))
    project = Project.objects.select_for_update(of=("self",), no_key=True).get(ref=project.ref)
    if early == queries.shows_early(project):
        return
    if early:
        EarlySight.objects.create(project=project)
    else:
        EarlySight.objects.filter(project=project).delete()
    facts = {"days": DAYS if early else 0}
    record(events.EARLY_SIGHT_CHOSEN, about=project.ref, project=project.ref, facts=facts, now=now)


def show_first(release: Release, *, now: datetime) -> None:
    """Show a release that was just frozen to those who decide, where that was chosen."""
    project = release.project
    people = queries.early_readers(project, now=now) if queries.shows_early(project) else []
    if not people:
        return
    public_on = clock.today(now) + timedelta(days=DAYS)
    release.public_on, release.salt = public_on, new_salt()
    release.save(update_fields=["public_on", "salt"])
    _tell(release, people)
    facts: dict[str, str | int] = {
        "number": release.number,
        "people": len(people),
        "public_on": public_on.isoformat(),
        "seal": seal_of_release(release),
    }
    record(events.SHOWN_EARLY, about=release.ref, project=project.ref, facts=facts, now=now)


def _tell(release: Release, people: list[Person]) -> None:
    project, public_on = release.project, release.public_on
    names = {"project": project.title, "organisation": project.organisation.name}
    names["day"] = say_day(public_on) if public_on else ""
    link = reverse("release:early", args=[project.address, release.number])
    write_letters(
        Letter(
            key=f"figures-first:{release.ref}:{person.ref}",
            text="figures-first",
            link=link,
            names=names,
            person=person,
        )
        for person in people
    )


@transaction.atomic
def look(*, by: Person, release: Release, now: datetime) -> EarlyLook:
    """Note, once, that someone who decides saw figures before everyone.

    :raises Refusal: not theirs to see, or out for everyone
    """
    _allow(by, release, now)
    decides = has_role(by, release.project, ProjectRole.Name.DECISION_MAKER, now=now)
    found, is_new = EarlyLook.objects.get_or_create(
        release=release,
        person=by,
        defaults={"seen_on": clock.today(now), "delegate": not decides},
    )
    if is_new:
        _record(events.SEEN_EARLY, found, release, now)
    return found


@transaction.atomic
def comment(*, by: Person, release: Release, comment: str, now: datetime) -> EarlyLook:
    """Keep what someone who decides says about figures before everyone sees them.

    :raises Refusal: not theirs to see, out for everyone, or nothing said
    """
    _allow(by, release, now)
    if not comment.strip():
        raise Refusal(_("Write your comment first."), field="comment")
    found = look(by=by, release=release, now=now)
    found.comment, found.commented_on = comment.strip(), clock.today(now)
    found.save(update_fields=["comment", "commented_on"])
    _record(events.EARLY_COMMENT, found, release, now)
    return found


def _allow(by: Person, release: Release, now: datetime) -> None:
    if not may_see_early(by, release.project, now=now):
        raise Refusal(_("Only those who decide in this project see figures before everyone."))
    if not queries.is_early(release, today=clock.today(now)):
        raise Refusal(_("These figures are out. Everyone sees them now."))


def _record(event: Event, found: EarlyLook, release: Release, now: datetime) -> None:
    seen_as = "delegate" if found.delegate else "decision-maker"
    facts: dict[str, str | int] = {"number": release.number, "as": seen_as}
    record(event, about=release.ref, project=release.project_id, facts=facts, now=now)
