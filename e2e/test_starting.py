"""Start Using Guance: the choice for a member whose Huawei Cloud account is not linked, and its explanation."""

import pytest
from playwright.sync_api import expect

from e2e.journeys.partner_services import changes_the_initial_password
from e2e.journeys.start_using_guance import enters_the_workspace
from e2e.pages.guance_console import WorkspacePage
from e2e.pages.guance_registration import BasicInformation
from e2e.pages.guance_start import Start
from e2e.pages.huawei_unified_login import UnifiedLogin
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Notes, Scenario


@pytest.mark.clause("start-2", "start-3", "start-4", "start-5")
@pytest.mark.after(changes_the_initial_password)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_explains_what_a_fee_center_account_is_and_makes_neither_choice(start: Start, employee: Actor) -> None:
    expect(start.no_account).not_to_be_checked()
    expect(start.existing_account).not_to_be_checked()
    employee.reads("start-3", start.explainer)
    employee.reads("start-4", start.choices)
    employee.reads("start-5", start.process)

    start.next.click()

    expect(start.form.refusal).to_be_visible()
    expect(start.heading).to_be_visible()


@pytest.mark.clause("start-2", "reg-1")
@pytest.mark.after(changes_the_initial_password)
def test_no_fee_center_account_leads_to_registration(start: Start, employee: Actor) -> None:
    start.no_account.check()

    start.next.click()

    expect(BasicInformation(employee).heading).to_be_visible()


@pytest.mark.clause("start-2")
def test_without_a_visit_from_huawei_cloud_the_page_is_refused(visitor: Actor) -> None:
    assert visitor.opens(Start.URL) == 403

    expect(visitor.page.get_by_role("alert")).to_be_visible()
    expect(Start(visitor).next).to_be_hidden()


@pytest.mark.clause("start-1")
@pytest.mark.after(enters_the_workspace)
def test_a_member_of_a_linked_account_is_signed_in_straight_away(
    employee: Actor, scenario: Scenario, notes: Notes
) -> None:
    UnifiedLogin(employee).open(notes.login_url).sign_in(notes.login_name, scenario.personas.employee.new_password)

    expect(WorkspacePage(employee).heading).to_have_text(scenario.personas.registration.workspace)
    expect(Start(employee).next).to_be_hidden()
