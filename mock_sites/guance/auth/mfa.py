"""The second step of a sign-in with MFA: the security code, and what to do without the app (spec guance, source C7)."""

from datetime import datetime, timedelta
from typing import Final

from flask import Blueprint, abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance import code_answers, signing_in
from mock_sites.guance.auth.forms import SecurityCodeForm, UnbindMfaForm
from mock_sites.guance.domain import accounts, mfa
from mock_sites.guance.domain.tables import Account
from mock_sites.guance.hosts import current_site
from mock_sites.web import language
from mock_sites.web.context import local, uow
from mock_sites.web.forms import done, form_page, submit
from mock_sites.web.messages import notice

VERIFYING: Final = "verifying"
"""The session key for who has entered the right password, for which page, until when that counts, and its stamp."""

LIFETIME: Final = timedelta(minutes=10)

blueprint = Blueprint("mfa", __name__, url_prefix="/login/mfa")


def enter(account: Account, address: str) -> ResponseReturnValue:
    """Go on after the right password: to the security code, or to an address if the account has no MFA."""
    if not mfa.is_bound(uow(), account):
        return _finish(account, address)
    session[VERIFYING] = [account.id, address, (uow().now + LIFETIME).isoformat(), mfa.stamp(uow(), account)]
    return redirect(url_for("mfa.verify"))


@blueprint.route("", methods=["GET", "POST"])
def verify() -> ResponseReturnValue:
    """The security code of the app."""
    (account, address), form = _verifying(), SecurityCodeForm()
    if not submit(form, done(lambda: mfa.check(uow(), account, form.security_code.data or ""))):
        return form_page("auth/mfa.html", form, site=current_site())
    return _finish(account, address)


@blueprint.route("/unbind", methods=["GET", "POST"])
def unbind() -> ResponseReturnValue:
    """Ask customer service to unbind MFA."""
    (account, _address), form = _verifying(), UnbindMfaForm()
    if not submit(form, done(lambda: _ask(account, form))):
        return form_page("auth/mfa_unbind.html", form, account=account, site=current_site())
    session.pop(VERIFYING)
    notice(_("We have received your request. A mail follows as soon as MFA is unbound, usually within 15 minutes."))
    return redirect(local(current_site().login_url))


@blueprint.post("/unbind/code")
def send_code() -> ResponseReturnValue:
    """Mail the code that the request needs."""
    (account, _address), form = _verifying(), UnbindMfaForm()
    return code_answers.answer(
        form,
        form["csrf_token"],  # the recipient is known
        lambda _to: mfa.send_code(uow(), account, mfa.UNBIND, language.current()),
        _("We have sent a code to %(email)s. It is valid for 5 minutes.", email=account.email),
        lambda: render_template("auth/mfa_unbind.html", form=form, account=account, site=current_site()),
    )


def _ask(account: Account, form: UnbindMfaForm) -> None:
    description = form.description.data or ""
    mfa.ask_to_unbind(uow(), account, form.code.data or "", description, language.current())


def _finish(account: Account, address: str) -> ResponseReturnValue:
    accounts.signed_in(uow(), account)
    signing_in.enter(account)
    return redirect(address)


def _verifying() -> tuple[Account, str]:
    """Who has entered the right password and not the code yet, and the page to go to."""
    account_id, address, ends_at, stamp = session.get(VERIFYING) or abort(401)
    account = accounts.find(uow(), account_id)
    if account is None or account.site != current_site().code or uow().now >= datetime.fromisoformat(ends_at):
        abort(401)
    if stamp != mfa.stamp(uow(), account):
        abort(401)
    return account, address
