"""Partner Services: role, enterprise, members and their authorizations. They are about the newest service in use."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from apiflask import APIBlueprint, abort

from mock_sites.huawei.buyer_center.forms import EnterpriseForm, MemberForm
from mock_sites.huawei.domain import adoption, enterprises, members
from mock_sites.huawei.domain.tables import Enterprise, Member
from mock_sites.huawei.scenario_api import acting, answers, results, schemas
from mock_sites.huawei.seller_gateway import kit, sellers
from mock_sites.web.json_forms import typed
from mock_sites.web.paging import page_at
from mock_sites.world.unit_of_work import UnitOfWork

blueprint = APIBlueprint("scenario_partner", __name__, url_prefix="/api", tag="Partner Services")


@blueprint.put("/role")
@blueprint.input(schemas.Role)
@blueprint.output(schemas.Service)
@blueprint.doc(security=acting.SCHEME)
def choose_role(json_data: schemas.Role) -> dict[str, Any]:
    """Choose whom the service is for."""
    with acting.acting() as (uow, account):
        service = adoption.current_service(uow, account)
        enterprises.choose_role(uow, service, json_data.role)
        return answers.service(service)


@blueprint.get("/enterprise")
@blueprint.output(schemas.Enterprise)
@blueprint.doc(security=acting.SCHEME)
def enterprise() -> dict[str, Any]:
    """The enterprise that uses the service."""
    with acting.reading() as (uow, account):
        return _shown(uow, adoption.current_enterprise(uow, account))


@blueprint.post("/enterprise")
@blueprint.input(schemas.WaitQuery, location="query")
@blueprint.input(schemas.SetUp)
@blueprint.output(schemas.EnterpriseResult, status_code=201)
@blueprint.doc(security=acting.SCHEME)
def set_up(query_data: schemas.WaitQuery, json_data: schemas.SetUp) -> dict[str, Any]:
    """Set up an enterprise, which takes 1 to 3 minutes. Then the seller gets it."""
    form = typed(EnterpriseForm, json_data.model_dump())
    with acting.acting() as (uow, account):
        service, after = adoption.current_service(uow, account), results.latest_call(uow)
        made = enterprises.set_up(uow, account, service, name=form.name.data or "", domain=form.domain.data or "")
    return results.of_enterprise(made.id, _about, after=after, wait=query_data.wait)


@blueprint.post("/enterprise/existing")
@blueprint.input(schemas.WaitQuery, location="query")
@blueprint.input(schemas.UseExisting)
@blueprint.output(schemas.EnterpriseResult)
@blueprint.doc(security=acting.SCHEME)
def use_existing(query_data: schemas.WaitQuery, json_data: schemas.UseExisting) -> dict[str, Any]:
    """Let an enterprise that was set up for an earlier service use this one, with its members."""
    with acting.acting() as (uow, account):
        service, after = adoption.current_service(uow, account), results.latest_call(uow)
        bound = enterprises.bind(uow, account, service, json_data.enterprise)
    return results.of_enterprise(bound.id, _about, after=after, wait=query_data.wait)


@blueprint.get("/enterprises")
@blueprint.input(schemas.PageQuery, location="query")
@blueprint.output(schemas.EnterpriseList)
@blueprint.doc(security=acting.SCHEME)
def enterprise_list(query_data: schemas.PageQuery) -> dict[str, Any]:
    """A page of the account's enterprises, also those of earlier services, the newest first."""
    with acting.reading() as (uow, account):
        page = page_at(uow, enterprises.enterprises_of(account), query_data.page)
        return page.with_rows(answers.enterprise_summary).as_json("enterprises")


@blueprint.get("/failures")
@blueprint.input(schemas.PageQuery, location="query")
@blueprint.output(schemas.FailureList)
@blueprint.doc(security=acting.SCHEME)
def failure_list(query_data: schemas.PageQuery) -> dict[str, Any]:
    """A page of the failed calls about the account's enterprises, the oldest first. They are not repeated by
    themselves.
    """
    with acting.reading() as (uow, account):
        page = page_at(uow, kit.failures_of(account.id), query_data.page)
        return page.with_rows(answers.failure).as_json("failures")


