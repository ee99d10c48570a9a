"""Logging a member in at unified login, as far as the seller's login address. The seller does the rest."""

from typing import Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from mock_sites.huawei.domain import applications, enterprises, unified_login
from mock_sites.huawei.domain.tables import Member
from mock_sites.huawei.scenario_api import acting, answers, schemas
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.huawei.unified_login import clients
from mock_sites.huawei.unified_login.forms import LoginForm, NewPasswordForm
from mock_sites.web.context import world
from mock_sites.web.json_api import Body
from mock_sites.web.json_forms import typed
from mock_sites.world.unit_of_work import UnitOfWork

blueprint = APIBlueprint("scenario_login", __name__, url_prefix="/api", tag="Unified login")


class LogIn(Body):
    """Who logs in."""

    account: str = Field(description="account@enterprise-domain, the login_name of a member.")
    password: str
    new_password: str = Field("", description="Takes the place of an initial password, which must be changed.")


class LoggedIn(BaseModel):
    """Where the browser would go."""

    redirect_url: str = Field(description="The seller's login address with the code. Ask your service for it.")
    code: str = Field(description="Valid for five minutes, and once.")
    tenant: str
    member: schemas.Member


@blueprint.post("/logins")
@blueprint.input(LogIn)
@blueprint.output(LoggedIn, status_code=201)
def log_in(json_data: LogIn) -> dict[str, Any]:
    """Log a member in to the application that the enterprise uses, as by the link of the enterprise."""
    typed(LoginForm, {"account": json_data.account, "password": json_data.password})
    clients_by_id = {client.app_id: client for client in clients.registered(world())}
    with acting.working() as uow:
        member = unified_login.authenticate(uow, json_data.account, json_data.password)
        service = enterprises.service_of(uow, member.enterprise)
        client = clients_by_id[sellers.agreed(uow, service.order.content_id).client.app_id]
        applications.check_usable(uow, member.enterprise, client.client_id)
        if member.password_is_initial:
            _change_password(uow, member, json_data.new_password)
        code = clients.code_for(uow, client, member)
        return {
            "redirect_url": clients.address_with(code, client, member),
            "code": code,
            "tenant": member.enterprise_id,
            "member": answers.member(member),
        }


def _change_password(uow: UnitOfWork, member: Member, new_password: str) -> None:
    typed(NewPasswordForm, {"new_password": new_password, "confirmation": new_password})
    unified_login.change_initial_password(uow, member, new_password)
