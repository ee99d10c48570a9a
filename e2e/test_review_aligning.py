"""Steps of two recordings that belong together: renamed, joined, or cut off in one of them."""

from typing import Any

import pytest

from mock_sites.review.comparing.align import How, align, as_one
from mock_sites.review.comparing.cut_off import as_cut_off
from mock_sites.review.recording import RecordedState, RecordedStep, Request, Title

HOME = "http://localhost:8123/"


def step(name: str, *requests: str, actor: str = "page 1", **parts: Any) -> RecordedStep:
    asked = tuple(Request("GET", f"{HOME}{path}", 200) for path in requests)
    about = {"number": 1, "title": Title(en=name, zh=name), "url": f"{HOME}{name}", "actor": actor}
    return RecordedStep.model_validate({"name": name, "requests": asked, **about, **parts})


def tree(*names: str) -> str:
    return "".join(f'- heading "{name}"\n' for name in names)


def hows(before: list[RecordedStep], after: list[RecordedStep]) -> list[How]:
    return [each.how for each in align(before, after)]


GO, READ = ("goes to /",), ("click link “News”",)
FIRST = step("home", "", actions=GO, tree=tree("Home"))
LAST = step("news", "news", actions=READ, tree=tree("News"))
CUT = step("home", "", "news", actions=GO + READ, tree=tree("Home"))


def test_a_recording_that_ends_before_its_last_page_is_seen_is_cut_off() -> None:
    assert hows([FIRST, LAST], [CUT]) == [How.CUT_OFF]
    assert hows([CUT], [FIRST, LAST]) == [How.CUT_OFF]


@pytest.mark.parametrize(
    ("last", "cut"),
    [
        (LAST.model_copy(update={"tab": 2}), CUT),
        (LAST.model_copy(update={"requests": ()}), CUT),
        (LAST, CUT.model_copy(update={"actions": (*GO, "click link “Cart”")})),
        (LAST, CUT.model_copy(update={"requests": FIRST.requests})),
    ],
    ids=["another tab", "asks for nothing", "does something else", "does not ask for it"],
)
def test_a_recording_that_went_elsewhere_is_not_cut_off(last: RecordedStep, cut: RecordedStep) -> None:
    assert How.CUT_OFF not in hows([FIRST, last], [cut])


def test_requests_of_a_step_that_was_cut_off_are_in_the_order_of_the_others_and_no_others() -> None:
    first, cut = step("home", "", "a", "style"), step("home", "more", "news", "a", "")

    joined, ordered = as_cut_off((first, LAST), cut)

    assert [request.url.removeprefix(HOME) for request in joined.requests] == ["", "a", "style", "news"]
    assert [request.url.removeprefix(HOME) for request in ordered.requests] == ["", "a", "news", "more"]
    assert (joined.states, joined.whole) == ((), False)


def test_the_last_state_of_a_page_that_was_left_is_not_whole() -> None:
    states = tuple(
        RecordedState(url=HOME, tree=tree(name), inputs=number) for number, name in enumerate(("One", "Two"))
    )
    first = FIRST.model_copy(update={"states": states})

    joined, _cut = as_cut_off((first, LAST), CUT)

    assert [state.whole for state in joined.states] == [True, False]


def test_steps_are_joined_only_if_each_of_them_asks_for_something() -> None:
    together = step("home", "", "news")

    assert hows([FIRST, LAST], [together]) == [How.JOINED]
    quiet = step("quiet", tree=tree("Quiet"))
    assert hows([step("home", ""), quiet], [step("home", "")]) == [How.KEPT, How.REMOVED]


def test_a_journey_whose_last_two_steps_are_one_now_is_not_cut_off() -> None:
    """Recordings of journeys tell no actions, and end where they should."""
    assert hows([step("home", ""), step("news", "news")], [step("home", "", "news")]) == [How.JOINED]


def test_steps_of_two_people_are_not_joined() -> None:
    before = [step("buys", "buy", actor="buyer"), step("uses", "use", actor="employee")]

    assert hows(before, [step("uses", "buy", "use", actor="employee")]) == [How.REMOVED, How.KEPT]


@pytest.mark.parametrize(
    ("shown", "alike", "renamed"),
    [
        (("A", "B", "C", "D"), {}, True),
        (("A", "B", "C", "X"), {}, False),
        (("A", "B", "C", "X"), {"url": HOME, "requests": ()}, True),
        (("X", "Y", "Z", "D"), {"url": HOME, "requests": ()}, True),
        (("A", "B", "C", "D"), {"actor": "page 2"}, False),
    ],
    ids=["same page elsewhere", "another page elsewhere", "alike at one address", "one address", "another page's tab"],
)
def test_a_step_of_another_name_is_the_same_if_its_page_is(
    shown: tuple[str, ...], alike: dict[str, Any], *, renamed: bool
) -> None:
    common = {name: value for name, value in alike.items() if name != "actor"}
    old = step("old", "old", tree=tree("A", "B", "C", "D")).model_copy(update=common)
    new = step("new", "new", tree=tree(*shown)).model_copy(update=alike)

    assert (hows([old], [new]) == [How.RENAMED]) == renamed


@pytest.mark.parametrize(("seconds", "together"), [((1.0, 2.5), 3.5), ((1.0, None), None), ((None, None), None)])
def test_several_steps_take_the_time_of_all_if_it_is_known(
    seconds: tuple[float | None, ...], together: float | None
) -> None:
    assert as_one([step("any", seconds=each) for each in seconds]).seconds == together
