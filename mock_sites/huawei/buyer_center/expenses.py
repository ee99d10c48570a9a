"""The Buyer Center: what pay-per-use services cost, by day, and what packages cover (spec huawei 2.6b)."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mock_sites.huawei.domain import expenses, packages
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import uow
from mock_sites.web.paging import page_of

blueprint = Blueprint("expenses", __name__, url_prefix="/buyer")


@blueprint.get("/expenses")
@login_required
def by_day() -> ResponseReturnValue:
    """The expenses of the account, the latest day first, and its packages, the oldest first."""
    buyer = account()
    return render_template(
        "buyer_center/expenses.html",
        buyer=buyer,
        expenses=page_of(uow(), expenses.of_account(buyer)),
        packages=page_of(uow(), packages.of_account(buyer.id), "packages"),
    )
