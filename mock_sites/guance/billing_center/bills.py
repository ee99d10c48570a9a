"""Bill Management: the months, and the days they are made of (spec guance C.6)."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import login_required

from mock_sites.guance.billing_center.signed_in import account
from mock_sites.guance.domain import bills
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.workspaces import SETTLEMENTS
from mock_sites.web.context import book

blueprint = Blueprint("bills", __name__, url_prefix="/bills")


@blueprint.get("")
@login_required
def months() -> ResponseReturnValue:
    """Monthly Bill."""
    found = bills.monthly(book(), bills.daily(book(), account().id))
    return render_template("billing_center/months.html", page="bills", months=found)


@blueprint.get("/details")
@login_required
def details() -> ResponseReturnValue:
    """Consumption Details: one row a day and workspace, of one month, filtered by workspace."""
    every = bills.daily(book(), account().id)
    months_there = sorted({bill.day.replace(day=1) for bill in every}, reverse=True)
    month = _chosen_month(request.args.get("month", ""), months_there)
    workspace_id = request.args.get("workspace", "")
    of_month = [bill for bill in every if bill.day.replace(day=1) == month]
    shown = [bill for bill in of_month if workspace_id in {"", bill.workspace.id}]
    return render_template(
        "billing_center/details.html",
        page="bills",
        bills=list(reversed(shown)),
        total=sum(bill.fen for bill in shown),
        months=months_there,
        month=month,
        workspaces={bill.workspace.id: bill.workspace for bill in every},
        workspace_id=workspace_id,
        sites=SITES,
        settlements=SETTLEMENTS,
    )


def _chosen_month(text: str, there: list[date]) -> date | None:
    """The month that is asked for, else the latest there is."""
    return next((month for month in there if f"{month:%Y-%m}" == text), there[0] if there else None)
