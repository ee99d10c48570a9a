"""What OAuth clients that people use send to unified login, by their own defaults, and what they are told.

Each request is of our own making, after what the clients sent: openid-client 6.9 and simple-oauth2 5.1 for Node,
requests-oauthlib 2.0 and Authlib 1.9 for Python, and what Spring Security documents.
"""

import base64
import hashlib
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.enterprises import PASSWORD
from mock_sites.tests.support.oauth import ask_for_tokens, authorized_member, code_for
from mock_sites.tests.support.sending import post
from mock_sites.world.agreement import AUTH_CENTRE, LOGIN_ADDRESS, seller_keys
from mock_sites.world.world import World

TOKEN = "/api/v1/oauth2/token"
FORM_OF_SPRING = "application/x-www-form-urlencoded;charset=UTF-8"

VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


@pytest.fixture
def code(world: World) -> str:
    """A fresh code of the portal."""
    return code_for(world, authorized_member(world))


def basic(world: World) -> dict[str, str]:
    """The header that RFC 6749, 2.3.1, describes."""
    keys = seller_keys(world.seed)
    credentials = base64.b64encode(f"{keys.client_id}:{keys.client_secret}".encode()).decode()
    return {"Authorization": f"Basic {credentials}"}


def credentials(world: World) -> dict[str, str]:
    """The documented fields of the form."""
    keys = seller_keys(world.seed)
    return {"client_id": keys.client_id, "client_secret": keys.client_secret}


@pytest.mark.parametrize("also", [{}, {"client_id": "named too"}], ids=["simple-oauth2", "requests-oauthlib"])
@pytest.mark.parametrize("grant", [{"grant_type": "authorization_code"}, {"grant_type": "refresh_token"}])
def test_a_client_that_sends_its_secret_in_the_header_is_told_to_send_it_in_the_form(
    world: World, browse: Browse, code: str, also: dict[str, str], grant: dict[str, str]
) -> None:
    form = {"code": code, "refresh_token": "any", **grant, **also}
    answer = browse(AUTH_CENTRE).post(TOKEN, data=form, headers=basic(world))
    assert answer.status_code == 401
    assert answer.json() == {
        "error": "invalid_client",
        "error_description": (
            "Bad client credentials: send client_id and client_secret in the form, not in the Authorization header"
        ),
    }
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")  # RFC 6749, 5.2: the scheme that the client used


def test_a_header_beside_the_right_form_is_ignored(world: World, browse: Browse, code: str) -> None:
    form = {"grant_type": "authorization_code", "code": code, **credentials(world)}
    assert browse(AUTH_CENTRE).post(TOKEN, data=form, headers=basic(world)).status_code == 200


@pytest.mark.parametrize("kind", ["json", "query", "nothing"])
def test_a_body_that_is_no_form_is_refused_with_what_is_expected(
    world: World, browse: Browse, code: str, kind: str
) -> None:
    fields = {"grant_type": "authorization_code", "code": code, **credentials(world)}
    json, query = (fields if kind == named else None for named in ("json", "query"))
    answer = browse(AUTH_CENTRE).post(TOKEN, json=json, params=query)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert "application/x-www-form-urlencoded" in answer.json()["error_description"]


def test_spring_security_logs_in_with_client_secret_post(world: World, browse: Browse) -> None:
    """Its authorization request can have PKCE, and its token request names a character set."""
    authorized_member(world)
    client, back = browse(AUTH_CENTRE), world.local(LOGIN_ADDRESS)
    query = {
        "response_type": "code",
        "client_id": seller_keys(world.seed).client_id,
        "scope": "get_user_info",
        "state": "c3RhdGU=",
        "redirect_uri": back,
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    url = f"/api/v1/oauth2/authorize?{urlencode(query)}"
    came = urlsplit(post(client, url, account="wendy@acme", password=PASSWORD).headers["location"])
    returned = parse_qs(came.query)
    assert returned["state"] == ["c3RhdGU="]
    form = {"grant_type": "authorization_code", "code": returned["code"][0], "redirect_uri": back}
    form |= {"code_verifier": VERIFIER, **credentials(world)}
    headers = {"Accept": "application/json;charset=UTF-8", "Content-Type": FORM_OF_SPRING}
    tokens = client.post(TOKEN, content=urlencode(form), headers=headers)
    assert tokens.headers["Content-Type"].partition(";")[0] == "application/json"
    bearer = {"Authorization": f"Bearer {tokens.json()['access_token']}", "Accept": "application/json"}
    assert client.get("/api/v1/oauth2/userinfo", headers=bearer).json()["userName"] == "wendy"


@pytest.mark.parametrize(("method", "verifier"), [("S256", VERIFIER), ("S256", "w" * 43), ("unknown", None)])
def test_pkce_is_ignored_as_the_documents_do_not_know_it(
    world: World, browse: Browse, method: str, verifier: str | None
) -> None:
    """RFC 6749, 3.1 and 3.2: unrecognized parameters must be ignored. So a wrong verifier is not noticed."""
    authorized_member(world)
    client, back = browse(AUTH_CENTRE), world.local(LOGIN_ADDRESS)
    query = {"response_type": "code", "client_id": seller_keys(world.seed).client_id, "redirect_uri": back}
    query |= {"code_challenge": CHALLENGE, "code_challenge_method": method}
    url = f"/api/v1/oauth2/authorize?{urlencode(query)}"
    came = urlsplit(post(client, url, account="wendy@acme", password=PASSWORD).headers["location"])
    code = parse_qs(came.query)["code"][0]
    answer = ask_for_tokens(world, client, code=code, redirect_uri=back, code_verifier=verifier)
    assert answer.status_code == 200


def test_a_code_of_the_portal_comes_without_a_state(world: World, browse: Browse) -> None:
    """Clients that check it (Authlib for Flask, Spring Security) have to begin a request of their own."""
    authorized_member(world)
    url = f"/unified-login/portal-login?ind=UNOP&appId={seller_keys(world.seed).app_id}"
    came = post(browse(AUTH_CENTRE), url, account="wendy@acme", password=PASSWORD).headers["location"]
    assert set(parse_qs(urlsplit(came).query)) == {"code", "tenant"}


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", f"{LOGIN_ADDRESS}?x=1", "javascript:1"])
@pytest.mark.parametrize(("language", "words"), [("en", "not one that an application has registered"), ("zh", "登记")])
def test_an_address_after_logging_out_that_is_not_registered_is_refused_by_a_page(
    browse: Browse, address: str, language: str, words: str
) -> None:
    answer = browse(AUTH_CENTRE).get(
        "/api/v1/logout", params={"redirect_url": address}, headers={"Accept-Language": language}
    )
    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert words in answer.text
    assert 'role="alert"' in answer.text
