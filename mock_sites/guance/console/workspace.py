"""What every page of a workspace shares: its owner's right to see it, its data, and the frame around it."""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from mock_sites.guance.console import statuses
from mock_sites.guance.domain import accounts, bills, locks, members, mfa, settings, workspaces
from mock_sites.guance.domain.members import READ_ONLY
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.states import LockReason, WorkspaceState
from mock_sites.guance.domain.tables import Account, Workspace
from mock_sites.guance.domain.telemetry.source import Source, source_of
from mock_sites.guance.domain.telemetry.windows import LENGTHS, Window, window_of
from mock_sites.web.context import uow
from mock_sites.web.messages import alert
from mock_sites.web.paging import beginning_of
from mock_sites.web.signing_in import signed_in_subject


def my_account() -> Account:
    """The account that is signed in. Only for views with ``login_required``."""
    return accounts.find(uow(), signed_in_subject()) or abort(401)


def my_workspace(workspace_id: str, least: str = READ_ONLY) -> Workspace:
    """The workspace with this id, if the signed-in account is its owner or a member. Else a 404.

    A role that has not the rights of ``least``, and an address from which the workspace may not be opened, get a 403.
    An account without the MFA that the workspace requires is led to bind it.
    """
    workspace = uow().session.get(Workspace, workspace_id)
    if workspace is None or workspace.state is WorkspaceState.DISSOLVED:
        abort(404)
    g.role = members.role_of(uow(), workspace, my_account()) or abort(404)
    if not members.reaches(g.role, least):
        abort(403)
    if not settings.is_allowed(workspace.allowed_addresses, request.remote_addr or ""):
        abort(403)
    if not mfa.may_enter(uow(), workspace, my_account()):
        if request.method == "POST":
            abort(403)
        alert(_("This workspace requires MFA. Bind it to your account to open the workspace."))
        abort(redirect(url_for("mfa.verify")))
    return workspace


def to_change(least: str) -> str:
    """The role that this request needs: ``least`` to send a form, and any to see the page with it."""
    return least if request.method == "POST" else READ_ONLY


def my_source(workspace: Workspace, item: str) -> Source | None:
    """The data of a workspace, if they can be seen and there are any, as far back as an item is kept."""
    return source_of(uow(), workspace, item) if locks.is_history_visible(workspace) else None


def asked_window(source: Source, default: str) -> Window:
    """The window that the address asks for."""
    asked = request.args
    window = window_of(asked.get("window", ""), default, asked.get("until", ""), source.until)
    is_cut = max(window.begin, source.since) < source.kept_since
    return replace(window, kept_since=source.kept_since if is_cut else None)


def workspace_page(template: str, workspace: Workspace, *, page: str, **values: Any) -> str:
    """A page of a workspace. If the workspace is locked for good, the page says only that (spec guance C.5)."""
    visible = locks.is_history_visible(workspace)
    owned, more_owned = beginning_of(uow(), workspaces.owned_by(my_account().id))
    shared, more_shared = beginning_of(uow(), members.shared_with(my_account()))
    return render_template(
        template if visible else "console/locked_for_good.html",
        page=page,
        workspace=workspace,
        owned=owned,
        shared=shared,
        more_workspaces=more_owned or more_shared,
        may=partial(members.reaches, g.role),
        site=SITES[workspace.site],
        settlement=workspaces.SETTLEMENTS[workspace.settled_by],
        reported=bills.reported(uow(), workspace) if visible else None,
        languages_of_workspaces=workspaces.LANGUAGES,
        days_left=locks.days_left(workspace, uow().now),
        locked_until=locks.locked_until(workspace),
        suspended=workspace.lock_reason == LockReason.CLOUD_ACCOUNT_SUSPENDED,
        window_lengths=LENGTHS,
        status_names=statuses.NAMES,
        status_colours=statuses.COLOURS,
        **values,
    )
