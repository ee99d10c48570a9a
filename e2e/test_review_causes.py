"""One cause is one finding."""

from pathlib import Path

import pytest

from e2e.support.deliberate import call_twice, find_after, texts
from e2e.support.sample import MARKETPLACE, SampleElement, make_sample, write_sample
from mock_sites.review.causes import group_by_cause
from mock_sites.review.changes import Change, Kind, Value
from mock_sites.review.comparing.align import How, align
from mock_sites.review.comparing.page import compare_pages
from mock_sites.review.recording import RecordedStep, Request, Title
from mock_sites.review.review import review


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample recording, unchanged."""
    return write_sample(make_sample(), tmp_path_factory.mktemp("baseline") / "purchase-en")


def test_a_call_and_its_entries_in_the_journal_are_one_finding(baseline: Path) -> None:
    [finding] = find_after(baseline, call_twice)

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
    [finding] = find_after(
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


def test_the_end_of_a_container_is_one_finding(tmp_path: Path) -> None:
    steps = make_sample()
    inner = [SampleElement("heading", "News"), SampleElement("paragraph", text="Nothing today.")]
    steps[4].elements.append(SampleElement("region", "News of today", children=inner))
    before = write_sample(steps, tmp_path / "before")
    steps[4].elements[-1:] = inner
    after = write_sample(steps, tmp_path / "after")

    [finding] = review(after, before).findings

    assert texts(finding)[0] == "region “News of today” is gone"
