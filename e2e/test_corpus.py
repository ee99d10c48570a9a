"""Small sites that behave as public ones do: a review finds their changes, each as what it is, and nothing else."""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from e2e.support.corpus.alterations import edit
from e2e.support.corpus.catalogue import SITES, check_site
from e2e.support.corpus.check import Found, meets
from e2e.support.corpus.site import SingleChange, Site
from mock_sites.review.changes import Kind

CHANGE: Final = SingleChange(
    "a heading", edit("/orders", "Orders", "Bills"), Kind.TEXT, "/orders*", "Bills", ("/bills",)
)


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_review_finds_the_first_change_of_a_site_and_nothing_else(
    site: Site, browser: Browser, tmp_path: Path
) -> None:
    [row] = check_site(browser, site, site.changes[:1], tmp_path, film=False)

    assert row.met, f"expected {row.expected}, found {row.fault or list(map(str, row.found))}"


def test_there_are_enough_sites_and_changes() -> None:
    names = Counter((site.name, change.name) for site in SITES for change in site.changes)

    assert len(SITES) >= 12
    assert names.total() >= 120
    assert [name for name, count in names.items() if count > 1] == []


def found(**other: object) -> Found:
    values = {"kind": Kind.TEXT, "steps": ("/orders 2",), "what": "heading “Orders” is now “Bills”", "advice": False}
    return Found(**{**values, **other})  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("findings", "met"),
    [
        ([found()], True),
        ([found(steps=("/orders", "/bills"))], True),
        ([found(), found(kind=Kind.TIME, advice=True)], True),
        ([], False),
        ([found(), found()], False),
        ([found(kind=Kind.STRUCTURE)], False),
        ([found(steps=("/bills",))], False),
        ([found(steps=("/orders", "/cart"))], False),
        ([found(what="heading “Orders” is gone")], False),
        ([found(advice=True)], False),
    ],
)
def test_a_change_is_met_by_one_finding_of_its_kind_in_its_step(findings: list[Found], *, met: bool) -> None:
    assert meets(CHANGE, findings) == met


def test_without_a_change_only_advice_may_be_found() -> None:
    assert meets(None, [found(advice=True)])
    assert not meets(None, [found()])


def test_a_change_that_a_visit_does_not_meet_is_a_fault(browser: Browser, tmp_path: Path) -> None:
    site = next(site for site in SITES if site.name == "dashboard")

    [row] = check_site(browser, site, [CHANGE], tmp_path, film=False)

    assert not row.met
    assert "never meets" in row.fault
