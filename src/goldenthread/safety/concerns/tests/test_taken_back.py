"""What an author took back, whoever looks after their safety does not read any more either."""

from datetime import timedelta

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.concerns import services
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.tests.factories import WordsFactory, sign_in

pytestmark = pytest.mark.django_db
SAID, NOTE, WHY = "I saw a kingfisher.", "About a heron.", "They are alone."


def test_from_the_moment_they_are_taken_back_the_case_and_its_sheet_show_no_word(
    client: Client,
) -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project, text=SAID, content_note=NOTE)
    concern = services.raise_concern(by=here.rosa, words=words, why=WHY, now=NOW)
    sign_in(client, here.priya)
    case = f"/p/{here.project.address}/concerns/{concern.ref}/"

    def shown() -> list[str]:
        sheet = client.post(f"{case}export/", {"form": "txt"})
        return [client.get(case).content.decode(), sheet.content.decode()]

    with clock.frozen(NOW):
        assert all(SAID in each and NOTE in each for each in shown())  # the control
        reading.withdraw(words=words, now=NOW)
        for each in shown():
            assert SAID not in each
            assert NOTE not in each
            assert "Their author took them back." in each
            assert WHY in each
        reading.undo_withdrawal(words=words, now=NOW + timedelta(days=1))
        assert all(SAID in each for each in shown())


def test_beside_erased_words_no_line_is_left_for_their_author() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project, text=SAID)
    concern = services.raise_concern(by=here.rosa, words=words, why=WHY, now=NOW)
    given = {"by": here.priya, "concern": concern, "text": "We think of you.", "now": NOW}
    services.write_to_author(**given)  # the control
    reading.destroy(refs=[words.ref], because="time-over", now=NOW)
    with pytest.raises(Refusal, match="These words are erased"):
        services.write_to_author(**given)
    assert list(words.exchanges.values_list("text", flat=True)) == [None]


def test_what_the_organisation_removed_stays_in_the_case(client: Client) -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project, text=SAID)
    concern = services.raise_concern(by=here.rosa, words=words, why=WHY, now=NOW)
    reading.release(by=here.rosa, words=words, version=0, now=NOW)
    reading.remove(
        by=here.rosa, second_key_by=here.cara, words=words, because="names-someone", now=NOW
    )
    sign_in(client, here.priya)
    with clock.frozen(NOW):
        answer = client.get(f"/p/{here.project.address}/concerns/{concern.ref}/")
    assert SAID in answer.content.decode()
