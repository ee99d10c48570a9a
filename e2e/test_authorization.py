"""Authorize Application Members, and what is handed over to them."""

import re

import pytest
from playwright.sync_api import expect

from e2e.journeys.partner_services import adds_an_employee, waits_for_the_enterprise
from e2e.pages.huawei_partner_services import Authorization, HandOver
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario
from mock_sites.client import World


def authorized(world: World) -> list[str]:
    """The accounts that have been authorized in the world."""
    return [event.details["account"] for event in world.journal("huawei.member.authorized")]


@pytest.mark.clause("bind-13", "bind-15", "bind-21")
@pytest.mark.after(adds_an_employee)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_picked_members_are_authorized_and_no_others_and_what_is_to_be_passed_on_is_shown(
    buyer: Actor, scenario: Scenario
) -> None:
    page, panel = Authorization(buyer).open(), HandOver(buyer)
    enterprise, employee = scenario.personas.enterprise, scenario.personas.employee
    page.pick(employee.name)
    page.agree_to_terms.check()
    page.confirm.click()

    expect(panel.heading).to_be_visible()
    assert authorized(scenario.world) == [employee.account]
    login = scenario.world.local("https://macroverse.huaweicloud.com/unified-login/#/portal-login?ind=UNOP&appId=")
    expect(panel.login_url).to_have_text(re.compile(rf"^{re.escape(login)}\w+$"))
    expect(panel.enterprise_account_name).to_contain_text(enterprise.domain)
    expect(panel.table).to_contain_text(f"{employee.account}@{enterprise.domain}")
    expect(panel.table.get_by_role("row")).to_have_count(2)
    buyer.reads("bind-21", panel.main)
    expect(panel.main).not_to_contain_text(employee.password)


@pytest.mark.clause("bind-14")
@pytest.mark.parametrize(
    ("language", "nobody", "no_terms"),
    [("en", "at least one member", "terms"), ("zh", "至少选择一名成员", "协议许可")],
)
@pytest.mark.after(adds_an_employee)
def test_without_a_picked_member_or_without_the_terms_nothing_is_authorized(
    buyer: Actor, scenario: Scenario, nobody: str, no_terms: str
) -> None:
    page, name = Authorization(buyer).open(), scenario.personas.employee.name
    page.agree_to_terms.check()
    page.confirm.click()
    expect(page.form.refusal).to_contain_text(nobody)
    expect(page.agree_to_terms).to_be_checked()

    page.agree_to_terms.uncheck()
    page.pick(name)
    page.confirm.click()

    expect(page.form.refusal).to_contain_text(no_terms)
    expect(page.agree_to_terms).to_be_focused()
    expect(page.member(name)).to_be_checked()
    assert authorized(scenario.world) == []


@pytest.mark.clause("bind-13")
@pytest.mark.after(waits_for_the_enterprise)
def test_an_enterprise_without_members_has_nobody_to_authorize(buyer: Actor) -> None:
    page = Authorization(buyer).open()

    expect(page.heading).to_be_visible()
    expect(page.confirm).to_be_hidden()
