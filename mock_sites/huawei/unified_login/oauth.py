"""The OAuth interface for sellers: tokens for a code, a new token, and user information (spec huawei 4.2, 4 to 6)."""

from typing import Any

from authlib.oauth2.rfc6749.errors import InvalidRequestError
from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from mock_sites.huawei.protocol.kit_lists import ADMINISTRATOR, ROLE
from mock_sites.huawei.unified_login.server import NO_FORM, error_answer, server, who_logged_in
from mock_sites.web.machines import refuse_pages_elsewhere
from mock_sites.web.site import csrf

blueprint = Blueprint("oauth", __name__, url_prefix="/api/v1/oauth2")
csrf.exempt(blueprint)
blueprint.before_request(refuse_pages_elsewhere)


@blueprint.post("/token")
def token() -> ResponseReturnValue:
    """Tokens for an authorization code, or an access token for a refresh token."""
    if not request.form:
        return error_answer(InvalidRequestError(NO_FORM))
    answer: Any = server.create_token_response()
    return answer


@blueprint.get("/userinfo")
def userinfo() -> ResponseReturnValue:
    """The member behind a bearer token."""
    member = who_logged_in()
    enterprise = member.enterprise
    return jsonify(
        id=member.id,
        userId=member.id,
        userName=member.account,
        name=member.name,
        email=member.email,
        mobile=member.phone,
        role=ADMINISTRATOR if member.is_administrator else ROLE,
        organizationName=member.department.name,
        organizationCode=member.department_code,
        projectName=enterprise.name,
        tenant=enterprise.id,
    )
