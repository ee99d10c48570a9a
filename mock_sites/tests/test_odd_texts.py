"""Odd texts in every text field of every form: refused beside the field and kept there, or stored and shown escaped."""

import json
import sqlite3
from typing import Any, Final

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from markupsafe import escape
from werkzeug.test import TestResponse
from wtforms import PasswordField

from mock_sites.control.gate import TokenForm
from mock_sites.guance.billing_center.forms import PasswordsForm
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.forms import fields, forms, kinds, named
from mock_sites.tests.support.typed import CASES
from mock_sites.tests.support.typed.form import PASSWORD, TypedForm
from mock_sites.tests.support.users import Users
from mock_sites.tests.support.visitors import apps, is_api, methods, rules
from mock_sites.web.forms import SiteForm
from mock_sites.web.markup import elements

HOSTILE: Final = "<script>alert(1)</script>'; DROP TABLE accounts; -- {0} %s {{7*7}}"
READABLE: Final = {
    "signs": "🚀👩‍👩‍👧 ☃️",
    "from right to left": "شركة النور",
    "markup and SQL": HOSTILE,
    "blanks": "  Edge Blanks  ",
}
ODD: Final = READABLE | {
    "256": "x" * 256,
    "5000": "y" * 5000,
    "turned": "abc\u202egpj.exe \u2066x",
    "control": f"a\0b\x1b[31m\x07\r\nSubject: x\u2028{HOSTILE}",
    "surrogate": "a\ud800b",
    "digits": "9" * 400,
}
LONG: Final = "x" * 60_000
"""More than SQLite takes as a pattern of LIKE."""
SEARCHED: Final = ("kind", "subject")
"""The parameters by which an API searches."""
UNCHOSEN: Final = ("", "a\ud800b\0", "9" * 400, HOSTILE)
"""Values for selections, checkboxes and hidden fields."""


