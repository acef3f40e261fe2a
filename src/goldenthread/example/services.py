"""Loading the worked example: everything through the services of the rooms."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from goldenthread.example import keepers
from goldenthread.example.models import Loaded
from goldenthread.example.queries import MARK, is_loaded
from goldenthread.example.stories import (
    asking,
    conversing,
    crisis,
    gathering,
    measuring,
    moderating,
    network,
    places,
    quoting,
    school,
    sorting,
    surveying,
    telling,
    waiting,
    welcome,
)
from goldenthread.example.stories.stage import Calendar
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import seal
from goldenthread.organisations.models import Organisation
from goldenthread.thread import services as record
from goldenthread.thread.models import Witness

STEPS = 160  # about as many ticks as a load gives, for the progress bar
TRY_AS = (
    ("Member", "northmoor", "mina"),
    ("Co-lead", "northmoor", "cara"),
    ("Facilitator", "northmoor", "tom"),
    ("Reader", "northmoor", "rosa"),
    ("Second reader", "northmoor", "sam"),
    ("Safeguarder", "northmoor", "priya"),
    ("Decision-maker", "northmoor", "dev"),
    ("Treasurer", "northmoor", "tess"),
    ("Administrator", "northmoor", "ada"),
    ("Steward", "northmoor", "stan"),
    ("Head of the school", "alderbrook", "hanna"),
    ("Facilitator at the school", "alderbrook", "owen"),
    ("Reader at the school", "alderbrook", "meg"),
    ("Champion", "long-table", "jean"),
    ("Facilitator of the network", "long-table", "rory"),
    ("Director of the network", "long-table", "angus"),
)


@transaction.atomic
def load(*, now: datetime, tick: Callable[[], None] = lambda: None) -> Loaded:
    """Load four organisations and their ten projects, all or nothing.

    :raises Refusal: the example is loaded already, or real organisations are here
    """
    if is_loaded():
        raise Refusal("The worked example is already here.")
    if Organisation.objects.exists():
        raise Refusal(
            "There are organisations here already; the worked example needs an empty place."
        )
    calendar = Calendar(now, tick)
    university, forum = places.northmoor(calendar), places.fenland(calendar)
    code = waiting.tell(calendar, university)
    crisis.tell(calendar, forum, university)
    welcome.tell(calendar, university)
    gathering.tell(calendar, forum, university)
    telling.tell(calendar, university)
    conversing.tell(calendar, university)
    sorting.tell(calendar, university)
    sorting.suggest(calendar, forum)
    moderating.tell(calendar, university)
    quoting.tell(calendar, university, code)
    asking.tell(calendar, university)
    measuring.tell(calendar, university)
    surveying.tell(calendar, university)
    casts = {"northmoor": university, "alderbrook": places.alderbrook(calendar)}
    casts["long-table"] = places.long_table(calendar)
    school.tell(calendar, casts["alderbrook"])
    network.tell(calendar, casts["long-table"])
    _seal(now)
    transaction.on_commit((settings.DATA / MARK).touch)
    return Loaded.objects.create(
        on=calendar.today,
        people=[
            [role, casts[place][name].name, str(casts[place][name].ref)]
            for role, place, name in TRY_AS
        ],
        code=seal(code),
    )


def _seal(now: datetime) -> None:
    """What the first night does: shuffle in, seal, check, and let the keepers look."""
    record.append_held(now=now)
    record.publish_head(now=now)
    keepers.keep(now=now)
    record.publish_head(now=now)
    record.check_record(now=now)
    keepers.keep(now=now)


def keep_watch(*, now: datetime) -> None:
    """Let the keepers of the example look again, where it is loaded."""
    if is_loaded() and Witness.objects.filter(until=None).exists():
        keepers.keep(now=now)
