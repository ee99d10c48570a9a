"""One cause is one finding, and two causes are two."""

import os
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest

from e2e.support.deliberate import Deliberate
from e2e.support.deliberate_changes import CATALOGUE
from e2e.support.sample import MARKETPLACE, SampleElement, SampleStep, make_sample, write_sample
from mock_sites import temporary_folder
from mock_sites.review.causes import group_by_cause
from mock_sites.review.changes import Change, Kind, Value
from mock_sites.review.comparing.align import How, align
from mock_sites.review.comparing.page import compare_pages
from mock_sites.review.comparing.step_consequences import shift
from mock_sites.review.findings import Finding
from mock_sites.review.recording import RecordedStep, Request, Title
from mock_sites.review.review import review

MOST_PAIRS: Final = int(os.environ.get("MOCK_SITES_PAIRS", "60"))
"""How many pairs of deliberate changes are made together; 2000 makes all."""
RESHAPING: Final = {
    "a step more", "a step less", "steps in another order", "a step renamed", "a step split", "two steps joined",
}  # fmt: skip
"""Changes of whole steps. What else is changed in those steps cannot be told apart from them."""
SAME_THING: Final = {
    ("a button renamed on two pages", "a button widened"),
    ("a button renamed on two pages", "a button of another colour"),
    ("a note reworded", "a note lost"),
    ("a heading lost", "a button moved"),
    ("a field lost", "a field more"),
    ("a field lost", "a field filled in"),
    ("a field lost", "a label renamed"),
    ("a field filled in", "a label renamed"),
    ("another value", "a value lost"),
    ("a button that does not", "a button made a link"),
    ("a button that does not", "a button moved"),
    ("a button made a link", "a button moved"),
    ("a list item more", "a list item less"),
    ("a list item less", "list items in another order"),
    ("another status in a table", "a table lost"),
    ("a table lost", "a button moved"),
    ("a button widened", "a button of another colour"),
    ("a request less", "requests in another order"),
    ("a call that fails", "a call less"),
    ("a call that fails", "a call twice"),
    ("a call less", "a call twice"),
    ("an event less", "events in another order"),
    ("events in another order", "another amount"),
    ("a mail less", "a mail twice"),
    ("a mail less", "a mail to somebody else"),
    ("a mail less", "another subject"),
    ("a mail less", "another line in a mail"),
    ("a mail twice", "a mail to somebody else"),
    ("a mail twice", "another subject"),
    ("a mail to somebody else", "another subject"),
    ("a paragraph lost", "a button widened"),
    ("a dialog less", "a dialog's text"),
    ("a dialog less", "another dialog"),
    ("a dialog's text", "another dialog"),
    ("a download less", "a file's name"),
    ("a download less", "a file's content"),
    ("a file's name", "a file's content"),
}
"""Changes of one thing or of neighbours in a row, or of which one undoes the other."""


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample recording, unchanged."""
    return write_sample(make_sample(), tmp_path_factory.mktemp("baseline") / "purchase-en")


def findings(baseline: Path, *changes: Callable[[list[SampleStep]], object]) -> list[Finding]:
    """What a review finds after the changes."""
    steps = make_sample()
    for change in changes:
        change(steps)
    with temporary_folder() as folder:
        return list(review(write_sample(steps, folder / "changed"), baseline).findings)


def texts(finding: Finding) -> list[str]:
    return [change.what for change in finding.changes]


def call_twice(steps: list[SampleStep]) -> None:
    """The seller is called once more, which the journal notes twice."""
    steps[2].calls += steps[2].calls
    steps[2].events += [
        {"kind": "huawei.call", "facts": {"method": "POST", "path": "/saas/produce"}},
        {"kind": "huawei.answered", "facts": {"code": "000000"}},
    ]


def test_a_call_and_its_entries_in_the_journal_are_one_finding(baseline: Path) -> None:
    [finding] = findings(baseline, call_twice)

    assert texts(finding) == [
        "huawei to guance: POST /saas/produce is made in addition",
        "“huawei.call” happens in addition",
        "“huawei.answered” happens in addition",
    ]


def test_a_label_and_its_field_are_one_finding_on_all_pages(tmp_path: Path) -> None:
    steps = make_sample()
    for page in (steps[3], steps[4]):
        page.elements += [SampleElement("text", text="Phone"), SampleElement("textbox", "Phone")]
    before = write_sample(steps, tmp_path / "before")
    for page in (steps[3], steps[4]):
        page.elements[-2].text = page.elements[-1].name = "Telephone number"
    after = write_sample(steps, tmp_path / "after")

    [finding] = review(after, before).findings

    assert texts(finding) == ["text “Phone” is now “Telephone number”", "field “Phone” is now “Telephone number”"]
    assert [place.step.number for place in finding.places] == [4, 5]


def test_a_label_that_is_new_with_its_field_is_one_finding(baseline: Path) -> None:
    [finding] = findings(
        baseline,
        lambda steps: steps[4].elements.extend(
            [SampleElement("text", text="Phone"), SampleElement("textbox", "Phone")]
        ),
    )

    assert texts(finding) == ["field “Phone” is new", "text “Phone” is new"]


def test_an_option_that_is_new_and_the_name_that_has_it_now_are_one_finding(tmp_path: Path) -> None:
    def choice(*options: str) -> SampleElement:
        children = [SampleElement("option", option) for option in options]
        return SampleElement("combobox", " ".join(["Format", *options]), children=children)

    steps = make_sample()
    steps[4].elements.append(choice("WebM", "MP4"))
    before = write_sample(steps, tmp_path / "before")
    steps[4].elements[-1] = choice("WebM", "MKV", "MP4")
    after = write_sample(steps, tmp_path / "after")

    [finding] = review(after, before).findings

    assert [place.step.number for place in finding.places] == [5]
    assert any("option “MKV” is new" in text for text in texts(finding))


@pytest.mark.parametrize("level", ["3", "4"])
def test_headings_of_another_level_are_one_finding(level: str, tmp_path: Path) -> None:
    def headings(level: str) -> list[SampleElement]:
        return [SampleElement("heading", f"Story {letter}", states=f"level={level}") for letter in "ABC"]

    steps = make_sample()
    steps[4].elements += headings("2")
    before = write_sample(steps, tmp_path / "before")
    steps[4].elements[-3:] = headings(level)
    after = write_sample(steps, tmp_path / "after")

    [finding] = review(after, before).findings

    assert len(texts(finding)) == 3


def test_elements_that_changed_places_have_one_cause() -> None:
    changes = compare_pages(
        '- button "First"\n- link "Middle"\n- button "Last"\n', '- button "Last"\n- link "Middle"\n- button "First"\n'
    )

    [cause] = group_by_cause([*changes])

    assert [change.what for change in cause] == ["button “Last” stands elsewhere", "link “Middle” stands elsewhere"]


def test_a_page_whose_address_changed_is_one_finding_with_the_link_to_it(tmp_path: Path) -> None:
    def leading_to(name: str) -> Path:
        steps = make_sample()
        url = f"{MARKETPLACE}/{name}"
        steps[0].elements[-1].url = f"/{name}"
        steps[1].name, steps[1].title, steps[1].url, steps[1].requests = name, f"/{name}", url, [("GET", url, 200)]
        return write_sample(steps, tmp_path / name)

    found = review(leading_to("gauss"), leading_to("guance")).findings

    assert [texts(finding) for finding in found] == [
        [
            "step “/guance” is now “/gauss”",
            f"ends on {MARKETPLACE}/gauss instead of {MARKETPLACE}/guance",
            "link “Guance” has the url /gauss instead of /guance",
        ]
    ]


@pytest.mark.parametrize("tree", ["", '- heading "Gauss" [level=1]\n'])
def test_pages_that_are_empty_or_differ_are_other_steps(tree: str) -> None:
    old, new = (
        RecordedStep(
            number=1,
            name=name,
            title=Title(en=name, zh=name),
            actor="buyer",
            url=f"{MARKETPLACE}/{name}",
            tree=own,
            requests=(Request("GET", f"{MARKETPLACE}/{name}", 200),),
        )
        for name, own in (("guance", tree.replace("Gauss", "Guance")), ("gauss", tree))
    )

    assert [each.how for each in align([old], [new])] == [How.ADDED, How.REMOVED]


def test_a_message_whose_id_differs_too_has_the_cause_of_the_text_that_it_brings() -> None:
    said = Value('{"text": "Milk or lemon?", "id": "20443e7a"}', '{"text": "Sugar?", "id": "d1db726e"}')
    changes = [
        Change(Kind.TEXT, "list item", value=Value("Bot: Milk or lemon?", "Bot: Sugar?")),
        Change(Kind.SOCKETS, "message", value=said),
        Change(Kind.CONSOLE, "another text", value=Value("Bot: Milk or cream?", "Bot: Sugar?")),
    ]

    causes = group_by_cause(changes)

    assert [[change.what for change in cause] for cause in causes] == [
        ["list item", "message"],
        ["another text"],
    ]


def test_an_element_that_lost_its_name_is_not_called_empty(tmp_path: Path) -> None:
    steps = make_sample()
    steps[4].elements += [SampleElement("button", "Close", text="x"), SampleElement("textbox", "Phone")]
    before = write_sample(steps, tmp_path / "before")
    steps[4].elements[-2:] = [SampleElement("button", "x"), SampleElement("textbox")]
    after = write_sample(steps, tmp_path / "after")

    found = review(after, before).findings

    assert [texts(finding) for finding in found] == [
        ["button “Close” is now “x”"],
        ["field “Phone” lost its name"],
    ]


def pairs() -> list[tuple[Deliberate, Deliberate]]:
    """Some of the pairs of independent changes, first those of one step."""
    found = [
        (one, other)
        for one, other in combinations(CATALOGUE, 2)
        if not {one.name, other.name} & RESHAPING and (one.name, other.name) not in SAME_THING
    ]
    found.sort(key=lambda pair: not set(pair[0].steps) & set(pair[1].steps))
    close = [pair for pair in found if set(pair[0].steps) & set(pair[1].steps)]
    return found if len(close) < MOST_PAIRS else close[:: -(-len(close) // MOST_PAIRS)]


def test_two_independent_changes_are_two_findings(baseline: Path) -> None:
    for one, other in pairs():
        found = findings(baseline, other.change, one.change)

        expected = [deliberate for deliberate in (one, other) if any(map(deliberate.is_found_as, found))]
        assert (len(found), expected) == (2, [one, other]), (one.name, other.name, [each.what for each in found])


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


def test_the_end_of_a_container_is_one_finding(tmp_path: Path) -> None:
    steps = make_sample()
    inner = [SampleElement("heading", "News"), SampleElement("paragraph", text="Nothing today.")]
    steps[4].elements.append(SampleElement("region", "News of today", children=inner))
    before = write_sample(steps, tmp_path / "before")
    steps[4].elements[-1:] = inner
    after = write_sample(steps, tmp_path / "after")

    [finding] = review(after, before).findings

    assert texts(finding)[0] == "region “News of today” is gone"
