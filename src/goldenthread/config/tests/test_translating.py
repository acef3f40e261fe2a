import pytest
from babel.messages.catalog import Catalog
from django.test import Client

from goldenthread.config.cli import main
from goldenthread.kit.translation.catalogues import (
    bring_up_to_date,
    compile_into,
    faults,
    missing,
    read,
)
from goldenthread.kit.translation.collecting import collect
from goldenthread.kit.translation.offered import checked_by, offered, path_of
from goldenthread.people.accounts.tests.factories import PersonFactory

MENU = {"Menu": "Menu!", "Get help": "Get help!"}


@pytest.fixture
def source(tmp_path):
    """A small house: one file of code, one page, and one test that nobody translates."""
    room = tmp_path / "house/room"
    (room / "templates").mkdir(parents=True)
    (room / "tests").mkdir()
    (room / "forms.py").write_text(
        "# Translators: on a button\nlabel = _('Send it')\n"
        "n = ngettext('%(n)s day', '%(n)s days', 2)"
    )
    (room / "templates/page.html").write_text(
        '<p>\n      {% translate "Hello" %}\n  {{ x }}) {% blocktranslate count n=n %}{{ n }} voice'
        "{% plural %}{{ n }} voices{% endblocktranslate %}\n</p>"
        '{% notice title=_("Look (again)") %}'
    )
    (room / "tests/test_it.py").write_text("_('Nobody reads this')")
    return tmp_path / "house"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "catalogues"


def translate(folder, words, by=""):
    """Keep a catalogue of some words, as a translator sends it back."""
    catalogue = Catalog("cy", fuzzy=False)
    for english, own in words.items():
        catalogue.add(english, own)
    bring_up_to_date("cy", catalogue, folder)
    path = path_of("cy", folder)
    path.write_text(path.read_text().replace('"X-Checked-By: \\n"', f'"X-Checked-By: {by}\\n"'))
    for english, own in words.items():
        blank = f'msgid "{english}"\nmsgstr ""'
        path.write_text(path.read_text().replace(blank, f'msgid "{english}"\nmsgstr "{own}"'))


def test_texts_come_from_code_and_pages_with_their_plurals(source):
    found = {one.id: one for one in collect(source) if one.id}

    assert set(found) == {
        "Send it",
        ("%(n)s day", "%(n)s days"),
        "Hello",
        ("%(n)s voice", "%(n)s voices"),
        "Look (again)",
    }
    assert found["Send it"].auto_comments == ["Translators: on a button"]


def test_new_texts_are_added_old_ones_laid_aside_and_nothing_is_guessed(source, folder):
    bring_up_to_date("cy", collect(source), folder)
    path = path_of("cy", folder)
    path.write_text(
        path.read_text().replace('msgid "Hello"\nmsgstr ""', 'msgid "Hello"\nmsgstr "S"')
    )
    page = source / "room/templates/page.html"
    page.write_text(page.read_text().replace("Hello", "Hello you"))

    catalogue = bring_up_to_date("cy", collect(source), folder)

    assert "Hello you" in [one.id for one in missing(catalogue)]
    assert '#~ msgid "Hello"' in path.read_text()


def test_a_language_is_offered_once_somebody_who_is_named_has_checked_it(source, folder):
    translate(folder, MENU)
    assert offered(folder) == []
    assert checked_by("cy", folder) == ""

    translate(folder, MENU, by="Nia Prys, Bangor, 3 March 2027")

    assert offered(folder) == [("cy", "Cymraeg")]
    bring_up_to_date("cy", collect(source), folder)
    assert checked_by("cy", folder) == "Nia Prys, Bangor, 3 March 2027"


def test_a_translation_that_would_break_a_page_is_found(folder):
    translate(folder, {"Part %(at)s": "Rhan %(yn)s"} | MENU)

    (fault,) = faults(read("cy", folder))

    assert fault.text == "Part %(at)s"


def test_a_translation_with_other_tags_is_found(folder):
    own = {"<b>Help</b> now": "<b>Help</b> nawr", "Stop <b>it</b>": "Stop <i>it</i>"}
    translate(folder, own | MENU)

    (fault,) = faults(read("cy", folder))

    assert (fault.text, fault.says) == ("Stop <b>it</b>", "has other tags than the English text")


@pytest.fixture
def two_languages(settings, folder, tmp_path):
    translate(folder, MENU, by="Nia Prys")
    compile_into(tmp_path / "languages", ["cy"], folder)
    settings.LOCALE_PATHS = [tmp_path / "languages"]
    settings.LANGUAGES = [("en-gb", "English"), *offered(folder)]


@pytest.mark.django_db
def test_the_browser_says_which_language_and_a_guest_may_choose_another(two_languages):
    client = Client(headers={"accept-language": "cy"})
    page = client.get("/account/sign-in/").content.decode()
    assert "Menu!" in page
    assert '<html lang="cy">' in page

    client.post("/language/", {"language": "en-gb", "next": "/account/sign-in/"})

    page = client.get("/account/sign-in/").content.decode()
    assert "Menu!" not in page
    assert '<button class="button button-quiet" name="language" value="cy"' in page


@pytest.mark.django_db
def test_a_member_reads_the_language_of_their_account(two_languages, client):
    client.force_login(PersonFactory(language="cy"))

    page = client.get("/account/", headers={"accept-language": "en-gb"}).content.decode()

    assert "Menu!" in page
    assert 'name="language" value="en-gb" lang' not in page


@pytest.mark.django_db
def test_with_one_language_there_is_nothing_to_choose(client):
    assert 'action="/language/"' not in client.get("/account/sign-in/").content.decode()


def test_the_check_names_each_language_and_ends_with_1_when_a_page_would_break(folder, capsys):
    translate(folder, {"Part %(at)s": "Rhan %(yn)s"} | MENU)

    with pytest.raises(SystemExit) as left:
        main(["translations", "check", "--folder", str(folder)])

    said = capsys.readouterr().out
    assert left.value.code == 1
    assert "Cymraeg: 0 of 3 missing; not offered: nobody is named who has checked it." in said
    assert "Part %(at)s" in said


@pytest.mark.submission
def test_all_our_own_texts_are_collected_with_the_command(folder, capsys):
    with pytest.raises(SystemExit) as left:
        main(["translations", "collect", "cy", "--folder", str(folder)])

    assert left.value.code == 0
    assert "Cymraeg:" in capsys.readouterr().out
    texts = path_of("cy", folder).read_text()
    assert 'msgid "Get help now"' in texts
    assert 'msgid_plural "{n} notes' in texts or 'msgid_plural "%(n)s notes' in texts


def test_a_language_without_a_code_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["translations", "collect", "Welsh"])
    assert "not the code of a language" in capsys.readouterr().err
