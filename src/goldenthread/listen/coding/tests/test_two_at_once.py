"""Two organisers write at the same time: the second sees the first, and overwrites nothing."""

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.coding import queries, services
from goldenthread.listen.coding.models import Code, Unit
from goldenthread.listen.coding.tests.factories import round_in, sort_all, two_codes
from goldenthread.listen.themes.tests.factories import theme_with
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.tests.factories import NOW, Listening


def test_who_writes_in_the_codebook_second_sees_both_and_can_save_then(here: Listening) -> None:
    theme = theme_with(here.project, 2)
    path = f"/p/{here.project.address}/codebook/themes/{theme.ref}/"
    tom, cara = signed_in(here.tom), signed_in(here.cara)
    assert 'name="version" value="0"' in tom.get(path).content.decode()
    assert tom.post(path, {"definition": "From Tom.", "version": 0}).status_code == 302
    page = cara.post(path, {"definition": "From Cara.", "version": 0}).content.decode()
    for said in ("Someone changed this while you wrote", "From Tom.", "From Cara."):
        assert said in page
    assert 'name="version" value="1"' in page
    assert Code.objects.get().definition == "From Tom."
    assert cara.post(path, {"definition": "From Cara.", "version": 1}).status_code == 302
    assert Code.objects.get().definition == "From Cara."


def test_who_notes_an_agreement_second_sees_both_and_can_save_then(here: Listening) -> None:
    waiting, told = two_codes(here)
    round_ = round_in(here)
    sort_all(round_, here.cara, waiting)
    sort_all(round_, here.mina, waiting, odd=told)
    round_.refresh_from_db()
    unit = queries.differing(round_)[0][0].unit
    path = f"/p/{here.project.address}/codebook/rounds/{round_.ref}/voices/{unit.ref}/"
    tom, cara = signed_in(here.tom), signed_in(here.cara)
    seen = {"seen": unit.edition}
    assert unit.edition in tom.get(path).content.decode()
    tom.post(path, {"themes": told.ref, "note": "The letter."} | seen)
    page = cara.post(path, {"themes": waiting.ref, "note": "The days."} | seen).content.decode()
    for said in ("Someone changed this while you wrote", "The letter.", "The days."):
        assert said in page
    now = Unit.objects.get(ref=unit.ref)
    assert (now.agreed, now.note) == ([told.ref], "The letter.")
    assert f'value="{now.edition}"' in page
    with pytest.raises(Refusal, match="Someone changed this"):
        services.agree_on(
            by=here.cara, round_=round_, unit=unit, chosen=[], note="The days.", now=NOW
        )
    cara.post(path, {"themes": waiting.ref, "note": "The days.", "seen": now.edition})
    assert Unit.objects.get(ref=unit.ref).note == "The days."
