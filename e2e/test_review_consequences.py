"""What follows from a change is told with it: moves, counters, missing steps."""

from pathlib import Path
from typing import Any

import pytest

from e2e.support.deliberate import call_twice, texts
from e2e.support.sample import make_sample, write_sample
from fixtures.traces import BODY, SHOP, action, visit_shop_and_pay, write
from mock_sites.review.causes import group_by_cause
from mock_sites.review.changes import Value
from mock_sites.review.comparing.compare import compare
from mock_sites.review.comparing.step_consequences import shift
from mock_sites.review.recording import RecordedStep, Recording, Request, Title
from mock_sites.review.review import review


def test_what_a_wider_margin_moves_is_one_finding_on_all_pages(tmp_path: Path) -> None:
    before = write_sample(make_sample(), tmp_path / "before")
    steps = make_sample()
    for element in (element for step in steps for top in step.elements for element in top.named()):
        element.right, element.down, element.wider = 12, 12, -24
    after = write_sample(steps, tmp_path / "after")

    [finding] = review(after, before).findings

    assert (finding.kind, [place.step.number for place in finding.places]) == ("layout", [1, 2, 3, 4, 5])


def test_two_elements_that_moved_otherwise_are_two_findings(tmp_path: Path) -> None:
    before = write_sample(make_sample(), tmp_path / "before")
    steps = make_sample()
    steps[3].elements[1].right = 30
    steps[3].elements[4].down = 7
    after = write_sample(steps, tmp_path / "after")

    assert [finding.what for finding in review(after, before).findings] == [
        "heading “Purchased Services” moved 30 pixels to the right",
        "button “Start Usage” moved 7 pixels down",
    ]


def test_counters_that_go_on_from_another_number_follow_from_what_is_counted(tmp_path: Path) -> None:
    steps = make_sample()
    steps[3].events.append({"kind": "huawei.answered", "facts": {"call": 2}})
    steps[4].requests.append(("GET", "https://mail.example/messages/49", 200))
    before = write_sample(steps, tmp_path / "before")
    call_twice(steps)
    steps[3].events[-1]["facts"] = {"call": 3}
    steps[4].requests[-1] = ("GET", "https://mail.example/messages/51", 200)
    steps[4].events[0]["facts"] = {"member": "li.wei", "seats": 7}
    after = write_sample(steps, tmp_path / "after")

    added, other = review(after, before).findings

    assert added.what == "huawei to guance: POST /saas/produce is made in addition"
    assert [place.step.number for place in added.places] == [3, 4, 5]
    assert texts(added)[3:] == [
        "“huawei.answered” tells call 3 instead of 2",
        "GET goes to https://mail.example/messages/51 instead of https://mail.example/messages/49",
    ]
    assert other.what == "“member added” tells seats 7 instead of null"


@pytest.mark.parametrize(
    ("before", "after", "by"),
    [
        ("call 3 of 3", "call 4 of 4", 1),
        ("https://mail/messages/49?page=2", "https://mail/messages/51?page=2", 2),
        ("3 of 9", "4 of 8", 0),
        ("¥9", "¥10", 0),
        ("9.00", "10.00", 0),
        ("at 9:30", "at 9:31", 0),
        ("CS1", "CS2", 0),
        ("3 calls", "3 mails", 0),
    ],
)
def test_only_whole_numbers_that_stand_alone_are_counters(before: str, after: str, by: int) -> None:
    assert shift(Value(before, after)) == by


def test_steps_that_are_missing_after_one_that_failed_follow_from_that(tmp_path: Path) -> None:
    before = write_sample(make_sample(), tmp_path / "before")
    steps = make_sample()
    del steps[3:]
    steps[2].error = "no button"
    after = write_sample(steps, tmp_path / "after")

    [finding] = review(after, before).findings

    assert texts(finding) == [
        "fails: no button",
        "step “Find the service in Purchased Services” is gone",
        "step “Add the first member” is gone",
    ]


def test_an_error_of_many_lines_is_told_in_one(tmp_path: Path) -> None:
    before = write_sample(make_sample(), tmp_path / "before")
    steps = make_sample()
    del steps[3:]
    steps[2].error = """Locator expected to be visible
Actual value: None
Call log:
  - Expect "to_be_visible" get_by_role("heading", name="Submitted") with timeout 5000ms
  - waiting for get_by_role("heading", name="Submitted")

Aria snapshot:
- main
"""
    after = write_sample(steps, tmp_path / "after")

    [finding] = review(after, before).findings

    assert texts(finding)[0] == 'fails: Locator expected to be visible: get_by_role("heading", name="Submitted")'


