"""Bill Management: bills by month, and the bills by day behind them (spec guance C.6)."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import func
from sqlalchemy.orm import joinedload

from mock_sites.guance.billing_center.signed_in import account
from mock_sites.guance.domain import bills
from mock_sites.guance.domain.bill_tables import DailyBill, MonthlyBill
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.workspaces import SETTLEMENTS
from mock_sites.web.context import uow
from mock_sites.web.paging import page_of
from mock_sites.web.signing_in import login_required

blueprint = Blueprint("bills", __name__, url_prefix="/bills")


@blueprint.get("")
@login_required
def months() -> ResponseReturnValue:
    """Monthly Bill."""
    found = page_of(uow(), bills.months_of(account().id))
    final = {bill.month for bill in found if bills.is_final(uow().now, bill.month)}
    return render_template("billing_center/months.html", page="bills", months=found, final=final)


@blueprint.get("/details")
@login_required
def details() -> ResponseReturnValue:
    """Consumption Details of one month, one row for each day and workspace. They can be filtered by workspace."""
    there = list(uow().session.scalars(bills.months_of(account().id)))
    chosen = _chosen_month(request.args.get("month", ""), there)
    workspace = request.args.get("workspace", "").strip()
    wanted = bills.of_account(account().id, chosen.month if chosen else date.min, workspace)
    total = wanted.order_by(None).with_only_columns(func.sum(DailyBill.fen)) if workspace else None
    return render_template(
        "billing_center/details.html",
        page="bills",
        bills=page_of(uow(), wanted.options(joinedload(DailyBill.workspace))),
        total=(uow().session.scalar(total) if total is not None else chosen.fen if chosen else 0) or 0,
        months=[one.month for one in there],
        month=chosen.month if chosen else None,
        workspaces=page_of(uow(), bills.workspaces_of(account().id), "workspace-page"),
        workspace_id=workspace,
        sites=SITES,
        settlements=SETTLEMENTS,
    )


def _chosen_month(text: str, there: list[MonthlyBill]) -> MonthlyBill | None:
    """The month in the query, or the latest month that has bills."""
    return next((one for one in there if f"{one.month:%Y-%m}" == text), there[0] if there else None)
