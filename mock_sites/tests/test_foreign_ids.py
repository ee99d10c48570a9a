"""Other people's ids neither show nor change anything, in addresses and in fields.

Every rule with an argument is listed here. A new rule fails the first test until it is listed.
"""

import re
from typing import Final

import pytest

from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.owned_ids import BOSS, OWNED, SHOP
from mock_sites.tests.support.users import Users
from mock_sites.tests.support.visitors import Visitor, apps, arguments, is_designed, methods, nothing_changes, rules

SELLER: Final = "guance.production_api"
CENTER: Final = "huawei.seller_center"
CENTER_API: Final = "huawei.seller_center.api"
KIND: Final = "<any('email', 'phone'):kind>"
BRANCH: Final = "<any('have-account', 'no-account'):branch>"


FOR_EVERYBODY: Final = {
    f"{SHOP} /contents/<content_id>": {"content_id": "nothing"},
    f"{SHOP} /contents/<content_id>/invitation": {"content_id": "nothing"},
    f"{SHOP} /contents/<content_id>/favourite": {"content_id": "nothing"},
    f"{SHOP} /contents/<content_id>/questions": {"content_id": "nothing"},
    f"{SHOP} /contents/<content_id>/terms": {"content_id": "nothing"},
    f"{SHOP} /contents/<content_id>/subscribe": {"content_id": "nothing"},
    f"{SHOP} /contents/<content_id>/buy": {"content_id": "nothing"},
    f"{SHOP} /contents/<content_id>/order": {"content_id": "nothing"},
    f"{SHOP} /contents/<content_id>/trial": {"content_id": "nothing"},
    f"{SHOP} /contents/<content_id>/packages/<package_id>": {"content_id": "nothing", "package_id": "none"},
    f"{SELLER} /huaweicloud/produceAPI/<interface>": {"interface": "nothing"},
    f"{SELLER} /huaweicloud/produceAPI/v2/<interface>": {"interface": "nothing"},
    **{f"{BOSS} /account/{KIND}{page}": {"kind": "fax"} for page in ("", "/code", "/new", "/new/code")},
    **{f"guance.auth /huaweicloud/bind/create/{BRANCH}{page}": {"branch": "other"} for page in ("", "/code")},
    **{
        f"{CENTER} {page}": {
            "content_id": "nothing",
            "number": "9999",
            "name": "newInstance",
            "package_id": "none",
            "account_id": "none",
            "interface": "kit",
        }
        for page in (
            "/keys/<content_id>/<interface>/renew",
            "/calls/<int:number>",
            *(f"/calls/<int:number>/{verb}" for verb in ("resend", "save", "edit", "explain")),
            "/cases/<int:number>/delete",
            "/messages/<int:number>/restart",
            "/send/<content_id>/<name>",
            "/coverage/<content_id>/relist",
            "/supervision/<order_id>/deliver",
            "/settings/<content_id>",
            "/settings/<content_id>/built-in",
            "/settings/<content_id>/packages",
            "/settings/<content_id>/packages/<package_id>/withdraw",
            "/questions/<int:number>/answer",
            "/reviews/<content_id>/<account_id>/reply",
        )
    },
    **{
        f"{CENTER_API} /api/{page}": {
            "number": "9999",
            "product": "nothing",
            "order_id": "nothing",
            "package": "none",
            "interface": "kit",
        }
        for page in (
            "sellers/<product>/keys/<interface>/renew",
            *(f"calls/<int:number>{verb}" for verb in ("", "/resend", "/diagnosis", "/explanation")),
            "cases/<int:number>",
            "messages/<int:number>/restart",
            "sellers/<product>",
            "sellers/<product>/relist",
            "sellers/<product>/packages",
            "sellers/<product>/packages/<package>",
            "supervision/<order_id>/deliver",
        )
    },
    "huawei.auth /authui/qr-login/<ticket>": {"ticket": "nothing"},
    "huawei.account /usercenter/authentication/qr-scan/<ticket>": {"ticket": "nothing"},
    "mailbox.api /api/messages/<int:number>": {"number": "9999"},
    "mailbox /messages/<int:number>": {"number": "99999999999999999999"},
    "mailbox /messages/<int:number>/source": {"number": "9999"},
    **{
        f"control /worlds/<name>{page}": {
            "name": "nowhere",
            "label": "none",
            "company": "huawei",
            "key": "none",
            "host": "none",
            "number": "9999",
        }
        for page in (
            "",
            "/fork",
            "/snapshots",
            "/snapshots/<label>/restore",
            "/snapshots/<label>/delete",
            "/demos",
            "/demos/<int:number>/stop",
            "/clock/freeze",
            "/clock/run",
            "/clock/advance",
            "/clock/to",
            "/people/<key>/sign-in/<host>",
            "/clock/next-job",
            "/drop",
            "/switches/<company>/<key>",
            "/journal",
            "/timeline",
            "/timeline/stream",
            "/recording",
            "/recording/begin",
            "/recording/stop",
            "/recording/discard",
            "/recording/test",
            "/recording/test/source",
        )
    },
}
"""Arguments that belong to nobody, or to the visitor: a value that does not exist, which must give a 404."""

