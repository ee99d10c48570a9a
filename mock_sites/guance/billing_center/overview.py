"""Account Overview: balances, the costs of twelve months, and what a month consists of (spec guance C.1)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.billing_center.signed_in import account
from mock_sites.guance.domain import billing_accounts, bills, wallet, workspaces
from mock_sites.guance.domain.money import money
from mock_sites.guance.domain.tables import MonthlyBill
from mock_sites.guance.people import company_names
from mock_sites.web import charts
from mock_sites.web.charts import Drawing, Share
from mock_sites.web.context import uow
from mock_sites.web.paging import page_of
from mock_sites.web.signing_in import login_required

MOST_NAMED: Final = 4
"""How many workspaces have a share of their own. The others share one."""

blueprint = Blueprint("overview", __name__)


@blueprint.get("/")
@login_required
def show() -> ResponseReturnValue:
    """Account Overview."""
    who = account()
    months = bills.last_twelve_months(uow(), who.id)
    chosen = _chosen_month(request.args.get("month", ""), months)
    linked = page_of(uow(), billing_accounts.cloud_accounts(who.id))
    return render_template(
        "billing_center/overview.html",
        page="overview",
        account=who,
        company=company_names(who.company),
        wallet=wallet.wallet_of(uow(), who.id),
        cloud_accounts=linked,
        settled=workspaces.settled_counts(uow(), who.id, [one.id for one in linked]),
        months=months,
        chart=_chart(months),
        chosen=chosen,
        by_item=charts.shares({_(bills.ITEMS[item]): fen for item, fen in chosen.by_item.items()}) if chosen else [],
        by_workspace=_by_workspace(chosen) if chosen else [],
    )


def _chosen_month(text: str, months: Mapping[date, MonthlyBill | None]) -> MonthlyBill | None:
    """The month in the query, or else the latest month that is over and has a bill, or the current one."""
    there = [bill for bill in months.values() if bill]
    asked = [bill for bill in there if f"{bill.month:%Y-%m}" == text]
    over = [bill for bill in there if bill.month != bills.this_month(uow())]
    return next(iter([*asked, *reversed(over), *there]), None)


def _chart(months: Mapping[date, MonthlyBill | None]) -> Drawing:
    """A bar for each month: what the account itself paid, and on top what cloud accounts paid, in CNY."""
    series = {
        "by_billing_center": [bill.by_billing_center / 100 if bill else 0 for bill in months.values()],
        "by_cloud_accounts": [bill.by_cloud_accounts / 100 if bill else 0 for bill in months.values()],
    }
    unit = _("CNY")
    texts = [f"{month:%Y-%m} {money(bill.fen if bill else 0)} {unit}" for month, bill in months.items()]
    return charts.bars(series, texts)


def _by_workspace(bill: MonthlyBill) -> list[Share]:
    named = bills.by_workspace(uow(), bill, MOST_NAMED)
    others = bill.fen - sum(fen for _workspace, fen in named)
    # Two workspaces may have the same name.
    found = charts.shares({workspace.id: fen for workspace, fen in named} | ({"": others} if others else {}))
    names = {workspace.id: workspace.name for workspace, _fen in named} | {"": _("Other workspaces")}
    return [replace(share, name=names[share.name]) for share in found]
