"""The Buyer Center: Pending Tasks, Purchased Services, resource details, My Orders."""

from typing import TypeVar

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mock_sites.huawei.domain import adoption, closing, enterprises, expenses, orders, packages
from mock_sites.huawei.domain.states import ENDED, LIVING, OrderState, ResourceState
from mock_sites.huawei.domain.tables import Account, Resource
from mock_sites.huawei.seller_gateway import change_check, live, sellers
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import uow, world
from mock_sites.web.forms import SiteForm, reason_not_to, submit
from mock_sites.web.paging import page_of
from mock_sites.world.rows import are_any, count_of
from mock_sites.world.states import State

Wanted = TypeVar("Wanted", bound=State)

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


@blueprint.route("/purchased-services/<instance_id>/close", methods=["GET", "POST"])
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


@blueprint.get("/purchased-services/<instance_id>")
@login_required
def details(instance_id: str) -> ResponseReturnValue:
    """Resource details: Basic Information, Application Information (S1, How to Obtain Your Instance ID).

    The seller is asked live (spec huawei 1.3). The call is logged and changes nothing else.
    """
    resource = _resource(instance_id)
    return render_template(
        "buyer_center/details.html",
        resource=resource,
        enterprise=enterprises.enterprise_of(uow(), resource),
        seller=sellers.agreed(uow(), resource.order.content_id),
        days=expenses.latest_of(uow(), resource),
        packages=_packages_for(resource),
        app=live.look_up(world(), instance_id) if resource.state is not ResourceState.CLOSED else None,
    )


@blueprint.get("/orders")
@login_required
def my_orders() -> ResponseReturnValue:
    """My Orders, all or in one state."""
    buyer, state = account(), _wanted_state(OrderState)
    shown = page_of(uow(), orders.orders_of(buyer, state))
    return render_template(
        "buyer_center/orders.html",
        orders=shown,
        any_orders=shown.total or are_any(uow(), orders.orders_of(buyer)),
        states_there_are=OrderState,
        state=state,
    )


def _purchased_page(to_close: Resource | None = None, form: SiteForm | None = None) -> str:
    buyer, state = account(), _wanted_state(ResourceState)
    shown = page_of(uow(), orders.resources_of(buyer, state))
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
        to_close=to_close,
        why_not=reason_not_to(lambda: closing.check_closable(uow(), to_close)) if to_close else "",
        form=form,
    )


def _states_of(buyer: Account) -> list[ResourceState]:
    """The states that services of the account may have. Only packages are used up."""
    used_up = set[ResourceState]() if are_any(uow(), packages.held(buyer.id)) else {ResourceState.USED_UP}
    return [state for state in ResourceState if state not in used_up]


def _packages_for(resource: Resource) -> list[Resource]:
    """The packages that are deducted from the usage of a pay-per-use service, except those that are closed."""
    if resource.order.kind != "service":
        return []
    held = packages.held(resource.account_id, resource.order.content_id)
    return list(uow().session.scalars(held.where(Resource.state != ResourceState.CLOSED)))


def _wanted_state(states: type[Wanted]) -> Wanted | None:
    """The state that filters a list. None for all states."""
    wanted = request.args.get("state", "")
    return next((state for state in states if state == wanted), None)


def _resource(instance_id: str) -> Resource:
    return orders.resource_of(uow(), account(), instance_id) or abort(404)
