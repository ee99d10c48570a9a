"""Signing in to Huawei Cloud (auth.huaweicloud.com): with a HUAWEI ID, as an IAM user, and other ways."""

from contextlib import suppress
from typing import Final

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.console.forms import CodeForm, IamSignInForm, SignInForm
from mock_sites.huawei.domain import accounts, iam_users, second_verification
from mock_sites.huawei.domain.second_verification import Holder
from mock_sites.huawei.domain.tables import IamUser
from mock_sites.huawei.signed_in import DOMAIN, begin, signed_in
from mock_sites.web import language
from mock_sites.web.context import discard, local, uow
from mock_sites.web.forms import form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.signing_in import safe_next, sign_out
from mock_sites.world.errors import Refusal
from mock_sites.world.passwords import stamp

HOME: Final = "https://console.huaweicloud.com/"

VERIFYING: Final = "verifying"
"""The session key for who has entered the right password, and not the code of the second verification yet, and for the
stamp of the password.
"""

DESTINATION: Final = "destination"
"""The session key for the page to go to after that."""

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The first page, which redirects to the sign-in page."""
    return redirect("/authui/login")


@blueprint.route("/authui/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """Sign in with an account, and return to the page that the visitor wanted."""
    form = SignInForm()
    if request.method == "GET" and signed_in():
        return redirect(destination())
    account = submit(form, lambda: accounts.authenticate(uow(), form.name.data or "", form.password.data or ""))
    if account is None:
        return form_page("console/sign_in.html", form)
    return _enter(Holder(account, None))


@blueprint.route("/authui/iam-login", methods=["GET", "POST"])
def iam_login() -> ResponseReturnValue:
    """Sign in as an IAM user. The link that an administrator passes on names the account (``id``)."""
    form = IamSignInForm()
    if request.method == "GET":
        if signed_in():
            return redirect(destination())
        form.account.data = request.args.get("id", "")

    def authenticate() -> IamUser:
        typed = (form.account.data or "", form.name.data or "", form.password.data or "")
        return iam_users.authenticate(uow(), *typed)

    user = submit(form, authenticate)
    if user is None:
        return form_page("console/iam_sign_in.html", form)
    return _enter(Holder(user.account, user))


@blueprint.route("/authui/verification", methods=["GET", "POST"])
def verification() -> ResponseReturnValue:
    """The second verification: the code that was sent after the password."""
    holder, form = _verifying(), CodeForm()

    def redeem() -> bool:
        second_verification.redeem(uow(), holder, form.code.data or "")
        return True

    if not submit(form, redeem):
        return form_page("console/verification.html", form, holder=holder)
    return finish(holder, session[DESTINATION])


@blueprint.post("/authui/verification/code")
def send_code() -> ResponseReturnValue:
    """Send another code."""
    holder, form = _verifying(), CodeForm(formdata=None)
    try:
        second_verification.send(uow(), holder, language.current())
    except Refusal as refusal:
        discard()
        form.refuse(refusal)
        return form_page("console/verification.html", form, holder=_verifying())
    notice(_("Another code has been sent."))
    return redirect(url_for(".verification"))


@blueprint.get("/authui/federated-user")
def federated_user() -> ResponseReturnValue:
    """How users of a company's own directory sign in."""
    return render_template("console/federated_user.html")


@blueprint.get("/authui/other-accounts")
def other_accounts() -> ResponseReturnValue:
    """Which account signs in where."""
    return render_template("console/other_accounts.html")


@blueprint.get("/authui/register")
def register() -> ResponseReturnValue:
    """Who opens an account, and for whom."""
    return render_template("console/register.html")


@blueprint.get("/authui/forgot-password")
def forgot_password() -> ResponseReturnValue:
    """Who resets the password of which account."""
    return render_template("console/forgot_password.html")


@blueprint.post("/authui/logout")
def logout() -> ResponseReturnValue:
    """Sign out of all sites of Huawei Cloud."""
    sign_out()
    notice(_("You have signed out."))
    return redirect("/authui/login")


def _enter(holder: Holder) -> ResponseReturnValue:
    """Go on after the right password: with the second verification, if there is one."""
    if not holder.row.second_verification:
        return finish(holder, destination())
    session[VERIFYING] = [holder.subject, stamp(holder.row.password_hash)]
    session[DESTINATION] = destination()
    with suppress(Refusal):
        second_verification.send(uow(), holder, language.current())
    return redirect(url_for(".verification"))


def finish(holder: Holder, address: str) -> ResponseReturnValue:
    """Sign in, and go to an address."""
    if holder.user:
        iam_users.signed_in(uow(), holder.user)
    begin(holder.subject)
    return redirect(address)


def _verifying() -> Holder:
    """Who has entered the right password and not the code yet."""
    subject, stamped = session.get(VERIFYING) or abort(401)
    holder = second_verification.holder_of(uow(), subject)
    if holder is None or stamped != stamp(holder.row.password_hash):
        abort(401)
    return holder


def destination() -> str:
    """Where the visitor wanted to go, or else the console."""
    return safe_next(local(HOME), DOMAIN)
