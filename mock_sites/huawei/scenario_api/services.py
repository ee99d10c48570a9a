"""Purchased services: renewing, upgrading, unsubscribing, closing."""

from typing import Any

from apiflask import APIBlueprint, abort

from mock_sites.huawei.domain import closing, orders, renewals, unsubscribing
from mock_sites.huawei.domain.tables import Account, Resource
from mock_sites.huawei.scenario_api import acting, answers, results, schemas
from mock_sites.huawei.seller_gateway import change_check
from mock_sites.web.paging import page_at
from mock_sites.world.unit_of_work import UnitOfWork

blueprint = APIBlueprint("scenario_services", __name__, url_prefix="/api/services", tag="Services")


@blueprint.get("")
@blueprint.input(schemas.PageQuery, location="query")
@blueprint.output(schemas.ServiceList)
@blueprint.doc(security=acting.SCHEME)
def service_list(query_data: schemas.PageQuery) -> dict[str, Any]:
    """A page of the account's purchased services, the latest first."""
    with acting.reading() as (uow, account):
        page = page_at(uow, orders.resources_of(account), query_data.page)
        return page.with_rows(answers.service).as_json("services")


@blueprint.get("/<opaque:instance_id>")
@blueprint.output(schemas.Service)
@blueprint.doc(security=acting.SCHEME)
def service(instance_id: str) -> dict[str, Any]:
    """A purchased service."""
    with acting.reading() as (uow, account):
        return answers.service(_find(uow, account, instance_id))


@blueprint.post("/<opaque:instance_id>/renew")
@blueprint.input(schemas.Renew)
@blueprint.output(schemas.OrderResult, status_code=201)
@blueprint.doc(security=acting.SCHEME)
def renew(instance_id: str, json_data: schemas.Renew) -> dict[str, Any]:
    """Order more periods of a service, to be paid. A trial becomes formal."""
    with acting.acting() as (uow, account):
        found, after = _find(uow, account, instance_id, period=True), results.latest_call(uow)
        attempt = _attempt(uow, found, json_data.attempt)
        order = renewals.renew(uow, found, json_data.specification, json_data.number, attempt=attempt)
    return results.of_order(order.id, after=after, wait=False)


@blueprint.post("/<opaque:instance_id>/renewal-change")
@blueprint.input(schemas.Renew)
@blueprint.output(schemas.OrderResult, status_code=201)
@blueprint.doc(security=acting.SCHEME)
def renewal_change(instance_id: str, json_data: schemas.Renew) -> dict[str, Any]:
    """Order more periods of a service as another edition, to be paid. The seller is asked at once whether it allows
    that.
    """
    with acting.acting() as (uow, account):
        found, after = _find(uow, account, instance_id, period=True), results.latest_call(uow)
        if not change_check.offered(uow, found.order.content_id):
            abort(404, "The seller's protocol has no renewal as another edition.")
        attempt = _attempt(uow, found, json_data.attempt)
        order = change_check.renew_as(uow, found, json_data.specification, json_data.number, attempt=attempt)
    return results.of_order(order.id, after=after, wait=False)


@blueprint.post("/<opaque:instance_id>/upgrade")
@blueprint.input(schemas.Upgrade)
@blueprint.output(schemas.OrderResult, status_code=201)
@blueprint.doc(security=acting.SCHEME)
def upgrade(instance_id: str, json_data: schemas.Upgrade) -> dict[str, Any]:
    """Order a higher edition for the remaining time, to be paid."""
    with acting.acting() as (uow, account):
        found, after = _find(uow, account, instance_id, period=True), results.latest_call(uow)
        attempt = _attempt(uow, found, json_data.attempt)
        order = renewals.upgrade(uow, found, json_data.specification, attempt=attempt)
    return results.of_order(order.id, after=after, wait=False)


@blueprint.post("/<opaque:instance_id>/unsubscribe")
@blueprint.input(schemas.WaitQuery, location="query")
@blueprint.input(schemas.Unsubscribe)
@blueprint.output(schemas.OrderResult, status_code=201)
@blueprint.doc(security=acting.SCHEME)
def unsubscribe(instance_id: str, query_data: schemas.WaitQuery, json_data: schemas.Unsubscribe) -> dict[str, Any]:
    """Unsubscribe a service, or its latest renewal. The refund is paid when the seller has done its part."""
    with acting.acting() as (uow, account):
        found, after = _find(uow, account, instance_id, period=True), results.latest_call(uow)
        order = unsubscribing.unsubscribe(uow, found, attempt=_attempt(uow, found, json_data.attempt))
    return results.of_order(order.id, after=after, wait=query_data.wait)


@blueprint.patch("/<opaque:instance_id>/expiry-policy")
@blueprint.input(schemas.Policy)
@blueprint.output(schemas.Service)
@blueprint.doc(security=acting.SCHEME)
def change_policy(instance_id: str, json_data: schemas.Policy) -> dict[str, Any]:
    """Change whether a service is renewed automatically."""
    with acting.acting() as (uow, account):
        found = _find(uow, account, instance_id, period=True)
        renewals.change_policy(uow, found, auto_renew=json_data.auto_renew)
        return answers.service(found)


@blueprint.post("/<opaque:instance_id>/close")
@blueprint.input(schemas.WaitQuery, location="query")
@blueprint.output(schemas.ServiceResult)
@blueprint.doc(security=acting.SCHEME)
def close(instance_id: str, query_data: schemas.WaitQuery) -> dict[str, Any]:
    """Close a service. The seller releases its instance."""
    with acting.acting() as (uow, account):
        found, after = _find(uow, account, instance_id), results.latest_call(uow)
        closing.close(uow, found)
    return results.of_closing(instance_id, after=after, wait=query_data.wait)


def _attempt(uow: UnitOfWork, service: Resource, wanted: int | None) -> int:
    return wanted or orders.next_attempt(uow, service.order.account, service.order.product)


def _find(uow: UnitOfWork, account: Account, instance_id: str, *, period: bool = False) -> Resource:
    found = orders.resource_of(uow, account, instance_id, period=period)
    return found or abort(
        404, "You have no such service of a period product." if period else "You have no such service."
    )
