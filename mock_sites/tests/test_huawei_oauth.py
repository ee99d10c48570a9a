"""Unified login as an authorization server: what sellers can request and what is refused (spec huawei 4.2)."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import httpx
import pytest

from mock_sites.huawei.domain.tables import LoginCode, LoginToken, Member
from mock_sites.huawei.unified_login import clients
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.oauth import ask_for_tokens, authorized_member, code_for
from mock_sites.world import jobs
from mock_sites.world.agreement import AUTH_CENTRE, LOGIN_ADDRESS
from mock_sites.world.world import World

BAD_CODE = {"error": "invalid_grant", "error_description": "Invalid authorization code"}
BAD_REFRESH = {"error": "invalid_grant", "error_description": "Invalid refresh token"}
BAD_CLIENT = {"error": "invalid_client", "error_description": "Bad client credentials"}
OTHER_CLIENT = {"error": "invalid_client", "error_description": "Client ID mismatch"}
NOT_AUTHENTICATED = {
    "error": "unauthorized",
    "error_description": "Full authentication is required to access this resource",
}

Ask = Callable[..., httpx.Response]


@pytest.fixture
def member_id(world: World) -> str:
    """An authorized member."""
    return authorized_member(world)


@pytest.fixture
def code(world: World, member_id: str) -> str:
    """A fresh code of the portal."""
    return code_for(world, member_id)


@pytest.fixture
def ask(world: World, browse: Browse) -> Ask:
    """Requests tokens as the seller."""
    return partial(ask_for_tokens, world, browse(AUTH_CENTRE))


def userinfo(client: httpx.Client, authorization: str) -> httpx.Response:
    """Requests the user information."""
    return client.get("/api/v1/oauth2/userinfo", headers={"Authorization": authorization} if authorization else {})


def test_user_information_has_the_documented_fields_and_the_code_of_the_department(
    world: World, browse: Browse, ask: Ask, code: str, member_id: str
) -> None:
    token = ask(code=code).json()["access_token"]
    details = userinfo(browse(AUTH_CENTRE), f"Bearer {token}").json()
    with world.uow("huawei") as uow:
        member = uow.session.get_one(Member, member_id)
        tenant, department = member.enterprise_id, member.department_code
    assert details.pop("organizationCode") == department
    assert details == {
        "id": member_id,
        "userId": member_id,
        "userName": "wendy",
        "name": "Wendy",
        "email": "wendy@acme.example.com",
        "mobile": "",
        "role": "user",
        "organizationName": "Research",
        "projectName": "Acme Research",
        "tenant": tenant,
    }


def test_an_answer_with_tokens_has_the_documented_fields_and_is_not_kept(ask: Ask, code: str) -> None:
    answer = ask(code=code)
    assert sorted(answer.json()) == ["access_token", "expires_in", "refresh_token", "scope", "token_type"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_code_works_once_and_its_reuse_revokes_its_tokens(browse: Browse, ask: Ask, code: str) -> None:
    client, brought = browse(AUTH_CENTRE), ask(code=code).json()
    bearer = f"Bearer {brought['access_token']}"
    renewed = ask(grant_type="refresh_token", refresh_token=brought["refresh_token"]).json()
    assert userinfo(client, bearer).status_code == 200

    reused = ask(code=code)
    assert (reused.status_code, reused.json()) == (400, BAD_CODE)
    assert userinfo(client, bearer).status_code == 401
    assert userinfo(client, f"Bearer {renewed['access_token']}").status_code == 401
    refused = ask(grant_type="refresh_token", refresh_token=brought["refresh_token"])
    assert (refused.status_code, refused.json()) == (400, BAD_REFRESH)


def test_the_reuse_of_one_code_leaves_another_login_alone(
    world: World, browse: Browse, ask: Ask, code: str, member_id: str
) -> None:
    other = ask(code=code_for(world, member_id)).json()["access_token"]
    ask(code=code)
    ask(code=code)
    assert userinfo(browse(AUTH_CENTRE), f"Bearer {other}").status_code == 200


@pytest.mark.parametrize(
    ("fields", "status", "body"),
    [
        ({"code": "invented"}, 400, BAD_CODE),
        ({"client_secret": "guessed"}, 401, BAD_CLIENT),
        ({"client_secret": None}, 401, BAD_CLIENT),
        ({"client_id": "ünknown"}, 401, BAD_CLIENT),
        ({"client_id": None}, 401, BAD_CLIENT),
        ({"grant_type": "refresh_token", "refresh_token": "invented"}, 400, BAD_REFRESH),
        ({"grant_type": 'pass"word'}, 400, {"error": "unsupported_grant_type"}),
        ({"code": None}, 400, {"error": "invalid_request", "error_description": "Missing 'code' in request."}),
        (
            {"redirect_uri": f"{LOGIN_ADDRESS}/"},
            400,
            {"error": "invalid_grant", "error_description": "Invalid 'redirect_uri' in request."},
        ),
    ],
    ids=[
        "unknown code",
        "wrong secret",
        "no secret",
        "unknown client",
        "no client",
        "unknown refresh token",
        "unknown grant",
        "no code",
        "another address",
    ],
)
def test_mistakes_get_the_documented_messages_and_use_nothing_up(
    ask: Ask, code: str, fields: dict[str, str | None], status: int, body: dict[str, str]
) -> None:
    answer = ask(**({"code": code} | fields))
    assert (answer.status_code, answer.json()) == (status, body)
    assert ask(code=code).status_code == 200


def test_a_code_and_a_refresh_token_are_useless_to_another_client(
    world: World, member_id: str, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = ask(code=code_for(world, member_id, client_id="another"))
    assert (foreign.status_code, foreign.json()) == (401, OTHER_CLIENT)

    mine = ask(code=code_for(world, member_id)).json()["refresh_token"]
    other = replace(clients.registered(world)[0], client_id="another")

    def registered(_world: World) -> list[clients.OAuthClient]:
        return [other]

    monkeypatch.setattr(clients, "registered", registered)
    answer = ask(client_id="another", grant_type="refresh_token", refresh_token=mine)
    assert (answer.status_code, answer.json()) == (400, BAD_REFRESH)


def test_every_token_ends_in_its_time(world: World, browse: Browse, ask: Ask, code: str, member_id: str) -> None:
    client, brought = browse(AUTH_CENTRE), ask(code=code).json()
    late, refresh = code_for(world, member_id), brought["refresh_token"]
    jobs.advance(world, 5 * 60)
    assert ask(code=late).json() == BAD_CODE

    jobs.advance(world, 2 * 3600 - 5 * 60)
    assert userinfo(client, f"Bearer {brought['access_token']}").json() == NOT_AUTHENTICATED
    renewed = ask(grant_type="refresh_token", refresh_token=refresh).json()["access_token"]
    assert userinfo(client, f"Bearer {renewed}").status_code == 200

    jobs.advance(world, 30 * 24 * 3600 - 2 * 3600)
    assert ask(grant_type="refresh_token", refresh_token=refresh).json() == BAD_REFRESH


def test_the_tokens_of_a_member_who_may_no_longer_log_in_are_refused(
    world: World, browse: Browse, ask: Ask, code: str, member_id: str
) -> None:
    brought, unused = ask(code=code).json(), code_for(world, member_id)
    with world.uow("huawei", write=True) as uow:
        uow.session.get_one(Member, member_id).authorized = False
    assert ask(code=unused).json() == BAD_CODE
    assert ask(grant_type="refresh_token", refresh_token=brought["refresh_token"]).json() == BAD_REFRESH
    assert userinfo(browse(AUTH_CENTRE), f"Bearer {brought['access_token']}").status_code == 401


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer invented", "Basic d2VuZHk6eA=="])
def test_without_a_valid_bearer_token_there_is_no_user_information(browse: Browse, authorization: str) -> None:
    answer = userinfo(browse(AUTH_CENTRE), authorization)
    assert (answer.status_code, answer.json()) == (401, NOT_AUTHENTICATED)
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_refresh_token_is_no_bearer_token_and_the_other_way_round(browse: Browse, ask: Ask, code: str) -> None:
    brought = ask(code=code).json()
    assert userinfo(browse(AUTH_CENTRE), f"Bearer {brought['refresh_token']}").status_code == 401
    assert ask(grant_type="refresh_token", refresh_token=brought["access_token"]).json() == BAD_REFRESH


def test_neither_codes_nor_tokens_can_be_read_from_the_rows_or_the_journal(world: World, ask: Ask, code: str) -> None:
    brought = ask(code=code).json()
    ask(code=code)
    with world.uow("huawei") as uow:
        rows = [vars(row) for table in (LoginCode, LoginToken) for row in uow.session.query(table)]
        kept = repr(rows) + repr([event.details for event in world.journal()])
    assert len(rows) == 3
    assert not [secret for secret in (code, brought["access_token"], brought["refresh_token"]) if secret in kept]
