"""The two ways to get tokens, as Authlib's grants on the rows of ``login_tokens`` (spec huawei 4.2, 4 and 5)."""

from typing import Any

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, TokenMixin
from authlib.oauth2.rfc6749.errors import InvalidClientError, InvalidGrantError, InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, RefreshTokenGrant

from mock_sites.huawei.domain import login_tokens
from mock_sites.huawei.domain.tables import LoginCode, LoginToken, Member
from mock_sites.huawei.protocol import login
from mock_sites.huawei.unified_login.clients import OAuthClient
from mock_sites.web.context import uow


class Code(AuthorizationCodeMixin):
    """A code in the form that Authlib needs."""

    def __init__(self, row: LoginCode) -> None:
        """``row`` is the row of a valid code."""
        self.row = row

    def get_redirect_uri(self) -> str:
        """The address that the token request must name again."""
        return self.row.redirect_uri

    def get_scope(self) -> str:
        """The scope of the code."""
        return login.SCOPE


class Token(TokenMixin):
    """A valid token in the form that Authlib needs: neither expired nor revoked."""

    def __init__(self, row: LoginToken) -> None:
        """``row`` is the row of a valid token."""
        self.row = row

    def check_client(self, client: OAuthClient) -> bool:
        """Whether it was issued to ``client``."""
        return self.row.client_id == client.client_id

    def get_scope(self) -> str:
        """The scope of the token."""
        return login.SCOPE

    def is_expired(self) -> bool:
        """Always false: expired tokens are not found."""
        return False

    def is_revoked(self) -> bool:
        """Always false: revoked tokens are not found."""
        return False


class CodeGrant(AuthorizationCodeGrant):
    """Exchange a code for tokens. The code comes from the portal, or from an authorization request, to which it is then
    bound.
    """

    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_post"]  # noqa: RUF012 - Authlib's own attribute

    @staticmethod
    def validate_authorization_redirect_uri(request: Any, client: Any) -> str:
        """Check the redirect address. Authlib's own message would repeat the given address.

        Raises:
            InvalidRequestError: it is not registered.
        """
        asked = request.payload.redirect_uri
        if asked and not client.check_redirect_uri(asked):
            raise InvalidRequestError("The redirect_uri is not registered")
        return asked or client.login_address

    def generate_authorization_code(self) -> str:
        """A code that is the same each time, from the world's seed."""
        return login_tokens.new_code(uow())

    def save_authorization_code(self, code: str, request: Any) -> None:
        """Bind the code to the client and to the address in its request."""
        asked = request.payload.redirect_uri or ""
        login_tokens.store_code(uow(), code, request.user, request.client.client_id, redirect_uri=asked)

    def query_authorization_code(self, code: str, client: Any) -> Code:
        """The code, if ``client`` may redeem it.

        Raises:
            InvalidClientError: it was issued to another client.
            InvalidGrantError: it is unknown, used or too old, or its member may not log in, all with the same message;
                or it came from the portal, and the request names another address than the registered one.
        """
        row = login_tokens.find_code(uow(), code)
        if row is None:
            raise InvalidGrantError(login.BAD_CODE)
        if row.client_id != client.client_id:
            raise InvalidClientError(login.OTHER_CLIENT, status_code=401)
        if not login_tokens.is_good(uow(), row):
            raise InvalidGrantError(login.BAD_CODE)
        named = _of(self).payload.redirect_uri
        if named and not row.redirect_uri and not client.check_redirect_uri(named):
            raise InvalidGrantError("Invalid 'redirect_uri' in request.")
        return Code(row)

    def delete_authorization_code(self, authorization_code: Any) -> None:
        """Used codes are kept, so that a second use is noticed."""
        login_tokens.use_up(uow(), authorization_code.row)

    def authenticate_user(self, authorization_code: Any) -> Member:
        """The member who logged in."""
        return login_tokens.member_of(uow(), authorization_code.row)


class RefreshGrant(RefreshTokenGrant):
    """Exchange a refresh token for an access token. The refresh token does not change, is valid for its 30 days, and is
    in the answer again.
    """

    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_post"]  # noqa: RUF012 - as above

    def authenticate_refresh_token(self, refresh_token: str) -> Token:
        """The token, if the client may use it.

        Raises:
            InvalidGrantError: it is not valid, or belongs to another client, with the same message.
        """
        row = login_tokens.find_token(uow(), "refresh", refresh_token)
        if row is None or row.client_id != _of(self).client.client_id:
            raise InvalidGrantError(login.BAD_REFRESH_TOKEN)
        return Token(row)

    def authenticate_user(self, refresh_token: Any) -> Member:
        """The member who logged in."""
        return login_tokens.member_of(uow(), refresh_token.row)

    def issue_token(self, user: Any, refresh_token: Any) -> dict[str, Any]:
        """A new access token beside the same refresh token."""
        return {**super().issue_token(user, refresh_token), "refresh_token": _of(self).form["refresh_token"]}

    def revoke_old_credential(self, refresh_token: Any) -> None:
        """Nothing is revoked: earlier access tokens expire."""


def _of(grant: CodeGrant | RefreshGrant) -> Any:
    """The request of a grant. Authlib's types do not describe its content."""
    return grant.request
