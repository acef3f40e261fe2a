"""Two worlds that must never meet: everything of each, and one speaker of every role."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.test import Client

from goldenthread.act.decisions.models import AboutTheme, Decision, Option
from goldenthread.act.plans.models import Action, Change, Progress
from goldenthread.debrief.replies.models import Reply, Told
from goldenthread.empower.groups.models import Group, Seat
from goldenthread.empower.meetings.models import Meeting
from goldenthread.kit.sealing import seal
from goldenthread.listen.themes.models import Correction, Grouping, Theme
from goldenthread.listen.themes.tests.factories import ThemeFactory
from goldenthread.listen.voices.models import ClassSession
from goldenthread.listen.voices.tests.factories import VoiceFactory, released_voice
from goldenthread.organisations.models import Invitation, Label, Membership, Organisation
from goldenthread.organisations.tests.factories import member
from goldenthread.people.accounts.models import Person
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects.models import ProjectRole, Strand
from goldenthread.projects.speaker import RECEIPT, Guest, sealed_receipt
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.assessments.models import Assessment
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.equality.models import Asked
from goldenthread.safety.looks.models import SecondLook
from goldenthread.safety.moderation.models import Appeal, Complaint, Report
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory
from goldenthread.safety.requests.models import DataRequest
from goldenthread.safety.young.models import Term
from goldenthread.thread.events import WITNESS_ADDED
from goldenthread.thread.models import How, SignedHead
from goldenthread.thread.services import publish_head, record, tie
from tests.matrix.asked import asked_in
from tests.matrix.maps import maps_of
from tests.matrix.sorting import sorted_voices
from tests.matrix.told import told_and_asked
from tests.matrix.ways import ways_in

RELEASED = "Canary-released"
UNREAD = "Canary-unread"
CONCERN = "Canary-concern"
TODAY = date(2026, 3, 10)


@dataclass
class World:
    """One organisation with one project, and one of everything in it."""

    name: str
    around: Listening
    refs: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    receipt: Receipt | None = None
    sessions: dict[str, str] = field(default_factory=dict)


FIXED = {"kind": "voice", "question_key": "ask", "document": "invite", "assessment": "dpia"}
FIXED |= {"guide_part": "how-to", "guide_page": "run-a-room", "token": "not-asked"}
FIXED |= {"paper": "retention", "shape": "html", "secret": "not-invited", "mail": "not-sent"}


def build(name: str) -> World:
    """Build a world; its words carry canaries of its own."""
    around = listening_project()
    world = World(name, around)
    project, organisation = around.project, around.organisation
    world.refs |= {
        "organisation": organisation.address,
        "project": project.address,
        "short": project.short,
    }
    _school(world)
    _listen(world)
    _empower(world)
    _act(world)
    world.refs |= asked_in(around, world.refs["theme"], name, today=TODAY)
    world.refs |= maps_of(around, name, today=TODAY)
    _people(world)
    _furniture(world)
    return world


def _school(world: World) -> None:
    """Both are schools that ask young people: their pages are then there to be opened."""
    organisation, project = world.around.organisation, world.around.project
    organisation.kind, project.ages = Organisation.Kind.SCHOOL, ["16-17", "adult"]
    organisation.save()
    project.save()
    days = {"starts_on": date(2026, 1, 5), "ends_on": date(2026, 3, 27)}
    world.refs["term"] = Term.objects.create(
        organisation=organisation, name=f"Term-{world.name}", **days
    ).ref


def _listen(world: World) -> None:
    project = world.around.project
    world.receipt = Receipt.objects.create(
        drawer="K7M3",
        auth=world.name.encode().ljust(32, b"-"),
        scope=project.ref,
        issued_week=TODAY,
    )
    heard = released_voice(project, f"{RELEASED}-{world.name}", receipt=world.receipt)
    unread = VoiceFactory.create(
        words=WordsFactory.create(project=project, text=f"{UNREAD}-{world.name}")
    )
    concern = Concern.objects.create(
        project=project,
        words=unread.words,
        why=f"{CONCERN}-{world.name}",
        raised_on=TODAY,
        raised_at=NOW,
    )
    Asked.objects.create(project=project, since_on=TODAY)
    world.refs |= told_and_asked(project, f"{RELEASED}-{world.name}")
    theme = ThemeFactory.create(
        project=project,
        title=f"Theme-{world.name}",
        state=Theme.State.SHOWN_BACK,
        shown_back_on=TODAY,
    )
    Grouping.objects.create(theme=theme, voice=heard)
    tie(("voice", heard.ref), ("theme", theme.ref), how=How.GROUPED, project=project.ref)
    world.refs |= {
        "voice": heard.ref,
        "words": unread.words_id,
        "concern": concern.ref,
        "theme": theme.ref,
    }
    world.refs |= sorted_voices(world.around, world.name, theme, heard, today=TODAY)
    world.refs |= ways_in(project, world.name, today=TODAY)


def _empower(world: World) -> None:
    project = world.around.project
    group = Group.objects.create(
        project=project, name=f"Panel-{world.name}", purpose="To decide.", made_on=TODAY
    )
    seat = Seat.objects.create(
        group=group,
        person=world.around.mina,
        filled=Seat.Filled.DRAWN,
        lived_experience=True,
        starts_on=TODAY,
    )
    meeting = Meeting.objects.create(
        group=group,
        title=f"Meeting-{world.name}",
        starts_at=NOW + timedelta(days=9),
        ends_at=NOW + timedelta(days=9, hours=2),
        place="Library",
        expenses="Fares.",
        quiet_space="Room 2",
        breaks="Every hour",
        support_person="Pat",
        recorded_how="Notes",
        state=Meeting.State.ANNOUNCED,
        announced_on=TODAY,
    )
    world.refs |= {"group": group.ref, "seat": seat.ref, "meeting": meeting.ref}


def _act(world: World) -> None:
    project, theme = world.around.project, world.refs["theme"]
    decision = Decision.objects.create(
        project=project,
        title=f"Decision-{world.name}",
        question="Shall we?",
        decided_by="The panel",
        how_many=12,
        how_many_lived=8,
        what_people_said="That nobody told them.",
        outcome="yes",
        why="Because it helps.",
        decided_on=TODAY,
        state=Decision.State.PUBLISHED,
        published_on=TODAY,
        number=1,
    )
    Option.objects.create(decision=decision, text="Yes", chosen=True, position=1)
    AboutTheme.objects.create(decision=decision, theme_id=theme)
    action = Action.objects.create(
        project=project,
        decision=decision,
        what="Write weekly",
        owner_name="Ola",
        co_owner_name="Cara",
        due_on=TODAY + timedelta(days=30),
        planned_on=TODAY,
    )
    Progress.objects.create(action=action, text="Begun.", on=TODAY)
    change = Change.objects.create(
        project=project,
        action=action,
        what_is_different="People hear each Monday.",
        evidence="The log.",
        since_on=TODAY - timedelta(days=40),
        claimed_on=TODAY,
    )
    reply = Reply.objects.create(
        project=project,
        about_kind="theme",
        about=theme,
        text="We heard you.",
        happens_next="We meet in May.",
        signed_by="Tom",
        state=Reply.State.SENT,
        written_on=TODAY,
        sent_on=TODAY,
    )
    Told.objects.create(
        reply=reply, voice_id=world.refs["voice"], state=Told.State.WAITING, on=TODAY
    )
    tie(("theme", theme), ("decision", decision.ref), how=How.DECIDED, project=project.ref)
    world.refs |= {
        "decision": decision.ref,
        "action": action.ref,
        "change": change.ref,
        "reply": reply.ref,
    }


def _people(world: World) -> None:
    around, organisation = world.around, world.around.organisation
    suspended = member("Sid", organisation)
    Membership.objects.filter(person=suspended).update(suspended_on=TODAY)
    ProjectRole.objects.create(
        project=around.project,
        person=suspended,
        name=ProjectRole.Name.READER,
        starts_on=date(2026, 2, 2),
    )
    world.people = {
        "member": around.mina,
        "co-lead": around.cara,
        "facilitator": around.tom,
        "reader": around.rosa,
        "safeguarder": around.priya,
        "decision-maker": around.dev,
        "treasurer": member("Tess", organisation, "treasurer"),
        "administrator": around.ada,
        "steward": member("Stan", organisation, "steward"),
        "suspended": suspended,
    }
    for person in world.people.values():
        Authenticator.objects.create(
            user=person, type=Authenticator.Type.TOTP, data={"secret": "x"}
        )


def _furniture(world: World) -> None:
    organisation, project = world.around.organisation, world.around.project
    with transaction.atomic():
        record(WITNESS_ADDED, about=project.ref, facts={"mark": "0123abcd"}, now=NOW)
    publish_head(now=NOW)
    world.refs |= {"size": SignedHead.objects.latest("size").size, "tile": "entries/000.p/1"}
    label = Label.objects.create(organisation=organisation, text=f"Carer-{world.name}")
    invitation = Invitation.objects.create(
        organisation=organisation,
        mark=world.name.encode().ljust(32, b"="),
        ends_on=date(2026, 12, 1),
    )
    strand = Strand.objects.create(
        project=project, name=f"Parents-{world.name}", short=f"P{organisation.ref.hex[:5]}"
    )
    asked = DataRequest.objects.create(
        organisation=organisation,
        kind="access",
        text=seal(f"Canary-asked-{world.name}"),
        received_on=TODAY,
        due_on=date(2026, 4, 10),
    )
    correction = Correction.objects.create(
        theme_id=world.refs["theme"], voice_id=world.refs["voice"], answer="no", on=TODAY
    )
    Assessment.objects.create(
        project=project,
        kind="dpia",
        version=1,
        answers={"nature": "Text."},
        begun_on=TODAY,
        signed_on=TODAY,
        signed_as="Facilitator",
        review_on=date(2027, 3, 1),
    )
    Assessment.objects.create(project=project, kind="dpia", version=2, begun_on=TODAY)
    report = Report.objects.create(
        project=project,
        kind="voice",
        about=world.refs["voice"],
        words_id=world.refs["voice"],
        because="other",
        received_on=TODAY,
        due_at=NOW,
    )
    gone = released_voice(project, f"Removed-{world.name}")
    Words.objects.filter(ref=gone.pk).update(state="removed", unpublished_because="advert")
    read = WordsFactory.create(
        project=project,
        text=f"{UNREAD}-{world.name}",
        state="unpublished",
        unpublished_because="advert",
        read_by=world.around.sam,
    )
    look = SecondLook.objects.create(words=read, drawn_on=TODAY)
    appeal = Appeal.objects.create(
        words_id=gone.pk, text=f"Appeal-{world.name}", asked_on=TODAY, due_on=TODAY
    )
    complaint = Complaint.objects.create(
        organisation=organisation,
        about="service",
        text=f"Complaint-{world.name}",
        received_on=TODAY,
        acknowledge_by=TODAY,
    )
    world.refs |= FIXED | {
        "reported": world.refs["voice"],
        "report": report.ref,
        "appeal": appeal.ref,
        "look": look.ref,
        "complaint": complaint.ref,
        "correction": correction.ref,
        "asked": asked.ref,
        "pk": Authenticator.objects.get(user=world.around.mina).pk,
        "label": label.ref,
        "invitation": invitation.ref,
        "strand": strand.ref,
        "line": organisation.help_lines.get().ref,
        "help_line": organisation.help_lines.get().ref,
        "membership": Membership.objects.get(person=world.around.mina).ref,
        "person": world.around.mina.ref,
        "role": project.roles.get(person=world.around.tom).ref,
        "duty": project.rota.filter(stand_in=True)[0].ref,
        "partner": project.partners.get().ref,
        "practice": "thank-you",
        "stage": "listen",
        "class_code": ClassSession.objects.create(
            project=project,
            code=f"C{organisation.ref.hex[:5].upper()}",
            name=f"Class-{world.name}",
            on=TODAY,
            until=NOW + timedelta(hours=2),
        ).code,
        "step": "listen",
    }


ROLES = (
    "guest",
    "receipt holder",
    "member",
    "co-lead",
    "facilitator",
    "reader",
    "safeguarder",
    "decision-maker",
    "treasurer",
    "administrator",
    "steward",
    "suspended",
)


def client_of(world: World, role: str) -> Client:
    """Return a new browser in which someone of this role is signed in."""
    client = Client(raise_request_exception=False)
    if role not in world.sessions:
        world.sessions[role] = _begin(world, role)
    if world.sessions[role]:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[role]
    return client


def _begin(world: World, role: str) -> str:
    """Begin a session and return its key; a guest has none."""
    client = Client()
    if role == "receipt holder":
        session = client.session
        session[RECEIPT] = (
            sealed_receipt(Guest(world.receipt.ref), stays_open=2**31) if world.receipt else ""
        )
        session.save()
    elif role != "guest":
        client.force_login(world.people[role])
        client.get("/help/")  # notes the sign of life, so that no later request has to
    held = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return held.value if held else ""


NOBODY = UUID("00000000-0000-4000-8000-000000000000")
AT = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
