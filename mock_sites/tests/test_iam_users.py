"""IAM users: they sign in with the name of their account, do what they may, and are administered."""

import re
from collections.abc import Callable
from typing import Final

import httpx
import pytest
from sqlalchemy import select

from mock_sites.huawei.domain import iam_users
from mock_sites.huawei.domain.tables import Account, IamAccess, IamUser
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import AUTH, MARKETPLACE, PROMPT, Buyer, Visit, orders_in, visit, words_of
from mock_sites.tests.support.sending import post
from mock_sites.tests.support.subscribing import buy
from mock_sites.world import jobs
from mock_sites.world.clock import BEIJING
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

__all__ = ["visit"]

CONSOLE: Final = "https://console.huaweicloud.com"
USERS: Final = f"{CONSOLE}/iam/users"
NEW: Final = {
    "name": "Zhou Ming",
    "email": "zhou.ming@acme.example.com",
    "access": "read-only",
    "password": "Sesame-2026",
    "confirmation": "Sesame-2026",
}

Enter = Callable[..., tuple[httpx.Client, httpx.Response]]


@pytest.fixture
def enter(browse: Browse) -> Enter:
    """Sends the form of IAM users: the client, and the answer."""

    def sign_in(name: str, account: str = "hw_liwei", password: str = PASSWORD) -> tuple[httpx.Client, httpx.Response]:
        client = browse(AUTH)
        return client, post(client, "/authui/iam-login", account=account, name=name, password=password)

    return sign_in


def user_id(world: World, name: str) -> str:
    with world.uow("huawei") as uow:
        return uow.session.scalars(select(IamUser.id).where(IamUser.name == name)).one()


@pytest.mark.parametrize(
    ("name", "account"),
    [("chen.tao", "hw_liwei"), ("CHEN.TAO", " HW_LiWei "), ("chen.tao@acme.example.com", "hw_liwei")],
)
def test_an_iam_user_signs_in_with_the_names_of_the_account_and_the_user(
    world: World, enter: Enter, name: str, account: str
) -> None:
    client, answer = enter(name, account)

    assert answer.headers["location"] == world.local(f"{CONSOLE}/")
    console = words_of(client.get(answer.headers["location"]))
    assert "IAM user of hw_liwei" in console
    assert "Welcome, chen.tao." in console


@pytest.mark.parametrize(
    ("name", "account", "password"),
    [("chen.tao", "hw_wangfang", PASSWORD), ("nobody", "hw_liwei", PASSWORD), ("chen.tao", "hw_liwei", "Wrong-2026")],
)
def test_what_is_wrong_is_not_said(enter: Enter, name: str, account: str, password: str) -> None:
    _client, answer = enter(name, account, password)

    assert answer.status_code == 422
    assert "The account name, the username or the password is incorrect." in answer.text


def test_wrong_passwords_of_an_iam_user_are_counted(enter: Enter) -> None:
    for _ in range(10):
        enter("chen.tao", password="Wrong-2026")

    _client, answer = enter("chen.tao")

    assert "Too many wrong tries." in answer.text


def test_the_link_of_the_account_fills_in_its_name(browse: Browse, world: World, visit: Visit) -> None:
    link = world.local(f"{AUTH}/authui/iam-login?id=hw_liwei")
    assert link in visit("hw_liwei").get(world.local(USERS)).text

    page = browse(AUTH).get(link).text

    assert 'name="account" required type="text" value="hw_liwei"' in page


def test_an_administrator_does_what_the_account_may(world: World, enter: Enter) -> None:
    client, _ = enter("chen.tao")
    post(client, world.local(PROMPT), agreed="y", attempt="1")

    assert orders_in(world) == 1
    assert client.get(world.local(USERS)).status_code == 200


def test_a_reader_sees_everything_and_changes_nothing(world: World, enter: Enter) -> None:
    client, _ = enter("audit")
    answer = post(client, world.local(PROMPT), agreed="y", attempt="1")

    assert client.get(world.local(f"{MARKETPLACE}/buyer/orders")).status_code == 200
    assert answer.status_code == 403
    assert orders_in(world) == 0
    assert client.get(world.local(USERS)).status_code == 403
    assert USERS not in client.get(world.local(f"{CONSOLE}/")).text


@pytest.mark.parametrize(("name", "times"), [("audit", 1), ("chen.tao", 0)])
def test_a_form_that_is_refused_cannot_be_used_and_the_page_says_why(
    world: World, enter: Enter, name: str, times: int
) -> None:
    client, _ = enter(name)
    for page, text in (
        (client.get(world.local(PROMPT)), "This IAM user may only read."),
        (client.get(world.local(PROMPT), headers={"Accept-Language": "zh"}), "该IAM用户只有只读权限。"),
    ):
        assert page.text.count(text) == times
        assert page.text.count('<fieldset class="refused" disabled') == 2 * times, "the order, and Save to List"
    own = client.get(world.local(f"{CONSOLE}/iam/password")).text
    assert 'class="refused"' not in own


