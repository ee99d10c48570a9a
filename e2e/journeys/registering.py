"""The first two pages of a registration with Guance, which are the same wherever somebody comes from."""

from playwright.sync_api import expect

from e2e.journeys.mail import read_code
from e2e.pages.guance_registration import BasicInformation, CompanyInformation, SubscriptionMethod
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario


def fill_in_basic_information(employee: Actor, scenario: Scenario) -> None:
    """Fill in the page "Basic information", with the code that is sent to the email, and go on to the next page."""
    form, person = BasicInformation(employee), scenario.personas.registration
    form.fill_in(person)
    form.get_code.click()
    expect(form.code_answer).to_contain_text(person.email)

    form.code.fill(read_code(employee, person.email))
    form.next.click()

    expect(CompanyInformation(employee).heading).to_be_visible()


def provide_company_information(employee: Actor, scenario: Scenario) -> None:
    """Name the company, agree to the terms, and go on to the last page."""
    CompanyInformation(employee).provide(scenario.personas.registration.company)

    expect(SubscriptionMethod(employee).heading).to_be_visible()
