"""The workspace: the pages that its owner sees after signing in (spec guance E)."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mock_sites.guance.console import statuses
from mock_sites.guance.console.quantities import quantity
from mock_sites.guance.console.summary import summary_of
from mock_sites.guance.console.workspace import my_account, my_source, my_workspace, workspace_page
from mock_sites.guance.domain import accounts, billing_accounts, members, workspaces
from mock_sites.guance.domain.states import WorkspaceState
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.hosts import current_site
from mock_sites.web.context import local, uow
from mock_sites.web.paging import page_of
from mock_sites.web.signing_in import login_required, sign_out, signed_in_subject

blueprint = Blueprint("console", __name__)


@blueprint.app_context_processor
def _who() -> dict[str, Any]:  # pyright: ignore[reportUnusedFunction]
    return {
        "signed_in": accounts.find(uow(), signed_in_subject()),
        "sign_out_url": url_for("console.leave"),
        "may_add_workspaces": lambda: billing_accounts.of_owner(uow(), my_account()) is not None,
    }


@blueprint.get("/")
@login_required
def home() -> ResponseReturnValue:
    """Open the first workspace, if possible one that is not locked. An account without a workspace is sent to create
    one (spec guance F, 20).
    """
    owned = workspaces.owned_by(my_account().id).limit(1)
    open_ones = owned.where(Workspace.state == WorkspaceState.NORMAL)
    candidates = (open_ones, owned, members.shared_with(my_account()).limit(1))
    first = next((found for wanted in candidates if (found := uow().session.scalars(wanted).first())), None)
    if first is None:
        return redirect(local(f"https://{current_site().login_host}/businessRegister/workspace"))
    return redirect(url_for(".overview", workspace_id=first.id))


@blueprint.get("/workspaces")
@login_required
def every() -> ResponseReturnValue:
    """All workspaces of the account. For accounts with more workspaces than the switcher lists."""
    search = request.args.get("search", "").strip()
    owned = page_of(uow(), workspaces.owned_by(my_account().id, search))
    return render_template(
        "console/workspaces.html",
        owned=owned,
        search=search,
        shared=page_of(uow(), members.shared_with(my_account()), "shared-page"),
        invitations=page_of(uow(), members.invitations_for(uow(), my_account()), "invitations-page"),
        roles=members.ROLES,
        site=current_site(),
    )


@blueprint.get("/workspace/<workspace_id>/")
@login_required
def overview(workspace_id: str) -> ResponseReturnValue:
    """The first page of a workspace."""
    return overview_page(my_workspace(workspace_id), "console/overview.html")


@blueprint.post("/logout")
def leave() -> ResponseReturnValue:
    """Sign out of this site."""
    sign_out()
    return redirect(local(current_site().login_url))


def overview_page(workspace: Workspace, template: str, **values: Any) -> str:
    """The overview, or a dialog on it."""
    source = my_source(workspace, "logs")
    summary = summary_of(uow(), workspace, source) if source else None
    return workspace_page(
        template, workspace, page="overview", summary=summary, log_key=statuses.log_key(), quantity=quantity, **values
    )
