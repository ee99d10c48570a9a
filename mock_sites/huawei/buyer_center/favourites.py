"""My Favourites: the products that a buyer has saved, and Save to List on their pages."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import BooleanField

from mock_sites.huawei.domain import favourites, listings, reviews
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of

blueprint = Blueprint("favourites", __name__)


class FavouriteForm(SiteForm):
    """Whether a product is to be saved from now on."""

    saved = BooleanField()


@blueprint.get("/buyer/favourites")
@login_required
def saved_products() -> ResponseReturnValue:
    """The saved products, the latest first."""
    found = page_of(uow(), favourites.saved_by(account()))
    shown = reviews.counted(uow(), filter(None, (listings.find(favourite.content_id) for favourite in found)))
    return render_template(
        "buyer_center/favourites.html", saved=found, listings_by_id={listing.content_id: listing for listing in shown}
    )


@blueprint.route("/contents/<content_id>/favourite", methods=["GET", "POST"])
@login_required
def save(content_id: str) -> ResponseReturnValue:
    """Save a product, or remove it. A visitor who comes from the sign-in page is led back to the product."""
    listing = listings.find(content_id) or abort(404)
    page, form = url_for("marketplace.product", content_id=content_id), FavouriteForm()

    def change() -> bool:
        change_to = favourites.save if form.saved.data else favourites.remove
        change_to(uow(), account(), listing)
        return True

    if submit(form, change):
        notice(_("Saved to My Favourites.") if form.saved.data else _("Removed from My Favourites."))
    return redirect(url_for(".saved_products") if request.form.get("back") == "list" else page)
