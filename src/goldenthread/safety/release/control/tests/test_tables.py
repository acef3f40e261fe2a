import pytest

from goldenthread.safety.release.control import BadTable, read
from goldenthread.safety.release.control.tables import GRAND, LARGEST, MOST, Key


def test_lines_with_and_without_names_say_the_same():
    plain = read(["a,x,3", "a,y,20"])
    assert plain == read(["row,column,count", "a,x,3", "a,y,20"])
    assert plain == read(["count,row,column", "3,a,x", "20,a,y"])
    assert plain == read(["\ufeffFaculty,Answer,People", "a,x,3", "", " a , y , 20 "])
    assert plain.counts == {Key("a", "x"): 3, Key("a", "y"): 20}


@pytest.mark.parametrize(
    "names",
    [
        "Area,Answer,COUNT",
        "Area,Answer,Number",
        "Area,Answer,n",
        "Area,Answer,Number of people",
        "Area,Answer,value",
        "row,column,how many",
    ],
)
def test_a_line_of_names_is_known_by_what_its_counts_are_called(names):
    assert read([names, "a,x,3"]) == read(["a,x,3"])


def test_a_combination_that_is_not_listed_is_nobody():
    assert read(["a,x,3", "b,y,20"]).counts[Key("a", "y")] == 0


def test_totals_are_added_up_and_none_repeats_a_single_cell():
    assert read(["a,x,3", "a,y,20"]).totals() == [GRAND]
    assert read(["a,x,3"]).totals() == []
    square = read(["a,x,3", "a,y,20", "b,x,1", "b,y,2"])
    assert {key: square.count(key) for key in square.totals()} == {
        Key("a", None): 23,
        Key("b", None): 3,
        Key(None, "x"): 4,
        Key(None, "y"): 22,
        GRAND: 26,
    }


def test_totals_in_the_table_are_known_as_totals():
    table = read(["a,x,3", "a,y,20", "a,Total,23", "TOTAL,x,3"])
    assert list(table.counts) == [Key("a", "x"), Key("a", "y")]
    assert table.given == {Key("a", None): ("a", "Total"), Key(None, "x"): ("TOTAL", "x")}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "empty"),
        (["row,column,count"], "empty"),
        (["a,x"], "Line 1 has 2 fields"),
        (["a,x,1,2"], "Line 1 has 4 fields"),
        (["a,x,-1"], "whole number from 0, not “-1”"),
        (["a,x,1.5"], "not “1.5”"),
        (["a,x,1", "a,y,many"], "Line 2: the count"),
        (["a,x,²"], "not “²”"),
        (["North,yes,ten", "South,yes,30"], "Line 1: the count must be a whole number"),
        (["North,yes,3O", "South,yes,30"], "Line 1: the count must be a whole number"),
        (["a,x,30.0"], "not “30.0”"),
        (["a,x,"], "Line 1: the count must be a whole number"),
        (["a,x,*"], "not “*”"),
        ([f"a,x,{LARGEST + 1}"], "above 100,000,000"),
        (["a,x,1", "a,x,1"], "there twice"),
        ([",x,1"], "no name"),
        (["Total,x,1"], "totals only"),
        (["a,x,1", "Total,x,2"], "add up to 1"),
        (["a,x,1", "total,x,1", "All,x,1"], "there twice"),
        ([f"a,{at},1" for at in range(MOST + 1)], "more than 2,000"),
        ([f"{at},{at},1" for at in range(60)], "more than 2,000"),
        (['a,"x,1'], "not a table with commas"),
    ],
)
def test_a_table_that_cannot_be_used_is_told_in_one_sentence(lines, said):
    with pytest.raises(BadTable) as refused:
        read(lines)
    assert said in str(refused.value)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)
