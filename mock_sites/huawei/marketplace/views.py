"""The marketplace's pages: home, results, product page, subscribe prompt, result, order."""

from collections import Counter
from typing import Any, Final

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.domain import (
    catalogue,
    expenses,
    favourites,
    listing_search,
    listings,
    orders,
    packages,
    questions,
    reviews,
    sale,
)
from mock_sites.huawei.domain.listing_search import Wanted
from mock_sites.huawei.domain.listings import Listing
from mock_sites.huawei.domain.states import OrderState
from mock_sites.huawei.domain.tables import Order, Product
from mock_sites.huawei.marketplace.forms import QuestionForm, SubscribeForm
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.huawei.signed_in import account, login_required, signed_in
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, attempt_number, form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_among, page_of
from mock_sites.world.rows import count_of

CARDS: Final = 12
"""Products per page of results."""

FEW: Final = 3
"""Products in a short list: new ones, or others where nothing was found."""

TABS: Final = ("introduction", "pricing", "guide", "service", "reviews", "questions")
"""The tabs of a product page."""

blueprint = Blueprint("marketplace", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """Search, categories, delivery kinds, popular and new products, sellers."""
    offered = catalogue.offered(uow())
    sellers = {listing.seller.key: listing.seller for listing in offered}
    categories = Counter(listing.category for listing in offered)
    deliveries = Counter(listing.delivery for listing in offered)
    return render_template(
        "marketplace/home.html",
        wanted=Wanted(),
        categories=[(one, categories[one]) for one in listing_search.CATEGORIES if categories[one]],
        deliveries=[(one, deliveries[one]) for one in listing_search.DELIVERIES if deliveries[one]],
        popular=Wanted(order="sales").found(offered)[: 2 * FEW],
        newest=Wanted(order="newest").found(offered)[:FEW],
        sellers=sellers.values(),
    )


@blueprint.get("/products")
def products() -> ResponseReturnValue:
    """The products that a search and filters find, page by page."""
    wanted, offered = Wanted.asked(request.args), catalogue.offered(uow())
    return render_template(
        "marketplace/products.html",
        wanted=wanted,
        options={
            "categories": listing_search.CATEGORIES,
            "deliveries": listing_search.DELIVERIES,
            "prices": listing_search.PRICES,
            "orders": listing_search.ORDERS,
        },
        found=page_among(wanted.found(offered), CARDS),
        popular=Wanted(order="sales").found(offered)[:FEW],
    )


@blueprint.get("/contents/<content_id>")
def product(content_id: str) -> ResponseReturnValue:
    """A product page (S1, Step One)."""
    listing, wanted = _listing(content_id), product_if_on_sale(content_id)
    return render_template("marketplace/product.html", prompt=False, **_shown(listing, wanted))


@blueprint.route("/contents/<content_id>/questions", methods=["GET", "POST"])
@login_required
def ask(content_id: str) -> ResponseReturnValue:
    """Ask the seller about the product. A visitor who comes from the sign-in page is led to the tab with the form."""
    listing, wanted, form = _listing(content_id), product_if_on_sale(content_id), QuestionForm()
    tab = url_for(".product", content_id=content_id, tab="questions", _anchor="tabs")
    if request.method == "GET":
        return redirect(tab)
    if submit(form, lambda: questions.ask(uow(), account(), listing, form.question.data or "")):
        notice(_("Your question was sent to the seller. The answer is shown here."))
        return redirect(tab)
    shown = _shown(listing, wanted, tab="questions")
    return render_template("marketplace/product.html", prompt=False, **shown | {"question": form}), 422


@blueprint.get("/contents/<content_id>/invitation")
@login_required
def invitation(content_id: str) -> ResponseReturnValue:
    """The product page with the prompt that only named customers can buy the product (spec huawei 1.2)."""
    listing = _listing(content_id)
    if catalogue.find(uow(), content_id):
        abort(404)
    return render_template("marketplace/product.html", prompt=True, **_shown(listing, None))


@blueprint.route("/contents/<content_id>/subscribe", methods=["GET", "POST"])
@login_required
def subscribe(content_id: str) -> ResponseReturnValue:
    """The product page with the subscribe prompt. Agreeing to the terms makes an order."""
    wanted, form, buyer = product_on_sale(content_id, kind="service"), SubscribeForm(), account()
    if not form.is_submitted():
        form.attempt.data = str(orders.next_attempt(uow(), buyer, wanted))

    def order() -> Order:
        number = attempt_number(form.attempt.data)
        return orders.subscribe(uow(), buyer, wanted, attempt=number, agreed=bool(form.agreed.data))

    if made := submit(form, order):
        return redirect(url_for(".submitted", order_id=made.id))
    existing = orders.open_order(uow(), buyer, wanted)
    shown = _shown(_listing(content_id), wanted)
    return form_page("marketplace/product.html", form, prompt=True, existing=existing, **shown)


@blueprint.get("/orders/<order_id>/submitted")
@login_required
def submitted(order_id: str) -> ResponseReturnValue:
    """The result page of a subscription. An order that waits for approval is shown instead."""
    order = my_order(order_id, "service", "period")
    if order.state is OrderState.PENDING_APPROVAL:
        return redirect(url_for(".show_order", order_id=order_id))
    return render_template("marketplace/submitted.html", order=order)


@blueprint.get("/orders/<order_id>")
@login_required
def show_order(order_id: str) -> ResponseReturnValue:
    """An order with its number, which the seller may ask for (S2, How to Obtain Order Number)."""
    values = {"order": my_order(order_id), "action_form": SiteForm(formdata=None)}
    return render_template("marketplace/order.html", **values)


def my_order(order_id: str, *kinds: str) -> Order:
    """The order, if it belongs to the signed-in account. With ``kinds``, only an order of these kinds. Else a 404."""
    return orders.order_of(uow(), account(), order_id, *kinds) or abort(404)


def product_on_sale(content_id: str, *, kind: str = "") -> Product:
    """The product, if it is of this kind and on sale. Else a 404, or a 410 with a page that says why."""
    return product_if_on_sale(content_id, kind=kind) or abort(404)


def product_if_on_sale(content_id: str, *, kind: str = "") -> Product | None:
    """The product, if it can be ordered. One that is not on sale is a 410 with a page that says why."""
    product = catalogue.find(uow(), content_id, kind=kind)
    if product and not sale.on_sale(uow(), product):
        withdrawn = sale.is_withdrawn(uow(), content_id)
        abort(make_response(render_template("marketplace/not_on_sale.html", product=product, withdrawn=withdrawn), 410))
    return product


def _listing(content_id: str) -> Listing:
    [listing] = reviews.counted(uow(), [listings.find(content_id) or abort(404)])
    return listing


def _shown(listing: Listing, product: Product | None, tab: str = "") -> dict[str, Any]:
    """What a product page shows, besides its prompt: the product, the chosen tab, whether the buyer has saved it."""
    tab, buyer = tab or request.args.get("tab", ""), signed_in()
    asked = questions.of_product(listing)
    return {
        "listing": listing,
        "product": product,
        "seller": sellers.agreed(uow(), product.content_id) if product else None,
        "specifications": catalogue.specifications_of(uow(), product) if product else [],
        "packages": packages.offered(uow(), product) if product else [],
        "unit": expenses.unit_of(uow(), product) if product else "",
        "written": page_of(uow(), reviews.of_product(listing)) if tab == "reviews" else None,
        "asked": page_of(uow(), asked) if tab == "questions" else None,
        "question_count": len(listing.questions) + count_of(uow(), asked),
        "question": QuestionForm(formdata=None),
        "saved": buyer is not None and favourites.is_saved(uow(), buyer, listing),
        "masked": reviews.masked,
        "tab": tab if tab in TABS else TABS[0],
    }


@blueprint.app_context_processor
def _verified() -> dict[str, bool]:
    buyer = signed_in()
    return {"verified": buyer is not None and buyer.verified}
