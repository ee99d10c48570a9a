"""The usage of a workspace: reported by Guance, validated by the marketplace, and paid by the buyer."""

import pytest
from playwright.sync_api import expect

from e2e.journeys import usage_to_bill
from e2e.journeys.usage_to_bill import sees_the_expenses_by_day
from e2e.pages.huawei_account import ConsolePage, SignInPage
from e2e.pages.huawei_buyer_center import ExpensesByDay
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario
from fixtures.accessibility import Inspector
from fixtures.play import Play
from mock_sites.client import World


@pytest.mark.plays(usage_to_bill)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_usage_becomes_the_buyers_bill(play: Play, inspector: Inspector, world: World) -> None:
    play(usage_to_bill, inspector)

    assert inspector.found == []
    (reported,) = world.journal("guance.usage.reported")
    (billed,) = world.journal("huawei.usage.billed")
    assert reported.details["fen"] == billed.details["fen"]


@pytest.mark.after(sees_the_expenses_by_day)
def test_each_further_day_is_added_and_the_latest_comes_first(buyer: Actor, scenario: Scenario) -> None:
    scenario.world.clock.advance(days=2)
    SignInPage(buyer).open().sign_in_as(scenario.personas.buyer)
    expect(ConsolePage(buyer).heading).to_be_visible()
    days = ExpensesByDay(buyer).open().days

    expect(days).to_have_count(3)
    expect(days.last).to_contain_text(f"¥{scenario.notes.cost}")
