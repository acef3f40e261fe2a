import argparse
from datetime import UTC, datetime

import pytest
from django.test import Client

from goldenthread.config.cli import main
from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations import commands, queries, services
from goldenthread.organisations.models import Organisation
from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.tests.factories import PersonFactory
from goldenthread.thread.models import Entry

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def found(by, address="east-side", **more):
    given = {"name": "East Side", "kind": "charity", "nation": "scotland", "address": address}
    return services.found(by=by, now=NOW, **{**given, **more})


def test_the_first_member_founds_and_administers_the_first_organisation():
    ada = PersonFactory.create(name="Ada")
    made = found(ada)
    assert queries.roles_in(ada, made, now=NOW) == {"administrator"}
    assert Entry.objects.get().kind == "organisation.founded"


def test_a_new_organisation_has_the_help_lines_of_its_nation_all_to_be_checked():
    made = found(PersonFactory.create())
    names = [line.name for line in queries.help_lines_of(made)]
    assert "Breathing Space" in names
    assert "C.A.L.L." not in names
    assert queries.stale_help_lines(made, today=NOW.date()).count() == len(names)


@pytest.mark.parametrize("kind", Organisation.Kind.values)
@pytest.mark.parametrize("nation", Organisation.Nation.values)
def test_every_kind_in_every_nation_has_lines(kind, nation):
    made = found(PersonFactory.create(), kind=kind, nation=nation)
    assert queries.help_lines_of(made).count() >= 3


def test_later_only_administrators_found_another_one():
    first = OrganisationFactory.create()
    with pytest.raises(Refusal, match="administers"):
        found(PersonFactory.create())
    with pytest.raises(Refusal, match="administers"):
        found(member("Tom", first, "facilitator"))
    assert found(member("Ada", first, "administrator")).name == "East Side"


@pytest.mark.parametrize("address", ["taken", "new"])
def test_an_address_belongs_to_one_organisation(address):
    first = OrganisationFactory.create(address="taken")
    with pytest.raises(Refusal) as refused:
        found(member("Ada", first, "administrator"), address=address)
    assert refused.value.field == "address"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("", "meadow-trust"),
        ("Meadow Trust", "meadow-trust"),
        ("the_meadow -- x!", "the-meadow-x"),
        ("-east", "east"),
        ("ost-süd", "ost-sud"),
    ],
)
def test_a_short_name_is_made_of_what_was_typed_or_of_the_name(typed, address):
    client = Client()
    client.force_login(PersonFactory.create())
    sent = {"name": "Meadow Trust", "kind": "charity", "nation": "wales", "address": typed}
    with clock.frozen(NOW):
        client.post("/o/new/", sent)
    assert Organisation.objects.get(name="Meadow Trust").address == address


def test_what_makes_no_short_name_is_told_in_its_own_words():
    client = Client()
    client.force_login(PersonFactory.create())
    sent = {"name": "***", "kind": "charity", "nation": "wales", "address": "!!!"}
    shown = client.post("/o/new/", sent).content.decode()
    assert "Use small letters, numbers and single hyphens, like east-side." in shown
    assert "We could not read this" not in shown
    assert 'value="!!!"' in shown


def test_the_page_is_not_there_for_who_may_not_found():
    OrganisationFactory.create()
    assert Client().get("/o/new/").status_code == 404
    client = Client()
    client.force_login(PersonFactory.create())
    assert client.get("/o/new/").status_code == 404
    assert client.post("/o/new/", {"name": "X"}).status_code == 404


def test_the_page_founds_and_leads_to_the_help_lines():
    client = Client()
    client.force_login(PersonFactory.create())
    given = {"name": "East", "kind": "charity", "nation": "wales", "address": "east"}
    with clock.frozen(NOW):
        answer = client.post("/o/new/", given)
        assert answer["Location"] == "/o/east/settings/help-lines/"
        assert client.get(answer["Location"])["Location"] == "/account/2fa/"


@pytest.fixture
def command(monkeypatch):
    """The command line, on the database of the tests."""

    def run(*arguments):
        parser = argparse.ArgumentParser()
        commands.add_commands(parser.add_subparsers())
        options = parser.parse_args(["organisation", "add", *arguments])
        return options.act(options)

    return run


ARGUMENTS = ("--name", "East", "--address", "east", "--kind", "charity")


def test_the_command_founds_and_names_the_administrator(command, capsys):
    OrganisationFactory.create()
    assert command(*ARGUMENTS, "--administrator", "ada@example.org") == 0
    made = Organisation.objects.get(address="east")
    ada = Person.objects.get(email="ada@example.org")
    assert queries.roles_in(ada, made, now=clock.now()) == {"administrator"}
    assert "/o/east/" in capsys.readouterr().out


def test_the_command_says_what_is_wrong(command):
    with pytest.raises(Refusal, match="kind"):
        command("--name", "E", "--address", "e", "--kind", "shop", "--administrator", "a@b.org")
    assert not Person.objects.exists()


def test_the_command_is_known(capsys):
    with pytest.raises(SystemExit):
        main(["organisation", "add", "--help"])
    assert "--administrator" in capsys.readouterr().out
