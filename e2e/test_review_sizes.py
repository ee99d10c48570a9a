"""The cost of a review grows with the size of what is compared, not with its square."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fixtures.traces import OPTIONS, Lines, action, asked, seen, write
from mock_sites.review.comparing.layout import compare_boxes
from mock_sites.review.comparing.pixels import changed_boxes
from mock_sites.review.comparing.sequences import MOST_COMPARED, align_sequences
from mock_sites.review.recording import Box
from mock_sites.review.review import review


def calls_of(work: Callable[[], object]) -> int:
    """How many functions ``work`` calls, which is the same at every run."""
    count = 0

    def on_event(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    earlier = sys.getprofile()
    sys.setprofile(on_event)
    try:
        work()
    finally:
        sys.setprofile(earlier)
    return count


def steps(count: int, page: Callable[[int], Any], folder: str = "p") -> tuple[Lines, Lines]:
    """A trace of as many pages."""
    shown: Lines = [OPTIONS]
    network: Lines = []
    for number in range(count):
        url, at = f"http://localhost:8123/{folder}/{number}", 100 * number
        shown += [
            *action(number, at + 10, "goto", params={"url": url}),
            seen(number, at + 19, "after", url, page(number)),
        ]
        network.append(asked(at + 11, "GET", url))
    return shown, network


def rows(count: int, text: Callable[[int], str]) -> Any:
    """A page with a table."""
    cells = (["TR", {}, ["TD", {}, text(row)], ["TD", {}, f"{row * 37 % 100}.00"]] for row in range(count))
    return ["HTML", {}, ["BODY", {}, ["TABLE", {}, ["TBODY", {}, *cells]]]]


def cost(folder: Path, before: tuple[Lines, Lines], after: tuple[Lines, Lines], findings: int) -> int:
    """The calls of a review that finds as much."""
    traces = write(folder / "before.zip", *before), write(folder / "after.zip", *after)

    def compare() -> None:
        reviewed = review(traces[1], traces[0])
        assert (reviewed.faults, len(reviewed.findings)) == ([], findings)

    return calls_of(compare)


def many_steps(folder: Path, count: int) -> int:
    """The cost of steps that all end on other addresses: their folder has another name."""

    def page(number: int) -> Any:
        return ["HTML", {}, ["BODY", {}, ["H1", {}, f"Page {number}"]]]

    return cost(folder, steps(count, page), steps(count, page, "q"), findings=1)


def changed_rows(folder: Path, count: int) -> int:
    """The cost of a list of which each row says something else, and keeps something."""
    return list_cost(folder, count, lambda row: f"row {row}!")


def other_rows(folder: Path, count: int) -> int:
    """The cost of a list of other rows."""
    return list_cost(folder, count, lambda row: f"{row * 7919} of {row % 13}")


def list_cost(folder: Path, count: int, text: Callable[[int], str]) -> int:
    before = steps(1, lambda _number: rows(count, lambda row: f"row {row}"))
    return cost(folder, before, steps(1, lambda _number: rows(count, text)), findings=count)


def moved_boxes(_folder: Path, count: int) -> int:
    """The cost of elements that all moved by another distance."""
    before = [Box("row", f"row {number}", 0, 20 * number, 100, 18) for number in range(count)]
    after = [box._replace(y=box.y + number * 7 % 1000 + 3) for number, box in enumerate(before)]

    def compare() -> None:
        assert list(compare_boxes(before, after))
        assert len(changed_boxes(before, after)) == 2 * count

    return calls_of(compare)


@pytest.mark.parametrize("costs", [many_steps, changed_rows, other_rows, moved_boxes])
def test_four_times_as_much_costs_four_times_as_much(costs: Callable[[Path, int], int], tmp_path: Path) -> None:
    few, many = (costs(tmp_path, count) for count in (80, 320))

    assert many < 1.3 * 4 * few


def test_long_sequences_are_divided_at_what_the_items_keep() -> None:
    before = [f"{number} old" for number in range(1_000)]
    after = ["first new", *(f"{number} new" for number in range(1_000) if number != 500)]
    compared: list[tuple[str, str]] = []

    def alike(old: str, new: str) -> float:
        compared.append((old, new))
        return 1

    pairs = align_sequences(
        before, after, key=lambda item: item, alike=alike, marks=lambda item: [item.partition(" ")[0]]
    )

    assert [(pair.before, pair.after) for pair in pairs] == [
        (None, "first new"),
        *((f"{number} old", f"{number} new" if number != 500 else None) for number in range(1_000)),
    ]
    assert len(compared) == 999


def test_long_sequences_without_anything_in_common_are_divided_evenly() -> None:
    compared: list[tuple[int, int]] = []

    def alike(old: int, new: int) -> float:
        compared.append((old, new))
        return 1

    pairs = align_sequences(range(1_000), range(5_000, 5_990), key=lambda item: item, alike=alike)

    assert sum(pair.before is not None and pair.after is not None for pair in pairs) == 990
    assert len(compared) <= MOST_COMPARED * 1_000
