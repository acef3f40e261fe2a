"""After the old machine is lost, what was taken back is known from a copy that somebody kept."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from goldenthread.config.cli import parser
from goldenthread.config.problems import Problem
from goldenthread.safety.concerns.events import CONCERN_RAISED
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import released
from goldenthread.thread import replaying
from goldenthread.thread.copies import entries_in
from goldenthread.thread.events import all_declared
from goldenthread.thread.models import Entry, Head, HeldEntry, Node, SignedHead
from goldenthread.thread.services import append_held, publish_head, record
from goldenthread.thread.tests.test_witness import look, sql

NOW = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings, tmp_path):
    """Words were taken back and destroyed, a concern was raised; a keeper has looked at all."""
    settings.DATA = tmp_path / "old"
    settings.DATA.mkdir()
    words = released(text="Please forget this.")
    before = Words.objects.filter(pk=words.pk).values("text", "salt", "state", "version").get()
    reading.withdraw(words=words, now=datetime(2026, 3, 2, 10, 0, tzinfo=UTC))
    reading.destroy_due(now=NOW)
    record(CONCERN_RAISED, about=words.ref, project=words.project_id, now=NOW)
    append_held(now=NOW)
    publish_head(now=NOW)
    look(tmp_path / "kept")
    (tmp_path / "list.record").write_bytes(Client().get("/record/entries").getvalue())
    _put_back(words, before)
    settings.DATA = tmp_path / "new"
    settings.DATA.mkdir()
    return tmp_path, words


def _put_back(words, before):
    """What a restored backup holds: the words, and a record in which nothing was taken back."""
    Words.objects.filter(pk=words.pk).update(**before, withdrawn_on=None)
    sql("delete from thread_entry where seq > 0")
    for model in (Head, HeldEntry, Node, SignedHead):
        model.objects.all().delete()
    stack = Head().as_stack()
    stack.append(bytes(Entry.objects.get().leaf))
    Head.objects.create(size=1, stack=b"".join(stack.hashes))


def erase_again(copy):
    options = parser().parse_args(["erase-again", "--record", str(copy)])
    return options.act(options)


@pytest.mark.parametrize("form", ["kept", "kept/copy", "list.record"])
def test_words_are_erased_again_from_each_form_of_a_copy(kept, form):
    here, words = kept
    words.refresh_from_db()
    assert words.text == "Please forget this."
    assert erase_again(here / form) == 0
    words.refresh_from_db()
    assert (words.state, words.text, words.salt) == (Words.State.WITHDRAWN, None, None)


def test_a_confidential_entry_stands_in_the_copy_as_its_hash(kept):
    """Without it, the tests above would not show that a copy with concerns can be read."""
    here, _words = kept
    lines = (here / "kept" / "copy").read_bytes().split(b"\n")
    assert any(line.startswith(b"#") for line in lines)
    assert not any("concern" in said["type"] for said in entries_in(here / "kept"))


def test_without_a_copy_the_words_stay(kept):
    """The negative control: it is the copy that tells, and nothing else."""
    _here, words = kept
    options = parser().parse_args(["erase-again"])
    options.act(options)
    words.refresh_from_db()
    assert words.text == "Please forget this."


def test_a_damaged_copy_is_refused(kept):
    here, words = kept
    copy = here / "kept" / "copy"
    whole = copy.read_bytes()
    for damaged in (whole[:-9], whole.rpartition(b"\n")[0], whole.replace(b"withdrawn", b"x")):
        copy.write_bytes(damaged)
        with pytest.raises(Problem, match="cannot be read"):
            erase_again(here / "kept")
    lines = here / "list.record"
    lines.write_bytes(lines.read_bytes()[:-9])
    with pytest.raises(Problem, match="cut short"):
        erase_again(lines)
    words.refresh_from_db()
    assert words.text == "Please forget this."


def test_what_is_done_again_is_not_confidential_but_for_what_is_told_on_the_page_of_backups():
    """Of confidential entries a copy has the hash alone, so they could tell of no erasure."""
    hidden = {event.name for event in all_declared() if event.confidential}
    assert hidden
    assert hidden & replaying.kinds() == {"voice.reach-ended"}
