"""Each state of a page that a trace has seen is compared; a difference is told once."""

from pathlib import Path
from typing import Any

import pytest

from e2e.support.visits import HOME, click, go, page, read, titled
from fixtures.traces import OPTIONS, Lines, action, seen, write
from mock_sites.review.changes import Kind
from mock_sites.review.comparing.compare import compare
from mock_sites.review.recording import Recording
from mock_sites.review.review import review
from mock_sites.review.traces.trace import read_trace
from mock_sites.review.varying import align_values


def test_the_states_of_a_page_are_kept_each_with_the_inputs_before_it(tmp_path: Path) -> None:
    shown, network = go(1, 10, HOME, titled("Loading"))
    shown += click(2, 30, HOME, titled("One"))
    shown += click(3, 50, HOME, titled("One"), titled("Two"))

    [step] = read(tmp_path / "any.zip", shown, network)

    assert step.inputs == (0, 1, 2)
    assert [(state.inputs, state.tree.split('"')[1]) for state in step.states] == [
        (1, "Loading"),
        (1, "One"),
        (3, "Two"),
    ]
    assert step.states[-1].tree == step.tree


Shown = tuple[str, ...]
"""What a page shows in passing and, as the last text, at an input or the end."""


def shown_between(at: int, texts: Shown) -> Lines:
    """An action that only reads, whenever the page shows something else in passing."""
    lines: Lines = []
    for number, text in enumerate(texts):
        call, time = at + number, at + 2 * number
        lines += [*action(call, time, "expect"), seen(call, time + 1, "after", HOME, titled(text))]
    return lines


def visit(file: Path, *inputs: Shown) -> Path:
    """A page with a click after each of its texts, the last of which is its end."""
    shown, network = go(1, 10, HOME, titled(inputs[0][0]))
    at = 100
    for texts in inputs:
        shown += shown_between(at, texts)
        shown += click(at + 50, at + 50, HOME, titled(texts[-1]))
        at += 100
    return write(file, [OPTIONS, *shown[:-5]], network)


def found(tmp_path: Path, before: tuple[Shown, ...], after: tuple[Shown, ...]) -> list[tuple[str, str | None, bool]]:
    """What a review finds on the page, when, and whether it is only advice."""
    files = [visit(tmp_path / str(number) / "trip.zip", *inputs) for number, inputs in enumerate((before, after))]
    changes = [change for _step, change in compare(*(read_trace(file) for file in files))]
    page = [change for change in changes if change.kind in {Kind.TEXT, Kind.STRUCTURE}]
    return [(change.what, change.moment and change.moment.text, change.advice) for change in page]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((("Wait", "List"), ("Two",)), (("List",), ("Two",))),
        ((("Wait", "List"), ("Two",)), (("Wait", "More", "List"), ("Two",))),
        ((("Wait",), ("Wait", "List")), (("Wait", "List"), ("List",))),
        ((("One",), ("Wait", "List")), (("One",), ("Wait",))),
        ((("10 %", "20 %", "List"),), (("20 %", "40 %", "List"),)),
    ],
    ids=["not seen", "seen by one", "late over an input", "cut off", "seen at other times"],
)
def test_a_page_that_is_only_late_does_not_differ(
    before: tuple[Shown, ...], after: tuple[Shown, ...], tmp_path: Path
) -> None:
    assert found(tmp_path / "1", before, after) == []
    assert found(tmp_path / "2", after, before) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            (("One",), ("Two",)),
            (("Uno",), ("Two",)),
            [("heading “One” is now “Uno”", "before “click button (number 151)”", False)],
        ),
        (
            (("One",), ("One",), ("One",)),
            (("Uno",), ("Uno",), ("Uno",)),
            [("heading “One” is now “Uno”", "before “click button (number 151)”", False)],
        ),
        ((("One",), ("Two",)), (("One",), ("Due",)), [("heading “Two” is now “Due”", None, False)]),
        (
            (("Off",), ("On",)),
            (("On",), ("On",)),
            [("heading “Off” is now “On”", "before “click button (number 151)”", False)],
        ),
        (
            (("Zero", "One"), ("Two",)),
            (("Zero", "Uno"), ("Two",)),
            [("heading “One” is now “Uno”", "before “click button (number 151)”", False)],
        ),
        (
            (("One",), ("Wait", "Two")),
            (("One",), ("Load", "Two")),
            [("heading “Wait” is now “Load”", "in passing, before the end", True)],
        ),
    ],
    ids=["until an input", "always", "at the end", "too early", "after a time", "in passing"],
)
def test_a_difference_is_told_once_at_the_moment_at_which_it_appears(
    before: tuple[Shown, ...], after: tuple[Shown, ...], expected: list[tuple[str, str | None, bool]], tmp_path: Path
) -> None:
    assert found(tmp_path, before, after) == expected


