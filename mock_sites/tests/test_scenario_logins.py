"""A member's login without a browser: the rules of the pages of unified login, and a code for the seller."""

import httpx
import pytest

from mock_sites import Server
from mock_sites.client import ClientError, Worlds
from mock_sites.huawei.domain.tables import Member
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.enterprises import PASSWORD
from mock_sites.tests.support.gateway import drive
from mock_sites.tests.support.oauth import ask_for_tokens, authorized_member
from mock_sites.world.agreement import AUTH_CENTRE, LOGIN_ADDRESS
from mock_sites.world.world import World

WENDY = {"account": "wendy@acme", "password": PASSWORD}
FRESH = "Fresh-2026"


def log_in(browse: Browse, **changes: str) -> httpx.Response:
    """Log Wendy in."""
    return browse("https://marketplace.huaweicloud.com").post("/api/logins", json=WENDY | changes)


def test_a_login_ends_at_the_sellers_login_address_with_a_code_that_it_redeems(world: World, browse: Browse) -> None:
    authorized_member(world)
    answer = log_in(browse)
    made = answer.json()

    assert answer.status_code == 201
    assert made["redirect_url"] == f"{world.local(LOGIN_ADDRESS)}?code={made['code']}&tenant={made['tenant']}"
    tokens = ask_for_tokens(world, browse(AUTH_CENTRE), code=made["code"])
    assert tokens.status_code == 200
    assert ask_for_tokens(world, browse(AUTH_CENTRE), code=made["code"]).status_code == 400


def test_a_seller_outside_gets_the_code_at_its_own_login_address(world: World, browse: Browse) -> None:
    authorized_member(world)
    drive(world, "http://localhost:9000", login_address="http://localhost:9100/login?a=1")
    assert log_in(browse).json()["redirect_url"].startswith("http://localhost:9100/login?a=1&code=")


def test_an_initial_password_is_changed_by_the_login(world: World, browse: Browse) -> None:
    member_id = authorized_member(world, first_login=True)
    refused = log_in(browse)
    assert (refused.status_code, refused.json()["message"]) == (422, "new_password: Fill in this field.")
    weak = log_in(browse, new_password="weak")
    assert (weak.status_code, weak.json()["message"][:13]) == (422, "new_password:")
    assert log_in(browse, new_password=FRESH).json()["member"]["password_is_initial"] is False
    assert log_in(browse).status_code == 422
    assert log_in(browse, password=FRESH).status_code == 201
    with world.uow("huawei") as uow:
        assert not uow.session.get_one(Member, member_id).password_is_initial


def test_a_login_is_refused_as_on_the_page(world: World, browse: Browse) -> None:
    member_id = authorized_member(world)
    wrong = log_in(browse, password="wrong")
    assert (wrong.status_code, wrong.json()["message"]) == (422, "The account or the password is incorrect.")
    assert log_in(browse, account="").json()["message"] == "account: Fill in this field."
    with world.uow("huawei", write=True) as uow:
        uow.session.get_one(Member, member_id).authorized = False
    assert "not authorized" in log_in(browse).json()["message"]


def test_the_client_logs_a_member_in(server: Server) -> None:
    world = server.worlds.make("logins")
    authorized_member(world, first_login=True)
    with Worlds(server.url) as remote:
        there = remote.get("logins")
        with pytest.raises(ClientError, match="new_password"):
            there.log_in("wendy@acme", PASSWORD)
        made = there.log_in("wendy@acme", PASSWORD, new_password=FRESH)
    assert (made.member.account, made.code in made.redirect_url) == ("wendy", True)
    server.worlds.drop("logins")
