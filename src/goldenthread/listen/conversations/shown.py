"""What the pages of conversations show, put together from queries."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.shapes import Crumb, Fact
from goldenthread.kit.text import say_counted
from goldenthread.listen.conversations import forms, mapped, permissions, queries
from goldenthread.listen.conversations.asking import Asked
from goldenthread.listen.conversations.incoming import Brought
from goldenthread.listen.conversations.models import Conversation, Stance, Statement
from goldenthread.listen.conversations.pictures import BY_NAME, Picture
from goldenthread.projects.models import Project
from goldenthread.projects.queries import partners_of
from goldenthread.projects.speaker import Speaker


def about_project(project: Project) -> dict[str, Any]:
    """Return what every page of a project needs."""
    return {"project": project, "organisation": project.organisation}


def around(conversation: Conversation, speaker: Speaker) -> dict[str, Any]:
    """Return what every page of a conversation needs."""
    now = clock.now()
    return about_project(conversation.project) | {
        "conversation": conversation,
        "crumbs": crumbs(conversation),
        "has_map": queries.has_map(conversation),
        "is_voting": queries.is_voting(conversation),
        "may_add": permissions.may_add(speaker, conversation, now=now),
        "values": VALUES,
    }


def asked_by(project: Project) -> list[str]:
    """Return the names of those who ask: every partner, who answers for the data first."""
    partners = sorted(partners_of(project), key=lambda each: not each.controller)
    names = [each.organisation.name for each in partners]
    return names or [project.organisation.name]


VALUES = (
    (Stance.Value.AGREE, "1"),
    (Stance.Value.DISAGREE, "2"),
    (Stance.Value.PASS, "3"),
)


def crumbs(conversation: Conversation) -> list[Crumb]:
    """Return the way here."""
    address = conversation.project.address
    here = reverse("conversations:conversation", args=[address, conversation.ref])
    if conversation.state == Conversation.State.DRAFT:
        here = reverse("conversations:desk", args=[address, conversation.ref])
    home = reverse("pages:project", args=[address])
    return [Crumb(conversation.project.title, home), Crumb(_("Conversation"), here)]


def picture_of(statement: Statement | Asked | None) -> Picture | None:
    """Return the picture that stands beside a statement."""
    return BY_NAME.get(statement.picture) if statement else None


def answers(stances: Iterable[Stance]) -> list[dict[str, Any]]:
    """Return one's own answers as rows."""
    return [
        {
            "statement": each.statement,
            "picture": picture_of(each.statement),
            "value": each.value,
            "says": each.get_value_display(),
        }
        for each in stances
    ]


def place_of(conversation: Conversation, mark: bytes | None) -> str:
    """Tell somebody in which group of the newest map they are."""
    if not queries.has_map(conversation) or mark is None:
        return ""
    own = queries.participant_at(conversation, mark)
    return mapped.place(queries.newest_of(conversation), own)


def desk(conversation: Conversation) -> dict[str, Any]:
    """Return what organisers see of a conversation while they work on it."""
    added = queries.from_people(conversation)
    return {
        "seeds": [
            {"statement": each, "picture": picture_of(each)}
            for each in queries.seeds_of(conversation)
        ],
        "shown": say_counted(added.shown, "statement", "statements"),
        "waiting": added.waiting,
        "drawing": queries.newest_of(conversation),
        "shared": conversation.project.board == Project.Board.SHARED,
    }


def naming(groups: Iterable[dict[str, Any]], sent: forms.NameGroup | None) -> list[dict[str, Any]]:
    """Put beside each group the form that names it; one that has to be put right is shown again."""
    return [each | {"form": _naming(each, sent)} for each in groups]


def _naming(group: dict[str, Any], sent: forms.NameGroup | None) -> forms.NameGroup:
    if sent is not None and sent.data.get("letter") == group["letter"]:
        return sent
    called = group["name"].name if group["name"] else ""
    return forms.NameGroup(
        initial={"letter": group["letter"], "name": called},
        auto_id=f"id_{group['letter']}_%s",
    )


def found(brought: Brought) -> list[Fact]:
    """Say what the files of an export give, before anything is saved."""
    how = {
        "asked": _("as you chose"),
        "assumed": _("as exports have it; the files do not prove it"),
    }.get(brought.sign_from, _("found from the counts in %(file)s") % {"file": brought.sign_from})
    facts = [
        Fact(_("Statements"), f"{len(brought.statements):,}"),
        Fact(_("People who answered"), f"{brought.people:,}"),
        Fact(_("Answers"), f"{brought.answers:,}"),
        Fact(_("Agree is written as"), f"{brought.sign} ({how})"),
    ]
    if brought.turned_down:
        facts.append(Fact(_("Turned down there, left out"), f"{brought.turned_down:,}"))
    if brought.without_words:
        facts.append(Fact(_("Without words, left out"), f"{brought.without_words:,}"))
    return facts
