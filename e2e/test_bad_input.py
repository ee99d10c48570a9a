"""What bad requests get: a designed page with the right status, and nothing changed."""

import re

import pytest
from playwright.sync_api import expect

from e2e.journeys.partner_services import authorizes_the_employee, waits_for_the_enterprise
from e2e.journeys.purchase import agrees_and_subscribes
from e2e.journeys.start_using_guance import enters_the_workspace
from e2e.pages.guance_console import GuanceSignIn, WorkspacePage
from e2e.pages.huawei_account import AccountMenu, ConsolePage, SignInPage
from e2e.pages.huawei_buyer_center import BuyerCenter, PurchasedServices
from e2e.pages.huawei_marketplace import PRODUCT_PAGE, ProductPage, Prompt
from e2e.pages.huawei_partner_services import AddMember, Authorization, HandOver, Members, Onboarding
from e2e.scenario.actor import Actor
from e2e.scenario.people import People
from e2e.scenario.scenario import Scenario
from mock_sites.client import World

SUBSCRIBE = f"{PRODUCT_PAGE.partition('#')[0]}/subscribe"


def test_a_form_with_a_missing_or_forged_token_changes_nothing(buyer: Actor, world: World) -> None:
    for token in ("", "forged"):
        ProductPage(buyer).open().subscribe_now.click()
        prompt = Prompt(buyer)
        prompt.terms.check()
        prompt.dialog.locator("[name=csrf_token]").evaluate("(field, token) => field.value = token", token)

        with buyer.page.expect_response(re.compile(re.escape(world.local(SUBSCRIBE)))) as answer:
            prompt.subscribe_now.click()

        assert answer.value.status == 400
        expect(buyer.page.get_by_role("heading", level=1)).to_have_text("This form is no longer valid")

    assert not world.journal("huawei.order")


@pytest.mark.after(waits_for_the_enterprise)
def test_the_token_of_another_person_is_forged_too(
    buyer: Actor, second_buyer: Actor, people: People, world: World
) -> None:
    ProductPage(second_buyer).open().subscribe_now.click()
    expect(Prompt(second_buyer).dialog).to_be_visible()
    token = Prompt(second_buyer).dialog.locator("[name=csrf_token]").input_value()
    form = AddMember(buyer).open()
    form.fill_in(people.member(people.enterprise()))
    buyer.page.locator("main [name=csrf_token]").evaluate("(field, token) => field.value = token", token)

    form.save.click()

    expect(buyer.page.get_by_role("heading", level=1)).to_have_text("This form is no longer valid")
    assert not world.journal("huawei.member.added")


@pytest.mark.after(authorizes_the_employee)
def test_the_enterprise_of_another_account_is_not_shown(second_buyer: Actor, scenario: Scenario) -> None:
    for address in (Members.URL, AddMember.URL, Authorization.URL, HandOver.URL):
        second_buyer.opens(address)

        expect(Onboarding(second_buyer).heading).to_be_visible()
        expect(Onboarding(second_buyer).use_now).to_be_hidden()
        expect(second_buyer.page.locator("body")).not_to_contain_text(scenario.personas.enterprise.domain)


@pytest.mark.after(agrees_and_subscribes)
def test_the_result_of_another_accounts_order_is_not_shown(buyer: Actor, second_buyer: Actor, world: World) -> None:
    order = world.journal("huawei.order.submitted")[0].details["order"]
    result = f"https://marketplace.huaweicloud.com/orders/{order}/submitted"

    assert buyer.opens(result) == 200
    assert second_buyer.opens(result) == 404


@pytest.mark.after(enters_the_workspace)
def test_the_workspace_of_another_account_is_not_shown(employee: Actor, visitor: Actor, scenario: Scenario) -> None:
    person, owner = scenario.personas.registration, scenario.world.people()["workspace-owner"]
    GuanceSignIn(employee).open().sign_in(person.username, person.password)
    expect(WorkspacePage(employee).heading).to_have_text(person.workspace)
    address = scenario.world.documented(employee.page.url)
    GuanceSignIn(visitor).open().sign_in(owner.username, owner.password)
    expect(WorkspacePage(visitor).workspace_id).to_be_visible()

    assert visitor.opens(address) == 404
    expect(visitor.page.get_by_role("main")).not_to_contain_text(person.workspace)