@blueprint.post("/failures/<int:number>/retry")
@blueprint.input(schemas.WaitQuery, location="query")
@blueprint.output(schemas.EnterpriseResult)
@blueprint.doc(security=acting.SCHEME)
def retry(number: int, query_data: schemas.WaitQuery) -> dict[str, Any]:
    """Send the seller a failed call again as it is true now, and the calls that follow it. Repeating it sends nothing
    more. Nothing is sent if nothing in it is true any more.
    """
    with acting.acting() as (uow, account):
        failure = kit.failure_of(uow, account.id, number) or abort(404, "You have no such failed call.")
        after = results.latest_call(uow)
        kit.retry(uow, failure)
        about = failure.enterprise_id
    return results.of_enterprise(about, _about, after=after, wait=query_data.wait)


@blueprint.get("/members")
@blueprint.input(schemas.PageQuery, location="query")
@blueprint.output(schemas.MemberList)
@blueprint.doc(security=acting.SCHEME)
def member_list(query_data: schemas.PageQuery) -> dict[str, Any]:
    """A page of the enterprise's members, in the order in which they were added."""
    with acting.reading() as (uow, account):
        page = page_at(uow, members.members_of(adoption.current_enterprise(uow, account)), query_data.page)
        return page.with_rows(answers.member).as_json("members")


@blueprint.post("/members")
@blueprint.input(schemas.WaitQuery, location="query")
@blueprint.input(schemas.AddMember)
@blueprint.output(schemas.MemberResult, status_code=201)
@blueprint.doc(security=acting.SCHEME)
def add_member(query_data: schemas.WaitQuery, json_data: schemas.AddMember) -> dict[str, Any]:
    """Add a member to the enterprise. The seller is called if the department is new."""
    with acting.acting() as (uow, account):
        found, after = adoption.current_enterprise(uow, account), results.latest_call(uow)
        filled = members.prefilled(uow, account, found)
        form = typed(MemberForm, (asdict(filled) if filled else {}) | json_data.model_dump(exclude_none=True))
        added = members.add(uow, found, form.details(), password=form.password.data or "")
    return results.of_enterprise(found.id, _one(added.id), after=after, wait=query_data.wait)


@blueprint.post("/members/authorize")
@blueprint.input(schemas.WaitQuery, location="query")
@blueprint.input(schemas.Authorize)
@blueprint.output(schemas.MembersResult)
@blueprint.doc(security=acting.SCHEME)
def authorize(query_data: schemas.WaitQuery, json_data: schemas.Authorize) -> dict[str, Any]:
    """Authorize members for the application."""
    with acting.acting() as (uow, account):
        found, after = adoption.current_enterprise(uow, account), results.latest_call(uow)
        picked = [each.id for each in members.authorize(uow, found, json_data.members, agreed=json_data.agreed)]
    return results.of_enterprise(found.id, _several(picked), after=after, wait=query_data.wait)


@blueprint.post("/members/<member_id>/cancel-authorization")
@blueprint.input(schemas.WaitQuery, location="query")
@blueprint.output(schemas.MemberResult)
@blueprint.doc(security=acting.SCHEME)
def cancel_authorization(member_id: str, query_data: schemas.WaitQuery) -> dict[str, Any]:
    """Revoke a member's authorization for the application."""
    with acting.acting() as (uow, account):
        found, after = adoption.current_enterprise(uow, account), results.latest_call(uow)
        if members.find(uow, found, member_id) is None:
            abort(404, "Pick members of this enterprise only.")
        members.cancel_authorization(uow, found, member_id)
    return results.of_enterprise(found.id, _one(member_id), after=after, wait=query_data.wait)


Shown = Callable[[UnitOfWork, Enterprise], dict[str, Any]]


def _about(uow: UnitOfWork, enterprise: Enterprise) -> dict[str, Any]:
    return {"enterprise": _shown(uow, enterprise)}


def _one(member_id: str) -> Shown:
    return lambda uow, _: {"member": answers.member(uow.session.get_one(Member, member_id))}


def _several(member_ids: list[str]) -> Shown:
    return lambda uow, _: {"members": [answers.member(uow.session.get_one(Member, each)) for each in member_ids]}


def _shown(uow: UnitOfWork, enterprise: Enterprise) -> dict[str, Any]:
    """The enterprise with the unified login link of a service that it uses."""
    service = enterprises.service_of(uow, enterprise)
    return answers.enterprise(enterprise, sellers.unified_login_url(uow, service.order.content_id))
