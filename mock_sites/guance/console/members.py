"""Settings > Members: who may open the workspace and in which role, and invitations (spec guance E)."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from mock_sites.guance.console.forms import InvitationForm
from mock_sites.guance.console.workspace import my_account, my_workspace, to_change, workspace_page
from mock_sites.guance.domain import members
from mock_sites.guance.domain.members import ADMINISTRATOR
from mock_sites.guance.domain.tables import Invitation, Member, Workspace
from mock_sites.guance.hosts import current_site
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of
from mock_sites.web.signing_in import login_required

UNDER = "/workspace/<workspace_id>/settings/members"

blueprint = Blueprint("members", __name__)


@blueprint.route(UNDER, methods=["GET", "POST"])
@login_required
def listing(workspace_id: str) -> ResponseReturnValue:
    """The members and the open invitations, and a new one."""
    workspace = my_workspace(workspace_id, to_change(ADMINISTRATOR))
    form = InvitationForm()
    invited = submit(form, lambda: members.invite(uow(), workspace, form.email.data or "", form.role.data or ""))
    if invited:
        notice(_("%(email)s was invited by mail.", email=invited.email))
        return redirect(url_for(".listing", workspace_id=workspace.id))
    return _page(workspace, form, form)


@blueprint.post(f"{UNDER}/<account_id>/role")
@login_required
def change_role(workspace_id: str, account_id: str) -> ResponseReturnValue:
    """Give a member another role."""
    workspace, member = _member(workspace_id, account_id)
    return _do(workspace, lambda: members.change_role(uow(), workspace, member, request.form.get("role", "")))


@blueprint.post(f"{UNDER}/<account_id>/remove")
@login_required
def remove(workspace_id: str, account_id: str) -> ResponseReturnValue:
    """Remove a member."""
    workspace, member = _member(workspace_id, account_id)
    return _do(workspace, lambda: members.remove(uow(), workspace, member))


@blueprint.post(f"{UNDER}/invitations/<invitation_id>/cancel")
@login_required
def cancel(workspace_id: str, invitation_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    workspace = my_workspace(workspace_id, ADMINISTRATOR)
    found = uow().session.get(Invitation, invitation_id)
    if found is None or found.workspace_id != workspace.id:
        abort(404)
    return _do(workspace, lambda: members.cancel(uow(), found))


@blueprint.route("/invitations/<invitation_id>", methods=["GET", "POST"])
@login_required
def invitation(invitation_id: str) -> ResponseReturnValue:
    """An invitation, which the person with its email accepts."""
    account, form = my_account(), SiteForm()
    wanted = members.invitations_for(uow(), account).where(Invitation.id == invitation_id)
    found = uow().session.scalars(wanted).first() or abort(404)
    workspace = submit(form, lambda: members.accept(uow(), found, account))
    if workspace:
        notice(_("You are a member of %(name)s now.", name=workspace.name))
        return redirect(url_for("console.overview", workspace_id=workspace.id))
    page = render_template(
        "console/invitation.html", form=form, invitation=found, roles=members.ROLES, site=current_site()
    )
    return page, 422 if form.refused else 200


def _do(workspace: Workspace, verb: Callable[[], None]) -> ResponseReturnValue:
    """Change the list, or show it with the reason why that is refused."""
    form = SiteForm()

    def do() -> bool:
        verb()
        return True

    if submit(form, do):
        notice(_("The members were changed."))
        return redirect(url_for(".listing", workspace_id=workspace.id))
    return _page(workspace, InvitationForm(formdata=None), form)


def _page(workspace: Workspace, form: InvitationForm, refused: SiteForm) -> tuple[str, int]:
    page = workspace_page(
        "console/members.html",
        workspace,
        page="settings",
        tab="members",
        form=form,
        refused=refused,
        members=page_of(uow(), members.members_of(workspace).options(joinedload(Member.account))),
        invitations=page_of(uow(), members.invitations_of(uow(), workspace), "invitations-page"),
        roles=members.ROLES,
        given=members.GIVEN,
    )
    return page, 422 if refused.refused else 200


def _member(workspace_id: str, account_id: str) -> tuple[Workspace, Member]:
    workspace = my_workspace(workspace_id, ADMINISTRATOR)
    return workspace, uow().session.get(Member, (workspace.id, account_id)) or abort(404)
