import pytest
from django.http import Http404

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.coding import queries, services
from goldenthread.listen.coding.models import Coding, Round
from goldenthread.listen.coding.tests.factories import coder_of, round_in, sort_all, two_codes
from goldenthread.listen.themes.models import Grouping
from goldenthread.listen.themes.tests.factories import theme_with, voices_of
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.organisations.models import Membership
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import Entry


def test_a_code_says_what_belongs_and_shows_a_voice_of_its_own_theme(here: Listening) -> None:
    theme = theme_with(here.project, 1)
    other = released_voice(here.project)
    say = {"by": here.cara, "theme": theme, "now": NOW}
    with pytest.raises(Refusal, match="Say in a sentence"):
        services.write_code(definition=" ", **say)
    with pytest.raises(Refusal, match="among the voices of this theme"):
        services.write_code(definition="Waiting.", example=other.pk, **say)
    services.write_code(definition="Waiting.", example=voices_of(theme)[0], **say)
    code = services.write_code(definition="Waiting, and not knowing.", version=1, **say)
    assert (code.version, code.example) == (2, None)
    with pytest.raises(Refusal, match="Only organisers"):
        services.write_code(by=here.mina, theme=theme, definition="Mine", now=NOW)


def test_what_must_stand_before_a_round_begins(here: Listening) -> None:
    begin = {"by": here.tom, "project": here.project, "number": 30, "now": NOW}
    with pytest.raises(Refusal, match="at least two themes"):
        services.start_round(people=[here.cara.ref, here.tom.ref], **begin)
    two_codes(here, voices=2)
    with pytest.raises(Refusal, match="at least two people"):
        services.start_round(people=[here.cara.ref], **begin)
    with pytest.raises(Refusal, match="No member has the address"):
        services.start_round(people=[here.cara.ref], emails=[here.nell.email], **begin)
    with pytest.raises(Refusal, match="fewer than ten voices"):
        services.start_round(people=[here.cara.ref, here.tom.ref], **begin)
    for _ in range(6):
        released_voice(here.project)
    Project.objects.filter(ref=here.project.ref).update(board=Project.Board.TEAM)
    here.project.refresh_from_db()
    with pytest.raises(Refusal, match="may not read"):
        services.start_round(people=[here.cara.ref], emails=[here.mina.email], **begin)
    services.start_round(people=[here.cara.ref, here.tom.ref], **begin)
    with pytest.raises(Refusal, match="A round is under way"):
        services.start_round(people=[here.cara.ref, here.tom.ref], **begin)


def test_the_sample_is_of_released_voices_of_the_project_alone(here: Listening) -> None:
    two_codes(here)
    far = listening_project()
    theirs = {released_voice(far.project).pk for _ in range(3)}
    held = released_voice(here.project)
    Words.objects.filter(ref=held.pk).update(state="held", released_on=None)
    drawn = {unit.voice_id for unit in queries.units_of(round_in(here, 200))}
    assert len(drawn) == 12
    assert not drawn & (theirs | {held.pk})


def test_a_smaller_sample_goes_round_in_a_circle_and_holds_nobody_twice(here: Listening) -> None:
    there = {released_voice(here.project).pk for _ in range(12)}
    for number in (1, 11, 12, 13):
        for _again in range(10):  # wherever it begins
            drawn = queries.sample(here.project, number)
            assert len(drawn) == len(set(drawn)) == min(number, 12)
            assert set(drawn) <= there


def test_nobody_sees_what_others_chose_before_all_are_done(here: Listening) -> None:
    waiting, told = two_codes(here)
    round_ = round_in(here)
    sort_all(round_, here.cara, waiting, told)
    assert Coding.objects.filter(coder__person=here.cara).count() == 10  # it is there
    round_.refresh_from_db()
    assert queries.codings_of(round_) == []
    assert queries.differing(round_) == []
    mina = coder_of(round_, here.mina)
    assert queries.next_for(mina).chosen is None
    assert [(each.name, each.coded) for each in queries.progress(round_)] == [
        ("Cara", 10),
        ("Mina", 0),
    ]
    for unit in queries.units_of(round_)[:1]:
        with pytest.raises(Refusal, match="nobody sees"):
            services.agree_on(
                by=here.tom, round_=round_, unit=unit, chosen=[], note="Peek", now=NOW
            )
    with pytest.raises(Refusal, match="nobody sees"):
        services.settle(by=here.tom, round_=round_, apply=False, now=NOW)
    sort_all(round_, here.mina, waiting, told)
    round_.refresh_from_db()
    assert len(queries.codings_of(round_)) == 20


