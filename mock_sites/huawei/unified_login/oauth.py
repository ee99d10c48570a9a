"""What a seller asks unified login: redeem a code, and who the member is (spec huawei 4.2, steps 4 and 6)."""

import hmac

from flask import Blueprint, Response, jsonify, request

from mock_sites.huawei.domain import unified_login
from mock_sites.web.context import book, world
from mock_sites.world.agreement import LOGIN_ADDRESS, seller_keys

blueprint = Blueprint("oauth", __name__, url_prefix="/api/v1/oauth2")


@blueprint.post("/token")
def token() -> tuple[Response, int]:
    """An access token for an authorization code."""
    keys, form = seller_keys(world().seed), request.form
    known = form.get("client_id", "") == keys.client_id
    if not (known and hmac.compare_digest(form.get("client_secret", "").encode(), keys.client_secret.encode())):
        return jsonify(error="invalid_client", error_description="Bad client credentials"), 401
    if form.get("grant_type") != "authorization_code":
        return jsonify(error="unsupported_grant_type", error_description="Unsupported grant type"), 400
    if form.get("redirect_uri", LOGIN_ADDRESS) not in {LOGIN_ADDRESS, world().local(LOGIN_ADDRESS)}:
        return jsonify(error="invalid_grant", error_description="Redirect URI mismatch"), 400
    access = unified_login.redeem_code(book(), form.get("code", ""))
    if access is None:
        return jsonify(error="invalid_grant", error_description="Invalid authorization code"), 400
    seconds = int(unified_login.TOKEN_LIFETIME.total_seconds())
    return jsonify(access_token=access.token, token_type="Bearer", expires_in=seconds, scope="get_user_info"), 200


@blueprint.get("/userinfo")
def userinfo() -> tuple[Response, int]:
    """The member behind a bearer token."""
    kind, _, bearer = request.headers.get("Authorization", "").partition(" ")
    member = unified_login.member_of_token(book(), bearer) if kind.lower() == "bearer" else None
    if member is None:
        text = "Full authentication is required to access this resource"
        return jsonify(error="unauthorized", error_description=text), 401
    enterprise = member.enterprise
    return jsonify(
        id=member.id,
        userId=member.id,
        userName=member.account,
        name=member.name,
        email=member.email,
        mobile=member.phone,
        role="user",
        organizationName=member.department,
        organizationCode=enterprise.domain,
        projectName=enterprise.name,
        tenant=enterprise.id,
    ), 200
