"""Account Management > MFA authentication: binding an authenticator app, and unbinding it (spec guance, source C7)."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance import code_answers
from mock_sites.guance.console.forms import BindMfaForm, SecurityCodeForm
from mock_sites.guance.console.workspace import my_account
from mock_sites.guance.domain import mfa
from mock_sites.guance.hosts import current_site
from mock_sites.web import language
from mock_sites.web.context import uow
from mock_sites.web.forms import done, form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.qr import qr
from mock_sites.web.signing_in import login_required, sign_in

blueprint = Blueprint("mfa", __name__, url_prefix="/account/mfa")


@blueprint.route("", methods=["GET", "POST"])
@login_required
def verify() -> ResponseReturnValue:
    """The first step: the code that is mailed."""
    account, form = my_account(), BindMfaForm()
    if mfa.is_bound(uow(), account):
        return redirect(url_for(".unbind"))
    if not submit(form, done(lambda: mfa.begin(uow(), account, form.code.data or ""))):
        return form_page("console/mfa_verify.html", form, **_values())
    return redirect(url_for(".bind"))


@blueprint.post("/code")
@login_required
def send_code() -> ResponseReturnValue:
    """Mail the code of the first step."""
    account, form = my_account(), BindMfaForm()
    if mfa.is_bound(uow(), account):
        abort(409)
    return code_answers.answer(
        form,
        form["csrf_token"],  # the recipient is known
        lambda _to: mfa.send_code(uow(), account, mfa.BIND, language.current()),
        _("We have sent a code to %(email)s. It is valid for 5 minutes.", email=account.email),
        lambda: render_template("console/mfa_verify.html", form=form, **_values()),
    )


@blueprint.route("/bind", methods=["GET", "POST"])
@login_required
def bind() -> ResponseReturnValue:
    """The second step: the secret for the app, and its first code. This session stays, and all others end."""
    account, form = my_account(), SecurityCodeForm()
    device = mfa.waiting(uow(), account)
    if submit(form, done(lambda: mfa.bind(uow(), account, form.security_code.data or ""))):
        sign_in(account.id)
        notice(_("MFA was bound. All other sessions have ended."))
        return redirect(url_for("account.manage"))
    if device is None and not form.refused:
        return redirect(url_for(".verify"))
    drawing = qr(mfa.address_of(device, account)) if device else ""
    return form_page("console/mfa_bind.html", form, device=device, drawing=drawing, **_values())


@blueprint.route("/unbind", methods=["GET", "POST"])
@login_required
def unbind() -> ResponseReturnValue:
    """Unbind the app with one of its codes."""
    account, form = my_account(), SecurityCodeForm()
    if not mfa.is_bound(uow(), account):
        return redirect(url_for(".verify"))
    code = form.security_code.data or ""
    if not submit(form, done(lambda: mfa.unbind(uow(), account, code, language.current()))):
        return form_page("console/mfa_unbind.html", form, **_values())
    notice(_("MFA was unbound. Your password is enough to sign in."))
    return redirect(url_for("account.manage"))


def _values() -> dict[str, object]:
    return {"account": my_account(), "site": current_site()}