NEEDED: Final = {
    f"{CENTER_API} /api/calls/<int:number>/diagnosis": {"signature": "x"},
    f"{CENTER_API} /api/sellers/<product>/packages": {"name": "x", "quota": "1", "unit": "x", "price": 1},
}
"""The fields without which an API refuses a request before it looks for the id."""

NOT_IDS: Final = {"/language/<chosen>", "/theme/<chosen>", "/api/worlds/<name>", "/api/demos/"}
"""Arguments that choose a language or a theme, and the API of the operator: its worlds are tested in test_control_api,
its demos in test_demos.
"""

IN_FIELDS: Final[dict[str, tuple[str, str, dict[str, str]]]] = {
    "members to authorize": (SHOP, "/buyer/partner-services/authorize", {"members": "member", "agreed": "=y"}),
    "members to enable": (SHOP, "/buyer/partner-services/members/enable", {"members": "disabled"}),
    "members to delete": (SHOP, "/buyer/partner-services/members/delete", {"one": "disabled", "confirmed": "=y"}),
    "enterprise": (SHOP, "/buyer/partner-services/enterprise/existing", {"enterprise": "enterprise"}),
    "workspace to bind": (BOSS, "/workspaces/bind", {"workspace_id": "free"}),
    "locked workspace to bind": (BOSS, "/workspaces/bind", {"workspace_id": "locked"}),
    "both ids of a settlement": (
        BOSS,
        "/workspaces/{theirs}/settlement?method=huawei",
        {"huawei_account_id": "account", "instance_id": "instance_id"},
    ),
    "instance of a settlement": (
        BOSS,
        "/workspaces/{theirs}/settlement?method=huawei",
        {"huawei_account_id": "stranger", "instance_id": "instance_id"},
    ),
    "registered cloud account": (
        BOSS,
        "/workspaces/{theirs}/settlement?method=registered",
        {"cloud_account": "cloud_account_id"},
    ),
    "workspace for a cloud account": (BOSS, "/account/cloud-accounts/{stranger}/bind", {"workspace": "free"}),
    "order number": (
        BOSS,
        "/wallet/prepaid-cards/purchase",
        {"method": "=huawei", "huawei_account_id": "stranger", "order_number": "card"},
    ),
}
"""Ids in fields: where the stranger sends which of the owner's ids. A value that begins with = is sent without it."""

IN_LISTS: Final = {
    "purchased services": (SHOP, "/buyer/purchased-services", ("{instance_id}", "{plan}")),
    "orders": (SHOP, "/buyer/orders", ("{order_id}", "{card}")),
    "members": (SHOP, "/buyer/partner-services/members", ("Wendy",)),
    "disabled members": (SHOP, "/buyer/partner-services/members/disabled", ("{disabled}",)),
    "groups": (SHOP, "/buyer/partner-services/groups/", ("{group_id}",)),
    "automatic authorizations": (SHOP, "/buyer/partner-services/authorize/automatic", ("{group_id}", "{code}")),
    "imports": (SHOP, "/buyer/partner-services/members/imports", ("{import_id}",)),
    "administrators": (SHOP, "/buyer/partner-services/administrators", ("Wendy",)),
    "departments": (SHOP, "/buyer/partner-services/departments/", ("{code}",)),
    "what a seller did not take": (SHOP, "/buyer/partner-services", ("/failures/{failure}/retry",)),
    "workspaces of a billing account": (BOSS, "/workspaces", ("{workspace_id}", "{locked}", "{free}")),
    "cloud accounts": (BOSS, "/account/cloud-accounts", ("{cloud_account_id}",)),
    "tickets": (BOSS, "/support", ("/support/{ticket_id}",)),
}
"""Pages without an id in their address: what the owner's page shows, and no other visitor's."""


