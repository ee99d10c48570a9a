"""Billing: the settlement account, and the usage and bills of a period (spec guance E, C1)."""

from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from mock_sites.guance.console.workspace import my_workspace, workspace_page
from mock_sites.guance.domain import bill_periods, bills, high_consumption, usage, usage_items, wallet, workspaces
from mock_sites.guance.domain.bill_periods import Summary
from mock_sites.guance.domain.members import ADMINISTRATOR
from mock_sites.guance.domain.money import money
from mock_sites.guance.domain.tables import Workspace
from mock_sites.web import charts
from mock_sites.web.charts import Drawing
from mock_sites.web.context import uow
from mock_sites.web.paging import page_of
from mock_sites.web.signing_in import login_required

blueprint = Blueprint("billing", __name__)


@blueprint.get("/workspace/<workspace_id>/billing")
@login_required
def overview(workspace_id: str) -> str:
    """The settlement account overview, and the usage and bills of a period."""
    return billing_page(my_workspace(workspace_id, ADMINISTRATOR), "console/billing.html")


def billing_page(workspace: Workspace, template: str, **values: Any) -> str:
    """Billing, or a dialog on it."""
    today = usage.day_of(uow().now)
    period = bill_periods.period_of(request.args.get("period", ""), today)
    summary = bill_periods.summary_of(uow(), workspace, period)
    return workspace_page(
        template,
        workspace,
        page="billing",
        period=period,
        periods=bill_periods.PERIODS,
        default_period=bill_periods.DEFAULT,
        used=summary,
        next_bill=bills.next_day(uow().now) if period.goes_on else None,
        unbilled=bill_periods.unbilled(uow(), workspace) if period.goes_on else None,
        chart=_chart(summary),
        bills=page_of(uow(), bill_periods.bills_of(workspace, period)),
        wallet=wallet.wallet_of(uow(), workspace.billing_account_id),
        alerts=high_consumption.alerts_of(uow(), workspace),
        items=bills.ITEMS,
        item_names=[_(name) for name in bills.ITEMS.values()],
        usage_items=usage_items.items_of(uow(), workspace) if workspace.settled_by else [],
        settlements=workspaces.SETTLEMENTS,
        money=money,
        **values,
    )


def _chart(summary: Summary) -> Drawing:
    """A bar for each part of the period: the costs of its items in CNY, on each other."""
    series = {item: [costs[item] / 100 for costs in summary.parts.values()] for item in bills.ITEMS}
    unit = _("CNY")
    texts = [f"{part} {money(sum(costs.values()))} {unit}" for part, costs in summary.parts.items()]
    return charts.bars(series, texts)
