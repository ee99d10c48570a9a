"""The addresses to which other sites send a browser: to log in and to log out (spec huawei 4.2, 7 and alt.)."""

from typing import Any, cast

from authlib.oauth2.rfc6749 import OAuth2Error
from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.domain.tables import Member
from mock_sites.huawei.unified_login import clients
from mock_sites.huawei.unified_login.clients import OAuthClient
from mock_sites.huawei.unified_login.server import error_answer, server
from mock_sites.huawei.unified_login.views import log_in
from mock_sites.web.context import uow, world
from mock_sites.web.refusals import refusal_page
from mock_sites.web.signing_in import sign_out

blueprint = Blueprint("redirects", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The first page, which redirects to unified login."""
    return redirect(url_for("unified_login.entry"))


@blueprint.route("/api/v1/oauth2/authorize", methods=["GET", "POST"])
def authorize() -> ResponseReturnValue:
    """The authorization request of a client: log in, and return to its redirect address with a code.

    A request with an unknown client or an unregistered address gets an error page and no redirect.
    """
    try:
        grant: Any = server.get_consent_grant()
    except OAuth2Error as error:
        if error.redirect_uri:
            return error_answer(error)
        reason = _("The application is unknown, or the address to come back to is not one that it has registered.")
        return refusal_page("unified_login/refused.html", 400, reason=reason)

    def hand_over(member: Member) -> ResponseReturnValue:
        answer: Any = server.create_authorization_response(grant_user=member, grant=grant)
        return answer

    return log_in(cast("OAuthClient", grant.client), hand_over)


@blueprint.get("/api/v1/logout")
def logout() -> ResponseReturnValue:
    """Sign out of unified login, at a seller's request, and return to a registered address."""
    back = request.args.get("redirect_url")
    if back and back not in clients.signed_out_addresses(world()):
        reason = _("The address to go to after logging out is not one that an application has registered.")
        return refusal_page("unified_login/refused.html", 400, reason=reason)
    uow(write=True)
    sign_out()
    return redirect(back or url_for("unified_login.logged_out"))
