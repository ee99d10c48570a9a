"""Login protection: after the password, a code by SMS or email."""

import re
from email import message_from_bytes
from email.policy import default
from typing import Final

import httpx
import pytest
from sqlalchemy import select, update

from mock_sites.huawei.domain import own_password
from mock_sites.huawei.domain.tables import Account, IamUser
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import AUTH, MARKETPLACE, Buyer, Visit, visit, words_of
from mock_sites.tests.support.mailbox import last_code
from mock_sites.tests.support.sending import post, token
from mock_sites.world import jobs
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

__all__ = ["visit"]

IAM: Final = "https://console.huaweicloud.com/iam"
PROTECTION: Final = f"{IAM}/loginProtection"
PAGE: Final = "/authui/verification"
ORDERS: Final = f"{MARKETPLACE}/buyer/orders"


@pytest.fixture
def protected(world: World) -> None:
    """Li Wei and Chen Tao sign in with a code by SMS or email."""
    with world.uow("huawei", write=True) as uow:
        uow.session.execute(update(Account).values(second_verification="sms"))
        uow.session.execute(update(IamUser).values(second_verification="email"))


def enter(browse: Browse, world: World) -> tuple[httpx.Client, httpx.Response]:
    """Li Wei with the right password, on the way to the orders: the client, and the answer."""
    client = browse(AUTH)
    return client, post(client, f"/authui/login?next={world.local(ORDERS)}", name="hw_liwei", password=PASSWORD)


@pytest.mark.usefixtures("protected")
def test_the_password_alone_signs_nobody_in_and_the_code_leads_to_the_wanted_page(world: World, browse: Browse) -> None:
    client, answer = enter(browse, world)

    assert answer.headers["location"] == PAGE
    assert client.get(world.local(ORDERS)).status_code == 302
    page = words_of(client.get(PAGE))
    assert "A code has been sent to 138****0001." in page
    done = post(client, PAGE, code=last_code(world, "13800000001@sms.localhost"))
    assert done.headers["location"] == world.local(ORDERS)
    assert client.get(world.local(ORDERS)).status_code == 200


@pytest.mark.usefixtures("protected")
@pytest.mark.parametrize(
    ("language", "subject", "purpose"),
    [
        ("en", "Verification code", "This code signs you in to Huawei Cloud. It is valid for 5 minutes."),
        ("zh", "验证码", "登录华为云的验证码，5 分钟内有效。"),
    ],
    ids=["en", "zh"],
)
def test_the_code_comes_in_the_language_of_the_page(
    world: World, browse: Browse, language: str, subject: str, purpose: str
) -> None:
    client = browse(AUTH)
    client.headers["Accept-Language"] = language
    post(client, "/authui/login", name="hw_liwei", password=PASSWORD)
    [mail] = world.messages("13800000001@sms.localhost")
    text = message_from_bytes(mail.source, policy=default).get_content()
    assert (mail.subject, text.split()[1:]) == (subject, purpose.split())


@pytest.mark.usefixtures("protected")
def test_an_iam_user_gets_the_code_by_email(world: World, browse: Browse) -> None:
    client = browse(AUTH)
    post(client, "/authui/iam-login", account="hw_liwei", name="chen.tao", password=PASSWORD)

    assert "c****@acme.example.com" in words_of(client.get(PAGE))
    done = post(client, PAGE, code=last_code(world, "chen.tao@acme.example.com"))
    assert done.status_code == 302
    with world.uow("huawei") as uow:
        user = uow.session.scalars(select(IamUser).where(IamUser.name == "chen.tao")).one()
        assert user.last_sign_in_at == world.clock.now()


@pytest.mark.usefixtures("protected")
def test_wrong_and_old_codes_are_refused(world: World, browse: Browse) -> None:
    client, _ = enter(browse, world)
    code = last_code(world, "13800000001@sms.localhost")
    wrong = post(client, PAGE, code="000000" if code != "000000" else "000001")
    soon = post_again(client)
    jobs.advance(world, 300)
    old = post(client, PAGE, code=code)

    assert "The code is wrong." in wrong.text
    assert "less than a minute ago" in soon.text
    assert "not valid any more" in old.text
    assert [answer.status_code for answer in (wrong, soon, old)] == [422] * 3
    assert post_again(client).status_code == 302
    assert post(client, PAGE, code=last_code(world, "13800000001@sms.localhost")).status_code == 302


def post_again(client: httpx.Client) -> httpx.Response:
    """The answer to Send another code."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(PAGE).text)
    assert found
    return client.post(f"{PAGE}/code", data={"csrf_token": found[1]})


@pytest.mark.usefixtures("protected")
def test_codes_are_not_guessed(world: World, browse: Browse) -> None:
    client, _ = enter(browse, world)
    code = last_code(world, "13800000001@sms.localhost")
    for number in range(10):
        post(client, PAGE, code=f"x{number}")

    assert "Too many wrong tries." in post(client, PAGE, code=code).text


@pytest.mark.usefixtures("protected")
def test_a_password_that_was_changed_since_leads_to_no_code(world: World, browse: Browse) -> None:
    client, _ = enter(browse, world)
    code = last_code(world, "13800000001@sms.localhost")
    form = token(client.get(PAGE))
    with world.uow("huawei", write=True) as uow:
        account = uow.session.scalars(select(Account).where(Account.name == "hw_liwei")).one()
        own_password.change(uow, account, None, current=PASSWORD, new="Changed-2026")

    assert client.post(PAGE, data={"csrf_token": form, "code": code}).status_code == 401


def test_nobody_gets_to_the_code_without_a_password(browse: Browse) -> None:
    assert browse(AUTH).get(PAGE).status_code == 401


def test_who_knows_the_password_turns_the_protection_on_and_off(world: World, visit: Visit, browse: Browse) -> None:
    owner = Buyer(world, visit("hw_liwei"))
    assert "This is not your password." in owner.sends(PROTECTION, channel="sms", password="Wrong-2026").text
    owner.sends(PROTECTION, channel="sms", password=PASSWORD)
    client, answer = enter(browse, world)
    assert answer.headers["location"] == PAGE
    post(client, PAGE, code=last_code(world, "13800000001@sms.localhost"))
    owner.sends(PROTECTION, channel="", password=PASSWORD)

    assert enter(browse, world)[1].headers["location"] == world.local(ORDERS)


def test_a_user_without_a_phone_gets_no_sms(world: World, browse: Browse) -> None:
    client = browse(AUTH)
    post(client, "/authui/iam-login", account="hw_liwei", name="audit", password=PASSWORD)
    answer = post(client, world.local(PROTECTION), channel="sms", password=PASSWORD)

    assert answer.status_code == 422
    assert "You have no phone number or email for this." in answer.text


@pytest.mark.usefixtures("protected")
def test_programs_are_refused_with_a_sentence(browse: Browse) -> None:
    client = browse(MARKETPLACE)
    answer = client.post("/api/sign-ins", json={"name": "hw_liwei", "password": PASSWORD})

    assert answer.status_code == 422
    assert "second verification" in answer.text
