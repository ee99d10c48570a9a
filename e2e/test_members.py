"""Add Members."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from e2e.inspection import HEIGHT, NARROW, WIDE, misfits, violations
from e2e.journeys.partner_services import adds_an_employee, adds_the_first_member, waits_for_the_enterprise
from e2e.pages.huawei_partner_services import AddMember, Members
from e2e.scenario.actor import Actor
from e2e.scenario.people import People
from e2e.scenario.scenario import Scenario
from mock_sites.client import World


def added(world: World) -> int:
    """How many members were added in the world."""
    return len(world.journal("huawei.member.added"))


@pytest.mark.clause("bind-9")
@pytest.mark.after(adds_the_first_member)
def test_a_member_is_added_with_all_fields(buyer: Actor, people: People, scenario: Scenario) -> None:
    member = people.member(scenario.personas.enterprise)

    AddMember(buyer).open().add(member)

    row = Members(buyer).row(member.name)
    expect(row).to_contain_text(member.department)
    expect(row).to_contain_text(member.phone)
    expect(row).to_contain_text(member.email)
    expect(row).to_contain_text(f"{member.account}@{scenario.personas.enterprise.domain}")
    expect(buyer.page.get_by_role("main")).not_to_contain_text(member.password)


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.after(adds_the_first_member)
def test_the_dialog_for_departments_is_in_the_middle_and_none_of_a_long_list_lies_below_its_buttons(
    buyer: Actor, world: World, width: int
) -> None:
    for number in range(30):
        details = {"department": f"Team {number}", "account": f"liu.yang.{number}", "phone": "13900000008"}
        world.buyer().add_member("Wendy-7-pass", name="Liu Yang", wait=False, **details)
    buyer.page.set_viewport_size({"width": width, "height": HEIGHT})
    form = AddMember(buyer).open()

    form.choose_department.click()

    expect(form.departments).to_be_visible()
    assert violations(buyer.page) + misfits(buyer.page, width) == []
    form.departments.get_by_role("radio").last.check()
    form.done.click()
    expect(form.department).to_have_value(re.compile("Team 29$"))


@pytest.mark.clause("bind-9")
@pytest.mark.after(adds_the_first_member)
def test_what_was_typed_is_kept_but_for_the_password(buyer: Actor, people: People, world: World) -> None:
    member = replace(people.member(people.enterprise()), name="")
    form = AddMember(buyer).open()

    form.add(member)

    expect(form.form.refusal).to_be_visible()
    expect(form.name).to_be_focused()
    expect(form.name).to_have_accessible_description(re.compile("Fill in this field"))
    expect(form.department).to_have_value(member.department)
    expect(form.phone).to_have_value(member.phone)
    expect(form.email).to_have_value(member.email)
    expect(form.account).to_have_value(member.account)
    expect(form.password).to_have_value("")
    assert added(world) == 1


@pytest.mark.after(adds_the_first_member)
def test_a_department_is_chosen_in_a_dialog_that_escape_closes(buyer: Actor, scenario: Scenario) -> None:
    enterprise, form = scenario.personas.enterprise.name, AddMember(buyer).open()
    form.name.fill("Wendy")

    form.choose_department.click()
    expect(form.departments).to_be_visible()
    buyer.page.keyboard.press("Escape")
    expect(form.departments).to_be_hidden()
    expect(form.department).to_have_value("")
    form.choose_department.click()
    form.departments.get_by_role("radio", name=enterprise).check()
    form.done.click()

    expect(form.departments).to_be_hidden()
    expect(form.department).to_have_value(enterprise)
    expect(form.name).to_have_value("Wendy")


@pytest.mark.clause("bind-9")
@pytest.mark.after(adds_the_first_member)
def test_a_member_needs_a_phone_number_or_an_email(buyer: Actor, people: People, world: World) -> None:
    form = AddMember(buyer).open()

    form.add(replace(people.member(people.enterprise()), phone="", email=""))

    expect(form.form.refusal).to_be_visible()
    assert added(world) == 1


@pytest.mark.clause("bind-9")
@pytest.mark.after(adds_the_first_member)
def test_a_weak_password_is_refused(buyer: Actor, people: People, world: World) -> None:
    form = AddMember(buyer).open()
    for password in ("Sh0rt-1", "only-letters", "1234567890", "Passs-1234"):
        with buyer.waits_for_next_page():
            form.add(replace(people.member(people.enterprise()), password=password))

        expect(form.form.refusal).to_be_visible()
        expect(form.password).to_be_focused()

    assert added(world) == 1


@pytest.mark.clause("bind-9")
@pytest.mark.after(adds_an_employee)
def test_an_account_is_unique_in_the_enterprise(buyer: Actor, people: People, scenario: Scenario) -> None:
    form = AddMember(buyer).open()

    form.add(replace(people.member(scenario.personas.enterprise), account=scenario.personas.employee.account))

    expect(form.form.refusal).to_contain_text("exists")
    expect(form.account).to_be_focused()
    assert added(scenario.world) == 2


@pytest.mark.clause("bind-11", "bind-12")
@pytest.mark.after(waits_for_the_enterprise)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_member_is_filled_in_and_every_value_can_be_changed(
    buyer: Actor, people: People, scenario: Scenario
) -> None:
    form, account = AddMember(buyer).open(), scenario.personas.buyer
    expect(form.name).to_have_value(account.names[buyer.language])
    expect(form.email).to_have_value(account.email)
    expect(form.account).to_have_value(account.username)
    expect(form.department).not_to_have_value("")
    expect(form.phone).not_to_have_value("")
    buyer.reads("bind-12", form.offline_password)

    member = people.member(scenario.personas.enterprise)
    form.add(member)

    expect(Members(buyer).row(member.name)).to_contain_text(member.account)
    expect(Members(buyer).row(member.name)).to_contain_text(member.phone)
    expect(Members(buyer).table).not_to_contain_text(account.username)
    second = form.open()
    expect(second.heading).to_be_visible()
    for field in (second.name, second.department, second.phone, second.email, second.account):
        expect(field).to_have_value("")
    scenario.world.clock.advance(hours=1)
    assert scenario.world.mailbox.mails() == []
