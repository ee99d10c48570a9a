"""The Buyer Center: what pay-per-use services cost, by day, and what packages cover (spec huawei 2.6b)."""

from decimal import Decimal

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from mock_sites.huawei.domain import expenses, packages
from mock_sites.huawei.domain.expenses import ExpensesWanted
from mock_sites.huawei.domain.tables import DailyExpense
from mock_sites.huawei.domain.usage_rules import UNITS
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web import csv_file
from mock_sites.web.context import uow
from mock_sites.web.paging import page_of

blueprint = Blueprint("expenses", __name__, url_prefix="/buyer")


@blueprint.get("/expenses")
@login_required
def by_day() -> ResponseReturnValue:
    """The expenses of the account, all or those of a month or a product, the latest day first, and its packages, the
    oldest first.
    """
    buyer, wanted = account(), ExpensesWanted.asked(request.args)
    found = wanted.of(buyer).options(joinedload(DailyExpense.product))
    if csv_file.is_asked():
        return _file(found)
    shown = page_of(uow(), found)
    return render_template(
        "buyer_center/expenses.html",
        wanted=wanted,
        expenses=shown,
        cost=expenses.cost_of(uow(), buyer, wanted),
        months=expenses.months_of(uow(), buyer),
        products=expenses.products_of(uow(), buyer),
        units=expenses.units_of(uow(), {one.content_id for one in shown}),
        packages=page_of(uow(), packages.of_account(buyer.id), "packages"),
    )


def _file(found: Select[DailyExpense]) -> ResponseReturnValue:
    rows = list(uow().session.scalars(found))
    units = expenses.units_of(uow(), {one.content_id for one in rows})
    header = [_("Day"), _("Product"), _("Instance ID"), _("Usage"), _("Unit"), _("Unit price (CNY)"), _("Cost (CNY)")]
    cells = (
        (
            f"{one.day}",
            _(one.product.title),
            one.instance_id,
            Decimal(one.units) / UNITS,
            units.get(one.content_id, ""),
            _cny(one.product.usage_fen),
            _cny(one.fen),
        )
        for one in rows
    )
    return csv_file.csv_file("expenses-by-day", header, cells)


def _cny(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)