@pytest.mark.parametrize(
    ("failed", "expected"),
    [
        (1, ["fails: no button", "step “Find the service in Purchased Services” is gone"]),
        (0, ["no longer fails: no button", "step “Find the service in Purchased Services” is new"]),
    ],
)
def test_what_differs_from_the_step_on_in_which_one_run_fails_follows_from_that(
    failed: int, expected: list[str], tmp_path: Path
) -> None:
    runs = [make_sample(), make_sample()]
    runs[failed][2].error = "no button"
    runs[failed][2].elements[1].name = "Sorry"
    del runs[failed][3:]
    before, after = (write_sample(steps, tmp_path / name) for steps, name in zip(runs, "ab", strict=True))

    [finding] = review(after, before).findings

    assert texts(finding)[:2] == expected
    assert any("Sorry" in text for text in texts(finding))


def test_what_differs_before_a_step_in_which_one_run_fails_is_told_by_itself(tmp_path: Path) -> None:
    before = write_sample(make_sample(), tmp_path / "before")
    steps = make_sample()
    steps[0].elements[1].name = "Sorry"
    steps[2].error = "no button"
    after = write_sample(steps, tmp_path / "after")

    assert len(review(after, before).findings) == 2


@pytest.mark.parametrize("how", ["is no longer done", "is done in addition"])
def test_all_that_a_run_lacks_because_it_ends_early_is_one_finding(how: str, tmp_path: Path) -> None:
    """So it is with a test that fails by an assertion of its own, of which a trace tells nothing."""
    shown, network = visit_shop_and_pay()
    begun, rest = shown[:4], shown[4:]
    more = [*action(4, 22, "hover", params={"selector": "h1"}), *action(5, 24, "tap", params={"selector": "h1"})]
    whole = write(tmp_path / "whole.zip", begun + more + rest, network)
    short = write(tmp_path / "short.zip", begun, network[:1])

    [finding] = review(*((short, whole) if how == "is no longer done" else (whole, short))).findings

    assert texts(finding)[:2] == [f"“hover h1” {how}", f"“tap h1” {how}"]
    assert any(text.startswith("step “/paid”") for text in texts(finding))


def test_a_page_that_lost_all_that_is_on_it_is_one_finding(tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.zip", *visit_shop_and_pay())
    blank = write(tmp_path / "blank.zip", *visit_shop_and_pay(paid=["HTML", {}, ["BODY", {}]]))

    [lost], [gained] = (review(*pair).findings for pair in ((blank, whole), (whole, blank)))

    assert texts(lost) == ["the page is empty", "heading “Shop” is gone", "button “Buy” is gone"]
    assert texts(gained) == ["the page was empty", "heading “Shop” is new", "button “Buy” is new"]


def test_a_title_and_styles_that_an_empty_page_lacks_are_told_with_it(tmp_path: Path) -> None:
    head = ["HEAD", {}, ["TITLE", {}, "Paid"], ["STYLE", {}, "h1 { color: red }"]]
    whole = write(tmp_path / "whole.zip", *visit_shop_and_pay(paid=["HTML", {}, head, BODY[2]]))
    blank = write(tmp_path / "blank.zip", *visit_shop_and_pay(paid=["HTML", {}, ["HEAD", {}], ["BODY", {}]]))

    [finding] = review(blank, whole).findings

    assert {"the page is empty", "the page's title is “” instead of “Paid”"} < set(texts(finding))
    assert any("color red" in text for text in texts(finding))


def test_a_page_that_is_not_loaded_yet_is_not_compared(tmp_path: Path) -> None:
    """The parser has made no body: it waits for a script."""
    whole = write(tmp_path / "whole.zip", *visit_shop_and_pay())
    head = ["HEAD", {}, ["TITLE", {}, "Paid"], ["SCRIPT", {}]]
    loading = write(tmp_path / "loading.zip", *visit_shop_and_pay(paid=["HTML", {}, head]))

    assert [review(*pair).findings for pair in ((loading, whole), (whole, loading))] == [[], []]


def test_what_a_page_shows_is_told_with_the_steps_that_were_joined_for_it() -> None:
    def step(name: str, text: str, *requests: str) -> RecordedStep:
        asked = tuple(Request("GET", f"{SHOP}/{path}", 200) for path in requests)
        about: dict[str, Any] = {"title": Title(en=name, zh=name), "actor": "buyer", "url": f"{SHOP}/{requests[-1]}"}
        return RecordedStep(number=1, name=name, tree=f'- heading "{text}"\n', requests=asked, **about)

    def recording(*steps: RecordedStep) -> Recording:
        title = Title(en="buy", zh="buy")
        numbered = [step.model_copy(update={"number": number}) for number, step in enumerate(steps, 1)]
        return Recording(journey="buy", title=title, language="en", seed="", steps=tuple(numbered))

    parts, whole = (step("shop", "Shop", "a"), step("pay", "Paid", "b")), step("pay", "Payed", "a", "b")

    changes = [change for _step, change in compare(recording(*parts), recording(whole))]

    assert [[change.what for change in cause] for cause in group_by_cause(changes)] == [
        ["steps “shop” and “pay” were joined into “pay”", "heading “Paid” is now “Payed”"]
    ]
