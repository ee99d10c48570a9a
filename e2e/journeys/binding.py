"""What the binding journeys have in common. Each function is part of a step."""

from playwright.sync_api import expect

from e2e.journeys.mail import read_code
from e2e.pages.guance_binding import BindingPage
from e2e.pages.guance_console import GuanceSignIn, WorkspacePage
from e2e.scenario.actor import Actor
from mock_sites.client import Person


def bind_fee_center_account(employee: Actor, holder: Person) -> None:
    """Bind the fee center account of ``holder``, verified by the code in the holder's mail."""
    binding = BindingPage(employee)
    binding.ask_for_code(holder.username)
    expect(binding.code_answer).not_to_be_empty()

    binding.code.fill(read_code(employee, holder.email))
    binding.bind_account.click()

    expect(binding.account).to_contain_text(holder.username)
    expect(binding.account).to_contain_text(employee.labels("binding").bound)


def confirm_binding(employee: Actor, workspace: str) -> None:
    """Confirm the binding. The login page of the workspace's site confirms it."""
    BindingPage(employee).confirm.click()

    expect(GuanceSignIn(employee).heading).to_be_visible()
    notice = employee.page.get_by_role("main").get_by_role("status")
    expect(notice).to_contain_text(employee.labels("binding").successfully_bound)
    expect(notice).to_contain_text(workspace)


def sign_in_to_workspace(employee: Actor, username: str, password: str, workspace: str) -> None:
    """Sign in on the page after the binding, and open the workspace. The Huawei Cloud account pays for it now."""
    GuanceSignIn(employee).sign_in(username, password)

    console, words = WorkspacePage(employee), employee.labels("workspace")
    expect(console.heading).to_have_text(workspace)
    expect(console.settlement).to_have_text(words.by_huawei)
