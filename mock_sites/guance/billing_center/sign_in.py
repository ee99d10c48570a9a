"""Signing in to the billing center, and Forgot Password."""

from flask import Blueprint, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.billing_center.forms import ForgotForm, ResetForm, SignInForm
from mock_sites.guance.billing_center.signed_in import SIGN_IN_PAGE
from mock_sites.guance.domain import bill_notices, billing_accounts, recovery
from mock_sites.guance.domain.sites import BILLING_CENTER_HOST
from mock_sites.guance.domain.tables import BillingAccount
from mock_sites.web import language
from mock_sites.web.context import local, uow
from mock_sites.web.forms import form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.signing_in import safe_next, sign_in, sign_out

blueprint = Blueprint("sign_in", __name__)

FORGOTTEN = "forgotten"
"""The key in the browser's session for the name typed on Forgot Password."""


@blueprint.route("/signin", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    """Sign in with username or email and password."""
    form = SignInForm()
    account = submit(
        form, lambda: billing_accounts.check_password(uow(), form.username.data or "", form.password.data or "")
    )
    if account is None:
        return form_page("billing_center/sign_in.html", form)
    start_session(account)
    return redirect(safe_next(local(f"https://{BILLING_CENTER_HOST}/"), BILLING_CENTER_HOST))


@blueprint.route("/forgot", methods=["GET", "POST"])
def forgot() -> ResponseReturnValue:
    """Forgot Password, first page: the username or email of the account."""
    form = ForgotForm()
    if submit(form, lambda: _ask(form.username.data or "")) is None:
        return form_page("forgot.html", form, brand=_("Guance Billing Center"), back=url_for(".enter"))
    session[FORGOTTEN] = form.username.data
    return redirect(url_for(".reset"))


@blueprint.route("/forgot/password", methods=["GET", "POST"])
def reset() -> ResponseReturnValue:
    """Forgot Password, second page: the mailed code and a new password."""
    name = session.get(FORGOTTEN)
    if not name:
        return redirect(url_for(".forgot"))
    form = ResetForm()
    account = submit(form, lambda: recovery.reset(uow(), name, form.code.data or "", form.password.data or ""))
    if account is None:
        return form_page("reset.html", form, name=name, brand=_("Guance Billing Center"), back=url_for(".forgot"))
    del session[FORGOTTEN]
    notice(_("Your password was changed. Sign in with the new one."))
    return redirect(url_for(".enter"))


@blueprint.post("/signout")
def leave() -> ResponseReturnValue:
    """Sign out."""
    sign_out()
    return redirect(local(SIGN_IN_PAGE))


def start_session(account: BillingAccount) -> None:
    """Start a session. From now on, mails that no page asks for are in the language of the pages."""
    account.language = language.current()
    bill_notices.begin(uow(), account)
    sign_in(account.id)


def start_session_of(billing_account_id: str) -> None:
    """Start a session for the account with this id."""
    start_session(uow().session.get_one(BillingAccount, billing_account_id))


def _ask(name: str) -> bool:
    recovery.ask(uow(), name, language.current())
    return True
