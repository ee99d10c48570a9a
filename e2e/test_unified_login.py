"""Log In to the Application: unified login of enterprise members."""

import pytest
from playwright.sync_api import expect

from e2e.journeys.partner_services import notes_what_to_pass_on
from e2e.pages.guance_start import Start
from e2e.pages.huawei_unified_login import NewPassword, UnifiedLogin
from e2e.scenario.actor import Actor
from e2e.scenario.people import People
from e2e.scenario.scenario import Notes, Scenario


@pytest.mark.clause("bind-10", "bind-17")
@pytest.mark.after(notes_what_to_pass_on)
@pytest.mark.parametrize(("language", "reason"), [("en", "not authorized"), ("zh", "未获该应用的授权")])
def test_a_member_who_is_not_authorized_is_refused_and_a_wrong_password_and_an_unknown_account_read_the_same(
    employee: Actor, scenario: Scenario, notes: Notes, people: People, reason: str
) -> None:
    login, nobody = UnifiedLogin(employee).open(notes.login_url), people.member(people.enterprise())
    texts: set[str] = set()
    for name, password in (
        (notes.login_name, people.password()),
        (f"{nobody.account}@{scenario.personas.enterprise.domain}", scenario.personas.employee.password),
        (notes.login_name.replace("@", "@not-"), scenario.personas.employee.password),
        (scenario.personas.buyer.username, scenario.personas.buyer.password),
    ):
        with employee.waits_for_next_page():
            login.sign_in(name, password)
        expect(login.form.refusal).to_be_visible()
        expect(login.account).to_have_value(name)
        expect(login.password).to_have_value("")
        texts.add(login.form.refusal.inner_text())

    assert len(texts) == 1
    me, domain = scenario.personas.buyer, scenario.personas.enterprise.domain
    with employee.waits_for_next_page():
        login.sign_in(f"{me.username}@{domain}", me.password)
    expect(login.form.refusal).to_contain_text(reason)
    expect(NewPassword(employee).heading).to_be_hidden()
    assert not scenario.world.journal("huawei.member.signed-in")


@pytest.mark.clause("bind-10", "bind-16", "bind-18", "bind-19")
@pytest.mark.after(notes_what_to_pass_on)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_login_demands_a_new_password_and_the_initial_one_never_works_again(
    employee: Actor, scenario: Scenario, notes: Notes
) -> None:
    login, page, member = UnifiedLogin(employee), NewPassword(employee), scenario.personas.employee
    for _visit in range(2):
        login.open(notes.login_url)
        expect(login.account).to_be_visible()
        login.sign_in(notes.login_name, member.password)
        expect(page.heading).to_be_visible()
    page.choose(member.password)
    expect(page.form.refusal).to_be_visible()
    expect(page.new_password).to_be_focused()
    assert not scenario.world.journal("huawei.member.password-changed")
    assert not scenario.world.journal("huawei.member.signed-in")

    page.choose(member.new_password)

    expect(Start(employee).heading).to_be_visible()
    expect(employee.page).to_have_url(scenario.world.local(Start.URL))
    expect(employee.page.get_by_role("main")).to_contain_text(notes.login_name)
    employee.context.clear_cookies()
    login.open(notes.login_url).sign_in(notes.login_name, member.password)
    expect(login.form.refusal).to_be_visible()
    login.sign_in(notes.login_name, member.new_password)
    expect(Start(employee).heading).to_be_visible()


@pytest.mark.clause("bind-18")
@pytest.mark.after(notes_what_to_pass_on)
def test_the_new_password_must_be_new_and_keep_the_rules(employee: Actor, scenario: Scenario, notes: Notes) -> None:
    initial = scenario.personas.employee.password
    UnifiedLogin(employee).open(notes.login_url).sign_in(notes.login_name, initial)
    page = NewPassword(employee)

    for refused in (initial, "Sh0rt-1", "only-letters", "Passs-1234"):
        page.choose(refused)
        expect(page.form.refusal).to_be_visible()
        expect(page.new_password).to_be_focused()
    page.new_password.fill(scenario.personas.employee.new_password)
    page.confirmation.fill(initial)
    page.confirm.click()
    expect(page.confirmation).to_be_focused()

    assert not scenario.world.journal("huawei.member.password-changed")


@pytest.mark.clause("bind-16")
@pytest.mark.after(notes_what_to_pass_on)
def test_a_link_to_an_unknown_application_leads_nowhere(employee: Actor, notes: Notes) -> None:
    UnifiedLogin(employee).open(f"{notes.login_url}0")

    expect(UnifiedLogin(employee).form.refusal).to_be_visible()
    expect(UnifiedLogin(employee).log_in).to_be_hidden()
