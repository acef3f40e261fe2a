"""The guide by its front door: what there is, one document, and finding words."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from goldenthread.guide.library import documents, parts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


def test_the_first_page_lists_every_document_that_is_in_the_folder(client):
    listed = re.findall(r'<li><a href="(/guide/[^"]+)/">', client.get("/guide/").content.decode())
    there = Path(settings.DOCS).rglob("*.md")
    names = {str(path.relative_to(settings.DOCS).with_suffix("")) for path in there}
    assert sorted(listed) == sorted(f"/guide/{name}" for name in names)


def test_each_part_has_documents_and_what_is_put_first_is_there():
    assert all(part.documents and part.about for part in parts())
    assert len(documents()) == sum(len(part.documents) for part in parts())


def test_a_new_document_takes_its_place_by_its_folder(tmp_path, settings):
    (tmp_path / "order.toml").write_text(
        '[tutorial]\ntitle = "Begin"\nabout = "A."\n[how-to]\ntitle = "How"\nabout = "B."\n'
    )
    (tmp_path / "how-to").mkdir()
    (tmp_path / "how-to" / "sing.md").write_text("# How to `sing`\n\nLoud.\n")
    (tmp_path / "notes.md").write_text("No heading\n")
    settings.DOCS = tmp_path
    found = {part.key: part.documents for part in parts.__wrapped__()}
    assert [(each.path, each.title) for each in found["how-to"]] == [("how-to/sing", "How to sing")]
    assert [each.title for each in found["tutorial"]] == ["notes"]


def test_every_document_opens_with_its_title_for_everybody(client, django_assert_num_queries):
    for path, document in documents().items():
        with django_assert_num_queries(0):
            answer = client.get(f"/guide/{path}/")
        assert answer.status_code == 200, path
        assert f"<h1>{document.title}</h1>" in re.sub("&#x27;", "'", answer.content.decode()), path


@pytest.mark.parametrize("path", ["nothing", "how-to/nothing", "how-to", "nothing/tutorial"])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(f"/guide/{path}/").status_code == 404


def test_links_pictures_and_tables_are_those_of_the_site(client):
    body = client.get("/guide/tutorial/").content.decode()
    assert '<img src="/static/guide/pictures/04-receipt.png" alt="The receipt" width="375"' in body
    assert 'href="#1-a-guest-speaks"' in body
    assert '<h2 id="1-a-guest-speaks">' in body
    told = client.get("/guide/reference/settings/").content.decode()
    assert 'href="/guide/how-to/run-on-a-server/#6-the-keys"' in told
    assert 'aria-label="Table 1: Settings"' in told
    assert '<td data-head="Name" role="cell"><code>GOLDENTHREAD_DEV</code></td>' in told
    record = client.get("/guide/reference/record/").content.decode()
    assert "<span>second verifier</span>" in record  # a file of the source, not of the guide
    assert "<!--" not in record


def test_words_are_found_and_marked_where_they_stand(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        body = client.get("/guide/find/", {"q": "How do I use GOLDENTHREAD_SMTP?"}).content.decode()
    assert "<mark>GOLDENTHREAD_SMTP</mark>" in body
    assert 'href="/guide/reference/settings/"' in body
    rooms = client.get("/guide/find/", {"q": "printing a poster"}).content.decode()
    assert 'href="/guide/how-to/run-a-room/"' in rooms


def test_nothing_found_says_so_and_leads_on(client):
    body = client.get("/guide/find/", {"q": "xyzzy<qqqqq>"}).content.decode()
    assert "Nothing in the guide fits." in body
    assert "xyzzy<qqqqq>" not in body
    assert 'href="/guide/">see everything' in body
    assert client.get("/guide/find/").status_code == 200


def test_every_page_leads_to_the_guide(client):
    assert '<a href="/guide/">Guide</a>' in client.get("/help/").content.decode()