@pytest.fixture(autouse=True)
def wrong_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every password is wrong."""

    def verify(*_args: object) -> bool:
        raise VerifyMismatchError

    monkeypatch.setattr(PasswordHasher, "verify", verify)


def send(users: Users, case: TypedForm, path: str, typed: dict[str, str]) -> tuple[TestResponse, Any]:
    """Send the form. Returns the answer and the visitor who sent it."""
    session = case.prepare(users)
    visitor = users.visitor(case.app, case.who, **session)
    return visitor.post(path.format_map(users.ids), {**case.good, **typed}, prefix=case.prefix), visitor


def test_every_form_with_a_text_field_has_a_case(dispatcher: Dispatcher) -> None:
    assert apps(dispatcher)
    elsewhere = {PasswordsForm, TokenForm}  # the base class of other forms; only on servers that other machines reach
    assert {named(form) for form in forms() if fields(form)} == set(map(named, CASES.keys() | elsewhere))


@pytest.mark.parametrize("form", CASES, ids=named)
def test_typed_text_is_refused_and_kept_or_shown_escaped(
    users: Users, caplog: pytest.LogCaptureFixture, form: type[SiteForm]
) -> None:
    case, texts = CASES[form], fields(form)
    secret = {name for name, kind in texts.items() if issubclass(kind, PasswordField)}
    for text in ODD.values():
        typed = {name: f"{PASSWORD}{text}" if name in secret else text for name in texts}
        for path in filter(None, (case.path, case.also)):
            answer, _ = send(users, case, path, typed)
            assert answer.status_code in {200, 302, 422}, text
            assert "<script>alert" not in answer.text
            assert PASSWORD not in answer.text
            if answer.status_code == 422:
                assert 'role="alert"' in answer.text
            if answer.status_code == 422 and text in READABLE.values() and texts.keys() - secret:
                assert str(escape(text.strip())) in answer.text
    if secret:
        logged = json.dumps([event.details for event in users.world.journal()], ensure_ascii=False) + caplog.text
        assert PASSWORD not in logged
        for company in users.world.companies:
            with sqlite3.connect(users.world.file(company)) as database:
                assert PASSWORD not in "".join(database.iterdump())
            database.close()


@pytest.mark.parametrize("form", CASES, ids=named)
def test_refused_fields_are_listed_in_the_order_of_the_page_and_the_first_has_the_focus(
    users: Users, form: type[SiteForm]
) -> None:
    case = CASES[form]
    answer, _ = send(users, case, case.path, dict.fromkeys(kinds(form), ""))
    found = elements(answer.text) if answer.status_code == 422 else []
    listed = [
        one.attributes["href"][1:] for one in found if one.tag == "a" and one.attributes.get("href", "")[:1] == "#"
    ]
    refused = [id_ for id_ in listed if id_ != "content"]
    on_the_page = [one.attributes["id"] for one in found if one.attributes.get("id") in refused]
    focused = [one.attributes.get("id") for one in found if "autofocus" in one.attributes]
    assert refused == on_the_page
    assert focused == refused[:1]


@pytest.mark.parametrize("form", [form for form in CASES if kinds(form).keys() - fields(form)], ids=named)
def test_a_choice_that_is_not_offered_is_refused_or_harmless(users: Users, form: type[SiteForm]) -> None:
    for name in sorted(kinds(form).keys() - fields(form)):
        for text in UNCHOSEN:
            answer, _ = send(users, CASES[form], CASES[form].path, {name: text})
            assert answer.status_code in {200, 302, 422}, (name, text)
            assert "<script>alert" not in answer.text


def test_every_address_takes_any_value_of_any_field(users: Users) -> None:
    prefixes = {"", *(case.prefix for case in CASES.values())}
    names = {f"{prefix}{name}" for form in forms() for name in kinds(form) for prefix in prefixes}
    wrong = list[str]()
    for app, rule in rules(users.dispatcher):
        if "POST" not in methods(rule) or is_api(users.dispatcher, app) or rule.endpoint == "worlds.drop":
            continue
        visitor = users.visitor(app, "owner")
        for text in UNCHOSEN[1:3]:
            answer = visitor.post(users.path(rule), dict.fromkeys(names, text))
            if answer.status_code >= 500:
                wrong.append(f"{app} {rule.rule} {text[:10]!r}: {answer.status}")
    assert wrong == []


def test_every_list_is_searched_for_a_text_of_any_length(users: Users) -> None:
    found, wrong = set[str](), list[str]()
    for app, rule in rules(users.dispatcher):
        if "GET" not in methods(rule):
            continue
        visitor, path = users.visitor(app, "owner"), users.path(rule)
        names = SEARCHED if is_api(users.dispatcher, app) else searched(visitor.get(path))
        found |= {f"{app} {rule.rule} {name}" for name in names}
        for name in names:
            answer = visitor.get(f"{path}?{name}={LONG}")
            if answer.status_code >= 500:
                wrong.append(f"{app} {rule.rule} {name}: {answer.status}")
    assert len(found) > len(SEARCHED) * 10
    assert wrong == []


def searched(answer: TestResponse) -> set[str]:
    """The fields of a page by which a list is searched: those for a text in a form that is not posted."""
    if answer.mimetype != "text/html":
        return set()
    inside, found = "", set[str]()
    for one in elements(answer.text):
        if one.tag == "form":
            inside = one.attributes.get("method") or "get"
        elif one.tag == "input" and inside == "get" and one.attributes.get("type", "text") in {"text", "search"}:
            found.add(one.attributes.get("name") or "")
    return found


@pytest.mark.parametrize("form", [form for form, case in CASES.items() if case.free], ids=named)
def test_what_may_be_any_text_is_stored_without_its_blanks_and_shown_as_text(
    users: Users, form: type[SiteForm]
) -> None:
    case = CASES[form]
    for text in READABLE.values():
        short = text[:30]
        answer, visitor = send(users, case, case.path, dict.fromkeys(case.free, short))
        assert answer.status_code == 302, answer.text
        pages = [
            visitor.get(answer.location or ""),
            *([visitor.get(case.shown.format_map(users.ids))] if case.shown else []),
        ]
        assert all(page.status_code in {200, 302} and "<script>alert" not in page.text for page in pages)
        if case.shown:
            assert str(escape(short.strip())) in pages[-1].text
    for text in (ODD["turned"], ODD["control"][:30]):
        refused, _ = send(users, case, case.path, dict.fromkeys(case.free, text))
        assert refused.status_code == 422
        assert "Remove control characters" in refused.text
    mails = users.visitor("mailbox")
    for mail in users.world.messages()[-2:]:
        assert "<script>alert" not in mails.get(f"/messages/{mail.number}").text
