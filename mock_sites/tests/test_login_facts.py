"""``docs/seller_protocol.md`` describes unified login as it is served: addresses, parameters, answers, refusals."""

from functools import partial
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from mock_sites.huawei.protocol import login
from mock_sites.huawei.protocol.login import Endpoint, LoginRefusal
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.enterprises import PASSWORD
from mock_sites.tests.support.oauth import ask_for_tokens, authorized_member, code_for
from mock_sites.tests.support.sending import post
from mock_sites.world.agreement import AUTH_CENTRE, LOGIN_ADDRESS, seller_keys
from mock_sites.world.world import World

AUTHORIZE, TOKEN, USERINFO, LOGOUT = login.ENDPOINTS


@pytest.fixture
def member(world: World) -> str:
    """The id of an authorized member."""
    return authorized_member(world)


def always(endpoint: Endpoint) -> list[str]:
    """The parameters of each request."""
    return [one.name for one in endpoint.parameters if one.sent == "always"]


def test_the_documented_addresses_are_those_that_are_served(dispatcher: Dispatcher) -> None:
    served = dispatcher.sites[urlsplit(AUTH_CENTRE).netloc].app.url_map
    rules = {rule.rule: rule.methods or set() for rule in served.iter_rules() if rule.rule.startswith("/api/")}

    assert rules.keys() == {one.path for one in login.ENDPOINTS}, "Describe it in mock_sites/huawei/protocol/login.py"
    assert all(one.method in rules[one.path] for one in login.ENDPOINTS)


@pytest.mark.usefixtures("member")
def test_a_login_from_the_portal_begins_at_the_documented_address(world: World, browse: Browse) -> None:
    client = browse(AUTH_CENTRE)
    page, fragment = login.portal(seller_keys(world.seed).app_id).split("#/")
    assert client.get(page).status_code == 200
    assert client.get(f"{page}{fragment}").status_code == 200


@pytest.mark.usefixtures("member")
def test_a_login_begins_and_ends_as_documented(world: World, browse: Browse) -> None:
    client, back = browse(AUTH_CENTRE), world.local(LOGIN_ADDRESS)
    sent = {"client_id": seller_keys(world.seed).client_id, "response_type": "code", "state": "st"}
    sent |= {"scope": login.SCOPE, "redirect_uri": back}
    assert sent.keys() == {one.name for one in AUTHORIZE.parameters}

    came = post(client, f"{AUTHORIZE.path}?{urlencode(sent)}", account="wendy@acme", password=PASSWORD)
    assert came.status_code == 302
    brought = parse_qs(urlsplit(came.headers["location"]).query)
    assert brought.keys() == AUTHORIZE.members.keys()

    left = world.local("https://auth.guance.com/login/pwd")
    out = client.get(LOGOUT.path, params={LOGOUT.parameters[0].name: left})
    assert (out.status_code, out.headers["location"]) == (302, left)


def test_tokens_and_user_information_have_the_documented_members(world: World, browse: Browse, member: str) -> None:
    client = browse(AUTH_CENTRE)
    tokens = ask_for_tokens(world, client, code=code_for(world, member)).json()
    assert tokens.keys() == TOKEN.members.keys()
    assert (tokens["token_type"], tokens["scope"]) == ("Bearer", login.SCOPE)

    refreshed = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert ask_for_tokens(world, client, **refreshed).json().keys() == TOKEN.members.keys()

    user = client.get(USERINFO.path, headers={"Authorization": f"Bearer {tokens['access_token']}"}).json()
    assert user.keys() == USERINFO.members.keys()
    assert {type(value) for value in user.values()} == {str}


@pytest.mark.parametrize("left_out", always(TOKEN))
def test_a_token_request_is_refused_without_what_is_always_sent(
    world: World, browse: Browse, member: str, left_out: str
) -> None:
    given = {"code": code_for(world, member)} | {left_out: None}
    assert ask_for_tokens(world, browse(AUTH_CENTRE), **given).status_code in {400, 401}


@pytest.mark.parametrize("left_out", always(AUTHORIZE))
def test_an_authorization_request_is_refused_without_what_is_always_sent(
    world: World, browse: Browse, left_out: str
) -> None:
    sent = {"client_id": seller_keys(world.seed).client_id, "response_type": "code"}
    del sent[left_out]
    assert browse(AUTH_CENTRE).get(AUTHORIZE.path, params=sent).status_code == 400


@pytest.mark.parametrize("refusal", login.REFUSALS, ids=lambda one: one.description)
def test_a_refusal_is_as_documented(world: World, browse: Browse, member: str, refusal: LoginRefusal) -> None:
    client = browse(AUTH_CENTRE)
    ask = partial(ask_for_tokens, world, client)
    answer = {
        login.BAD_CODE: lambda: ask(code="invented"),
        login.OTHER_CLIENT: lambda: ask(code=code_for(world, member, client_id="another")),
        login.BAD_REFRESH_TOKEN: lambda: ask(grant_type="refresh_token", refresh_token="invented"),
        login.BAD_CLIENT: lambda: ask(client_secret="guessed"),
        login.NOT_AUTHENTICATED: lambda: client.get(USERINFO.path),
    }[refusal.description]()

    body = {"error": refusal.error, "error_description": refusal.description}
    assert (answer.status_code, answer.json()) == (refusal.status, body)
