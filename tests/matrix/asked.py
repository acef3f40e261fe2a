"""A brief that waits for its decision-maker, someone who stands in, and figures not out yet."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from goldenthread.act.briefs.models import Brief, BriefOption, BriefTheme, Delegation
from goldenthread.projects.tests.factories import Listening
from goldenthread.safety.release.models import Release

SALT = b"s" * 32


def asked_in(around: Listening, theme: UUID, name: str, *, today: date) -> dict[str, Any]:
    """Ask for a decision in a project; return what its addresses are filled with."""
    project = around.project
    brief = Brief.objects.create(
        project=project,
        number=1,
        title=f"Brief-{name}",
        ask="Shall we?",
        asked_of=around.dev,
        written_by=around.cara,
        decide_by=today + timedelta(days=10),
        state=Brief.State.GIVEN,
        given_on=today,
        salt=SALT,
    )
    option = BriefOption.objects.create(
        brief=brief, text="Yes", cost="None", risk="None", outcome="yes", position=0
    )
    BriefTheme.objects.create(brief=brief, theme_id=theme)
    delegation = Delegation.objects.create(
        project=project,
        decision_maker=around.dev,
        delegate=around.sam,
        starts_on=today,
        ends_on=today + timedelta(days=30),
    )
    early = Release.objects.create(
        project=project,
        number=7,
        figures={},
        bases={},
        frozen_on=today,
        public_on=today + timedelta(days=5),
        salt=SALT,
    )
    return {
        "brief": brief.ref,
        "option": option.ref,
        "delegation": delegation.ref,
        "number": early.number,
    }
