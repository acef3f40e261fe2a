from datetime import date

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.projects import queries, services, short
from goldenthread.projects.models import Partner, Project, ProjectRole, Strand
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.projects.tests.scenes import WINDOWS, Scene, open_scene
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


def test_a_project_begins_as_a_draft_with_an_address_from_its_title():
    scene = Scene()
    project = scene.project
    assert (project.state, project.address) == ("draft", "getting-help-while-you-wait")
    assert Partner.objects.get(project=project).controller
    assert ProjectRole.objects.get(project=project).person == scene.tom
    assert Entry.objects.get(kind="project.started").about == project.ref


def test_an_administrator_begins_without_becoming_its_facilitator():
    scene = Scene()
    project = services.prepare(
        by=scene.ada,
        organisation=scene.organisation,
        title="Getting help while you wait",
        summary="Again.",
        now=NOW,
    )
    assert project.address == "getting-help-while-you-wait-2"
    assert not ProjectRole.objects.filter(project=project).exists()


@pytest.mark.parametrize("name", ["rosa", "dev", "cara", "mina", "nell", "stranger"])
def test_only_those_who_run_the_organisation_begin_projects(name):
    who = listening_project()
    with pytest.raises(Refusal, match="may begin a project"):
        services.prepare(
            by=getattr(who, name), organisation=who.organisation, title="X", summary="Y", now=NOW
        )


def describe(scene: Scene, **changed: object) -> Project:
    given = {"title": "Waiting", "summary": "All about it.", "address": scene.project.address}
    given |= {"open_to": "link", "read_within_hours": 4, "by": scene.tom} | changed
    return services.describe(project=scene.project, now=NOW, **given)


def test_who_reads_what_people_say_is_chosen_before_it_opens_and_stays():
    scene = Scene()
    assert scene.project.board == "team"
    scene.project = describe(scene, board="shared")
    scene.make_ready().open()
    assert Project.objects.get().board == "shared"
    with pytest.raises(Refusal, match="was sealed"):
        describe(scene, board="team")


def test_the_basics_can_change_and_the_address_until_it_opens():
    scene = Scene()
    assert describe(scene, address="waiting").address == "waiting"
    opened = open_scene()
    assert describe(opened).title == "Waiting"
    assert Entry.objects.filter(kind="project.described").count() == 1
    with pytest.raises(Refusal, match="Links and posters") as refused:
        describe(opened, address="elsewhere")
    assert refused.value.field == "address"


def test_two_projects_never_share_an_address():
    scene, other = Scene(), listening_project().project
    with pytest.raises(Refusal, match="Another project has this address"):
        describe(scene, address=other.address)


def test_stages_are_set_in_their_order_and_recorded_with_their_days():
    scene = Scene()
    scene.stages()
    assert queries.stage_windows(scene.project)["listen_closes_on"] == date(2026, 4, 5)
    entry = Entry.objects.get(kind="project.stages-set")
    assert '"fact_listen":"2026-03-02:2026-04-05"' in bytes(entry.body).decode()


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"listen": (date(2026, 3, 2), date(2026, 3, 1), "")}, "listen_closes_on", "ends before"),
        (
            {"empower": (date(2026, 3, 1), date(2026, 5, 1), "")},
            "empower_opens_on",
            "Empower begins before Listen does, on 2 March 2026",
        ),
        (
            {"empower": None, "act": (date(2026, 3, 1), date(2026, 5, 1), "")},
            "act_opens_on",
            "Act begins before Listen",
        ),
    ],
)
def test_stages_out_of_order_are_refused_and_nothing_is_lost(changed, field, words):
    scene = Scene()
    scene.stages()
    with pytest.raises(Refusal, match=words) as refused:
        services.set_stages(
            by=scene.tom, project=scene.project, windows={**WINDOWS, **changed}, now=NOW
        )
    assert refused.value.field == field
    assert scene.project.stages.count() == 4


def test_a_strand_has_a_short_link_of_its_own():
    scene = Scene()
    carers = services.add_strand(by=scene.tom, project=scene.project, name="Carers", now=NOW)
    assert queries.at_short(carers.short.lower()) == (scene.project, carers)
    assert queries.at_short(f" {scene.project.short[:3]}-{scene.project.short[3:]} ") == (
        scene.project,
        None,
    )
    assert queries.at_short("ZZZZZZ") is None
    assert [each.name for each in queries.links_of(scene.project)] == ["Everyone", "Carers"]
    with pytest.raises(Refusal, match="of that name already"):
        services.add_strand(by=scene.tom, project=scene.project, name="carers", now=NOW)


def test_a_strand_can_be_removed_until_its_poster_may_hang_somewhere():
    scene = Scene()
    carers = services.add_strand(by=scene.tom, project=scene.project, name="Carers", now=NOW)
    services.remove_strand(by=scene.tom, project=scene.project, strand=carers, now=NOW)
    assert not Strand.objects.exists()
    opened = open_scene()
    strand = services.add_strand(by=opened.tom, project=opened.project, name="Carers", now=NOW)
    with pytest.raises(Refusal, match="Posters of this strand"):
        services.remove_strand(by=opened.tom, project=opened.project, strand=strand, now=NOW)


def test_short_addresses_forgive_what_people_mistype():
    assert short.normalise("k7m-3qx") == "K7M3QX"
    assert short.normalise(" o1 iL ") == "0111"
    drawn = {short.new_short() for _ in range(50)}
    assert len(drawn) == 50
    assert all(set(each) <= set(short.ALPHABET) and len(each) == 6 for each in drawn)


@pytest.mark.parametrize("name", ["rosa", "dev", "mina", "nell", "stranger"])
def test_others_change_nothing(name):
    who = listening_project()
    by = getattr(who, name)
    with pytest.raises(Refusal):
        services.set_stages(by=by, project=who.project, windows=WINDOWS, now=NOW)
    with pytest.raises(Refusal):
        services.add_strand(by=by, project=who.project, name="Carers", now=NOW)
    with pytest.raises(Refusal):
        services.describe(
            by=by,
            project=who.project,
            title="T",
            summary="S",
            open_to="link",
            read_within_hours=1,
            now=NOW,
        )
