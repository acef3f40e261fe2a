from datetime import datetime

from goldenthread.debrief.replies import rounds, services
from goldenthread.kit.schedule import daily, every
from goldenthread.listen.voices.services.consenting import tells_of
from goldenthread.people.notifications.services import after_sent

after_sent("reply")(rounds.letter_was_taken)
tells_of(rounds.letters_tell_by)


@every(seconds=5)
def carry_replies(*, now: datetime) -> None:
    """Carry replies on their way some voices further."""
    rounds.carry_out(now=now)


@daily(at="05:00")
def catch_up(*, now: datetime) -> None:
    """Carry replies to voices that joined beneath them since, or were brought back."""
    rounds.reach_again(now=now)
    rounds.catch_up(now=now)


@daily(at="05:05")
def wait_no_longer(*, now: datetime) -> None:
    """Leave the board to voices behind which nobody waits any more."""
    del now
    rounds.wait_no_longer()


@daily(at="05:10")
def forget_answers(*, now: datetime) -> None:
    """Empty what was answered to one voice once its words are destroyed."""
    del now
    services.forget_answers()


@daily(at="09:10")
def ask_whether_changed(*, now: datetime) -> None:
    """Ask those who were told whether it changed for them."""
    rounds.ask_whether_changed(now=now)


@daily(at="09:20")
def write_news(*, now: datetime) -> None:
    """Write to those who asked for news of what went out before today."""
    rounds.write_news(now=now)
