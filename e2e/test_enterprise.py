"""New Enterprise Setup: name and domain, what can never be changed, and how long it takes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from e2e.demo.setting import set_up_scenario
from e2e.journeys import Journey
from e2e.journeys.partner_services import selects_the_role, sets_up_the_enterprise
from e2e.journeys.prepared import Prepared
from e2e.pages.huawei_buyer_center import BuyerCenter
from e2e.pages.huawei_marketplace import ProductPage, Prompt, Submitted
from e2e.pages.huawei_partner_services import (
    AddMember,
    Authorization,
    HandOver,
    Members,
    NewEnterprise,
    Onboarding,
    Progress,
    Role,
)
from e2e.scenario.actor import Actor, OpenBrowser
from e2e.scenario.people import EnterpriseDetails, People
from e2e.scenario.scenario import Scenario
from fixtures.signing_in import sign_in_at_huawei_cloud
from mock_sites.client import World, Worlds

FILL_IN = re.compile("Fill in this field")
CHINESE = re.compile("[\u4e00-\u9fff]{2}")


@pytest.mark.clause("bind-5")
@pytest.mark.after(selects_the_role)
def test_name_and_domain_are_both_needed(buyer: Actor, world: World) -> None:
    page = NewEnterprise(buyer).open()
    page.name.fill("Initech")

    page.create.click()

    expect(page.form.refusal).to_be_visible()
    expect(page.domain).to_be_focused()
    expect(page.domain).to_have_accessible_description(FILL_IN)
    expect(page.name).to_have_value("Initech")
    assert not world.journal("huawei.enterprise")


@pytest.mark.clause("bind-5")
@pytest.mark.after(selects_the_role)
def test_a_domain_that_cannot_be_one_is_refused(buyer: Actor, world: World) -> None:
    page = NewEnterprise(buyer).open()
    for domain in ("a", "has space", "-begins", "中文"):
        with buyer.waits_for_next_page():
            page.set_up(EnterpriseDetails(name="Initech", domain=domain))

        expect(page.form.refusal).to_be_visible()
        expect(page.domain).to_have_value(domain)

    assert not world.journal("huawei.enterprise")


@pytest.mark.clause("bind-6", "bind-7")
@pytest.mark.after(selects_the_role)
@pytest.mark.parametrize(("language", "reason"), [("en", "cannot be changed"), ("zh", "不可更改")])
def test_name_and_domain_are_only_shown_once_the_enterprise_exists(
    buyer: Actor, people: People, world: World, reason: str
) -> None:
    left_open, wanted = NewEnterprise(buyer.in_another_tab()).open(), people.enterprise()
    page = NewEnterprise(buyer).open()
    page.set_up(wanted)
    expect(Progress(buyer).heading).to_be_visible()

    left_open.set_up(people.enterprise())

    expect(left_open.form.refusal).to_contain_text(reason)
    expect(left_open.settled_name).to_have_text(wanted.name)
    world.clock.advance(minutes=3)
    page.open()
    expect(page.settled_name).to_have_text(wanted.name)
    expect(page.settled_domain).to_have_text(wanted.domain)
    expect(buyer.page.get_by_role("textbox")).to_have_count(0)
    expect(page.create).to_be_hidden()
    assert {event.details["domain"] for event in world.journal("huawei.enterprise")} == {wanted.domain}


@pytest.mark.clause("bind-7")
@pytest.mark.after(sets_up_the_enterprise)
def test_a_domain_is_taken_once_for_all_organizations(second_buyer: Actor, scenario: Scenario) -> None:
    world, taken = scenario.world, scenario.personas.enterprise.domain
    ProductPage(second_buyer).open().subscribe_now.click()
    Prompt(second_buyer).agree_and_subscribe()
    expect(Submitted(second_buyer).heading).to_be_visible()
    world.clock.advance(seconds=10)
    BuyerCenter(second_buyer).open().start_usage.click()
    Onboarding(second_buyer).use_now.click()
    Role(second_buyer).confirm.click()

    page = NewEnterprise(second_buyer)
    page.set_up(EnterpriseDetails(name="Globex", domain=taken.upper()))

    expect(page.form.refusal).to_contain_text("taken")
    expect(page.name).to_have_value("Globex")
    assert len(world.journal("huawei.enterprise.requested")) == 1


@pytest.mark.clause("bind-8")
@pytest.mark.after(sets_up_the_enterprise)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_until_it_is_set_up_nothing_later_can_be_done(buyer: Actor) -> None:
    for later in (Members.URL, AddMember.URL, Authorization.URL, HandOver.URL):
        buyer.opens(later)

        expect(Progress(buyer).heading).to_be_visible()
        expect(AddMember(buyer).save).to_be_hidden()
        expect(Authorization(buyer).confirm).to_be_hidden()
        expect(HandOver(buyer).heading).to_be_hidden()
    buyer.reads("bind-8", Progress(buyer).message)


@pytest.mark.after(sets_up_the_enterprise)
@pytest.mark.parametrize("language", ["zh"])
def test_what_was_typed_before_a_test_is_in_its_language(buyer: Actor, scenario: Scenario) -> None:
    scenario.world.clock.advance(minutes=3)

    expect(NewEnterprise(buyer).open().settled_name).to_have_text(CHINESE)


def test_what_was_typed_before_a_journey_is_in_its_language(
    worlds: Worlds, prepared: Prepared, open_browser: OpenBrowser, keep_world: Callable[[World], World]
) -> None:
    late = Journey("late", en="Late", zh="", begins_after=sets_up_the_enterprise)

    scenario = set_up_scenario(late, worlds, prepared, "zh", open_browser, name="late")

    keep_world(scenario.world).clock.advance(minutes=3)
    sign_in_at_huawei_cloud(scenario.buyer, scenario.personas.buyer)
    expect(NewEnterprise(scenario.buyer).open().settled_name).to_have_text(CHINESE)


@pytest.mark.clause("bind-8")
@pytest.mark.after(selects_the_role)
def test_the_progress_page_reloads_until_the_enterprise_is_ready(buyer: Actor, people: People, world: World) -> None:
    world.clock.run()
    buyer.page.clock.install()
    NewEnterprise(buyer).open().set_up(people.enterprise())
    progress = Progress(buyer)
    expect(progress.message).to_contain_text("1-3 minutes")

    world.clock.advance(minutes=3)
    buyer.page.clock.fast_forward("00:10")

    expect(Members(buyer).add_members).to_be_visible()
    expect(progress.bar).to_be_hidden()


@pytest.mark.clause("bind-8")
@pytest.mark.after(selects_the_role)
def test_a_page_that_waits_says_whether_it_refreshes_itself(buyer: Actor, people: People, world: World) -> None:
    by_hand, by_itself = "This page does not refresh itself.", "This page refreshes itself until it is done."
    NewEnterprise(buyer).open().set_up(people.enterprise())
    content = buyer.page.get_by_role("main")
    expect(content).to_contain_text(by_hand)
    expect(content).not_to_contain_text(by_itself)

    world.clock.run()
    buyer.page.reload()

    expect(content).to_contain_text(by_itself)
    expect(content).not_to_contain_text(by_hand)
