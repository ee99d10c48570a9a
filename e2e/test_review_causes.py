"""One cause is one finding, and two causes are two."""

from collections.abc import Callable
from pathlib import Path

import pytest

from e2e.review.findings import Finding
from e2e.review.review import review
from e2e.support.sample import SampleElement, SampleStep, make_sample, write_sample
from mock_sites import temporary_folder


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

    assert texts(finding) == ["text “Phone” is new", "field “Phone” is new"]


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
