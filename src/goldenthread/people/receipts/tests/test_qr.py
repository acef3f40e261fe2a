import re
import xml.etree.ElementTree as ET

from goldenthread.people.receipts import codes, qr


def test_the_picture_scales_and_carries_no_style() -> None:
    drawn = qr.svg(str(codes.new()))
    svg = ET.fromstring(drawn)  # noqa: S314  our own drawing
    assert svg.get("viewBox")
    assert "style" not in drawn
    assert "<script" not in drawn
    assert svg.find("title").text


def test_it_is_dark_on_light_in_every_scheme() -> None:
    drawn = qr.svg(str(codes.new()))
    assert 'fill="#fff"' in drawn
    assert 'stroke="#000"' in drawn


def test_another_code_gives_another_picture_and_the_same_code_the_same() -> None:
    code = str(codes.new())
    assert qr.svg(code) == qr.svg(code)
    assert qr.svg(code) != qr.svg(str(codes.new()))


def test_the_code_stands_in_the_picture_alone_not_in_its_markup() -> None:
    code = str(codes.new())
    assert not re.search(code.replace("-", "-?"), qr.svg(code))
