import gzip
import hashlib
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import Client

import goldenthread
from goldenthread.kit.gallery.views import PAGES

PATHS = ["/kit/", "/kit/wrong/", "/kit/lists/", "/kit/right-to-left/"]
PATHS += [f"/kit/sample/{name}/" for name in PAGES]
PAGE = (
    '{% extends "kit/page.html" %}{% block title %}What became of it{% endblock %}'
    "{% block heading %}What became of it{% endblock %}"
)


@pytest.fixture(autouse=True)
def gallery_alone(settings):
    settings.ROOT_URLCONF = "goldenthread.kit.tests.look_urls"
    settings.MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


def rendered(**context):
    return Template(PAGE).render(Context(context))


def static(name):
    found = finders.find(f"kit/{name}")
    assert found, name
    return Path(found)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_of_the_gallery_stands(path):
    html = Client().get(path).content.decode()

    assert html.count("<h1>") == 1
    assert html.count('class="button button-main"') <= 1 + (path == "/kit/")
    assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*src=)|javascript:", html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_the_form_with_everything_keeps_what_was_typed():
    answer = Client().post("/kit/", {"name": "A quieter ward", "email": "nobody"})

    html = answer.content.decode()
    assert 'value="A quieter ward"' in html
    assert 'value="nobody"' in html
    assert "Write an e-mail address, like name@example.org." in html


def test_a_page_that_the_gallery_does_not_have_is_not_there():
    assert Client().get("/kit/sample/bank/").status_code == 404


def test_leave_and_help_are_on_every_page():
    html = rendered()

    assert 'href="/leave/"' in html
    assert 'href="#get-help"' in html
    assert 'id="get-help"' in html
    assert "116 123" in html


def test_while_writing_neither_title_nor_name_tell():
    telling = rendered(site_name="Northmoor University")
    neutral = rendered(site_name="Northmoor University", neutral_title=True)

    assert "<title>What became of it \u2013 Northmoor University</title>" in telling
    assert "<title>Notes</title>" in neutral
    assert "Northmoor" not in neutral


def test_while_writing_the_menu_does_not_say_who_writes():
    mina = SimpleNamespace(is_member=True, name="Mina")

    assert "Mina" in rendered(speaker=mina)
    assert "Mina" not in rendered(speaker=mina, neutral_title=True)


def test_an_organisation_lends_its_accent_and_its_logo():
    own = SimpleNamespace(name="Northmoor", accent_css_url="/o/a.css", logo_url="/o/logo.png")

    html = rendered(organisation=own)

    assert '<link rel="stylesheet" href="/o/a.css">' in html
    assert 'src="/o/logo.png"' in html


def test_the_made_up_example_says_so():
    assert "made-up example" in rendered(example_loaded=True)
    assert "made-up example" not in rendered()


def test_footer_links_come_from_the_page_first():
    html = rendered(footer_links=[{"text": "Terms", "href": "/terms/"}])

    assert '<a href="/terms/">Terms</a>' in html


def test_a_first_view_is_light():
    sizes = [len(gzip.compress(static(name).read_bytes())) for name in ("kit.css", "kit.js")]
    page = len(gzip.compress(Client().get("/kit/sample/project/").content))

    assert sum(sizes) + page < 60_000


def test_all_scripts_together_are_small():
    names = ["kit.js", "vendor/htmx.min.js"]

    assert sum(len(gzip.compress(static(name).read_bytes())) for name in names) <= 25_000


def test_the_sheet_is_small():
    assert len(static("kit.css").read_bytes()) < 25_000


def test_htmx_is_what_its_makers_published():
    promised, name = static("vendor/SHA256SUMS").read_text().split()

    assert hashlib.sha256(static(f"vendor/{name}").read_bytes()).hexdigest() == promised
    assert "Zero-Clause BSD" in static("vendor/htmx-LICENSE.txt").read_text()


def test_nothing_of_ours_calls_another_place():
    for name in ("kit.css", "kit.js"):
        assert "//" not in re.sub(r"(?m)//.*$|/\*.*?\*/", "", static(name).read_text())
    assert "fetch(" not in static("kit.js").read_text()


def test_from_right_to_left_the_page_says_so_and_numbers_to_call_keep_their_order():
    html = Client().get("/kit/right-to-left/").content.decode()

    assert '<html lang="ar" dir="rtl">' in html
    assert '<bdi dir="ltr">116 123</bdi>' in html
    assert " dir=" not in Client().get("/kit/lists/").content.decode().split("<head>")[0]


def test_no_rule_of_ours_knows_left_or_right():
    places = r"(margin|padding|border)-(left|right)\b|[\s;{](left|right):|: (left|right);"

    for sheet in Path(goldenthread.__file__).parent.rglob("static/**/*.css"):
        assert re.findall(places, sheet.read_text()) == [], sheet
