"""What the owner of a locked workspace can do: Dissolve, go on in another workspace (spec guance C.5)."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_required
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired

from mock_sites.guance.console.views import my_account, my_workspace, workspace_page
from mock_sites.guance.domain import locks, workspaces
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.hosts import current_site
from mock_sites.web import language
from mock_sites.web.context import book
from mock_sites.web.forms import SiteForm, attempt, form_page, options, required, trimmed
from mock_sites.web.messages import notice
from mock_sites.web.texts import lazy as _l

blueprint = Blueprint("locks", __name__)


class NewWorkspaceForm(SiteForm):
    """A further workspace."""

    workspace_name = StringField(
        _l("Workspace name"), filters=[trimmed], validators=required(longest=workspaces.LONGEST_NAME)
    )
    language = RadioField(
        _l("Workspace language"),
        choices=options(workspaces.LANGUAGES),
        validators=[InputRequired(_l("Choose one of the languages."))],
        validate_choice=False,
    )


@blueprint.route("/workspace/<workspace_id>/dissolve", methods=["GET", "POST"])
@login_required
def dissolve(workspace_id: str) -> ResponseReturnValue:
    """The question whether to dissolve the workspace, which nobody can undo."""
    workspace, form = my_workspace(workspace_id), SiteForm()

    def confirm() -> Workspace:
        locks.dissolve(book(), workspace, my_account())
        return workspace

    if attempt(form, confirm):
        notice(_("%(name)s has been dissolved.", name=workspace.name))
        return redirect(url_for("console.home"))
    page = workspace_page("console/dissolve.html", workspace, page="overview", form=form)
    return page, 422 if form.refused else 200


@blueprint.route("/workspaces/new", methods=["GET", "POST"])
@login_required
def new_workspace() -> ResponseReturnValue:
    """A further workspace, settled by the billing center account of the last one."""
    account, site = my_account(), current_site()
    payer = workspaces.payer_of(book(), account.id)
    if payer is None:
        return redirect(url_for("console.home"))
    form = NewWorkspaceForm(language=language.current())
    workspace = attempt(
        form,
        lambda: workspaces.create(
            book(),
            site,
            name=form.workspace_name.data or "",
            language=form.language.data or "",
            owner=account,
            billing_account=payer,
            cloud_account=None,
        ),
    )
    if workspace is None:
        return form_page("console/new_workspace.html", form, site=site, payer=payer)
    notice(_("%(name)s has been created.", name=workspace.name))
    return redirect(url_for("console.overview", workspace_id=workspace.id))
