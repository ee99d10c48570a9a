"""Unified login (S1, Log In to the Application)."""

import re
from collections.abc import Callable

import httpx
import pytest

from mock_sites.huawei.domain import member_management, members, unified_login
from mock_sites.huawei.domain.tables import Enterprise, Member
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.enterprises import PASSWORD, add, ready
from mock_sites.tests.support.huawei_pages import words_of
from mock_sites.tests.support.sending import post
from mock_sites.world.agreement import seller_keys
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World


@pytest.fixture
def member_id(world: World) -> str:
    """An authorized member, wendy@acme."""
    enterprise_id = ready(world)
    member_id = add(world, enterprise_id)
    with world.uow("huawei", write=True) as uow:
        members.authorize(uow, uow.session.get_one(Enterprise, enterprise_id), [member_id], agreed=True)
    return member_id


def sign_in(world: World, login_name: str, password: str) -> str:
    """The member who signed in."""
    with world.uow("huawei") as uow:
        return unified_login.authenticate(uow, login_name, password).id


def test_an_authorized_member_signs_in_with_account_and_domain(world: World, member_id: str) -> None:
    assert sign_in(world, "wendy@ACME", PASSWORD) == member_id


@pytest.mark.usefixtures("member_id")
def test_an_unknown_account_and_a_wrong_password_read_the_same(world: World) -> None:
    reasons: set[str] = set()
    for login_name, password in (("wendy@acme", "Wrong-2026"), ("nobody@acme", PASSWORD), ("wendy@other", PASSWORD)):
        with pytest.raises(Refusal) as refusal:
            sign_in(world, login_name, password)
        reasons.add(refusal.value.reason)
    assert len(reasons) == 1


def test_a_member_who_is_not_authorized_is_refused(world: World) -> None:
    add(world, ready(world))
    with pytest.raises(Refusal, match="not authorized"):
        sign_in(world, "wendy@acme", PASSWORD)


def test_the_initial_password_never_works_again(world: World, member_id: str) -> None:
    with world.uow("huawei", write=True) as uow:
        member = uow.session.get_one(Member, member_id)
        with pytest.raises(Refusal, match="must differ"):
            unified_login.change_initial_password(uow, member, PASSWORD)
        unified_login.change_initial_password(uow, member, "Changed-2026")
        uow.commit()
        with pytest.raises(Refusal, match="changed already"):
            unified_login.change_initial_password(uow, member, "Changed-Again-2026")
    with pytest.raises(Refusal, match="incorrect"):
        sign_in(world, "wendy@acme", PASSWORD)
    assert sign_in(world, "wendy@acme", "Changed-2026") == member_id


@pytest.fixture
def log_in(world: World, browse: Browse) -> Callable[..., httpx.Response]:
    """Sends the login form of the application: the answer."""

    def send(**fields: str) -> httpx.Response:
        page = f"/unified-login/portal-login?ind=UNOP&appId={seller_keys(world.seed).app_id}"
        return post(browse("https://macroverse.huaweicloud.com"), page, password=PASSWORD, **fields)

    return send


@pytest.mark.usefixtures("member_id")
def test_who_types_the_account_alone_is_asked_for_the_domain(log_in: Callable[..., httpx.Response]) -> None:
    asked = log_in(account="wendy")

    assert asked.status_code == 422
    assert "The account or the password is incorrect." in asked.text
    assert 'name="domain"' in asked.text
    assert log_in(account="wendy", domain="ACME").headers["location"] == "/unified-login/password"
    refused = log_in(account="wendy", domain="globex")
    assert "The account or the password is incorrect." in refused.text
    assert 'name="domain"' not in log_in(account="wendy@globex").text


@pytest.mark.usefixtures("member_id")
def test_the_pages_after_the_login_name_the_enterprise_and_the_application(world: World, browse: Browse) -> None:
    client = browse("https://macroverse.huaweicloud.com")
    page = f"/unified-login/portal-login?ind=UNOP&appId={seller_keys(world.seed).app_id}"
    post(client, page, account="wendy@acme", password=PASSWORD)
    first = words_of(client.get("/unified-login/password"))
    post(client, "/unified-login/password", new_password="Changed-2026", confirmation="Changed-2026")
    client.get(page)
    again = words_of(client.get(page))

    for shown in (first, again):
        assert re.search(r"Enterprise Acme\b.* acme Application Guance Account wendy@acme", shown), shown


def test_an_initial_password_that_was_replaced_since_cannot_be_changed(
    world: World, browse: Browse, member_id: str
) -> None:
    client = browse("https://macroverse.huaweicloud.com")
    page = f"/unified-login/portal-login?ind=UNOP&appId={seller_keys(world.seed).app_id}"
    post(client, page, account="wendy@acme", password=PASSWORD)
    assert client.get("/unified-login/password").status_code == 200
    with world.uow("huawei", write=True) as uow:
        member_management.reset_password(uow, uow.session.get_one(Member, member_id), "Initial-2026")

    assert client.get("/unified-login/password").status_code == 401
