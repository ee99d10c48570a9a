"""Billing > Set High Consumption Alert (spec guance E, C1)."""

import re
from typing import Final

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.console.billing import billing_page
from mock_sites.guance.console.forms import AlertForm
from mock_sites.guance.console.workspace import my_workspace
from mock_sites.guance.domain import bills, high_consumption
from mock_sites.guance.domain.members import ADMINISTRATOR
from mock_sites.guance.domain.tables import HighConsumptionAlert, Workspace
from mock_sites.web.context import uow
from mock_sites.web.forms import submit
from mock_sites.web.messages import notice
from mock_sites.web.signing_in import login_required

ADDRESS: Final = "/workspace/<workspace_id>/billing/high-consumption-alert"

blueprint = Blueprint("high_consumption", __name__)

_AMOUNT: Final = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")


@blueprint.route(ADDRESS, methods=["GET", "POST"])
@login_required
def set_alert(workspace_id: str) -> ResponseReturnValue:
    """Set High Consumption Alert, a dialog."""
    workspace, form = my_workspace(workspace_id, ADMINISTRATOR), AlertForm()
    alert = submit(form, lambda: _set(workspace, form))
    if alert is None:
        page = billing_page(workspace, "console/high_consumption_alert.html", form=form)
        return page, 422 if form.refused else 200
    notice(_("The alert was set: %(item)s.", item=_(bills.ITEMS[alert.item])))
    return redirect(url_for("billing.overview", workspace_id=workspace.id))


@blueprint.post(f"{ADDRESS}/<item>/remove")
@login_required
def remove_alert(workspace_id: str, item: str) -> ResponseReturnValue:
    """Forget what a billing item may cost in a day."""
    workspace = my_workspace(workspace_id, ADMINISTRATOR)
    alert = high_consumption.alerts_of(uow(), workspace).get(item) or abort(404)
    high_consumption.remove_alert(uow(), alert)
    notice(_("The alert was removed."))
    return redirect(url_for("billing.overview", workspace_id=workspace.id))


def _set(workspace: Workspace, form: AlertForm) -> HighConsumptionAlert:
    return high_consumption.set_alert(uow(), workspace, form.item.data or "", _fen(form.threshold.data or ""))


def _fen(amount: str) -> int:
    """An amount in CNY as fen. 0, which is no valid threshold, if the text is no amount."""
    found = _AMOUNT.fullmatch(amount)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else 0
