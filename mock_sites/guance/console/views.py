"""The workspace: what its owner sees after signing in (spec guance E)."""

from flask import Blueprint, abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from mock_sites.guance.domain import accounts, registrations, workspaces
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import Account
from mock_sites.guance.hosts import current_site
from mock_sites.web.context import book, local
from mock_sites.web.signing_in import sign_out, signed_in_subject

blueprint = Blueprint("console", __name__)


@blueprint.context_processor
def _who() -> dict[str, Account | str | None]:  # pyright: ignore[reportUnusedFunction]
    return {"signed_in": accounts.find(book(), signed_in_subject()), "sign_out_url": url_for("console.leave")}


@blueprint.get("/")
@login_required
def home() -> ResponseReturnValue:
    """The first workspace; who has none goes on where the registration was interrupted (spec guance F, 20)."""
    account = _account()
    owned = workspaces.owned_by(book(), account.id)
    if owned:
        return redirect(url_for(".overview", workspace_id=owned[0].id))
    registration = registrations.unfinished(book(), account)
    if registration is None:
        abort(404)
    session["registration"] = registration.id
    return redirect(local("https://auth.guance.com/businessRegister/activation"))


@blueprint.get("/workspace/<workspace_id>/")
@login_required
def overview(workspace_id: str) -> ResponseReturnValue:
    """Where somebody begins in a workspace."""
    return _page("overview", workspace_id)


@blueprint.get("/workspace/<workspace_id>/datakit")
@login_required
def datakit(workspace_id: str) -> ResponseReturnValue:
    """How to install the collector."""
    return _page("datakit", workspace_id)


@blueprint.get("/workspace/<workspace_id>/dashboards")
@login_required
def dashboards(workspace_id: str) -> ResponseReturnValue:
    """Dashboards, of which a new workspace has none."""
    return _page("dashboards", workspace_id)


@blueprint.get("/workspace/<workspace_id>/logs")
@login_required
def logs(workspace_id: str) -> ResponseReturnValue:
    """Logs, of which a new workspace has none."""
    return _page("logs", workspace_id)


@blueprint.get("/workspace/<workspace_id>/billing")
@login_required
def billing(workspace_id: str) -> ResponseReturnValue:
    """The settlement account overview (spec guance C1)."""
    return _page("billing", workspace_id)


@blueprint.get("/workspace/<workspace_id>/settings")
@login_required
def settings(workspace_id: str) -> ResponseReturnValue:
    """Settings > Basic Information (spec guance C2)."""
    return _page("settings", workspace_id)


@blueprint.post("/logout")
def leave() -> ResponseReturnValue:
    """Sign out of this site."""
    sign_out()
    return redirect(local(current_site().login_url))


def _page(name: str, workspace_id: str) -> str:
    owned = workspaces.owned_by(book(), _account().id)
    workspace = next((one for one in owned if one.id == workspace_id), None) or abort(404)
    return render_template(
        f"console/{name}.html",
        page=name,
        workspace=workspace,
        owned=owned,
        site=SITES[workspace.site],
        settlement=workspaces.SETTLEMENTS[workspace.settlement],
        languages_of_workspaces=workspaces.LANGUAGES,
    )


def _account() -> Account:
    return accounts.find(book(), signed_in_subject()) or abort(401)