def dressed(title: str, style: str, colour: str = "blue") -> Any:
    """A page with a title, and a button in one class of its styles."""
    head = ["HEAD", {}, ["TITLE", {}, title], ["STYLE", {}, f".a {{ color: red }} .b {{ color: {colour} }}"]]
    return ["HTML", {}, head, ["BODY", {}, ["BUTTON", {"class": style}, "Buy"]]]


def dress(file: Path, *pages: Any) -> Path:
    """A page that changes by itself after an input."""
    shown, network = go(1, 10, HOME, dressed("Shop", "a"))
    shown += click(2, 30, HOME, dressed("Shop", "a"))[:-2]
    shown.append(action(2, 30, "click")[1])
    for number, html in enumerate(pages, 3):
        shown += [*action(number, 20 * number, "expect"), seen(number, 20 * number + 9, "after", HOME, html)]
    return write(file / "trip.zip", [OPTIONS, *shown], network)


def test_what_a_page_showed_before_its_end_makes_no_number_another_one(tmp_path: Path) -> None:
    one, two = dressed("Page 1", "a"), dressed("Page 2", "b")
    files = [dress(tmp_path / str(number), *pages) for number, pages in enumerate([(one, two), (two,)])]
    before, after = map(read_trace, files)

    assert [change.what for _step, change in compare(before, align_values(before, after))] == []


def clock(file: Path, heading: str, *looks: tuple[str, str]) -> Recording:
    """A page with a clock that ticks, and figures that come after a click."""
    html = [page(["H1", {}, heading], ["P", {}, f"12:00:{second}"], ["P", {}, figures]) for second, figures in looks]
    shown, network = go(1, 10, HOME, html[0])
    begun, *shots, ended = click(2, 30, HOME, html[0])
    shots[1:] = [seen(2, 35, "action", HOME, html[-2]), seen(2, 39, "after", HOME, html[-1])]
    return read_trace(write(file / "trip.zip", [OPTIONS, *shown, begun, *shots, ended], network))


def test_a_clock_that_ticks_between_two_looks_in_one_run_only_does_not_differ(tmp_path: Path) -> None:
    steady = clock(tmp_path / "1", "Now", ("05", ""), ("05", "128"))
    ticks = clock(tmp_path / "2", "Now", ("06", ""), ("07", ""), ("08", "128"))
    changed = clock(tmp_path / "3", "Today", ("06", ""), ("07", ""), ("08", "128"))

    for before, after in ((steady, ticks), (ticks, steady)):
        assert [change.what for _step, change in compare(before, align_values(before, after))] == []
    for before, after in ((steady, changed), (changed, steady), (ticks, changed)):
        found = [change.what for _step, change in compare(before, align_values(before, after)) if not change.advice]
        assert [what for what in found if "heading" not in what] == []
        assert len(found) == 1


def test_a_title_and_a_look_that_are_only_late_do_not_differ(tmp_path: Path) -> None:
    early = dress(tmp_path / "1", dressed("Wait", "a", "navy"), dressed("Paid", "b"))
    late = dress(tmp_path / "2", dressed("Wait", "a", "navy"))
    changed = dress(tmp_path / "3", dressed("Wait", "a"), dressed("Payed", "a b"))

    assert [change.what for _step, change in compare(read_trace(early), read_trace(late))] == []
    assert [change.what for _step, change in compare(read_trace(late), read_trace(early))] == []
    assert [change.what for _step, change in compare(read_trace(early), read_trace(changed))] == [
        "the page's title is “Payed” instead of “Paid”",
        "button “Buy” has the class “a b” instead of “b”",
    ]


def test_a_rule_that_leaves_entries_out_keeps_what_a_page_showed_before_its_end(tmp_path: Path) -> None:
    early = dress(tmp_path / "1", dressed("Wait", "a"), dressed("Paid", "b"))
    late = dress(tmp_path / "2", dressed("Wait", "a"))
    rules = tmp_path / "review.toml"
    rules.write_text("[[ignore]]\npattern = 'nothing like this'\n")

    assert [finding.what for finding in review(late, early, rules=rules).findings] == []