def test_a_coder_changes_their_own_alone_and_only_until_done(here: Listening) -> None:
    waiting, told = two_codes(here)
    round_ = round_in(here)
    cara = coder_of(round_, here.cara)
    unit = queries.next_for(cara).unit
    choose = {"coder": cara, "unit": unit, "now": NOW}
    with pytest.raises(Refusal, match="you are done"):
        services.code(by=here.mina, chosen=[waiting.ref], **choose)
    with pytest.raises(Refusal, match="no answer yet"):
        services.be_done(by=here.cara, coder=cara, now=NOW)
    services.code(by=here.cara, chosen=[waiting.ref, here.project.ref], **choose)
    assert services.code(by=here.cara, chosen=[], **choose).themes == []
    assert queries.next_for(cara, unit.ref).chosen == []
    sort_all(round_, here.cara, waiting, told)
    with pytest.raises(Refusal, match="you are done"):
        services.code(by=here.cara, chosen=[], **choose)


def test_someone_who_left_codes_no_more(here: Listening) -> None:
    two_codes(here)
    round_ = round_in(here)
    mina = coder_of(round_, here.mina)
    unit = queries.next_for(mina).unit
    services.code(by=here.mina, coder=mina, unit=unit, chosen=[], now=NOW)
    Membership.objects.filter(person=here.mina).update(suspended_on=NOW.date())
    with pytest.raises(Refusal, match="this round is over"):
        services.code(by=here.mina, coder=mina, unit=unit, chosen=[], now=NOW)
    with pytest.raises(Http404):
        queries.round_for(here.mina, here.project, round_.ref)
    with pytest.raises(Http404):
        queries.book_for(here.mina, here.project)


def test_agreement_is_compared_talked_through_settled_and_applied(here: Listening) -> None:
    waiting, told = two_codes(here)
    round_ = round_in(here)
    sort_all(round_, here.cara, waiting, told)
    sort_all(round_, here.mina, waiting, told, odd=told)
    round_.refresh_from_db()
    assert round_.state == Round.State.TALKING
    assert round_.low <= round_.alpha <= round_.high
    assert 0.7 < round_.alpha < 1
    [[one, _other]] = queries.differing(round_)
    with pytest.raises(Refusal, match="Talk through every voice"):
        services.settle(by=here.tom, round_=round_, apply=True, now=NOW)
    agree = {"by": here.cara, "round_": round_, "unit": one.unit, "now": NOW}
    with pytest.raises(Refusal, match="few words"):
        services.agree_on(chosen=[], note="", **agree)
    services.agree_on(chosen=[told.ref], note="She means the letter.", **agree)
    services.settle(by=here.tom, round_=round_, apply=True, now=NOW)
    drawn = [unit.voice_id for unit in queries.units_of(round_)]
    wanted = [told if at == 0 or at % 2 else waiting for at in range(10)]
    for voice, theme in zip(drawn, wanted, strict=True):
        groups = Grouping.objects.filter(voice=voice).values_list("theme", flat=True)
        assert list(groups) == [theme.ref]
    with pytest.raises(Refusal, match="is settled, and stays"):
        services.stop_round(by=here.tom, round_=round_, now=NOW)
    kinds = set(Entry.objects.filter(about=round_.ref).values_list("kind", flat=True))
    assert kinds == {"coding.round-started", "coding.round-finished", "coding.round-settled"}


def test_a_voice_taken_back_meanwhile_asks_nothing_more(here: Listening) -> None:
    waiting, told = two_codes(here)
    round_ = round_in(here)
    gone = queries.units_of(round_)[0].voice_id
    Words.objects.filter(ref=gone).update(state="withdrawn", withdrawn_on=NOW.date())
    sort_all(round_, here.cara, waiting, told)
    sort_all(round_, here.mina, waiting, told)
    round_.refresh_from_db()
    assert {each.unit.voice_id for each in queries.codings_of(round_)}.isdisjoint({gone})
    assert round_.alpha == 1


def test_a_stopped_round_leaves_nothing(here: Listening) -> None:
    two_codes(here)
    round_ = round_in(here)
    sort_all(round_, here.cara, *two_codes(here, voices=1)[:1], odd=None)
    with pytest.raises(Refusal, match="Only organisers"):
        services.stop_round(by=here.mina, round_=round_, now=NOW)
    services.stop_round(by=here.cara, round_=round_, now=NOW)
    assert not Coding.objects.exists()
    assert round_in(here).state == Round.State.CODING
