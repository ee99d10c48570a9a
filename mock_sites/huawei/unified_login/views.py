"""The pages of unified login (macroverse.huaweicloud.com): sign in, change the initial password, hand over."""

from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField, StringField

from mock_sites.huawei.domain import unified_login
from mock_sites.huawei.domain.tables import Member
from mock_sites.web.context import book, local, world
from mock_sites.web.forms import SiteForm, attempt, form_page, refusal_text, required
from mock_sites.web.messages import alert
from mock_sites.web.signing_in import sign_in, sign_out, signed_in_subject
from mock_sites.web.texts import lazy as _l
from mock_sites.world.agreement import LOGIN_ADDRESS, seller_keys
from mock_sites.world.errors import N_, Refusal

FIRST_LOGIN: Final = "first-login"
"""Where the session keeps which member has to change the initial password."""

blueprint = Blueprint("unified_login", __name__, url_prefix="/unified-login")


class LoginForm(SiteForm):
    """``account@enterprise-domain`` and password."""

    account = StringField(_l("Account"), required())
    password = PasswordField(_l("Password"), required(longest=64))


class NewPasswordForm(SiteForm):
    """The password that replaces the initial one."""

    new_password = PasswordField(_l("New password"), required(longest=64))
    confirmation = PasswordField(_l("Confirm new password"), required(longest=64))


@blueprint.get("/")
def entry() -> ResponseReturnValue:
    """The documented address, whose fragment a script turns into the page behind it."""
    return render_template("unified_login/entry.html")


@blueprint.route("/portal-login", methods=["GET", "POST"])
def portal_login() -> ResponseReturnValue:
    """Sign in to the application ``appId``; whoever is signed in already is asked only whether to go on."""
    app_id = request.args.get("appId", "")
    if app_id != seller_keys(world().seed).app_id or request.args.get("ind") != "UNOP":
        return render_template("unified_login/unknown_application.html"), 404
    if request.method == "GET" and (member_id := signed_in_subject()):
        return render_template(
            "unified_login/go_on.html", member=book().session.get_one(Member, member_id), form=SiteForm()
        )
    form = LoginForm()
    member = attempt(
        form, lambda: unified_login.authenticate(book(), form.account.data or "", form.password.data or "")
    )
    if member is None:
        return form_page("unified_login/login.html", form)
    if member.password_is_initial:
        session[FIRST_LOGIN] = member.id
        return redirect(url_for(".new_password"))
    sign_in(member.id)
    return _hand_over(member)


@blueprint.route("/password", methods=["GET", "POST"])
def new_password() -> ResponseReturnValue:
    """Change the initial password, which the first login demands."""
    member = book().session.get(Member, session.get(FIRST_LOGIN, ""))
    if member is None or not member.password_is_initial:
        abort(401)
    form = NewPasswordForm()

    def change() -> bool:
        if form.new_password.data != form.confirmation.data:
            raise Refusal(N_("The two passwords are not the same."), field="confirmation")
        unified_login.change_initial_password(book(), member, form.new_password.data or "")
        return True

    if not attempt(form, change):
        return form_page("unified_login/new_password.html", form, member=member)
    sign_in(member.id)
    return _hand_over(member)


@blueprint.post("/go-on")
def go_on() -> ResponseReturnValue:
    """Hand the member who is signed in already over to the application."""
    member_id = signed_in_subject()
    if member_id is None:
        abort(401)
    member = book().session.get_one(Member, member_id)
    try:
        unified_login.check_may_log_in(book(), member)
    except Refusal as refusal:
        alert(refusal_text(refusal))
        return redirect(url_for(".logged_out"))
    return _hand_over(member)


@blueprint.get("/logout")
def logged_out() -> ResponseReturnValue:
    """After signing out."""
    return render_template("unified_login/logged_out.html")


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """Sign out of unified login."""
    sign_out()
    return redirect(url_for(".logged_out"))


def _hand_over(member: Member) -> ResponseReturnValue:
    """Send the member to the seller's login address with a code (spec huawei 4.2)."""
    query = urlencode({"code": unified_login.issue_code(book(), member), "tenant": member.enterprise_id})
    return redirect(f"{local(LOGIN_ADDRESS)}?{query}")
