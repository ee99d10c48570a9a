"""Account > Account Management: the console account, and its password (spec guance, source C5)."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.console.workspace import my_account
from mock_sites.guance.domain import accounts, mfa
from mock_sites.guance.forms import ChangePasswordForm
from mock_sites.guance.hosts import current_site
from mock_sites.web.context import uow
from mock_sites.web.forms import form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.signing_in import login_required, sign_in

blueprint = Blueprint("account", __name__)


@blueprint.app_context_processor
def _where() -> dict[str, str]:  # pyright: ignore[reportUnusedFunction]
    return {"account_url": url_for("account.manage")}


@blueprint.route("/account", methods=["GET", "POST"])
@login_required
def manage() -> ResponseReturnValue:
    """Account Management: change the password. This session stays signed in, and all others end."""
    account, form = my_account(), ChangePasswordForm()
    if submit(form, lambda: _change_password(form)) is None:
        bound = mfa.is_bound(uow(), account)
        return form_page("console/account.html", form, account=account, bound=bound, site=current_site())
    sign_in(account.id)
    notice(_("Your password was changed. All other sessions have ended."))
    return redirect(url_for(".manage"))


def _change_password(form: ChangePasswordForm) -> bool:
    accounts.change_password(uow(), my_account(), form.current.data or "", form.password.data or "")
    return True
