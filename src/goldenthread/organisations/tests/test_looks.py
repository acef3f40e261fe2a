import io
import struct
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from goldenthread.kit import clock
from goldenthread.kit import colour as colours
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations import logos
from goldenthread.organisations.models import Logo
from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.people.accounts import second_factor

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)


def picture(size=(600, 300), form="PNG", colour=(200, 30, 30), **more):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form, **more)
    return out.getvalue()


def chunk(kind, data):
    crc = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + crc


def flood():
    """A small file that says it unfolds to 3.6 thousand million pixels."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


def test_a_logo_is_drawn_anew_small_and_bare():
    secret = Image.Exif()
    secret[0x010E] = "where it was taken"
    png = logos.redrawn(picture(form="JPEG", exif=secret))
    with Image.open(io.BytesIO(png)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (128, 64))
        assert not drawn.getexif()
    assert b"where it was taken" not in png


@pytest.mark.parametrize(
    "upload",
    [
        b"",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture(form="GIF"),
        picture()[:200],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        flood(),
        b"x" * (logos.HEAVIEST + 1),
    ],
)
def test_what_is_no_picture_is_refused_in_words(upload):
    with pytest.raises(Refusal) as refused:
        logos.redrawn(upload)
    assert refused.value.field == "logo"


@given(st.binary(max_size=400))
def test_no_bytes_break_the_drawing(upload):
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"):
        with suppress(Refusal):
            assert logos.redrawn(start + upload).startswith(b"\x89PNG")


@pytest.mark.parametrize("accent", ["#0b5a55", "#1b6587", "#75406f", "#000", "0B5A55"])
def test_colours_that_can_be_read_are_taken(accent):
    assert colours.fault_of(accent) == ""


@pytest.mark.parametrize("accent", ["#ffd54a", "#c98a12", "#777777", "#fff", "#5aa9a4"])
def test_colours_that_cannot_come_with_one_that_can(accent):
    fault = colours.fault_of(accent)
    assert "hard to read" in fault
    assert colours.darker(accent) in fault
    assert colours.fault_of(colours.darker(accent)) == ""


@pytest.mark.parametrize("accent", ["red", "", "#12", "#12345g", "#0b5a55}", "#0b5a55;"])
def test_what_is_no_colour_is_refused(accent):
    assert "six figures" in colours.fault_of(accent)


def test_contrast_is_that_of_the_standard():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_has_a_shade_for_light_and_one_for_dark(number):
    colour = f"#{number:06x}"
    assert colours.legible(colours.darker(colour))
    dark = colours.for_dark(colour)
    for ground in (colours.DARK_PAPER, colours.DARK_CARD, colours.ON_DARK_BUTTON):
        assert colours.contrast(dark, ground) >= 4.5


@pytest.fixture
def client(db, monkeypatch):
    monkeypatch.setattr(second_factor, "needs_second_factor", lambda _person: False)
    northmoor = OrganisationFactory.create(address="northmoor")
    client = Client()
    client.force_login(member("Ada", northmoor, "administrator"))
    with clock.frozen(NOW):
        yield client


def test_the_logo_is_served_as_png_and_stands_in_the_header(client):
    upload = SimpleUploadedFile("logo.png", picture())
    client.post("/o/northmoor/settings/look/logo/", {"logo": upload})
    served = Client().get("/o/northmoor/logo.png")
    assert served["Content-Type"] == "image/png"
    assert served["X-Content-Type-Options"] == "nosniff"
    assert served.content == bytes(Logo.objects.get().png)
    assert 'src="/o/northmoor/logo.png?' in client.get("/o/northmoor/settings/").content.decode()
    client.post("/o/northmoor/settings/look/logo/remove/")
    assert Client().get("/o/northmoor/logo.png").status_code == 404
    assert "logo.png" not in client.get("/o/northmoor/settings/").content.decode()


def test_a_bad_logo_is_said_beside_its_field(client):
    upload = SimpleUploadedFile("logo.png", b"hello")
    answer = client.post("/o/northmoor/settings/look/logo/", {"logo": upload})
    assert "cannot open this picture" in answer.content.decode()


def test_the_colour_has_a_stylesheet_of_its_own(client):
    client.post("/o/northmoor/settings/look/", {"accent": "#75406F"})
    page = client.get("/o/northmoor/settings/look/").content.decode()
    assert 'href="/o/northmoor/accent.css?75406f"' in page
    served = Client().get("/o/northmoor/accent.css")
    assert served["Content-Type"] == "text/css"
    assert "--action:#75406f" in served.content.decode()


def test_a_colour_that_cannot_be_read_changes_nothing(client):
    answer = client.post("/o/northmoor/settings/look/", {"accent": "#ffd54a"})
    assert "hard to read" in answer.content.decode()
    assert "--action:#0b5a55" in Client().get("/o/northmoor/accent.css").content.decode()
