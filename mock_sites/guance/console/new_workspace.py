"""New Workspace: a further workspace for a user who has one already (spec guance E, workspace switcher)."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.console.forms import NewWorkspaceForm
from mock_sites.guance.console.workspace import my_account
from mock_sites.guance.domain import billing_accounts, workspaces
from mock_sites.guance.hosts import current_site
from mock_sites.web import language
from mock_sites.web.context import uow
from mock_sites.web.forms import attempt_number, form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of
from mock_sites.web.refusals import refusal_page
from mock_sites.web.signing_in import login_required

blueprint = Blueprint("new_workspace", __name__)


@blueprint.route("/workspaces/new", methods=["GET", "POST"])
@login_required
def create() -> ResponseReturnValue:
    """Open a further workspace. The owner's own billing center account pays for it.

    An owner without a billing center account is refused. One person can own a workspace that another person's billing
    center account manages, and only the holder of that account may add workspaces to it.
    """
    account, site = my_account(), current_site()
    owned = page_of(uow(), workspaces.owned_by(account.id))
    payer = billing_accounts.of_owner(uow(), account)
    if payer is None:
        if not owned:
            return redirect(url_for("console.home"))
        return refusal_page("console/no_billing_account.html", 403, site=site, owned=owned)
    form = NewWorkspaceForm(language=language.current())
    if not form.is_submitted():
        form.attempt.data = str(workspaces.next_attempt(uow(), account))
    workspace = submit(
        form,
        lambda: workspaces.create_further(
            uow(),
            site,
            attempt=attempt_number(form.attempt.data),
            name=form.workspace_name.data or "",
            language=form.language.data or "",
            owner=account,
            billing_account=payer,
        ),
    )
    if workspace is None:
        return form_page("console/new_workspace.html", form, site=site, payer=payer)
    notice(_("%(name)s has been created.", name=workspace.name))
    return redirect(url_for("console.overview", workspace_id=workspace.id))
