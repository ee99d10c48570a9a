"""The pages of unified login (macroverse.huaweicloud.com): sign in, change the initial password, hand over."""

from collections.abc import Callable
from typing import Final

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from mock_sites.huawei.domain import applications, unified_login
from mock_sites.huawei.domain.tables import Member
from mock_sites.huawei.unified_login import clients
from mock_sites.huawei.unified_login.clients import OAuthClient
from mock_sites.huawei.unified_login.forms import LoginForm, NewPasswordForm
from mock_sites.web.context import may_follow_forms_to, uow, world
from mock_sites.web.forms import SiteForm, form_page, refusal_text, submit
from mock_sites.web.messages import alert
from mock_sites.web.refusals import refusal_page
from mock_sites.web.signing_in import sign_in, sign_out, signed_in_subject
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.passwords import stamp

FIRST_LOGIN: Final = "first-login"
"""The session key for the member who has to change the initial password, and for the stamp of it."""

DESTINATION: Final = "destination"
"""The session key for what that member wants to log in to: an address of this site."""

APPLICATION: Final = "application"
"""The session key for the id of that application."""

CHANGED: Final = "password-changed"
"""Marks a member's session between the change of the password and the destination."""

blueprint = Blueprint("unified_login", __name__, url_prefix="/unified-login")


@blueprint.get("/")
def entry() -> ResponseReturnValue:
    """The documented address. A script turns its fragment into the address of the page."""
    return render_template("unified_login/entry.html")


@blueprint.route("/portal-login", methods=["GET", "POST"])
def portal_login() -> ResponseReturnValue:
    """Sign in to the application ``appId``, and go to its login address with a code (spec huawei 4.2)."""
    client = clients.of_application(world(), request.args.get("appId", ""))
    if client is None or request.args.get("ind") != "UNOP":
        return refusal_page("unified_login/unknown_application.html", 404)
    return log_in(client, lambda member: _hand_over(client, member))


def log_in(client: OAuthClient, hand_over: Callable[[Member], ResponseReturnValue]) -> ResponseReturnValue:
    """Sign in a member, and ``hand_over``. A member who is already signed in is only asked whether to continue."""
    _forms_lead_to(client)
    if session.pop(CHANGED, False):
        uow(write=True)
        return _go_on(client, hand_over)
    if "go_on" in request.form:
        return _go_on(client, hand_over)
    if request.method == "GET" and (member_id := signed_in_subject()):
        member = uow().session.get_one(Member, member_id)
        return render_template("unified_login/go_on.html", application=client.name, member=member, form=SiteForm())
    form = LoginForm()

    def authenticate() -> Member:
        found = unified_login.authenticate(uow(), form.login_name(), form.password.data or "")
        applications.check_usable(uow(), found.enterprise, client.client_id)
        return found

    member = submit(form, authenticate)
    if member is None:
        return form_page("unified_login/login.html", form, application=client.name)
    if member.password_is_initial:
        session[FIRST_LOGIN] = [member.id, stamp(member.password_hash)]
        session[DESTINATION] = request.full_path
        session[APPLICATION] = client.app_id
        return redirect(url_for("unified_login.new_password"))
    sign_in(member.id)
    return hand_over(member)


@blueprint.route("/password", methods=["GET", "POST"])
def new_password() -> ResponseReturnValue:
    """Change the initial password, which the first login requires."""
    member_id, stamped = session.get(FIRST_LOGIN) or abort(401)
    member = uow().session.get(Member, member_id)
    if member is None or not member.password_is_initial or stamped != stamp(member.password_hash):
        abort(401)
    if client := clients.of_application(world(), session[APPLICATION]):
        _forms_lead_to(client)
    application, form = client.name if client else "", NewPasswordForm()

    def change() -> bool:
        if form.new_password.data != form.confirmation.data:
            raise Refusal(N_("The two passwords are not the same."), field="confirmation")
        unified_login.change_initial_password(uow(), member, form.new_password.data or "")
        return True

    if not submit(form, change):
        return form_page("unified_login/new_password.html", form, application=application, member=member)
    destination = session[DESTINATION]
    sign_in(member.id)
    session[CHANGED] = True
    return redirect(destination)


@blueprint.get("/logout")
def logged_out() -> ResponseReturnValue:
    """The page after signing out."""
    return render_template("unified_login/logged_out.html")


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """Sign out of unified login."""
    sign_out()
    return redirect(url_for(".logged_out"))


def _go_on(client: OAuthClient, hand_over: Callable[[Member], ResponseReturnValue]) -> ResponseReturnValue:
    """Hand over the member who is already signed in."""
    member_id = signed_in_subject()
    if member_id is None:
        abort(401)
    member = uow().session.get_one(Member, member_id)
    try:
        unified_login.check_may_log_in(uow(), member)
        applications.check_usable(uow(), member.enterprise, client.client_id)
    except Refusal as refusal:
        alert(refusal_text(refusal))
        return redirect(url_for("unified_login.logged_out"))
    return hand_over(member)


def _forms_lead_to(client: OAuthClient) -> None:
    """Let the browser follow a redirect from a form of this page to the login address, even to a site outside of the
    mock.
    """
    if client.outside:
        may_follow_forms_to(client.login_address)


def _hand_over(client: OAuthClient, member: Member) -> ResponseReturnValue:
    return redirect(clients.address_with(clients.code_for(uow(), client, member), client, member))
