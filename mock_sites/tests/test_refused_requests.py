"""Every page of the sites without the needed sign-in, and every form with forged and stray requests.

All rules are tested. A rule that is not listed as public must ask for a sign-in.
"""

import re
from typing import Final

import pytest
from werkzeug.routing import Rule

from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.crawling import MACHINES
from mock_sites.tests.support.refusals import OPEN
from mock_sites.tests.support.users import Users
from mock_sites.tests.support.visitors import TOKEN, apps, is_api, is_designed, methods, nothing_changes, rules
from mock_sites.web.signing_in import KEPT_AT_SIGN_IN

PUBLIC: Final = {
    "huawei.portal": {"portal.home"},
    "huawei.support": {"help_center.home", "help_center.usage_guide"},
    "huawei.api": {"machines.explain"},
    "huawei.marketplace": {
        *("marketplace.home", "marketplace.products", "marketplace.product"),
        *("agreements.marketplace", "agreements.privacy", "agreements.terms"),
    },
    "huawei.marketplace.api": {
        "openapi.spec",
        "scenario_orders.offers",
        "scenario_sign_in.sign_in",
        "scenario_login.log_in",
    },
    "huawei.account": {"account_center.home", "real_name.confirm_on_phone", "real_name.confirmed_on_phone"},
    "huawei.auth": {
        "qr_sign_in.code",
        *(f"sign_in.{page}" for page in ("home", "login", "iam_login", "federated_user", "other_accounts", "logout")),
        *("sign_in.register", "sign_in.forgot_password"),
    },
    "huawei.unified_login": {
        *(f"unified_login.{page}" for page in ("entry", "portal_login", "logged_out", "logout")),
        *("redirects.home", "redirects.authorize", "redirects.logout"),
    },
    "guance.auth": {
        *(f"registration.{step}" for step in ("basics", "company", "activation", "success")),
        *("registration.send_code", "registration.after_code", "binding.after_post", "creating.after_code"),
        *("sign_in.home", "sign_in.password", "forgotten.ask", "forgotten.reset"),
    },
    "guance.console": {"console.leave"},
    "guance.documents": {"documents.home", "documents.registration"},
    "guance.production_api": {"machines.explain"},
    "guance.production_api.api": {"openapi.spec", "datakit_api.report", "datakit_api.stop"},
    "guance.billing_center": {f"billing_center.sign_in.{page}" for page in ("enter", "forgot", "reset", "leave")},
}
"""Pages that everyone can open: sign-in pages, pages before them, and the steps of registration."""

BY_PASS: Final = {"passes.enter", "operator_pass.enter_by_pass"}
"""Forms that accept a pass instead of a session and a CSRF token. Without a pass they lead to the sign-in page."""


def is_public(app: str, rule: Rule) -> bool:
    """Whether everyone can open it."""
    name = rule.endpoint
    return (
        app in OPEN
        or name in PUBLIC.get(app, set())
        or name.startswith(("language.", "theme."))
        or name in MACHINES | BY_PASS
    )


def test_the_lists_name_only_existing_rules(dispatcher: Dispatcher) -> None:
    there_are = {(app, rule.endpoint) for app, rule in rules(dispatcher)}
    listed = {(app, name) for app, names in PUBLIC.items() for name in names}
    assert listed <= there_are
    assert {name for _, name in there_are} >= MACHINES | BY_PASS
    assert apps(dispatcher).keys() >= OPEN


@pytest.mark.parametrize("who", ["nobody", "ended"])
def test_every_page_that_is_not_public_leads_to_a_sign_in(
    users: Users, caplog: pytest.LogCaptureFixture, who: str
) -> None:
    asked, wrong = 0, list[str]()
    with nothing_changes(users.world):
        for app, rule in rules(users.dispatcher):
            if is_public(app, rule):
                continue
            visitor = users.visitor(app, who)
            for method in methods(rule):
                asked += 1
                caplog.clear()
                path = users.path(rule)
                answer = visitor.act(method, path, {})
                to_door = answer.status_code == 302 and "?next=" in (answer.location or "")
                refused = answer.status_code in {401, 403} and (is_designed(answer.text) or answer.is_json)
                lines = int(answer.status_code != 302 or who == "ended")
                if not (refused or (to_door and method == "GET")) or len(caplog.records) != lines:
                    wrong.append(f"{method} {app} {path}: {answer.status} {answer.location} {caplog.messages}")
    assert wrong == []
    assert asked > 60


@pytest.mark.parametrize(
    ("token", "lack"),
    [
        (None, "The field csrf_token is missing."),
        ("forged", "The field csrf_token is of another session."),
        ("of another session", "The field csrf_token is of another session."),
    ],
)
def test_every_form_without_a_good_token_is_refused_says_what_it_lacks_and_changes_nothing(
    users: Users, caplog: pytest.LogCaptureFixture, token: str | None, lack: str
) -> None:
    session = {"csrf_token": "f" * 40} if token == "of another session" else {}
    visitors, wrong = (
        {app: users.visitor(app, "owner", **session) for app in apps(users.dispatcher)},
        list[str](),
    )
    with nothing_changes(users.world):
        for app, rule in rules(users.dispatcher):
            if "POST" not in methods(rule) or rule.endpoint in MACHINES | BY_PASS or is_api(users.dispatcher, app):
                continue
            path = users.path(rule)
            caplog.clear()
            answer = visitors[app].post(path, {}, token=TOKEN if session else token)
            texts = ("This form is no longer valid", lack, "A program opens the page with the form first")
            said = all(text in answer.text for text in texts)
            good = answer.status_code == 400 and said
            if not good or len(caplog.records) != 1:
                wrong.append(f"{app} {path}: {answer.status} {caplog.messages}")
    assert wrong == []


