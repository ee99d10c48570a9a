"""Forgot Password of a site. The documents have it for the billing center only (spec guance C). This is the same."""

from flask import Blueprint, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.auth.forms import ForgotForm, ResetForm
from mock_sites.guance.domain import recovery
from mock_sites.guance.hosts import current_site
from mock_sites.web import language
from mock_sites.web.context import uow
from mock_sites.web.forms import done, form_page, submit
from mock_sites.web.messages import notice

FORGOTTEN = "forgotten"
"""The key in the browser's session for the name typed on Forgot Password."""

blueprint = Blueprint("forgotten", __name__, url_prefix="/login/forgot")


@blueprint.route("", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """The username or email of the account."""
    form = ForgotForm()
    name = form.username.data or ""
    if not submit(form, done(lambda: recovery.ask(uow(), name, language.current(), current_site()))):
        return form_page("forgot.html", form, brand=_("Guance"), back=url_for("sign_in.password"))
    session[FORGOTTEN] = name
    return redirect(url_for(".reset"))


@blueprint.route("/password", methods=["GET", "POST"])
def reset() -> ResponseReturnValue:
    """The mailed code and a new password."""
    name, site = session.get(FORGOTTEN), current_site()
    if not name:
        return redirect(url_for(".ask"))
    form = ResetForm()
    code, password = form.code.data or "", form.password.data or ""
    if submit(form, lambda: recovery.reset(uow(), name, code, password, site)) is None:
        return form_page("reset.html", form, name=name, brand=_("Guance"), back=url_for(".ask"))
    del session[FORGOTTEN]
    notice(_("Your password was changed. Sign in with the new one."))
    return redirect(url_for("sign_in.password"))
