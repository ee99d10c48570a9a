"""Settings > Data Storage Policy: for how many days each item is kept, and what it costs (spec guance E, C2)."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.console.forms import StorageForm
from mock_sites.guance.console.workspace import my_workspace, to_change, workspace_page
from mock_sites.guance.domain import storage
from mock_sites.guance.domain.members import OWNER
from mock_sites.guance.domain.money import money
from mock_sites.guance.domain.storage import PRICES
from mock_sites.guance.domain.tables import Workspace
from mock_sites.web.context import uow
from mock_sites.web.forms import submit
from mock_sites.web.messages import notice
from mock_sites.web.signing_in import login_required

blueprint = Blueprint("storage", __name__)


@blueprint.route("/workspace/<workspace_id>/settings/storage", methods=["GET", "POST"])
@login_required
def policy(workspace_id: str) -> ResponseReturnValue:
    """The storage durations with their prices, and changing them: a risky operation that the owner confirms."""
    workspace = my_workspace(workspace_id, to_change(OWNER))
    now = storage.policy_of(uow(), workspace)
    form = StorageForm(data={item.replace("-", "_"): str(days) for item, days in now.items()})
    if submit(form, lambda: _change(workspace, form)):
        notice(_("The storage policy was changed. It decides the price of this day."))
        return redirect(url_for(".policy", workspace_id=workspace.id))
    changes = storage.changes_of(uow(), workspace)
    page = workspace_page(
        "console/storage.html",
        workspace,
        page="settings",
        tab="storage",
        form=form,
        now=now,
        prices=PRICES,
        items=storage.ITEMS,
        changes=changes[::-1],
        money=money,
    )
    return page, 422 if form.refused else 200


def _change(workspace: Workspace, form: StorageForm) -> bool:
    days = {item: int(form[item.replace("-", "_")].data) for item in PRICES}
    storage.change_policy(uow(), workspace, days, form.name.data or "")
    return True
