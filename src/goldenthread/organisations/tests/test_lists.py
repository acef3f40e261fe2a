import base64
import re
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.organisations import lists, queries, services
from goldenthread.organisations.models import Membership, Role
from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.people.accounts import second_factor
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.tests.factories import PersonFactory
from goldenthread.people.notifications.services import send_waiting

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
GOOD = "name,email,role\nNia Évans,nia@example.org,Facilitator\nBo,bo@example.org,\n"


def emails(upload):
    return [row.email for row in lists.read(upload).rows]


@pytest.mark.parametrize(
    "upload",
    [
        GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace(",", ";").encode(),
        GOOD.replace(",", "\t").encode(),
        GOOD.encode("cp1252"),
        GOOD.replace("\n", "\r\n").encode(),
        ("\n\n" + GOOD + "\n,,\n").encode(),
        GOOD.replace("name,email,role", "Full name,E-Mail,ROLE").encode(),
        b'email,role,name\nnia@example.org,facilitator,"N ""N"" \xc9vans"\nbo@example.org,,"Bo"\n',
    ],
)
def test_lists_as_programs_write_them(upload):
    read = lists.read(upload)
    assert read.faults == []
    assert emails(upload) == ["nia@example.org", "bo@example.org"]
    assert [row.role for row in read.rows] == ["facilitator", ""]
    assert "Évans" in read.rows[0].name


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Nia,", "no e-mail"),
        ("Nia,nia.example.org", "not an e-mail"),
        ("Nia,bo@example.org", "in line 2 already"),
        ("Nia,BO@example.org", "in line 2 already"),
        ("Nia,=cmd@example.org", "not an e-mail"),
        ("=HYPERLINK(1),nia@example.org", "formula"),
        ("@nia,nia@example.org", "formula"),
        ("-1+1,nia@example.org", "formula"),
        ("Nia,nia@example.org,boss", "do not know this role"),
        (f"{'N' * 81},nia@example.org", "longer than 80"),
    ],
)
def test_every_fault_names_its_line_and_how_to_mend_it(line, what):
    upload = f"name,email,role\nBo,bo@example.org,\n{line}\nCy,cy@example.org,\n".encode()
    [fault] = lists.read(upload).faults
    assert fault.line == 3
    assert what in fault.what
    assert fault.mend
    assert emails(upload) == ["bo@example.org", "cy@example.org"]


@pytest.mark.parametrize(
    ("upload", "what"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"name,phone\nNia,1\n", "no column called"),
        (b"name,email\n", "nobody"),
        (b"PK\x03\x04\0\0", "not a text file"),
        (b"email\n" + b"x" * lists.HEAVIEST, "larger than"),
        (b"email\n" + b"a@b.org\n" * 5001, "more than 5,000"),
    ],
)
def test_a_file_that_is_no_list_says_so(upload, what):
    [fault] = lists.read(upload).faults
    assert fault.line == 0
    assert what in fault.what


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reading(upload):
    for start in (b"", b"name,email,role\n", b'"'):
        read = lists.read(start + upload)
        assert read.rows or read.faults


@pytest.fixture
def northmoor(db):
    return OrganisationFactory.create(address="northmoor", name="Northmoor")


@pytest.fixture
def client(northmoor, monkeypatch):
    monkeypatch.setattr(second_factor, "needs_second_factor", lambda _person: False)
    client = Client()
    client.force_login(member("Ada", northmoor, "administrator"))
    with clock.frozen(NOW):
        yield client


def preview(client, text):
    upload = SimpleUploadedFile("people.csv", text.encode())
    answer = client.post("/o/northmoor/settings/list/", {"people": upload})
    assert answer.status_code == 200
    page = answer.content.decode()
    return page, page.partition('name="rows" value="')[2].partition('"')[0]


def save(client, rows):
    return client.post("/o/northmoor/settings/list/save/", {"rows": rows})


def test_nothing_is_saved_before_it_is_confirmed(client, northmoor):
    page, rows = preview(client, GOOD)
    assert "2 people are new" in page
    assert Person.objects.count() == 1
    save(client, rows)
    assert northmoor.memberships.count() == 3
    nia = Person.objects.get(email="nia@example.org")
    assert queries.roles_in(nia, northmoor, now=NOW) == {"facilitator"}
    send_waiting(now=NOW)
    assert sorted(each.to[0] for each in mail.outbox) == ["bo@example.org", "nia@example.org"]


def test_a_list_with_faults_cannot_be_saved(client):
    page, rows = preview(client, GOOD + "Cy,cy\n")
    assert "Please mend the file" in page
    assert "<td>This is not an e-mail address.</td>" in page
    assert rows == ""


def test_words_of_a_file_are_shown_as_words(client):
    page, _ = preview(client, "name,email\n<script>alert(1)</script>,x@example.org\n")
    assert "<script>alert" not in page


@pytest.mark.parametrize("change", [slice(0), slice(2, None), slice(-2)])
def test_what_was_not_shown_is_not_saved(client, change):
    _, rows = preview(client, GOOD)
    assert save(client, rows[change]).status_code == 409
    assert Person.objects.count() == 1


def readable(part):
    """What anyone can make of a part of a token without a key."""
    raw = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    try:
        return zlib.decompress(raw)
    except zlib.error:
        return raw


def test_the_list_travels_through_the_page_sealed(client):
    _, rows = preview(client, GOOD)
    parts = re.findall(r"[\w-]+", rows)
    assert parts
    assert [part for part in parts if b"nia@example.org" in readable(part)] == []


def test_a_preview_lasts_half_an_hour(client):
    _, rows = preview(client, GOOD)
    ada = Person.objects.get()
    for minutes, status in ((31, 409), (29, 302)):
        again = Client()  # whoever rests for so long signs in again
        again.force_login(ada)
        with clock.frozen(NOW + timedelta(minutes=minutes)):
            assert save(again, rows).status_code == status
    assert Person.objects.count() == 3


def test_a_preview_of_another_organisation_is_not_saved_here(client):
    OrganisationFactory.create(address="other")
    _, rows = preview(client, GOOD)
    ada = Person.objects.get()
    other = queries.organisation_at("other", visible_to=ada)
    made = Membership.objects.create(organisation=other, person=ada, joined_on=NOW.date())
    Role.objects.create(membership=made, name="administrator", starts_on=NOW.date())
    assert client.post("/o/other/settings/list/save/", {"rows": rows}).status_code == 409


def test_members_and_people_with_accounts_stay_as_they_are(client, northmoor):
    nia = PersonFactory.create(name="Nia", email="nia@example.org")
    member("Bo", northmoor)
    Person.objects.filter(name="Bo").update(email="bo@example.org")
    page, rows = preview(client, GOOD)
    assert "1 is a member already" in page
    save(client, rows)
    save(client, rows)
    nia.refresh_from_db()
    assert nia.name == "Nia"
    assert northmoor.memberships.count() == 3
    assert Role.objects.filter(membership__person=nia).count() == 1


@pytest.mark.parametrize("many", [1, 3, 300])
def test_a_list_costs_the_same_however_long(northmoor, many):
    ada = member("Ada", northmoor, "administrator")
    rows = [lists.Row(n, f"P{n}", f"p{n}@example.org", "facilitator") for n in range(many + 1)]
    services.upload_list(by=ada, organisation=northmoor, rows=rows[:1], now=NOW)  # the first entry
    with at_most(20):
        services.upload_list(by=ada, organisation=northmoor, rows=rows[1:], now=NOW)
    assert northmoor.memberships.count() == many + 2
