"""What became of voices: each counted once, and the organisation's deeds by whom and why."""

from datetime import date

import pytest

from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.projects.models import Partner, ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.moderation import counting, services
from goldenthread.safety.moderation.tests.factories import WORDS, removed, reported, shown_voice
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory
from goldenthread.thread.services import append_held

pytestmark = pytest.mark.django_db


def live(here: Listening) -> None:
    """One of everything."""
    unread = WordsFactory.create(project=here.project)
    reading.do_not_publish(
        by=here.rosa, words=unread, because="advert", explanation="An advert.", version=0, now=NOW
    )
    reading.withdraw(words=shown_voice(here).words, now=NOW)
    removed(here, shown_voice(here), because="author-asked")
    reading.destroy(refs=[shown_voice(here).pk], because="asked-erased", now=NOW)
    reading.destroy(refs=[shown_voice(here).pk], because="time-over", now=NOW)
    removed(here, shown_voice(here))
    reported(here, shown_voice(here), note=WORDS)
    append_held(now=NOW)


def test_of_people_each_voice_is_counted_once_and_removal_apart_from_withdrawal() -> None:
    here, other = listening_project(), listening_project()
    live(here)
    counts = counting.of_people(here.project)
    assert {name: n for name, n in counts.items() if n} == {
        "moderation:unpublished:advert": 1,
        "moderation:unpublished": 1,
        "moderation:withdrawn": 1,
        "moderation:author-asked": 2,
        "moderation:time-over": 1,
        "moderation:reported": 1,
    }
    assert not any(counting.of_people(other.project).values())


def test_lines_beside_answers_are_no_voices() -> None:
    here = listening_project()
    WordsFactory.create(
        project=here.project,
        purpose=Words.Purpose.CONFIRMATION,
        state=Words.State.WITHDRAWN,
        withdrawn_on=NOW.date(),
    )
    assert not any(counting.of_people(here.project).values())


def test_the_reasons_add_up_to_all_that_was_not_published() -> None:
    here = listening_project()
    counts = counting.of_people(here.project)
    [(whole, parts)] = counting.adding_up(counts).items()
    assert whole == "moderation:unpublished"
    assert "moderation:unpublished:method" in parts
    assert whole not in parts


def test_a_removal_is_told_by_organisation_role_and_reason_and_never_by_name() -> None:
    here = listening_project()
    live(here)
    assert counting.how_many_removed(here.project) == 1
    [told] = counting.removed_by(here.project)
    assert (told.organisation, told.role, told.number) == (here.organisation.name, "Facilitator", 1)
    assert told.reason == "It is not about this question."
    assert "Tom" not in repr(told)


def test_in_a_shared_project_it_says_which_partner_asked() -> None:
    here = listening_project()
    union = OrganisationFactory.create(name="Students’ union")
    Partner.objects.create(project=here.project, organisation=union)
    uma = member("Uma", union)
    ProjectRole.objects.create(
        project=here.project,
        person=uma,
        name=ProjectRole.Name.CO_LEAD,
        starts_on=date(2026, 2, 2),
    )
    removed_by_uma = reading.ask_to_remove(
        by=uma, words=shown_voice(here).words, because="advert", now=NOW
    )
    reading.agree_to_remove(by=here.cara, removal=removed_by_uma, now=NOW)
    [told] = counting.removed_by(here.project)
    assert (told.organisation, told.role) == ("Students’ union", "Co-lead")
    uma.delete()
    [told] = counting.removed_by(here.project)
    assert told.role == "Someone who has left"


def test_what_was_only_asked_for_or_refused_is_no_removal() -> None:
    here = listening_project()
    asked = reading.ask_to_remove(
        by=here.tom, words=shown_voice(here).words, because="advert", now=NOW
    )
    assert counting.how_many_removed(here.project) == 0
    reading.refuse_to_remove(by=here.cara, removal=asked, now=NOW)
    assert counting.how_many_removed(here.project) == 0


def test_appeals_are_counted_once_they_are_decided() -> None:
    here = listening_project()
    for outcome in ("upheld", "overturned", "overturned"):
        words = removed(here, shown_voice(here))
        appeal = services.appeal(words=words, text=WORDS, now=NOW)
        services.decide_appeal(by=here.sam, appeal=appeal, outcome=outcome, answer="So.", now=NOW)
    services.appeal(words=removed(here, shown_voice(here)), text=WORDS, now=NOW)
    assert counting.appeals_decided(here.project) == {"upheld": 1, "overturned": 2}
