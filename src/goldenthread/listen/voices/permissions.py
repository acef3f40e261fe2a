from datetime import datetime

from django.db.models import QuerySet

from goldenthread.listen.voices.models import Voice
from goldenthread.organisations.models import Membership
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.permissions import may_see_board, memberships_behind
from goldenthread.projects.roles import has_role
from goldenthread.projects.speaker import Guest, Speaker
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.concerns.permissions import may_see as may_see_concern
from goldenthread.safety.reading.models import Words

Name = ProjectRole.Name


def may_bring_in(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """A facilitator brings voices in, from a file or from paper."""
    return has_role(speaker, project, Name.FACILITATOR, now=now)


def may_see_author(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Only support staff may see who wants to be known to them alone."""
    return has_role(speaker, project, Name.SAFEGUARDER, now=now)


def may_look_at_author(speaker: Speaker, voice: Voice, *, now: datetime) -> bool:
    """Support staff, and whoever looks after a concern about these very words."""
    if may_see_author(speaker, voice.project, now=now):
        return True
    concern = Concern.objects.filter(words=voice.pk).select_related("project__organisation")
    return any(may_see_concern(speaker, each, now=now) for each in concern)


def may_say_true_for_me(speaker: Speaker, voice: Voice, *, now: datetime) -> bool:
    """Members, and guests whose receipt of this project is open; never for their own words."""
    if is_mine(speaker, voice) or not may_see_board(speaker, voice.project, now=now):
        return False
    return voice.words.state == Words.State.RELEASED and may_agree_here(speaker, voice.project)


def may_agree_here(speaker: Speaker, project: Project) -> bool:
    """Return whether the speaker counts as one person in this project."""
    return standing_in(project, speaker).exists()


def holds_receipt_of(speaker: Speaker, project: Project) -> bool:
    """Return whether a guest has opened a receipt that belongs to the project."""
    return isinstance(speaker, Guest) and may_agree_here(speaker, project)


def standing_in(project: Project, speaker: Speaker) -> QuerySet[Membership] | QuerySet[Receipt]:
    """Return the rows by which the speaker counts here: a membership, or the open receipt."""
    if not isinstance(speaker, Guest):
        return memberships_behind(speaker, project)
    if speaker.receipt is None:
        return Receipt.objects.none()
    return Receipt.objects.filter(ref=speaker.receipt, scope=project.ref, closed=False)


def is_mine(speaker: Speaker, voice: Voice) -> bool:
    """Return whether the voice is linked to the speaker, by account or by open receipt."""
    if isinstance(speaker, Guest):
        return speaker.receipt is not None and voice.receipt_id == speaker.receipt
    return voice.author_id == speaker.pk
