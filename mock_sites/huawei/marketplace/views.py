"""The marketplace's pages: home, product page, subscribe prompt, result, order."""

from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mock_sites.huawei.domain import catalogue, orders, packages, sale
from mock_sites.huawei.domain.tables import Order, Product
from mock_sites.huawei.marketplace.forms import SubscribeForm
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.huawei.signed_in import account, login_required, signed_in
from mock_sites.web.context import uow
from mock_sites.web.forms import attempt_number, form_page, submit

blueprint = Blueprint("marketplace", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The list of products."""
    return render_template("marketplace/home.html", products=catalogue.offered(uow()))


@blueprint.get("/contents/<content_id>")
def product(content_id: str) -> ResponseReturnValue:
    """A product page (S1, Step One)."""
    wanted = product_on_sale(content_id)
    return render_template("marketplace/product.html", prompt=False, **_shown(wanted))


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
    return form_page("marketplace/product.html", form, prompt=True, existing=existing, **_shown(wanted))


@blueprint.get("/orders/<order_id>/submitted")
@login_required
def submitted(order_id: str) -> ResponseReturnValue:
    """The result page of a subscription."""
    return render_template("marketplace/submitted.html", order=my_order(order_id, "service", "period"))


@blueprint.get("/orders/<order_id>")
@login_required
def show_order(order_id: str) -> ResponseReturnValue:
    """An order with its number, which the seller may ask for (S2, How to Obtain Order Number)."""
    return render_template("marketplace/order.html", order=my_order(order_id))


def my_order(order_id: str, *kinds: str) -> Order:
    """The order, if it belongs to the signed-in account. With ``kinds``, only an order of these kinds. Else a 404."""
    return orders.order_of(uow(), account(), order_id, *kinds) or abort(404)


def product_on_sale(content_id: str, *, kind: str = "") -> Product:
    """The product, if it is of this kind and on sale. Else a 404, or a 410 with a page that says why."""
    product = catalogue.find(uow(), content_id, kind=kind) or abort(404)
    if not sale.on_sale(uow(), product):
        withdrawn = sale.is_withdrawn(uow(), content_id)
        abort(make_response(render_template("marketplace/not_on_sale.html", product=product, withdrawn=withdrawn), 410))
    return product


def _shown(product: Product) -> dict[str, Any]:
    """What a product page shows."""
    seller = sellers.agreed(uow(), product.content_id)
    return {"product": product, "seller": seller, "packages": packages.offered(uow(), product)}


@blueprint.app_context_processor
def _verified() -> dict[str, bool]:
    buyer = signed_in()
    return {"verified": buyer is not None and buyer.verified}
