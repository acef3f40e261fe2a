"""R32: what was erased is in no file of the installation: tables, indexes, log, search, mails."""

from pathlib import Path

import pytest
from tests.resilience.house import clear, database_files, goldenthread, inside

pytestmark = pytest.mark.submission

CANARIES = (
    "Quillfeather",
    "Brackenmoor",
    "Thistledown",
    "Fennelwick",
    "Marramgrass",
    "Gorsehollow",
)
STAYS = b"Willowherb"  # what nobody erased: that we look in the right place

PLANT = """
from datetime import timedelta
from django.core.management import call_command
from goldenthread.kit import clock
from goldenthread.kit.sealing import seal
from goldenthread.organisations.models import Organisation, Membership
from goldenthread.people.accounts.services import welcome
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.models import Project
from goldenthread.safety.reading import services
from goldenthread.safety.reading.models import Exchange, Words
now = clock.now()
today = clock.today(now)
organisation = Organisation.objects.create(
    name="Northmoor", address="northmoor", kind="charity", nation="england", created_on=today)
project = Project.objects.create(
    address="one", short="K7M3QX", title="One", summary="One.", organisation=organisation,
    created_on=today)
person = welcome(email="gorsehollow@example.org", name="Gorsehollow", now=now)
Membership.objects.create(organisation=organisation, person=person, joined_on=today)
def hold(text):
    return services.hold_words(
        project=project, text=text, would_have_helped="Brackenmoor.", now=now)
for _ in range(30):  # frequent enough for the planner to remember the value
    shown = hold("Quillfeather.")
    Words.objects.filter(pk=shown.pk).update(
        state="released", released_on=today, shown="Quillfeather.", helped_shown="Brackenmoor.")
    Exchange.objects.create(words=shown, kind="asked", text="Thistledown?", on=today, place=0)
hold("Fennelwick.")
kept = hold("Willowherb.")
Words.objects.filter(pk=kept.pk).update(would_have_helped="")
Letter.objects.create(key="x", person=person, text="news", link="/", state="sent", sent_on=today,
                      names={"organisation": "Marramgrass"})
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
    cursor.execute("CHECKPOINT")
answer = {"kept": str(kept.pk), "person": str(person.pk)}
"""

ERASE = """
from datetime import timedelta
from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.services import close_account
from goldenthread.safety.reading import services
from goldenthread.safety.reading.models import Words
now = clock.now()
for words in Words.objects.exclude(pk=given["kept"]):
    services.withdraw(words=words, now=now - timedelta(days=8))
answer = services.destroy_due(now=now)
close_account(by=Person.objects.get(pk=given["person"]), now=now)
"""

SCRUB = """
from goldenthread.safety.retention.scrubbing import scrub
answer = scrub()
"""


def copies(data: Path, word: bytes) -> dict[str, int]:
    """How often a word stands in each file of the installation, in any of three spellings."""
    found = {}
    for path in {*data.rglob("*"), *database_files(data).rglob("*")}:
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            spelt = {word, word.lower(), word.upper()}
            if number := sum(content.count(each) for each in spelt):
                found[path.name] = number
    return found


def residue(data: Path) -> dict[str, dict[str, int]]:
    return {word: found for word in CANARIES if (found := copies(data, word.encode()))}


def test_no_copy_of_what_was_erased_is_left(tmp_path):
    data = tmp_path / "data"
    try:
        erase_and_look(data)
    finally:
        clear(data)


def erase_and_look(data):
    prepared = goldenthread(data, "prepare")
    assert prepared.returncode == 0, prepared.stderr
    planted = inside(data, PLANT)
    assert set(residue(data)) == set(CANARIES)
    assert inside(data, ERASE, **planted) == 31
    deleted = residue(data)
    assert deleted, "the negative control: deleting alone leaves copies"
    assert "reading_words" in inside(data, SCRUB)
    assert residue(data) == {}
    assert copies(data, STAYS)
