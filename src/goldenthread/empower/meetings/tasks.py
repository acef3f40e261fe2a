from datetime import datetime

from goldenthread.empower.meetings import letters, queries, services
from goldenthread.kit.schedule import daily


@daily(at="04:10")
def freeze_tallies(*, now: datetime) -> None:
    """Freeze the totals of promise checks where ten more have come."""
    for group in queries.groups_with_checks():
        services.freeze_tally(group=group, now=now)


@daily(at="04:15")
def forget_needs(*, now: datetime) -> None:
    """Destroy what people said they need, thirty days after the meeting."""
    services.forget_needs(now=now)


@daily(at="08:30")
def invite_newcomers(*, now: datetime) -> None:
    """Invite whoever has taken a seat since a meeting ahead was announced."""
    for meeting in queries.announced_ahead(now):
        letters.invite_newcomers(meeting, now=now)


@daily(at="09:00")
def ask_how_it_was(*, now: datetime) -> None:
    """Ask contributors the morning after whether the promises were kept."""
    for meeting, seats in queries.contributors_to_ask(now):
        letters.ask_how_it_was(meeting, seats)
