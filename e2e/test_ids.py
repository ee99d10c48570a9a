"""Where the Huawei Cloud Account ID and Instance ID are found."""

import re

import pytest
from playwright.sync_api import expect

from e2e.journeys.purchase import finds_the_purchased_service, reads_the_instance_id
from e2e.pages.huawei_account import AccountMenu, ApiCredentials, ConsolePage
from e2e.pages.huawei_buyer_center import PurchasedServices, ResourceDetails
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Notes


@pytest.mark.clause("id-1")
def test_the_avatar_menu_leads_to_the_account_id(buyer: Actor) -> None:
    ConsolePage(buyer).open()
    menu = AccountMenu(buyer)
    expect(menu.my_credentials).to_be_hidden()

    menu.open()
    menu.my_credentials.click()

    expect(ApiCredentials(buyer).heading).to_be_visible()
    expect(ApiCredentials(buyer).account_id).to_have_value(re.compile(r"^[0-9a-f]{32}$"))


@pytest.mark.clause("id-1")
def test_two_accounts_have_two_ids(buyer: Actor, second_buyer: Actor) -> None:
    ids: set[str] = set()
    for actor in (buyer, second_buyer):
        ConsolePage(actor).open()
        AccountMenu(actor).open()
        AccountMenu(actor).my_credentials.click()
        ids.add(ApiCredentials(actor).account_id.input_value())

    assert len(ids) == 2


@pytest.mark.clause("id-2")
@pytest.mark.after(finds_the_purchased_service)
def test_application_information_shows_the_instance_id(buyer: Actor) -> None:
    services = PurchasedServices(buyer).open()
    services.open_details(services.guance)

    details = ResourceDetails(buyer)
    expect(details.basic_information).to_be_visible()
    expect(details.instance_id).to_have_text(re.compile(r"^\S{8,64}$"))
    expect(details.basic_information).not_to_contain_text(details.instance_id.inner_text())


@pytest.mark.clause("id-2")
@pytest.mark.after(reads_the_instance_id)
def test_the_details_of_another_accounts_service_are_not_shown(buyer: Actor, second_buyer: Actor, notes: Notes) -> None:
    address = f"{PurchasedServices.URL}/{notes.instance_id}"

    assert buyer.opens(address) == 200
    assert second_buyer.opens(address) == 404
    expect(second_buyer.page.get_by_role("main")).not_to_contain_text(notes.instance_id)
