"""The two ways to tokens, as Authlib's grants on the rows of ``login_tokens`` (spec huawei 4.2, 4 and 5)."""

from typing import Any

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, TokenMixin
from authlib.oauth2.rfc6749.errors import InvalidClientError, InvalidGrantError, InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, RefreshTokenGrant

from mock_sites.huawei.domain import login_tokens
from mock_sites.huawei.domain.tables import LoginCode, LoginToken, Member
from mock_sites.huawei.unified_login.clients import Client
from mock_sites.web.context import uow


class Code(AuthorizationCodeMixin):
    """A code as Authlib looks at it."""

    def __init__(self, row: LoginCode) -> None:
        """For the row of a good code."""
        self.row = row

    def get_redirect_uri(self) -> str:
        """The address that has to be named again."""
        return self.row.redirect_uri

    def get_scope(self) -> str:
        """What it allows."""
        return login_tokens.SCOPE


class Token(TokenMixin):
    """A good token as Authlib looks at it: neither expired nor revoked."""

    def __init__(self, row: LoginToken) -> None:
        """For the row of a good token."""
        self.row = row

    def check_client(self, client: Client) -> bool:
        """Whether it was issued to ``client``."""
        return self.row.client_id == client.client_id

    def get_scope(self) -> str:
        """What it allows."""
        return login_tokens.SCOPE

    def is_expired(self) -> bool:
        """Expired ones are not found."""
        return False

    def is_revoked(self) -> bool:
        """Revoked ones are not found."""
        return False


class CodeGrant(AuthorizationCodeGrant):
    """Code for tokens. Codes come from the portal, or from the authorization request that they then belong to."""

    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_post"]  # noqa: RUF012 - Authlib's own attribute

    @staticmethod
    def validate_authorization_redirect_uri(request: Any, client: Any) -> str:
        """The address to come back to; Authlib's own text would repeat what was asked for.

        Raises:
            InvalidRequestError: it is not registered.
        """
        asked = request.payload.redirect_uri
        if asked and not client.check_redirect_uri(asked):
            raise InvalidRequestError("The redirect_uri is not registered")
        return asked or client.login_address

    def generate_authorization_code(self) -> str:
        """A repeatable one, from the world's seed."""
        return login_tokens.new_code(uow())

    def save_authorization_code(self, code: str, request: Any) -> None:
        """Bind the code to the client and to the address it asked for."""
        asked = request.payload.redirect_uri or ""
        login_tokens.keep_code(uow(), code, request.user, request.client.client_id, redirect_uri=asked)

    def query_authorization_code(self, code: str, client: Any) -> Code:
        """The code, if it is good in the hands of ``client``.

        Raises:
            InvalidClientError: it was issued to another client.
            InvalidGrantError: it is unknown, used or too old, or its member may not log in, which all reads the same;
                or it came from the portal, and another than the registered address is named.
        """
        row = login_tokens.find_code(uow(), code)
        if row is None:
            raise InvalidGrantError("Invalid authorization code")
        if row.client_id != client.client_id:
            raise InvalidClientError("Client ID mismatch", status_code=401)
        if not login_tokens.is_good(uow(), row):
            raise InvalidGrantError("Invalid authorization code")
        named = _of(self).payload.redirect_uri
        if named and not row.redirect_uri and not client.check_redirect_uri(named):
            raise InvalidGrantError("Invalid 'redirect_uri' in request.")
        return Code(row)

    def delete_authorization_code(self, authorization_code: Any) -> None:
        """Used codes are kept, so that their reuse is noticed."""
        login_tokens.use_up(uow(), authorization_code.row)

    def authenticate_user(self, authorization_code: Any) -> Member:
        """Who logged in."""
        return login_tokens.member_of(uow(), authorization_code.row)


class RefreshGrant(RefreshTokenGrant):
    """Refresh token for access token. It stays the same and good for its 30 days, and is repeated in the answer."""

    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_post"]  # noqa: RUF012 - as above

    def authenticate_refresh_token(self, refresh_token: str) -> Token:
        """The token, if it is good in the hands of the client that asks.

        Raises:
            InvalidGrantError: it is not good, or another client's, which reads the same.
        """
        row = login_tokens.find_token(uow(), "refresh", refresh_token)
        if row is None or row.client_id != _of(self).client.client_id:
            raise InvalidGrantError("Invalid refresh token")
        return Token(row)

    def authenticate_user(self, refresh_token: Any) -> Member:
        """Who logged in."""
        return login_tokens.member_of(uow(), refresh_token.row)

    def issue_token(self, user: Any, refresh_token: Any) -> dict[str, Any]:
        """A new access token beside the same refresh token."""
        return {**super().issue_token(user, refresh_token), "refresh_token": _of(self).form["refresh_token"]}

    def revoke_old_credential(self, refresh_token: Any) -> None:
        """Nothing is revoked: earlier access tokens end by themselves."""


def _of(grant: CodeGrant | RefreshGrant) -> Any:
    """The request of a grant; Authlib's types do not know what it holds."""
    return grant.request
