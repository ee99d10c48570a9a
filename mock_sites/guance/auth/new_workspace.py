"""Creating a workspace at the next login, for an account that has none (spec guance F, 20)."""

from flask import Blueprint, abort, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.auth.forms import TypeForm
from mock_sites.guance.auth.registration import REGISTRATION
from mock_sites.guance.domain import accounts, registrations, workspaces
from mock_sites.guance.domain.sites import ACTIVATION_METHODS, SITES, default_method
from mock_sites.guance.hosts import current_site
from mock_sites.web.context import local, uow
from mock_sites.web.forms import form_page, options, submit
from mock_sites.web.signing_in import login_required, signed_in_subject
from mock_sites.world.rows import are_any

blueprint = Blueprint("new_workspace", __name__, url_prefix="/businessRegister/workspace")


@blueprint.route("", methods=["GET", "POST"])
@login_required
def choose_type() -> ResponseReturnValue:
    """Choose the type of the first workspace. The third step of the registration then opens it."""
    account = accounts.find(uow(), signed_in_subject()) or abort(401)
    if are_any(uow(), workspaces.owned_by(account.id)):
        return redirect(local(current_site().console_url))
    site, interrupted = SITES[account.site], registrations.unfinished(uow(), account)
    only_huawei = interrupted is not None and interrupted.visit_id is not None
    methods = {"huawei": ACTIVATION_METHODS["huawei"]} if only_huawei else ACTIVATION_METHODS
    form = TypeForm(method="huawei" if only_huawei else default_method(site))
    form.method.choices = options({method: _(label) for method, label in methods.items()})
    registration = submit(form, lambda: registrations.going_on(uow(), account))
    if registration is None:
        return form_page("auth/new_workspace.html", form, account=account, site=site)
    session[REGISTRATION] = registration.id
    return redirect(url_for("registration.activation", method=form.method.data))
