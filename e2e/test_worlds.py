"""Worlds used at once never see each other's rows, mail, cookies and time; snapshots bring a state back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from e2e.journeys.purchase import agrees_and_subscribes, finds_the_purchased_service
from e2e.pages.huawei_account import ConsolePage, SignInPage
from e2e.pages.huawei_buyer_center import PurchasedServices
from e2e.scenario.actor import Actor, OpenBrowser
from e2e.scenario.scenario import Scenario
from mock_sites.client import World, Worlds


@pytest.fixture
def other_world(worlds: Worlds, world: World, keep_world: Callable[[World], World]) -> World:
    """A fork of the test's world."""
    return keep_world(worlds.fork(world))


@pytest.mark.after(agrees_and_subscribes)
def test_time_and_rows_of_two_worlds_are_apart(
    buyer: Actor, scenario: Scenario, other_world: World, open_browser: OpenBrowser
) -> None:
    elsewhere = Actor("buyer", other_world, "en", open_browser)
    scenario.world.clock.advance(seconds=10)

    expect(PurchasedServices(buyer).open().guance).to_have_count(1)
    elsewhere.opens(PurchasedServices.URL)
    SignInPage(elsewhere).sign_in_as(scenario.personas.buyer)
    expect(PurchasedServices(elsewhere).heading).to_be_visible()
    expect(PurchasedServices(elsewhere).guance).to_have_count(0)


def test_one_browser_is_signed_in_to_one_world_only(buyer: Actor, other_world: World) -> None:
    buyer.page.goto(other_world.local(ConsolePage.URL))
    expect(SignInPage(buyer).button).to_be_visible()

    expect(ConsolePage(buyer).open().heading).to_be_visible()


@pytest.mark.after(agrees_and_subscribes)
def test_a_snapshot_brings_rows_and_time_back(buyer: Actor, world: World) -> None:
    world.snapshot("just-ordered")
    world.clock.advance(seconds=10)
    expect(PurchasedServices(buyer).open().guance).to_have_count(1)

    world.restore("just-ordered")

    services = PurchasedServices(buyer)
    services.refresh()
    expect(services.heading).to_be_visible()
    expect(services.guance).to_have_count(0)


@pytest.mark.after(finds_the_purchased_service)
def test_a_fork_goes_on_where_the_world_was(other_world: World, world: World) -> None:
    assert [event.kind for event in other_world.journal()] == [event.kind for event in world.journal()]

    other_world.clock.advance(hours=1)

    assert len(other_world.journal()) >= len(world.journal())
