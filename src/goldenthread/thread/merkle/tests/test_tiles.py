import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.thread.merkle import tiles


@pytest.mark.parametrize(
    ("index", "path"),
    [(0, "000"), (999, "999"), (1000, "x001/000"), (1_234_067, "x001/x234/067")],
)
def test_numbers_are_written_as_in_the_specification(index: int, path: str) -> None:
    assert tiles.number_path(index) == path
    assert tiles.read_number(path) == index


@pytest.mark.parametrize("path", ["", "0", "x000/000", "x001", "001/000", "../000", "x-01/000"])
def test_a_number_written_in_another_way_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="not the number"):
        tiles.read_number(path)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_entries_come_out_as_they_went_in(bodies: list[bytes]) -> None:
    assert list(tiles.unbundle(tiles.bundle(bodies))) == bodies


@pytest.mark.parametrize("raw", [b"\x00", b"\x00\x05abc", b"\x00\x01a\x00"])
def test_a_file_that_is_cut_short_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="cut short"):
        list(tiles.unbundle(raw))
