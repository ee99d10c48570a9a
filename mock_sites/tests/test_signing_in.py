"""Signing in and out at the sites: whose sign-in a cookie is, and where a sign-in leads."""

import re
from urllib.parse import quote

import pytest
from sqlalchemy import select

from mock_sites.guance.domain import billing_accounts
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import Visit, visit
from mock_sites.tests.support.sending import token
from mock_sites.tests.support.users import Users
from mock_sites.tests.support.visitors import methods, rules
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.sign_ins import SignIn
from mock_sites.world.store import Worlds
from mock_sites.world.world import World

__all__ = ["visit"]

CONSOLE = "https://console.huaweicloud.com/"

SIGN_INS = [
    ("https://auth.huaweicloud.com/authui/login", "huaweicloud.com", {"name": "hw_liwei"}),
    ("https://boss.guance.com/signin", "boss.guance.com", {"username": "zhaomin"}),
    ("https://cn4-auth.guance.com/login/pwd", "guance.com", {"username": "zhaomin"}),
]


def test_a_browser_that_is_open_while_a_world_is_restored_is_never_signed_in_as_another_person(
    worlds: Worlds, world: World, visit: Visit
) -> None:
    worlds.snapshot(world.name, "before")
    open_before = visit("hw_liwei")
    assert "Li Wei" in open_before.get(world.local(CONSOLE)).text

    worlds.restore(world.name, "before")
    other = visit("hw_wangfang")

    assert "Wang Fang" in other.get(world.local(CONSOLE)).text
    answer = open_before.get(world.local(CONSOLE))
    assert "Wang Fang" not in answer.text
    assert answer.status_code == 302


def test_every_page_that_asks_visitors_for_a_password_says_what_to_do_without_it(users: Users) -> None:
    asking = 0
    for app, rule in rules(users.dispatcher):
        if "GET" in methods(rule) and not rule.rule.endswith("/wait"):
            page = users.visitor(app).get(users.path(rule)).get_data().decode(errors="replace")
            if 'autocomplete="current-password"' in page:
                asking += 1
                assert re.search(r'href="[^"]*forgot', page) or "can reset it" in page, f"{app} {rule.rule}"
    assert asking > 3


def test_a_forgotten_password_of_a_site_is_replaced_there_and_nowhere_else(world: World, browse: Browse) -> None:
    client, new = browse("https://cn4-auth.guance.com"), {"password": "Another-2026", "confirm": "Another-2026"}

    def send(path: str, **fields: str) -> str:
        return client.post(path, data=fields | {"csrf_token": token(client.get(path))}).headers["location"]

    assert send("/login/forgot", username="zhao.min@northwind.example.com") == "/login/forgot/password"
    [mail] = world.messages()
    code = re.findall(rb"\b[0-9]{6}\b", mail.source)[-1].decode()
    assert send("/login/forgot/password", code=code, **new) == "/login/pwd"
    assert "cn4-console" in send("/login/pwd", username="zhaomin", password="Another-2026")
    with world.uow("guance", write=True) as uow:
        assert billing_accounts.check_password(uow, "zhaomin", PASSWORD)


@pytest.mark.parametrize("label", ["a.", "", "a" * 64])
@pytest.mark.parametrize(("address", "domain", "who"), SIGN_INS, ids=["huawei", "billing-center", "guance"])
def test_an_invalid_address_leads_to_the_first_page(
    browse: Browse, world: World, address: str, domain: str, who: dict[str, str], label: str
) -> None:
    client = browse(address)
    wanted = f"{address}?next={quote(f'http://{label}.{domain}{world.suffix}/', safe='')}"
    form = who | {"csrf_token": token(client.get(world.local(wanted))), "password": PASSWORD}

    answer = client.post(world.local(wanted), data=form)

    assert answer.status_code == 302
    assert f"//{label}.{domain}" not in answer.headers["location"]


def alive(world: World) -> list[str]:
    """The subjects of all sign-ins that have not ended."""
    found = list[str]()
    for company in world.companies:
        with world.uow(company) as uow:
            found += uow.session.scalars(select(SignIn.subject).where(SignIn.ends_at > uow.now))
    return found


@pytest.mark.parametrize(("address", "domain", "who"), SIGN_INS, ids=["huawei", "billing-center", "guance"])
def test_a_new_sign_in_ends_the_one_before(
    browse: Browse, world: World, address: str, domain: str, who: dict[str, str]
) -> None:
    client = browse(address)

    for _each in range(2):
        page = client.get(world.local(address), follow_redirects=True)
        form = who | {"csrf_token": token(page), "password": PASSWORD}
        assert client.post(world.local(address), data=form).status_code == 302, domain

    assert len(alive(world)) == 1


@pytest.mark.parametrize("left", ["https://auth.guance.com", "https://cn4-auth.guance.com"], ids=["cn1", "cn4"])
def test_signing_out_at_any_site_with_the_cookie_ends_its_sign_in(browse: Browse, world: World, left: str) -> None:
    sign_in, console = "https://cn4-auth.guance.com/login/pwd", "https://cn4-console.guance.com/workspaces"
    client, copy = browse(sign_in), browse(sign_in)
    form = {"csrf_token": token(client.get(world.local(sign_in))), "username": "zhaomin", "password": PASSWORD}
    client.post(world.local(sign_in), data=form)
    copy.cookies.update(client.cookies)
    assert copy.get(world.local(console)).status_code == 200

    page = client.get(world.local(f"{left}/login/pwd"))
    leaving = world.local(f"{left.replace('auth', 'console')}/logout")
    assert client.post(leaving, data={"csrf_token": token(page)}).status_code == 302

    assert copy.get(world.local(console)).status_code == 302
    assert not alive(world)


def test_signing_out_in_a_restored_world_leaves_others_signed_in(worlds: Worlds, world: World, visit: Visit) -> None:
    worlds.snapshot(world.name, "before")
    open_before = visit("hw_liwei")
    page = open_before.get(world.local(CONSOLE))
    worlds.restore(world.name, "before")
    other = visit("hw_wangfang")

    leaving = world.local("https://auth.huaweicloud.com/authui/logout")
    assert open_before.post(leaving, data={"csrf_token": token(page)}).status_code == 302

    assert "Wang Fang" in other.get(world.local(CONSOLE)).text


@pytest.mark.parametrize(
    ("address", "who"),
    [
        *((address, who) for address, _, who in SIGN_INS),
        ("https://auth.huaweicloud.com/authui/iam-login", {"account": "hw_liwei", "name": "chen.tao"}),
    ],
)
def test_a_refused_sign_in_does_not_speak_of_saving(
    browse: Browse, world: World, address: str, who: dict[str, str]
) -> None:
    client, page = browse(address), world.local(address)

    answer = client.post(page, data=who | {"csrf_token": token(client.get(page)), "password": "Wrong-2026"})

    assert answer.status_code == 422
    assert "Please check:" in answer.text
    assert "Nothing was saved" not in answer.text


@pytest.mark.parametrize(
    ("app", "blueprint"), [("huawei.auth", "sign_in"), ("guance.billing_center", "billing_center.sign_in")]
)
def test_pages_to_sign_in_show_no_account_menu(users: Users, app: str, blueprint: str) -> None:
    visitor = users.visitor(app, "owner")
    paths = [rule.rule for _, rule in rules(users.dispatcher) if rule.endpoint.startswith(f"{blueprint}.")]
    pages = [answer.text for path in paths if (answer := visitor.get(path)).status_code == 200]
    assert len(pages) > 1
    assert not [page for page in pages if "account-menu" in page]