def test_a_form_without_cookies_is_told_that_they_are_missing(browse: Browse) -> None:
    answer = browse("https://auth.huaweicloud.com").post("/authui/login", data={"csrf_token": TOKEN})
    assert (answer.status_code, "The session cookie is missing." in answer.text) == (400, True)


def test_every_address_refuses_methods_that_are_not_its_own(users: Users, caplog: pytest.LogCaptureFixture) -> None:
    allowed = dict[tuple[str, str], set[str]]()
    for app, rule in rules(users.dispatcher):
        allowed.setdefault((app, users.path(rule)), set()).update(methods(rule))
    visitors, wrong = {app: users.visitor(app, "owner") for app in apps(users.dispatcher)}, list[str]()
    with nothing_changes(users.world):
        for (app, path), good in allowed.items():
            method = next(method for method in ("POST", "GET", "PUT") if method not in good)
            caplog.clear()
            answer = visitors[app].ask(method, path)
            said = is_designed(answer.text) and set(answer.headers.get("Allow", "").split(", ")) >= good
            if answer.status_code != 405 or not said or len(caplog.records) != 1:
                wrong.append(f"{method} {app} {path}: {answer.status} {caplog.messages}")
    assert wrong == []


def test_an_unknown_address_of_every_site_is_reported_on_a_page_and_in_one_line(
    users: Users, caplog: pytest.LogCaptureFixture
) -> None:
    for app in apps(users.dispatcher):
        visitor = users.visitor(app)
        for path in ("/nowhere", "/api/nowhere", "/a%0Aworld=main%0D%E2%80%A8%00b", "/%ED%A0%80/%E2%80%AE/%FF"):
            caplog.clear()
            answer = visitor.get(path)
            assert answer.status_code == 404, (app, path)
            assert is_designed(answer.text)
            assert len(caplog.messages) == 1
            assert caplog.messages[0].isprintable()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"a" * (1024 * 1024 + 1), "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a%d=1" % number for number in range(2000)), "application/x-www-form-urlencoded", 400),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 400),
        (b"--x\r\nbroken", "multipart/form-data", 400),
        (b"\xff\xfe=\xed\xa0\x80", "application/x-www-form-urlencoded; charset=nonsense", 400),
        (b'{"name": 1}', "application/json", 400),
    ],
)
def test_what_is_no_form_is_refused(
    users: Users, caplog: pytest.LogCaptureFixture, body: bytes, kind: str, status: int
) -> None:
    answer = users.visitor("huawei.auth").ask("POST", "/authui/login", body, kind)
    assert answer.status_code == status
    assert is_designed(answer.text)
    assert len(caplog.records) == 1


ELSEWHERE: Final = (
    "//evil.example",
    "/\\evil.example",
    "/%09/evil.example",
    "/%0A/evil.example",
    "/%0D%0AX: y",
    "x",
    "",
)


@pytest.mark.parametrize("back", ELSEWHERE)
def test_a_change_of_language_leads_nowhere_else(users: Users, back: str) -> None:
    answer = users.visitor("huawei.portal").get(f"/language/zh?back={back}")
    assert answer.location == "/"


@pytest.mark.parametrize(
    "address",
    [
        *("https://evil.example/", "http://evil.example/", "//evil.example", "javascript:alert(1)", "%00"),
        "http://evil.example\\.boss.guance.com{suffix}/",
        "http://evil.example%09.boss.guance.com{suffix}/",
        "http://evil.example@boss.guance.com{suffix}/",
        "http://boss.guance.com{suffix}.evil.example/",
        "http://boss.guance.com{suffix}/%0D%0AX:%20y",
    ],
)
def test_a_sign_in_leads_nowhere_else(users: Users, address: str) -> None:
    fields = {"username": "sunli", "password": "Mock-2026-Pass"}
    visitor = users.visitor("guance.billing_center", **{KEPT_AT_SIGN_IN: "en"})
    answer = visitor.post(f"/signin?next={address.format(suffix=users.world.suffix)}", fields)
    assert answer.location == users.world.local("https://boss.guance.com/")


def test_the_language_can_be_changed_on_every_page_that_answers_a_form(users: Users) -> None:
    wrong = list[str]()
    for app, rule in rules(users.dispatcher):
        if "POST" not in methods(rule) or rule.endpoint in MACHINES | BY_PASS or is_api(users.dispatcher, app):
            continue
        visitor, path = users.visitor(app, "owner"), users.path(rule)
        page = visitor.post(path, {}, token=None)
        (link,) = set(re.findall(r'href="(/language/zh\?back=[^"]*)"', page.text))
        back = visitor.get(visitor.get(link).location or "")
        if back.status_code == 405:
            wrong.append(f"{app} {path}: {link} leads to {back.status}")
    assert wrong == []
