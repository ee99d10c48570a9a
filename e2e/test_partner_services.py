"""Step Two: how a buyer gets to the partner services, and the role."""

import pytest
from playwright.sync_api import expect

from e2e.journeys.partner_services import notes_what_to_pass_on, selects_the_role, uses_now
from e2e.journeys.purchase import finds_the_purchased_service
from e2e.pages.huawei_buyer_center import BuyerCenter, Sidebar
from e2e.pages.huawei_partner_services import HandOver, Members, NewEnterprise, Onboarding, Role, UsageGuide
from e2e.scenario.actor import Actor


@pytest.mark.clause("bind-1")
@pytest.mark.after(finds_the_purchased_service)
def test_pending_tasks_come_up_after_a_purchase_and_lead_to_onboarding(buyer: Actor) -> None:
    center = BuyerCenter(buyer).open()
    expect(center.pending_tasks).to_be_visible()

    center.start_usage.click()

    expect(Onboarding(buyer).use_now).to_be_visible()


@pytest.mark.clause("bind-1")
def test_without_a_purchase_no_task_is_pending(buyer: Actor) -> None:
    center = BuyerCenter(buyer).open()

    expect(center.heading).to_be_visible()
    expect(center.pending_tasks).to_be_hidden()


@pytest.mark.clause("bind-1")
@pytest.mark.after(notes_what_to_pass_on)
def test_once_a_member_is_authorized_no_task_is_pending(buyer: Actor) -> None:
    center = BuyerCenter(buyer).open()

    expect(center.heading).to_be_visible()
    expect(center.pending_tasks).to_be_hidden()


@pytest.mark.clause("bind-2", "bind-20")
@pytest.mark.after(finds_the_purchased_service)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sidebar_leads_to_the_same_onboarding_page_and_that_to_the_usage_guide(buyer: Actor) -> None:
    center = BuyerCenter(buyer).open()
    center.start_usage.click()
    by_popup = buyer.page.url

    center.open()
    buyer.page.keyboard.press("Escape")
    expect(center.pending_tasks).to_be_hidden()
    Sidebar(buyer).partner_services.click()

    expect(Onboarding(buyer).use_now).to_be_visible()
    expect(buyer.page).to_have_url(by_popup)
    Onboarding(buyer).usage_guide.click()
    expect(UsageGuide(buyer).heading).to_be_visible()


@pytest.mark.clause("bind-3")
def test_without_a_purchase_there_is_nothing_to_use(buyer: Actor) -> None:
    onboarding = Onboarding(buyer).open()

    expect(onboarding.heading).to_be_visible()
    expect(onboarding.use_now).to_be_hidden()


@pytest.mark.clause("bind-3")
@pytest.mark.after(notes_what_to_pass_on)
def test_use_now_goes_on_where_the_buyer_has_come_to(buyer: Actor) -> None:
    Onboarding(buyer).open().use_now.click()

    expect(Members(buyer).table).to_be_visible()
    expect(Role(buyer).heading).to_be_hidden()


@pytest.mark.clause("bind-3", "bind-4")
@pytest.mark.after(finds_the_purchased_service)
def test_use_now_leads_to_the_role_and_for_personal_use_is_recommended(buyer: Actor) -> None:
    Onboarding(buyer).open().use_now.click()
    role = Role(buyer)
    expect(role.heading).to_be_visible()
    expect(role.for_personal_use).to_be_checked()
    expect(role.for_a_customer).not_to_be_checked()

    role.confirm.click()

    expect(NewEnterprise(buyer).heading).to_be_visible()


@pytest.mark.clause("bind-4")
@pytest.mark.after(uses_now)
def test_no_enterprise_is_set_up_before_the_role_is_confirmed(buyer: Actor) -> None:
    NewEnterprise(buyer).open()

    expect(Role(buyer).heading).to_be_visible()
    expect(NewEnterprise(buyer).create).to_be_hidden()


@pytest.mark.clause("bind-15")
@pytest.mark.after(selects_the_role)
def test_without_an_enterprise_there_is_nothing_to_hand_over(buyer: Actor) -> None:
    buyer.opens(HandOver.URL)

    expect(NewEnterprise(buyer).heading).to_be_visible()
    expect(HandOver(buyer).heading).to_be_hidden()