@pytest.fixture
def strangers(users: Users) -> dict[str, Visitor]:
    return {name: users.visitor(name, "stranger") for name in apps(users.dispatcher)}


def test_every_rule_with_an_argument_is_listed_here(dispatcher: Dispatcher) -> None:
    there_are = {
        f"{name} {rule.rule}"
        for name, rule in rules(dispatcher)
        if rule.arguments and not any(rule.rule.startswith(free) for free in NOT_IDS)
    }
    assert there_are == OWNED.keys() | FOR_EVERYBODY.keys()


@pytest.mark.parametrize("address", OWNED)
def test_what_belongs_to_others_is_not_found(
    users: Users, strangers: dict[str, Visitor], caplog: pytest.LogCaptureFixture, address: str
) -> None:
    renamed, fields = OWNED[address]
    for app, rule in rules(users.dispatcher):
        if f"{app} {rule.rule}" != address:
            continue
        ids = {name: users.ids[renamed.get(name, name)] for name in arguments(rule)}
        _, path = rule.build(ids) or ("", "")
        if "GET" in methods(rule):
            assert users.visitor(app, "owner").get(path).status_code == 200
        for method in methods(rule):
            caplog.clear()
            with nothing_changes(users.world):
                visitor = strangers[app]
                answer = visitor.act(method, path, fields)
            assert answer.status_code == 404
            assert is_designed(answer.text)
            assert [record.getMessage().count("\n") for record in caplog.records] == [0]


@pytest.mark.parametrize("what", IN_LISTS)
def test_what_belongs_to_others_is_not_listed(users: Users, strangers: dict[str, Visitor], what: str) -> None:
    app, path, owned = IN_LISTS[what]
    mine, theirs = users.visitor(app, "owner").get(path), strangers[app].get(path)
    assert (mine.status_code, theirs.status_code) == (200, 200)
    for text in (each.format_map(users.ids) for each in owned):
        assert text in mine.text
        assert text not in theirs.text


@pytest.mark.parametrize("address", FOR_EVERYBODY)
def test_what_does_not_exist_is_not_found(
    users: Users, strangers: dict[str, Visitor], caplog: pytest.LogCaptureFixture, address: str
) -> None:
    app, _, path = address.partition(" ")
    for name, value in FOR_EVERYBODY[address].items():
        path = re.sub(rf"<([^<>]+:)?{name}>", value, path)
    for method in {
        method for name, rule in rules(users.dispatcher) if f"{name} {rule.rule}" == address for method in methods(rule)
    }:
        caplog.clear()
        with nothing_changes(users.world):
            answer = strangers[app].act(method, path, NEEDED.get(address, {}))
        assert answer.status_code == 404, method
        assert is_designed(answer.text)
        assert len(caplog.records) == 1


@pytest.mark.parametrize("what", IN_FIELDS)
def test_what_belongs_to_others_cannot_be_named_in_a_form(
    users: Users, strangers: dict[str, Visitor], what: str
) -> None:
    app, path, named = IN_FIELDS[what]
    fields = {name: key.removeprefix("=") if key.startswith("=") else users.ids[key] for name, key in named.items()}
    with nothing_changes(users.world):
        answer = strangers[app].post(path.format_map(users.ids), fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_workspace_in_the_sign_ins_address_is_opened_for_its_owner_only(users: Users) -> None:
    fields = {"username": "zhaomin", "password": "Mock-2026-Pass"}
    answer = users.visitor("guance.auth").post(f"/login/pwd?workspace={users.ids['theirs']}", fields)
    assert (answer.location or "").endswith(f"console.guance.com{users.world.suffix}/")
