"""The authorization server of unified login, on Authlib, with the documented error bodies (spec huawei 4.2)."""

import logging
from typing import Any, Final, NoReturn

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.integrations.flask_oauth2.requests import FlaskOAuth2Payload, FlaskOAuth2Request
from authlib.oauth2.rfc6749 import OAuth2Error, OAuth2Request
from authlib.oauth2.rfc6749.errors import InvalidClientError, UnsupportedResponseTypeError
from authlib.oauth2.rfc6750 import BearerTokenGenerator, BearerTokenValidator
from flask import Response, abort, jsonify, make_response, request

from mock_sites.huawei.domain import login_tokens
from mock_sites.huawei.domain.tables import Member
from mock_sites.huawei.protocol.login import BAD_CLIENT, NOT_AUTHENTICATED, SCOPE
from mock_sites.huawei.unified_login import clients
from mock_sites.huawei.unified_login.clients import OAuthClient
from mock_sites.huawei.unified_login.grants import Code, CodeGrant, RefreshGrant, Token
from mock_sites.web.context import uow, world
from mock_sites.world.agreement import AUTH_CENTRE

IN_THE_FORM: Final = f"{BAD_CLIENT}: send client_id and client_secret in the form, not in the Authorization header"
"""The documents put them in the form (spec huawei 4.2). Clients use the header first, as RFC 6749, 2.3.1, prefers."""

NO_FORM: Final = "The body must be a form (application/x-www-form-urlencoded), with client_id and client_secret in it"

# At its lowest log level Authlib logs the tokens it issues.
logging.getLogger("authlib").setLevel(logging.INFO)


class LoginServer(AuthorizationServer):
    """Authlib's server with the documented error messages."""

    def create_oauth2_request(self, request: object) -> FlaskOAuth2Request:
        """The current request with its documented https address, which Authlib requires."""
        return _Request()

    def get_authorization_grant(self, request: Any) -> Any:
        """The grant for an authorization request. Authlib's own message would repeat the given type.

        Raises:
            UnsupportedResponseTypeError: the requested type is not a code.
        """
        asked = request.payload.response_type
        if asked != "code":
            client = clients.find(world(), request.payload.client_id or "")
            address = request.payload.redirect_uri
            known = client is not None and client.check_redirect_uri(address)
            raise UnsupportedResponseTypeError(asked, redirect_uri=address if known else None)
        return super().get_authorization_grant(request)

    def authenticate_client(self, request: Any, methods: Any, endpoint: str = "token") -> Any:
        """The client of a token request.

        Raises:
            InvalidClientError: it is unknown, or its secret is missing or wrong, all with the same message; or its
                secret is in the header Authorization only.
        """
        try:
            return super().authenticate_client(request, methods, endpoint)
        except InvalidClientError:
            in_header = "Authorization" in request.headers and "client_secret" not in request.form
            raise InvalidClientError(IN_THE_FORM if in_header else BAD_CLIENT, status_code=401) from None


class _Request(FlaskOAuth2Request):
    def __init__(self) -> None:
        OAuth2Request.__init__(self, request.method, f"{AUTH_CENTRE}{request.full_path}", headers=dict(request.headers))
        self.payload = FlaskOAuth2Payload(request)

    @property
    def args(self) -> dict[str, str | None]:
        return {**request.args.to_dict()}

    @property
    def form(self) -> dict[str, str]:
        return request.form.to_dict()


class _Bearers(BearerTokenValidator):
    def authenticate_token(self, token_string: str) -> Token | None:
        row = login_tokens.find_token(uow(), "access", token_string)
        return Token(row) if row else None


class LoginProtector(ResourceProtector):
    """Accepts requests with a valid bearer token, and refuses others with the documented error."""

    def raise_error_response(self, error: OAuth2Error) -> NoReturn:
        """Every problem with the token gets the same answer."""
        answer = make_response(jsonify(error="unauthorized", error_description=NOT_AUTHENTICATED), 401)
        answer.headers["WWW-Authenticate"] = "Bearer"
        abort(answer)


def _query_client(client_id: str) -> OAuthClient | None:
    return clients.find(world(), client_id)


def _save_token(token: dict[str, Any], request: Any) -> None:
    origin: Code | Token = request.authorization_code or request.refresh_token
    issued = None if isinstance(origin, Token) else token.get("refresh_token")
    login_tokens.store_tokens(uow(), origin.row, access_token=token["access_token"], refresh_token=issued)


def _new_access_token(**_about: object) -> str:
    return uow().random_text("access-token", 40)


def _new_refresh_token(**_about: object) -> str:
    return uow().random_text("refresh-token", 40)


def _seconds_of_access(_client: object, _grant_type: str) -> int:
    return int(login_tokens.ACCESS_LIFETIME.total_seconds())


server: Final = LoginServer(query_client=_query_client, save_token=_save_token)
server.scopes_supported = [SCOPE]
server.register_token_generator(
    "default", BearerTokenGenerator(_new_access_token, _new_refresh_token, _seconds_of_access)
)
server.register_grant(CodeGrant)
server.register_grant(RefreshGrant)

protector: Final = LoginProtector()
protector.register_token_validator(_Bearers())


def who_logged_in() -> Member:
    """The member of the request's bearer token. Without a valid one the request ends with the documented error."""
    with protector.acquire(SCOPE) as found:
        token: Any = found
        return login_tokens.member_of(uow(), token.row)


def error_answer(error: OAuth2Error) -> Response:
    """Authlib's answer for ``error``: a body, or a redirect to the client."""
    answer: Any = error()
    return server.handle_response(*answer)
