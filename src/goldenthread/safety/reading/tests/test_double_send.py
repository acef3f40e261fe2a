"""R6 where the words are held: whoever keeps the form's key rolls back everything with it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from goldenthread.kit.models import Round
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import services
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import HeldEntry

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 20


def send(here: Listening, *, together: bool) -> None:
    """Hold words and keep a form key (any unique row), in one transaction or in two."""
    try:
        with transaction.atomic(durable=False):
            services.hold_words(project=here.project, text="The wait is long.", now=NOW)
            if together:
                Round.objects.create(name="form key", due_at=NOW)
        if not together:
            Round.objects.create(name="form key", due_at=NOW)
    except IntegrityError:
        pass
    finally:
        connection.close()


def held_after(*, together: bool) -> tuple[int, int]:
    here = listening_project()
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda _time: send(here, together=together), range(TIMES)))
    return Words.objects.count(), HeldEntry.objects.filter(kind="words.received").count()


def test_sent_twenty_times_at_once_words_are_held_once() -> None:
    assert held_after(together=True) == (1, 1)


def test_the_count_would_notice_a_key_that_is_kept_apart() -> None:
    assert held_after(together=False) == (TIMES, TIMES)
