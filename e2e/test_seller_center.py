"""The seller's developer looks at calls, sends some by hand and replays them, on pages that everybody can use."""

import pytest
from playwright.sync_api import expect

from e2e.inspection import NARROW, violations
from e2e.pages.seller_center import Center
from e2e.scenario.actor import Actor


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_call_by_hand_is_saved_and_replayed(visitor: Actor) -> None:
    center = Center(visitor).open()
    center.send("newInstance")
    expect(center.verdict).to_have_text(center.labels.accepted)

    center.save.click()
    center.cases.click()
    center.replay.click()

    expect(center.rows).to_contain_text([center.labels.same_answer])


def test_the_pages_are_accessible_and_fit_a_narrow_screen(visitor: Actor) -> None:
    center = Center(visitor).open()
    center.send("newInstance")
    visitor.page.set_viewport_size({"width": NARROW, "height": 720})
    found = violations(visitor.page)
    center.save.click()
    for link in (center.calls, center.debugging, center.cases, center.messages, center.coverage, center.sellers):
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        found += violations(visitor.page)
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= NARROW
    center.first_seller.click()
    assert found + violations(visitor.page) == []
