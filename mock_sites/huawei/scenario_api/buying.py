"""Offers and orders: buying, paying, cancelling."""

from typing import Any

from apiflask import APIBlueprint, abort

from mock_sites.huawei.domain import catalogue, checkout, orders, plans, supervision
from mock_sites.huawei.domain.catalogue import Offer
from mock_sites.huawei.domain.tables import Account, Order
from mock_sites.huawei.scenario_api import acting, answers, results, schemas
from mock_sites.web.context import world
from mock_sites.web.paging import page_at
from mock_sites.world.unit_of_work import UnitOfWork

blueprint = APIBlueprint("scenario_orders", __name__, url_prefix="/api", tag="Orders")


@blueprint.get("/offers")
@blueprint.output(schemas.OfferList)
def offers() -> dict[str, Any]:
    """All that can be ordered."""
    with world().uow("huawei") as uow:
        return {"offers": [answers.offer(each) for each in catalogue.offers(uow)]}


@blueprint.get("/orders")
@blueprint.input(schemas.PageQuery, location="query")
@blueprint.output(schemas.OrderList)
@blueprint.doc(security=acting.SCHEME)
def order_list(query_data: schemas.PageQuery) -> dict[str, Any]:
    """A page of the account's orders, the latest first."""
    with acting.reading() as (uow, account):
        page = page_at(uow, orders.orders_of(account), query_data.page)
        return page.with_rows(answers.order).as_json("orders")


@blueprint.post("/orders")
@blueprint.input(schemas.WaitQuery, location="query")
@blueprint.input(schemas.Buy)
@blueprint.output(schemas.OrderResult, status_code=201)
@blueprint.doc(security=acting.SCHEME, responses={404: "There is no such offer"})
def buy(query_data: schemas.WaitQuery, json_data: schemas.Buy) -> dict[str, Any]:
    """Order an offer. One that costs something is then to be paid."""
    with acting.acting() as (uow, account):
        after = results.latest_call(uow)
        found = next((each for each in catalogue.offers(uow) if each.product_id == json_data.offer), None)
        order = _place(uow, account, found or abort(404, "There is no such offer."), json_data)
    return results.of_order(order.id, after=after, wait=query_data.wait)


@blueprint.get("/orders/<order_id>")
@blueprint.output(schemas.Order)
@blueprint.doc(security=acting.SCHEME)
def order(order_id: str) -> dict[str, Any]:
    """An order."""
    with acting.reading() as (uow, account):
        return answers.order(_find(uow, account, order_id))


@blueprint.post("/orders/<order_id>/pay")
@blueprint.input(schemas.WaitQuery, location="query")
@blueprint.output(schemas.OrderResult)
@blueprint.doc(security=acting.SCHEME)
def pay(order_id: str, query_data: schemas.WaitQuery) -> dict[str, Any]:
    """Pay an order from the account's balance. Repeating it deducts nothing more."""
    with acting.acting() as (uow, account):
        after = results.latest_call(uow)
        checkout.pay(uow, _find(uow, account, order_id, *orders.PAID))
    return results.of_order(order_id, after=after, wait=query_data.wait)


@blueprint.post("/orders/<order_id>/accept")
@blueprint.input(schemas.WaitQuery, location="query")
@blueprint.output(schemas.OrderResult)
@blueprint.doc(security=acting.SCHEME)
def accept(order_id: str, query_data: schemas.WaitQuery) -> dict[str, Any]:
    """Accept what the seller of an order under service supervision has delivered."""
    with acting.acting() as (uow, account):
        after = results.latest_call(uow)
        supervision.accept(uow, _find(uow, account, order_id))
    return results.of_order(order_id, after=after, wait=query_data.wait)


@blueprint.post("/orders/<order_id>/cancel")
@blueprint.output(schemas.Order)
@blueprint.doc(security=acting.SCHEME)
def cancel(order_id: str) -> dict[str, Any]:
    """Cancel an unpaid order."""
    with acting.acting() as (uow, account):
        found = _find(uow, account, order_id, *orders.PAID)
        checkout.cancel(uow, found)
        return answers.order(found)


def _place(uow: UnitOfWork, account: Account, offer: Offer, wanted: schemas.Buy) -> Order:
    """Order as the page of the offer's kind does."""
    product, attempt = offer.product, wanted.attempt or orders.next_attempt(uow, account, offer.product)
    if offer.kind in {"on-demand", "trial", "package"} and wanted.number != 1:
        abort(422, "number: This offer is not sold by units or periods. Leave the number out.")
    if offer.package:
        return checkout.order_package(uow, account, offer.package, attempt=attempt)
    match offer.kind:
        case "card":
            return checkout.order_card(uow, account, product, attempt=attempt, quantity=wanted.number)
        case "trial":
            return plans.try_out(uow, account, product, attempt=attempt, agreed=wanted.agreed)
        case "period":
            chosen, renewed = offer.product_id, wanted.auto_renew
            return plans.buy(uow, account, product, chosen, wanted.number, attempt=attempt, auto_renew=renewed)
        case _:
            return orders.subscribe(uow, account, product, attempt=attempt, agreed=wanted.agreed)


def _find(uow: UnitOfWork, account: Account, order_id: str, *kinds: str) -> Order:
    return orders.order_of(uow, account, order_id, *kinds) or abort(404, "You have no such order.")