def test_in_a_dialog_the_reason_stands_below_its_title(world: World, enter: Enter) -> None:
    instance = buy(world)
    client, _ = enter("audit")

    page = client.get(world.local(f"{MARKETPLACE}/buyer/purchased-services/{instance}/close")).text

    assert re.search(r'<dialog open[^>]*>\s*<h2[^>]*>[^<]*</h2><p class="note" id="only-reads">', page)


def test_a_created_user_signs_in_and_is_listed(world: World, visit: Visit, enter: Enter) -> None:
    owner = visit("hw_liwei")
    made = post(owner, world.local(f"{USERS}/new"), **NEW)

    assert made.status_code == 302
    assert enter("zhou ming", password="Sesame-2026")[1].status_code == 302
    page = words_of(owner.get(world.local(f"{USERS}?search=ZHOU")))
    assert "Zhou Ming" in page
    assert "chen.tao" not in page
    assert "No user fits." in words_of(owner.get(world.local(f"{USERS}?search=x%25")))
    assert "no IAM users yet" in words_of(visit("hw_wangfang").get(world.local(USERS)))


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("name", "7seas", "not beginning with a digit or space"),
        ("name", "Chen.Tao", "a user with this name already"),
        ("name", "chen.tao@acme.example.com", "not beginning with a digit or space"),
        ("email", "Chen.Tao@acme.example.com", "a user with this email already"),
        ("email", "zhou", "Enter an email address"),
        ("phone", "x", "Enter a phone number in digits."),
        ("password", "short", "8 to 64 characters"),
        ("confirmation", "Sesame-2027", "The two passwords are not the same."),
        ("access", "root", "Not a valid choice"),
    ],
)
def test_a_user_with_a_wrong_field_is_refused_beside_it(
    world: World, visit: Visit, field: str, value: str, complaint: str
) -> None:
    answer = post(visit("hw_liwei"), world.local(f"{USERS}/new"), **NEW | {field: value})

    assert answer.status_code == 422
    assert complaint in answer.text
    assert 'aria-invalid="true"' in answer.text or field == "access"
    assert world.journal(kind="huawei.iam-user.created") == []


def test_an_account_has_fifty_users(world: World, visit: Visit) -> None:
    with world.uow("huawei", write=True) as uow:
        account = uow.session.scalars(select(Account).where(Account.name == "hw_liwei")).one()
        for number in range(iam_users.MOST - 2):
            name = f"user{number}"
            about = iam_users.Details(name=name, email="", phone="", description="", access=IamAccess.READ_ONLY)
            iam_users.add(uow, account, about, "-")

    answer = post(visit("hw_liwei"), world.local(f"{USERS}/new"), **NEW)

    assert "An account can have 50 IAM users." in answer.text


@pytest.mark.parametrize("how", ["enabled", "password", "delete"])
def test_disabling_resetting_and_deleting_sign_the_user_out(world: World, visit: Visit, enter: Enter, how: str) -> None:
    client, _ = enter("audit")
    owner, page = Buyer(world, visit("hw_liwei")), f"{USERS}/{user_id(world, 'audit')}"
    sent = owner.sends(page, to=f"{page}/{how}", enabled="", password="Sesame-2026", confirmation="Sesame-2026")

    assert sent.status_code == 302
    assert client.get(world.local(f"{CONSOLE}/")).status_code == 302
    answer = enter("audit")[1]
    assert answer.status_code == 422
    assert ("has been disabled" in answer.text) is (how == "enabled")
    if how == "password":
        assert enter("audit", password="Sesame-2026")[1].status_code == 302
    if how == "delete":
        assert owner.client.get(world.local(page)).status_code == 404


def test_a_user_who_may_more_from_now_on_can_do_more(world: World, visit: Visit, enter: Enter) -> None:
    client, _ = enter("audit")
    page = world.local(f"{USERS}/{user_id(world, 'audit')}")
    post(visit("hw_liwei"), page, access="administrator", description="Operations")

    assert client.get(world.local(USERS)).status_code == 200


def test_the_sign_in_of_a_user_is_shown(world: World, visit: Visit, enter: Enter) -> None:
    jobs.advance(world, 60)
    enter("audit")
    page = words_of(visit("hw_liwei").get(world.local(f"{USERS}/{user_id(world, 'audit')}")))

    assert f"Last sign-in {world.clock.now() + BEIJING:%Y-%m-%d %H:%M}" in page


@pytest.mark.parametrize(
    "page", ["login", "iam-login", "federated-user", "other-accounts", "register", "forgot-password"]
)
def test_each_way_to_sign_in_leads_to_the_others_and_keeps_where_the_visitor_wanted_to_go(
    browse: Browse, world: World, page: str
) -> None:
    wanted = world.local(f"{MARKETPLACE}/buyer/orders")
    answer = browse(AUTH).get(f"/authui/{page}", params={"next": wanted})

    assert answer.status_code == 200
    for other in ("login", "iam-login", "federated-user", "other-accounts"):
        assert f'href="/authui/{other}?next=http' in answer.text
