"""Bill Management: bills by month and by day, the lines of a day, and income and expenditure (spec guance C.1, C.6).

Lists can be exported (``exports.py``).
"""

from datetime import date
from decimal import Decimal

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import func
from sqlalchemy.orm import joinedload

from mock_sites.guance.billing_center import exports
from mock_sites.guance.billing_center.signed_in import account
from mock_sites.guance.domain import bills, ledger, wallet
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import DailyBill, MonthlyBill
from mock_sites.guance.domain.workspaces import SETTLEMENTS
from mock_sites.web import csv_file
from mock_sites.web.context import uow
from mock_sites.web.paging import SIZE, page_of
from mock_sites.web.signing_in import login_required
from mock_sites.world.typed_time import day_of

blueprint = Blueprint("bills", __name__, url_prefix="/bills")


@blueprint.get("")
@login_required
def months() -> ResponseReturnValue:
    """Monthly Bill."""
    wanted = bills.months_of(account().id)
    if csv_file.is_asked():
        return exports.months_file(wanted)
    found = page_of(uow(), wanted)
    final = {bill.month for bill in found if bills.is_final(uow().now, bill.month)}
    shown = {"months": found, "final": final, "next_bill": bills.next_day(uow().now)}
    return render_template("billing_center/months.html", page="bills", tab="months", **shown)


@blueprint.get("/details")
@login_required
def details() -> ResponseReturnValue:
    """Consumption Details of one month, one row for each day and workspace. They can be filtered by workspace."""
    there = list(uow().session.scalars(bills.months_of(account().id)))
    chosen = _chosen_month(request.args.get("month", ""), there)
    workspace = request.args.get("workspace", "").strip()
    wanted = bills.of_account(account().id, chosen.month if chosen else date.min, workspace)
    if csv_file.is_asked():
        return exports.details_file(wanted, f"{chosen.month:%Y-%m}" if chosen else "none")
    total = wanted.order_by(None).with_only_columns(func.sum(DailyBill.fen)) if workspace else None
    return render_template(
        "billing_center/details.html",
        page="bills",
        tab="details",
        bills=page_of(uow(), wanted.options(joinedload(DailyBill.workspace))),
        total=(uow().session.scalar(total) if total is not None else chosen.fen if chosen else 0) or 0,
        months=[one.month for one in there],
        month=chosen.month if chosen else None,
        workspaces=bills.billed_workspaces(uow(), account().id, SIZE),
        workspace_id=workspace,
        next_bill=bills.next_day(uow().now),
        sites=SITES,
        settlements=SETTLEMENTS,
    )


@blueprint.get("/<workspace_id>/<day>")
@login_required
def one_day(workspace_id: str, day: str) -> ResponseReturnValue:
    """The bill of a workspace and a day: quantity, unit price and amount of each item."""
    chosen = day_of(day) or abort(404)
    bill = bills.of_day(uow(), account().id, workspace_id, chosen) or abort(404)
    return render_template(
        "billing_center/one_day.html",
        page="bills",
        bill=bill,
        lines=bills.lines_of(bill),
        items=bills.ITEMS,
        plain=plain,
        sites=SITES,
        settlements=SETTLEMENTS,
    )


@blueprint.get("/income-and-expenditure")
@login_required
def entries() -> ResponseReturnValue:
    """Income and Expenditure Details: each change of a balance. They can be filtered by kind, balance and day."""
    asked = {name: request.args.get(name, "").strip()[:32] for name in ("kind", "balance", "first", "last")}
    for name, there in (("kind", ledger.KINDS), ("balance", wallet.BALANCES)):
        asked[name] = asked[name] if asked[name] in there else ""
    days = {name: day_of(asked[name]) for name in ("first", "last")}
    wanted = ledger.entries_of(account().id, kind=asked["kind"], balance=asked["balance"], **days)
    if csv_file.is_asked():
        return exports.entries_file(wanted)
    income, expenditure = ledger.totals_of(uow(), wanted)
    return render_template(
        "billing_center/entries.html",
        page="bills",
        tab="entries",
        entries=page_of(uow(), wanted),
        income=income,
        expenditure=expenditure,
        kinds=ledger.KINDS,
        balances=wallet.BALANCES,
        asked=asked,
        refused={name for name, day in days.items() if asked[name] and day is None},
    )


def plain(number: Decimal) -> str:
    """A number with all its digits, and none more."""
    return f"{number.normalize():,f}"


def _chosen_month(text: str, there: list[MonthlyBill]) -> MonthlyBill | None:
    """The month in the query, or the latest month that has bills."""
    return next((one for one in there if f"{one.month:%Y-%m}" == text), there[0] if there else None)
