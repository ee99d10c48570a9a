"""Signing in to Huawei Cloud (auth.huaweicloud.com)."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.console.forms import SignInForm
from mock_sites.huawei.domain import accounts
from mock_sites.huawei.signed_in import DOMAIN, signed_in
from mock_sites.web.context import local, uow
from mock_sites.web.forms import form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.signing_in import safe_next, sign_in, sign_out

HOME = "https://console.huaweicloud.com/"

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The first page, which redirects to the sign-in page."""
    return redirect("/authui/login")


@blueprint.route("/authui/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """Sign in, and return to the page that the visitor wanted."""
    destination = safe_next(local(HOME), DOMAIN)
    form = SignInForm()
    if request.method == "GET" and signed_in():
        return redirect(destination)
    account = submit(form, lambda: accounts.authenticate(uow(), form.name.data or "", form.password.data or ""))
    if account is None:
        return form_page("console/sign_in.html", form)
    sign_in(account.id)
    return redirect(destination)


@blueprint.post("/authui/logout")
def logout() -> ResponseReturnValue:
    """Sign out of all sites of Huawei Cloud."""
    sign_out()
    notice(_("You have signed out."))
    return redirect("/authui/login")
