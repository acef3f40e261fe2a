import pytest

from goldenthread.act.decisions.tests.factories import LATER, agreed_theme, published
from goldenthread.debrief.replies import queries, waiting
from goldenthread.debrief.replies.services import confirm, opened
from goldenthread.debrief.replies.tests.factories import (
    JULY,
    by_member,
    by_nobody,
    by_receipt,
    changed,
    sent,
    written,
)
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.organisations.models import Membership
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.release import registry
from goldenthread.safety.release.queries import latest
from goldenthread.safety.release.services import freeze

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return listening_project()


def said(house, times):
    """Make voices that share one receipt: quicker than a receipt each."""
    receipt = by_receipt(house).receipt
    return [released_voice(house.project, receipt=receipt) for _ in range(times - 1)] + list(
        Voice.objects.filter(receipt=receipt)[:1]
    )


def test_an_empty_project_says_so_in_words(house):
    links = queries.chain(house.project)
    assert [link.numeral for link in links] == [
        "Not yet",
        "No topics yet",
        "Nothing yet",
        "Fewer than 10",
        "Fewer than 10",
    ]
    assert all(link.sentence for link in links)


def test_deeds_are_exact_and_people_come_from_the_release(house):
    voices = said(house, 23)
    change = changed(house, voices)
    agreed_theme(house, [by_nobody(house).ref], title="Evening hours")
    sent(house, "change", change)
    opened(voices=voices, now=LATER)
    receipt = Receipt.objects.get()
    for at, voice in enumerate(voices[:14]):
        answer = "yes" if at < 11 else "no"
        confirm(by=Guest(receipt.ref), voice=voice, change=change, answer=answer, now=JULY)
    before = queries.chain(house.project)
    assert before[3].numeral == "Fewer than 10"
    freeze(project=house.project, now=JULY)
    heard, decided, changed_now, told, confirmed = queries.chain(house.project)
    assert heard.numeral == "1 day"
    assert (decided.numeral, decided.sentence) == (
        "1 of 2",
        "topics decided, each with a reason (1 yes, 0 partly, 0 no)",
    )
    assert changed_now.numeral == "1 of 1"
    assert told.numeral == "25 of 25"
    assert confirmed.numeral == "10 of 15"
    figures = latest(house.project)
    assert figures.number(f"change:{change.ref}:yes") == 10
    assert figures.number(f"change:{change.ref}:no") is None


def test_every_registered_count_is_a_plain_number(house):
    changed(house, said(house, 2))
    counts = registry.wholes_of(house.project) | registry.parts_of(house.project)
    assert {"voices", "told", "answered", "waiting", "board", "confirmed"} <= set(counts)
    assert all(type(count) is int for count in counts.values())


def test_figures_do_not_move_with_the_next_person(house):
    voices = said(house, 12)
    theme = agreed_theme(house, [voice.ref for voice in voices])
    sent(house, "theme", theme)
    opened(voices=voices[:11], now=LATER)
    freeze(project=house.project, now=LATER)
    frozen = queries.chain(house.project)[3]
    opened(voices=voices, now=LATER)
    assert queries.chain(house.project)[3] == frozen


def test_taken_back_words_are_in_no_figure(house):
    voices = said(house, 12)
    sent(house, "theme", agreed_theme(house, [voice.ref for voice in voices]))
    opened(voices=voices, now=LATER)
    words = [voice.words for voice in voices[:3]]
    type(words[0]).objects.filter(pk__in=[each.pk for each in words]).update(
        state="withdrawn", withdrawn_on=NOW.date()
    )
    release = freeze(project=house.project, now=LATER)
    assert (release.bases["voices"], release.bases["told"]) == (9, 9)
    assert release.figures["told"] is None


def test_the_chain_costs_few_queries(house):
    changed(house, [by_nobody(house)])
    with at_most(3):
        queries.chain(house.project)


def work(house, who, now=LATER):
    return [
        (each.tone, each.text)
        for each in waiting.to_tell(getattr(house, who), [house.project], now=now)
    ]


def test_needs_you_names_what_nobody_was_told(house):
    theme = agreed_theme(house, [by_receipt(house).ref])
    assert work(house, "tom") == []
    decision = published(house, theme)
    title = house.project.title
    assert work(house, "tom") == [
        ("due", f"{title}: tell people about one thing that was decided or has changed")
    ]
    assert work(house, "tom", now=JULY)[0][0] == "overdue"
    written(house, "decision", decision)
    assert work(house, "cara")[1] == ("quiet", f"{title}: one answer is still being written")
    sent(house, "decision", decision)
    assert work(house, "dev") == [("quiet", f"{title}: one answer is still being written")]
    for name in ("rosa", "priya", "ada", "mina"):
        assert work(house, name) == [], name


def test_needs_you_names_nothing_to_whoever_runs_the_project_no_more(house):
    published(house, agreed_theme(house, [by_receipt(house).ref]))
    ProjectRole.objects.filter(person=house.dev).update(ends_on=NOW.date())
    Membership.objects.filter(person=house.cara).update(suspended_on=NOW.date())
    assert [bool(work(house, who)) for who in ("tom", "dev", "cara")] == [True, False, False]


def test_needs_you_asks_the_author_whether_it_changed(house):
    voice = by_member(house)
    change = changed(house, [voice])
    sent(house, "change", change)
    opened(voices=[voice], now=LATER)
    assert not list(waiting.to_confirm(house.mina, [], now=LATER))
    [line] = waiting.to_confirm(house.mina, [], now=JULY)
    assert line.href == "/my-voices/"
    confirm(by=house.mina, voice=voice, change=change, answer="yes", now=JULY)
    assert not list(waiting.to_confirm(house.mina, [], now=JULY))
    assert not list(waiting.to_confirm(house.tom, [], now=JULY))