def test_a_page_for_those_who_are_signed_in_sends_others_to_the_sign_in_and_back(
    visitor: Actor, scenario: Scenario
) -> None:
    visitor.opens(PurchasedServices.URL)
    expect(PurchasedServices(visitor).heading).to_be_hidden()

    SignInPage(visitor).sign_in_as(scenario.personas.buyer)

    expect(PurchasedServices(visitor).heading).to_be_visible()
    expect(visitor.page).to_have_url(scenario.world.local(PurchasedServices.URL))


def test_a_session_that_has_ended_says_so(buyer: Actor, world: World) -> None:
    BuyerCenter(buyer).open()
    world.clock.advance(hours=13)

    PurchasedServices(buyer).open()

    expect(SignInPage(buyer).button).to_be_visible()
    expect(SignInPage(buyer).form.refusal).to_contain_text("session has ended")


def test_a_form_sent_after_the_session_has_ended_changes_nothing(buyer: Actor, world: World) -> None:
    ProductPage(buyer).open().subscribe_now.click()
    expect(Prompt(buyer).dialog).to_be_visible()
    world.clock.advance(hours=13)

    Prompt(buyer).agree_and_subscribe()

    expect(buyer.page.get_by_role("heading", level=1)).to_have_text("You are not signed in")
    assert not world.journal("huawei.order")


def test_signing_out_ends_the_session_on_all_hosts(buyer: Actor) -> None:
    ConsolePage(buyer).open()
    AccountMenu(buyer).open()
    AccountMenu(buyer).sign_out.click()
    expect(SignInPage(buyer).button).to_be_visible()

    PurchasedServices(buyer).open()

    expect(SignInPage(buyer).button).to_be_visible()
    expect(PurchasedServices(buyer).heading).to_be_hidden()


def test_a_wrong_password_and_an_unknown_account_read_the_same(
    visitor: Actor, scenario: Scenario, people: People
) -> None:
    sign_in = SignInPage(visitor)
    texts: set[str] = set()
    for name, password in (
        (scenario.personas.buyer.username, people.password()),
        ("nobody", scenario.personas.buyer.password),
    ):
        sign_in.open().sign_in(name, password)
        expect(sign_in.form.refusal).to_be_visible()
        expect(sign_in.name).to_have_value(name)
        expect(sign_in.password).to_have_value("")
        texts.add(sign_in.form.refusal.inner_text())

    assert len(texts) == 1


def test_unknown_pages_and_wrong_methods_get_a_designed_page(visitor: Actor) -> None:
    for address, status in (
        ("https://marketplace.huaweicloud.com/contents/no-such-product", 404),
        ("https://marketplace.huaweicloud.com/nowhere", 404),
        ("https://auth.huaweicloud.com/authui/logout", 405),
        ("https://auth.guance.com/nowhere", 404),
        ("https://macroverse.huaweicloud.com/unified-login/password", 401),
    ):
        assert visitor.opens(address) == status

        expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
        expect(visitor.page.get_by_role("banner")).to_be_visible()
        expect(visitor.page.locator("body")).not_to_contain_text("Traceback")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_unknown_world_or_host_gets_a_page_that_lists_what_exists(visitor: Actor, world: World) -> None:
    for host in ("marketplace.huaweicloud.com.no-such-world", "no-such-host.com", "nothing"):
        address = world.local("https://x/").replace(f"x.{world.name}", host)

        answer = visitor.page.goto(address)

        assert answer is not None
        assert answer.status == 404
        expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
        expect(visitor.page.get_by_role("link", name=world.name, exact=True).first).to_be_visible()


def test_an_unknown_site_of_a_known_world_lists_the_worlds_sites(visitor: Actor, world: World) -> None:
    assert visitor.opens("https://shop.example.com/") == 404

    link = visitor.page.get_by_role("link", name=re.compile("Marketplace"))
    expect(link).to_be_visible()
    with visitor.page.expect_popup() as opened:
        link.click()
    expect(opened.value).to_have_url(world.local("https://marketplace.huaweicloud.com/"))
