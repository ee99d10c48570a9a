"""The Buyer Center: Pending Tasks, Purchased Services, resource details, My Orders."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.buyer_center.forms import ReviewForm
from mock_sites.huawei.domain import (
    adoption,
    catalogue,
    closing,
    enterprises,
    expenses,
    listings,
    orders,
    packages,
    reviews,
    unsubscribing,
    vouchers,
)
from mock_sites.huawei.domain.listing_search import Wanted
from mock_sites.huawei.domain.order_search import OrdersWanted
from mock_sites.huawei.domain.states import ENDED, LIVING, OrderState, ResourceState
from mock_sites.huawei.domain.tables import Account, Order, Resource
from mock_sites.huawei.seller_gateway import change_check, live, sellers
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import uow, world
from mock_sites.web.forms import SiteForm, reason_not_to, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of
from mock_sites.world.clock import days_left
from mock_sites.world.fields import LONGEST_TEXT
from mock_sites.world.rows import are_any, count_of

blueprint = Blueprint("services", __name__, url_prefix="/buyer")


@blueprint.get("/")
@login_required
def overview() -> ResponseReturnValue:
    """The first page of the Buyer Center, with the Pending Tasks popup after a purchase (S1, Step Two, 1)."""
    buyer = account()
    pending = adoption.pending_task(uow(), buyer)
    return render_template(
        "buyer_center/overview.html",
        services=count_of(uow(), orders.resources_of(buyer)),
        orders=count_of(uow(), orders.orders_of(buyer)),
        pending=pending,
        popup=pending is not None and "later" not in request.args,
    )


@blueprint.get("/purchased-services")
@login_required
def purchased() -> ResponseReturnValue:
    """Purchased Services, all or in one state."""
    return _purchased_page()


@blueprint.route("/purchased-services/<opaque:instance_id>/close", methods=["GET", "POST"])
@login_required
def close(instance_id: str) -> ResponseReturnValue:
    """The question whether to close the resource, as a dialog over the list (S2, Canceling, 2 and 3)."""
    resource, form = _resource(instance_id), SiteForm()

    def confirm() -> Resource:
        closing.close(uow(), resource)
        return resource

    if submit(form, confirm):
        return redirect(url_for(".purchased"))
    return _purchased_page(resource, form), 422 if form.refused else 200


@blueprint.get("/purchased-services/<opaque:instance_id>")
@login_required
def details(instance_id: str) -> ResponseReturnValue:
    """Resource details: Basic Information, Application Information (S1, How to Obtain Your Instance ID)."""
    return _details_page(_resource(instance_id), ReviewForm())


@blueprint.post("/purchased-services/<opaque:instance_id>/review")
@login_required
def review(instance_id: str) -> ResponseReturnValue:
    """Write a review of the product of a service."""
    resource, form = _resource(instance_id), ReviewForm()

    def write() -> bool:
        reviews.write(uow(), resource, int(form.stars.data), form.comment.data or "")
        return True

    if submit(form, write):
        notice(_("Thank you for your review. It is shown on the product page."))
        return redirect(url_for(".details", instance_id=instance_id))
    return _details_page(resource, form), 422


@blueprint.get("/orders")
@login_required
def my_orders() -> ResponseReturnValue:
    """My Orders, all or those that filters find."""
    buyer, wanted = account(), OrdersWanted.asked(request.args)
    shown = page_of(uow(), wanted.of(buyer))
    return render_template(
        "buyer_center/orders.html",
        orders=shown,
        any_orders=shown.total or are_any(uow(), orders.orders_of(buyer)),
        states_there_are=OrderState,
        products=catalogue.all_products(uow()),
        wanted=wanted,
    )


@blueprint.get("/unsubscriptions")
@login_required
def unsubscriptions() -> ResponseReturnValue:
    """Unsubscription Management: the services that were bought for a period, and what was unsubscribed."""
    buyer = account()
    undone = orders.orders_of(buyer).where(Order.type == "UNSUBSCRIBE")
    return render_template(
        "buyer_center/unsubscriptions.html",
        services=page_of(uow(), unsubscribing.services_of(buyer)),
        undone=page_of(uow(), undone, "orders"),
        had=unsubscribing.refunds_this_year(uow(), buyer),
        most=unsubscribing.MOST_A_YEAR,
    )


@blueprint.get("/vouchers")
@login_required
def voucher_list() -> ResponseReturnValue:
    """The vouchers that sellers gave the buyer, all or in one state."""
    buyer, state, now = account(), request.args.get("state", ""), uow().now
    shown = page_of(uow(), vouchers.of_account(buyer, now, state))
    return render_template(
        "buyer_center/vouchers.html",
        vouchers=shown,
        any_vouchers=shown.total or are_any(uow(), vouchers.of_account(buyer, now)),
        state=state if state in vouchers.STATES else "",
        state_of=vouchers.state_of,
        now=now,
    )


def _details_page(resource: Resource, form: ReviewForm) -> str:
    """The details of a service. The seller is asked live (spec huawei 1.3): that is logged and changes nothing else."""
    mine = reviews.of_buyer(uow(), resource)
    if mine and not form.is_submitted():
        form.stars.data, form.comment.data = str(mine.stars), mine.comment
    return render_template(
        "buyer_center/details.html",
        resource=resource,
        enterprise=enterprises.enterprise_of(uow(), resource),
        seller=sellers.agreed(uow(), resource.order.content_id),
        listing=listings.find(resource.order.content_id),
        days=expenses.latest_of(uow(), resource),
        unit=expenses.unit_of(uow(), resource.order.product),
        packages=_packages_for(resource),
        days_left=days_left(resource.expires_at, uow().now) if resource.expires_at else 0,
        app=live.look_up(world(), resource.instance_id) if resource.state is not ResourceState.CLOSED else None,
        reviewed=mine,
        form=form,
    )


def _purchased_page(to_close: Resource | None = None, form: SiteForm | None = None) -> str:
    buyer, state = account(), _wanted_state()
    search = request.args.get("search", "").strip()[:LONGEST_TEXT]
    shown = page_of(uow(), orders.resources_of(buyer, state, products=_products_named(search)))
    sold = {service.order.content_id for service in shown}
    ended = orders.resources_of(buyer).where(Resource.state.in_(ENDED), Resource.expires_at <= uow().now)
    return render_template(
        "buyer_center/purchased.html",
        services=shown,
        any_services=shown.total or are_any(uow(), orders.resources_of(buyer)),
        processing=are_any(uow(), orders.orders_of(buyer, OrderState.PROCESSING)),
        closing=are_any(uow(), orders.resources_of(buyer, ResourceState.CLOSING)),
        expired=are_any(uow(), ended),
        closable=closing.closable,
        living=LIVING,
        changeable=[name for name in sold if change_check.offered(uow(), name)],
        states_there_are=_states_of(buyer),
        state=state,
        search=search,
        to_close=to_close,
        why_not=reason_not_to(lambda: closing.check_closable(uow(), to_close)) if to_close else "",
        form=form,
    )


def _states_of(buyer: Account) -> list[ResourceState]:
    """The states that services of the account may have. Only packages are used up."""
    used_up = set[ResourceState]() if are_any(uow(), packages.of_account(buyer.id)) else {ResourceState.USED_UP}
    return [state for state in ResourceState if state not in used_up]


def _packages_for(resource: Resource) -> list[Resource]:
    """The packages that are deducted from the usage of a pay-per-use service, except those that are closed."""
    if resource.order.kind != "service":
        return []
    held = packages.held(resource.account_id, resource.order.content_id)
    return list(uow().session.scalars(held.where(Resource.state != ResourceState.CLOSED)))


def _wanted_state() -> ResourceState | None:
    """The state that filters the list of services. None for all states."""
    wanted = request.args.get("state", "")
    return next((state for state in ResourceState if state == wanted), None)


def _products_named(search: str) -> set[str] | None:
    """The products that a search in Purchased Services is about. None for all."""
    return {one.content_id for one in Wanted(search=search).found(listings.all_listings())} if search else None


def _resource(instance_id: str) -> Resource:
    return orders.resource_of(uow(), account(), instance_id) or abort(404)
