"""The agreements of the marketplace and of its products, and which of them a buyer has agreed to."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from mock_sites.huawei.domain import listings, orders
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import uow
from mock_sites.web.paging import page_of

blueprint = Blueprint("agreements", __name__)


@blueprint.get("/agreements/marketplace")
def marketplace() -> ResponseReturnValue:
    """The agreement of the marketplace itself."""
    return render_template("marketplace/agreement.html", name="marketplace", listing=None)


@blueprint.get("/agreements/privacy")
def privacy() -> ResponseReturnValue:
    """What the marketplace passes on to sellers."""
    return render_template("marketplace/agreement.html", name="privacy", listing=None)


@blueprint.get("/contents/<content_id>/terms")
def terms(content_id: str) -> ResponseReturnValue:
    """The seller's terms of a product."""
    listing = listings.find(content_id) or abort(404)
    return render_template("marketplace/agreement.html", name="terms", listing=listing)


@blueprint.get("/buyer/agreements")
@login_required
def agreed_to() -> ResponseReturnValue:
    """My Agreements: the terms that the buyer agreed to with each order."""
    found = page_of(uow(), orders.orders_of(account()))
    return render_template("buyer_center/agreements.html", orders=found)
