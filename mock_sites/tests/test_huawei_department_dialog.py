"""The dialog in which a department is chosen from the tree, in each form that needs one."""

import re
from typing import Final

import pytest
from markupsafe import escape
from werkzeug.test import TestResponse

from mock_sites.huawei.domain import departments
from mock_sites.huawei.domain.tables import Enterprise
from mock_sites.tests.support.partner_services import buyer
from mock_sites.tests.support.sources import sources
from mock_sites.tests.support.users import Users
from mock_sites.tests.support.visitors import Visitor, nothing_changes
from mock_sites.world import jobs

__all__ = ["buyer"]

ROOT: Final = "/buyer/partner-services"
FORMS: Final = {
    "add a member": ("/members/new", "department", {"name": "Tina T", "account": "tina", "email": "tina@x.example"}),
    "edit a member": ("/members/{member}/edit", "department", {"name": "Wendy W", "email": "w@x.example"}),
    "new department": ("/departments/new", "parent", {"name": "Nights"}),
    "edit a department": ("/departments/{code}/edit", "parent", {"name": "Days"}),
    "automatic authorization": ("/authorize/automatic", "name", {"kind": "group"}),
}
"""Each form: its address, its field for a department, and what else was typed."""


def grow(users: Users, *names: str, parent: str = "Acme Research") -> str:
    """Add departments, of which the seller gets to know. Returns the code of the last one."""
    with users.world.uow("huawei", write=True) as uow:
        enterprise = uow.session.get_one(Enterprise, users.ids["enterprise"])
        code = [departments.add(uow, enterprise, name=name, parent=parent) for name in names][-1].code
    jobs.run_due(users.world)
    return code


def value_of(page: TestResponse, field: str) -> str:
    found = re.search(rf'<input[^>]* name="{field}"[^>]* value="([^"]*)"', page.text)
    return found[1] if found else ""


@pytest.mark.parametrize("form", FORMS)
def test_a_department_is_chosen_in_a_dialog_that_keeps_what_was_typed(users: Users, buyer: Visitor, form: str) -> None:
    path, field, typed = FORMS[form]
    address, code = f"{ROOT}{path.format_map(users.ids)}", grow(users, "North", "South")
    with nothing_changes(users.world):
        closed = buyer.get(address)
        opened = buyer.post(address, typed | {field: "Typed", "dialog": "open"})
        done = buyer.post(address, typed | {field: "Typed", "dialog": "done", "chosen": code})
        cancelled = buyer.post(address, typed | {field: "Typed", "dialog": "close", "chosen": code})
    assert "<dialog" not in closed.text
    assert {opened.status_code, done.status_code, cancelled.status_code} == {200}
    assert re.search("<dialog open.*Acme Research.*North.*South", opened.text, re.DOTALL)
    assert value_of(opened, field) == value_of(cancelled, field) == "Typed"
    assert value_of(done, field) == "South"
    assert "<dialog" not in done.text + cancelled.text
    for answer in (opened, done, cancelled):
        assert all(value_of(answer, name) == text for name, text in typed.items() if name != "kind")


def test_nothing_or_another_enterprises_department_is_not_chosen(users: Users, buyer: Visitor) -> None:
    address = f"{ROOT}/departments/new"
    with users.world.uow("huawei") as uow:
        theirs = uow.session.scalars(departments.departments_of(uow.session.get_one(Enterprise, "e" * 32))).one().code
    for chosen in ("", theirs, "'\0\ud800"):
        answer = buyer.post(address, {"dialog": "done", "chosen": chosen, "name": "N"})
        assert (answer.status_code, 'id="chosen-error">Choose a department.' in answer.text) == (200, True)
        assert "Globex" not in answer.text


def test_the_dialog_shows_some_departments_and_searches_for_others(users: Users, buyer: Visitor) -> None:
    address = f"{ROOT}/members/new"
    grow(users, *(f"Team {number:02}" for number in range(60)))
    opened = buyer.post(address, {"dialog": "open"}).text
    assert opened.count('name="chosen"') == departments.MOST_SUGGESTED
    assert "These are 50 of 62 departments." in opened
    found = buyer.post(address, {"dialog": "search", "department_search": "m 59"}).text
    assert found.count('name="chosen"') == 1
    assert "Team 59" in found
    hostile = "<script>alert(1)</script>\0"
    nothing = buyer.post(address, {"dialog": "search", "department_search": hostile}).text
    assert "No department has this in its name." in nothing
    assert str(escape(hostile[:-1])) in nothing


def test_enter_searches_in_the_open_dialog_and_else_sends_the_form(buyer: Visitor) -> None:
    address = f"{ROOT}/members/new"
    first = re.compile(r"<button[^>]*>")
    for page, name in ((buyer.get(address), ""), (buyer.post(address, {"dialog": "open"}), 'value="search"')):
        found = first.search(page.text, page.text.index('<form class="panel"'))
        assert found
        assert "sent-by-enter" in found[0]
        assert ('name="dialog"' in found[0]) is bool(name)
        assert name in found[0]


AGAIN: Final = "Type it again: a password is not shown."


@pytest.mark.parametrize("button", ["open", "search", "done", "close"])
def test_a_typed_password_has_to_be_typed_again_and_the_page_says_so(buyer: Visitor, button: str) -> None:
    address = f"{ROOT}/members/new"
    answer = buyer.post(address, {"password": "Typed-1234", "dialog": button})
    assert re.search(f'aria-describedby="password-help password-again"(.|\n)*id="password-again">{AGAIN}', answer.text)
    assert "Typed-1234" not in answer.text
    for nothing_typed in (buyer.get(address), buyer.post(address, {"dialog": button})):
        assert AGAIN not in nothing_typed.text


def test_a_refused_form_says_which_passwords_and_files_are_to_be_given_again(buyer: Visitor) -> None:
    refused = buyer.post(f"{ROOT}/members/new", {"password": "Typed-1234", "email": "x"})
    assert (refused.status_code, AGAIN in refused.text) == (422, True)
    wrong = buyer.post(f"{ROOT}/members/new", {"password": "x" * 200})
    assert (wrong.status_code, AGAIN in wrong.text, "password-error" in wrong.text) == (422, False, True)


def test_every_password_is_a_field_that_can_say_so() -> None:
    assert [path.name for path in sources(".html") if 'type="password"' in path.read_text("utf-8")] == []
