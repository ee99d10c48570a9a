"""Every page that was seen in a trace is compared: each tab, each state of a page, and what is in frames."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from fixtures.traces import BODY, OPTIONS, PAID, SHOP, Lines, action, asked, seen, write
from mock_sites.review.changes import Kind
from mock_sites.review.comparing.actions import compare_actions
from mock_sites.review.comparing.compare import compare
from mock_sites.review.recording import RecordedState, RecordedStep
from mock_sites.review.review import review
from mock_sites.review.traces.trace import read_trace
from mock_sites.review.traces.trees import Written, as_yaml
from mock_sites.review.varying import align_values

HOME, NEWS, ADS = "http://localhost:8123/", "http://localhost:8123/news", "http://localhost:8123/ads"


def page(*parts: Any) -> Any:
    return ["HTML", {}, ["BODY", {}, *parts]]


def titled(text: str) -> Any:
    return page(["H1", {}, text])


def click(call: int, at: float, url: str, html: Any, later: Any = None, *, tab: int = 1) -> Lines:
    """A click on a page, and what the page is after it: the same, if nothing else is given."""
    shots = [
        seen(call, at + moment, phase, url, shown, tab=tab)
        for moment, phase, shown in ((1, "before", html), (5, "action", html), (9, "after", later or html))
    ]
    begun, ended = action(call, at, "click", params={"selector": f"button >> nth={call}"})
    return [begun, *shots, ended]


def opened(at: float, tab: int) -> dict[str, Any]:
    """The first page opens another one."""
    params = {"pageId": f"p{tab}", "openerPageId": "p1"}
    return {"type": "event", "time": at, "class": "BrowserContext", "method": "page", "params": params}


def go(call: int, at: float, url: str, html: Any) -> tuple[Lines, Lines]:
    begun, ended = action(call, at, "goto", params={"url": url})
    return [begun, seen(call, at + 9, "after", url, html), ended], [asked(at + 1, "GET", url)]


def read(file: Path, shown: Lines, network: Lines) -> tuple[RecordedStep, ...]:
    return read_trace(write(file, [OPTIONS, *shown], network)).steps


def heading(seen: RecordedStep | RecordedState) -> str:
    return seen.tree.split('"')[1]


def test_each_tab_and_the_return_to_an_earlier_one_is_a_step_with_its_own_requests(tmp_path: Path) -> None:
    shown, network = go(1, 10, HOME, titled("Home"))
    shown += [*click(2, 30, HOME, titled("Home")), opened(36, 2), *click(3, 50, NEWS, titled("News"), tab=2)]
    shown += click(4, 70, HOME, titled("Signed in"))
    network += [asked(37, "GET", NEWS, tab=2), asked(58, "GET", f"{HOME}late", kind="fetch")]

    steps = read(tmp_path / "tabs.zip", shown, network)

    assert [(step.tab, step.actor, step.url, len(step.actions)) for step in steps] == [
        (1, "page 1", HOME, 2),
        (2, "page 2", NEWS, 1),
        (1, "page 1", HOME, 1),
    ]
    assert [[request.url for request in step.requests] for step in steps] == [[HOME, f"{HOME}late"], [NEWS], []]
    assert [step.tree for step in steps] == [
        f'- heading "{text}" [level=1]\n' for text in ("Home", "News", "Signed in")
    ]


def test_steps_have_ids_of_their_own_whatever_their_addresses(tmp_path: Path) -> None:
    shown: Lines = []
    network: Lines = []
    for call, path in enumerate(("news", "news/2", "news"), 1):
        there = go(call, 20 * call, f"{HOME}{path}", titled(path))
        shown += there[0]
        network += there[1]

    ids = [step.id for step in read(tmp_path / "any.zip", shown, network)]

    assert len(set(ids)) == 3


def test_a_tab_that_was_opened_and_left_alone_is_a_step(tmp_path: Path) -> None:
    shown, network = go(1, 10, HOME, titled("Home"))
    shown += [*click(2, 30, HOME, titled("Home")), opened(36, 2), *click(3, 50, HOME, titled("Home"), tab=1)]
    network += [asked(37, "GET", ADS, tab=2)]

    steps = read(tmp_path / "tabs.zip", shown, network)

    assert [(step.tab, step.url) for step in steps] == [(1, HOME), (2, ADS)]


def test_a_page_that_is_seen_late_belongs_to_its_own_address(tmp_path: Path) -> None:
    """On a slow machine a click returns while the page before is still there."""
    for late in (False, True):
        shown, network = go(1, 10, HOME, titled("Home"))
        there = click(2, 30, HOME, titled("Home"))
        there[3] = seen(2, 39, "after", HOME if late else NEWS, titled("Home" if late else "News"))
        shown += [*there, *click(3, 50, NEWS, titled("News"))]
        if late:
            shown[-5 + 1] = seen(3, 51, "before", HOME, titled("Home"))
        network += [asked(52 if late else 36, "GET", NEWS)]

        steps = read(tmp_path / "any.zip", shown, network)

        assert [(step.url, heading(step), len(step.actions), len(step.requests)) for step in steps] == [
            (HOME, "Home", 1, 1),
            (NEWS, "News", 2, 1),
        ], late


def test_what_an_action_sees_that_ends_after_a_later_one_led_elsewhere_is_not_its_page(tmp_path: Path) -> None:
    waits, waited = action(2, 30, "waitForEventInfo")
    shown = [
        OPTIONS,
        *action(1, 10, "goto", params={"url": SHOP}),
        seen(1, 19, "after", SHOP, BODY),
        waits,
        *action(3, 32, "evaluateExpression"),
        seen(3, 33, "before", SHOP, BODY),
        {**waited, "endTime": 60},
        seen(2, 61, "after", PAID, BODY),
    ]

    steps = read_trace(write(tmp_path / "a.zip", shown, [asked(11, "GET", SHOP), asked(40, "GET", PAID)])).steps

    assert [step.url for step in steps] == [SHOP, PAID]


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


def test_the_content_of_frames_is_in_the_tree_at_any_depth(tmp_path: Path) -> None:
    def frame(name: str, title: str) -> Any:
        return ["IFRAME", {"src": f"/snapshot/{name}" if name else "", "title": title}]

    shown, network = go(1, 10, HOME, page(["H1", {}, "Home"], frame("outer", "one"), ["P", {}, "End"]))
    # The inner frame is not named yet when the outer one is seen.
    inside = [
        seen(1, 19, "after", NEWS, page(["P", {}, "Outer"], frame("", "two")), frame="outer"),
        seen(1, 19, "after", ADS, page(["P", {}, "Inner"]), frame="inner"),
    ]

    [step] = read(tmp_path / "any.zip", [*shown, *inside], network)

    assert step.tree.splitlines() == [
        '- heading "Home" [level=1]',
        '- iframe "one":',
        "  - paragraph: Outer",
        '  - iframe "two":',
        "    - paragraph: Inner",
        "- paragraph: End",
    ]


ODD = "".join(map(chr, range(32, 127))) + "\t\n\\u00a0\u2028\ufeff\x1b中é😀"


def test_any_text_is_written_into_a_tree_and_read_again() -> None:
    random = Random(1)  # noqa: S311, no secret
    for length in (1, 2, 3, 4, 1_200):
        for _time in range(300 if length < 5 else 3):
            key, text = ("".join(random.choices(ODD, k=length)) for _part in range(2))
            nodes: list[Written] = [{key: text}, text or "-", {key: [text, {key: text}]}]

            assert yaml.load(as_yaml(nodes), Loader=yaml.CBaseLoader) == nodes  # noqa: S506, it makes texts only


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


def read_on(call: int, at: float, *shots: tuple[str, str], **more: Any) -> Lines:
    """An action that only reads, with what is seen before and after it: an address and a text."""
    begun, ended = action(call, at, more.pop("method", "evaluateExpression"), **more)
    moments = zip((1, 9), ("before", "after"), shots, strict=True)
    return [begun, *(seen(call, at + time, phase, url, titled(text)) for time, phase, (url, text) in moments), ended]


def route(file: Path, *, seen_while_reading: bool, reads: int = 2, news: str = "News", first: str = "click") -> Path:
    """An input that leads to other news without a document; they are seen at once or while a script reads."""
    shown, network = go(1, 10, HOME, titled("Home"))
    late = [(HOME, "Home")] * 2 if seen_while_reading else [(NEWS, news)] * 2
    begun, *shots, ended = click(2, 30, HOME, titled("Home"))
    shots[-1] = shots[-1] if seen_while_reading else seen(2, 39, "after", NEWS, titled(news))
    shown += [{**begun, "method": first}, *shots, ended, *read_on(3, 50, *late)]
    for number in range(reads):
        shown += read_on(4 + number, 70 + 20 * number, (NEWS, news), (NEWS, news))
    return write(file / "trip.zip", [OPTIONS, *shown], network)


def test_a_page_that_comes_while_a_script_reads_is_that_of_the_input_before(tmp_path: Path) -> None:
    at_once = route(tmp_path / "1", seen_while_reading=False)
    later = route(tmp_path / "2", seen_while_reading=True, reads=5)
    changed = route(tmp_path / "3", seen_while_reading=True, news="Old news")

    for file in (at_once, later):
        steps = read_trace(file).steps
        assert [(step.url, step.actions[0].partition(" ")[0], heading(step)) for step in steps] == [
            (HOME, "goes", "Home"),
            (NEWS, "click", "News"),
        ]
    assert [change.what for _step, change in compare(read_trace(at_once), read_trace(later))] == []
    found = [(step.url, change.what) for step, change in compare(read_trace(at_once), read_trace(changed))]
    assert found == [(NEWS, "heading “News” is now “Old news”")]


def test_a_script_leads_elsewhere_itself_where_no_input_is_just_before_it(tmp_path: Path) -> None:
    shown, network = go(1, 10, HOME, titled("Home"))
    leads = read_on(3, 70, (HOME, "Home"), (NEWS, "News"))
    waits = read_on(4, 50, (HOME, "Home"), (HOME, "Home"), method="expect", title="Expect")
    for number, lines in enumerate(([], click(2, 30, HOME, titled("Home")) + waits)):
        file = write(tmp_path / f"{number}.zip", [OPTIONS, *shown, *lines, *leads], network)

        assert [step.actions for step in read_trace(file).steps][-1] == ("evaluateExpression",)
    filled = read_trace(route(tmp_path, seen_while_reading=True, first="fill"))
    assert [step.actions[0] for step in filled.steps][-1] == "evaluateExpression"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["click a", "evaluateExpression"], ["click a", *["evaluateExpression"] * 3], []),
        (["click a", "evaluateExpression"], ["click a"], ["“evaluateExpression” is no longer done"]),
        (["click a"], ["click a", "click a"], ["“click a” is done in addition"]),
        (["isVisible a"], ["isVisible a", "isVisible b"], ["“isVisible b” is done in addition"]),
    ],
)
def test_a_read_that_is_repeated_counts_once(before: list[str], after: list[str], expected: list[str]) -> None:
    assert [change.what for change in compare_actions(before, after)] == expected


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


def leave(file: Path, *, cut: bool, asks: bool = True) -> Path:
    """A click that leads to the news, after which nothing waits; they may not have been seen in the end."""
    shown, network = go(1, 10, HOME, titled("Home"))
    begun, *shots, ended = click(2, 30, HOME, titled("Home"))
    shots[-1] = seen(2, 39, "after", *((HOME, titled("Leaving")) if cut else (NEWS, titled("News"))))
    news = [asked(36, "GET", NEWS, kind="fetch"), asked(37, "GET", f"{HOME}a.js", kind="script")]
    return write(file / "trip.zip", [OPTIONS, *shown, begun, *shots, ended], [*network, *(news if asks else [])])


def test_a_trace_that_ends_before_its_last_page_is_seen_is_only_told(tmp_path: Path) -> None:
    whole, cut, stays = (
        read_trace(leave(tmp_path / str(number), **how))
        for number, how in enumerate(({"cut": False}, {"cut": True}, {"cut": True, "asks": False}))
    )

    expected = "step “/news” is seen in one run only; the other run asks for the same and ends before"
    for pair in ((whole, cut), (cut, whole)):
        assert [(change.what, change.advice) for _step, change in compare(*pair)] == [(expected, True)]
    assert "step “/news” is gone" in [change.what for _step, change in compare(whole, stays) if not change.advice]


@pytest.mark.parametrize(
    ("method", "message", "expected"),
    [
        ("evaluateExpression", "Execution context was destroyed, most likely because of a navigation", None),
        ("evaluateExpression", "Error: no such thing", "Error: no such thing"),
        ("click", "Execution context was destroyed", "Execution context was destroyed"),
    ],
)
def test_a_read_that_a_navigation_interrupts_is_no_failure(
    method: str, message: str, expected: str | None, tmp_path: Path
) -> None:
    shown, network = go(1, 10, HOME, titled("Home"))
    begun, *shots, ended = read_on(2, 30, (HOME, "Home"), (HOME, "Home"), method=method)
    failed = {**ended, "error": {"message": message}}

    [step] = read(tmp_path / "trip.zip", [*shown, begun, *shots, failed], network)

    assert step.error == expected


def test_a_rule_that_leaves_entries_out_keeps_what_a_page_showed_before_its_end(tmp_path: Path) -> None:
    early = dress(tmp_path / "1", dressed("Wait", "a"), dressed("Paid", "b"))
    late = dress(tmp_path / "2", dressed("Wait", "a"))
    rules = tmp_path / "review.toml"
    rules.write_text("[[ignore]]\npattern = 'nothing like this'\n")

    assert [finding.what for finding in review(late, early, rules=rules).findings] == []
