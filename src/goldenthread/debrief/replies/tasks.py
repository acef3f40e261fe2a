from datetime import datetime

from goldenthread.debrief.replies import rounds, services
from goldenthread.kit.schedule import daily, every
from goldenthread.people.notifications.services import after_sent

after_sent("reply")(rounds.letter_was_taken)


@every(seconds=5)
def carry_replies(*, now: datetime) -> None:
    """Carry replies on their way some voices further."""
    rounds.carry_out(now=now)


@daily(at="05:00")
def catch_up(*, now: datetime) -> None:
    """Carry replies to voices that joined beneath them since."""
    rounds.catch_up(now=now)


@daily(at="05:10")
def forget_answers(*, now: datetime) -> None:
    """Empty what was answered to one voice once its words are destroyed."""
    del now
    services.forget_answers()


@daily(at="09:10")
def ask_whether_changed(*, now: datetime) -> None:
    """Ask those who were told whether it changed for them."""
    rounds.ask_whether_changed(now=now)
