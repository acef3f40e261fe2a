import pytest
from django.test import Client

from goldenthread.empower.groups.models import Group, Seat
from goldenthread.empower.groups.tests.factories import GroupFactory, SeatFactory, panel
from goldenthread.kit.testing.queries import at_most
from goldenthread.projects.tests.factories import Listening, listening_project


def at(here: Listening, path: str = "") -> str:
    return f"/p/{here.project.address}/groups/{path}"


def test_everyone_sees_seats_and_nobody_else_sees_names(here: Listening, client: Client) -> None:
    assert "There is no group yet" in client.get(at(here)).content.decode()
    group = panel(here.project, here.mina, here.cara)
    SeatFactory.create(group=group, name="Jo Bloggs", lived_experience=False, filled="post")
    assert "three seats: two with lived experience" in client.get(at(here)).content.decode()
    body = client.get(at(here, f"{group.ref}/")).content.decode()
    assert "2 of 3" in body
    assert "Drawn by lot: two" in body
    assert "Jo Bloggs" not in body
    client.force_login(here.mina)
    assert "Jo Bloggs" in client.get(at(here, f"{group.ref}/")).content.decode()


def test_a_group_is_set_up_and_filled_by_plain_forms(here: Listening, client: Client) -> None:
    client.force_login(here.tom)
    assert "Please answer this" in client.post(at(here, "new/"), {"name": "P"}).content.decode()
    client.post(at(here, "new/"), {"name": "Panel", "purpose": "It decides."})
    group = Group.objects.get()
    body = client.get(at(here, f"{group.ref}/")).content.decode()
    assert "Fewer than two seats hold lived experience" in body
    fill = at(here, f"{group.ref}/seats/")
    body = client.post(fill, {"filled": "drawn"}).content.decode()
    assert "Write a name, or the e-mail" in body
    body = client.post(fill, {"filled": "drawn", "email": here.nell.email}).content.decode()
    assert "No member of your organisations uses this address" in body
    client.post(fill, {"filled": "drawn", "email": here.mina.email, "lived_experience": "1"})
    seat = Seat.objects.get()
    assert (seat.person, seat.lived_experience) == (here.mina, True)
    client.post(at(here, f"{group.ref}/edit/"), {"name": "New name", "purpose": "It decides."})
    client.post(at(here, f"{group.ref}/seats/{seat.ref}/end/"))
    seat.refresh_from_db()
    assert seat.ends_on is not None
    assert Group.objects.get().name == "New name"


@pytest.mark.parametrize("name", ["mina", "dev", "nell", "stranger"])
@pytest.mark.parametrize("path", ["new/", "{group}/edit/", "{group}/seats/"])
def test_working_pages_are_not_there_for_others(
    here: Listening, client: Client, name: str, path: str
) -> None:
    group = panel(here.project)
    client.force_login(getattr(here, name))
    assert client.get(at(here, path.format(group=group.ref))).status_code == 404


def test_a_group_of_another_project_is_not_there(here: Listening, client: Client) -> None:
    far = panel(listening_project().project)
    seat = SeatFactory.create(group=far)
    client.force_login(here.tom)
    assert client.get(at(here, f"{far.ref}/")).status_code == 404
    assert client.get(at(here, f"{far.ref}/seats/")).status_code == 404
    ours = panel(here.project)
    assert client.post(at(here, f"{ours.ref}/seats/{seat.ref}/end/")).status_code == 404


@pytest.mark.parametrize("path", ["", "{group}/"])
def test_queries_stay_few_with_one_and_with_three(
    here: Listening, client: Client, path: str
) -> None:
    group = panel(here.project, here.mina)
    client.force_login(here.tom)
    href = at(here, path.format(group=group.ref))
    client.get(href)  # the first one today also notes in the session that someone came
    with at_most(10) as with_one:
        client.get(href)
    for _ in range(2):
        SeatFactory.create(group=group, name="Jo")
        SeatFactory.create(group=GroupFactory.create(project=here.project), name="Al")
    with at_most(10) as with_three:
        client.get(href)
    assert len(with_one) == len(with_three)
