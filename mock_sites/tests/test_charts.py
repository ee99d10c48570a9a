"""Charts: what is drawn is what the values are, and every column can be read without a script."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_sites.web import charts

numbers = st.floats(0, 1e12)


@given(numbers)
def test_a_scale_ends_above_its_largest_value_and_not_far_above(value: float) -> None:
    top = charts.round_up(value)
    assert top >= value
    assert top <= max(1, value * 2.5 + 1e-6)


@given(st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=1, max_size=4))
def test_bars_stand_on_each_other_and_stay_in_the_drawing(rows: list[list[float]]) -> None:
    drawing = charts.bars({str(number): row for number, row in enumerate(rows)}, ["a", "b", "c"])
    feet = [drawing.height] * 3
    for path in drawing.paths.values():
        for x, foot, head in re.findall(r"M(\d+) (\d+)V(\d+)", path):
            number = int(x) * 3 // drawing.width
            assert int(foot) == feet[number]
            assert 0 <= int(head) < int(foot)
            feet[number] = int(head)
    assert [column.text for column in drawing.columns] == ["a", "b", "c"]
    assert sum(column.width for column in drawing.columns) == drawing.width


def test_one_bar_is_not_as_wide_as_the_chart_and_stands_in_the_middle() -> None:
    drawing = charts.bars({"x": [5]}, ["a"])
    x, width = (int(number) for number in re.findall(r"M(\d+) .*h(\d+)", drawing.paths["x"])[0])
    assert width <= drawing.width / 10
    assert abs(2 * x + width - drawing.width) <= 2
    assert drawing.columns[0].width == drawing.width


def test_a_line_is_broken_where_there_is_no_value() -> None:
    drawing = charts.lines({"x": [0, 50, None, 100, None]}, list("abcde"), top=100)
    assert drawing.paths["x"] == "M0 90L75 45M225 0"
    assert sum(column.width for column in drawing.columns) == drawing.width


@pytest.mark.parametrize("draw", [charts.lines, charts.bars])
def test_a_chart_of_nothing_is_empty(draw: Callable[..., charts.Drawing]) -> None:
    drawing = draw({"x": []}, [])
    assert (drawing.paths["x"], drawing.columns, drawing.top, drawing.is_empty) == ("", [], 1, True)


def test_a_chart_without_values_is_empty_and_one_of_a_single_value_is_not() -> None:
    assert charts.lines({"x": [None, None]}, ["a", "b"]).is_empty
    assert charts.bars({"x": [0, 0]}, ["a", "b"]).is_empty
    assert not charts.lines({"x": [None, 0]}, ["a", "b"]).is_empty
    assert not charts.bars({"x": [0], "y": [1]}, ["a"]).is_empty
