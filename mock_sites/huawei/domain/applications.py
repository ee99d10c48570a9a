"""The applications of an enterprise: the services that its members log in to. Its administrator can stop each and start
it again (spec huawei 1.5 and 1.6).

A stopped application keeps its authorizations, but nobody can log in to it. No call of the joint-operation kit says
that an application was stopped, so its seller gets the authorizations as cancelled, and as new ones at the start.
"""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from mock_sites.huawei.domain import syncing
from mock_sites.huawei.domain.states import ResourceState
from mock_sites.huawei.domain.tables import Enterprise, Order, Resource, Seller
from mock_sites.world.agreement import SellerKeys, seller_keys
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World


def of_enterprise(enterprise: Enterprise) -> Select[Resource]:
    """The applications that the enterprise uses, the newest first. Closed ones are left out."""
    mine = select(Resource).options(joinedload(Resource.order).joinedload(Order.product))
    mine = mine.where(Resource.enterprise_id == enterprise.id, Resource.state != ResourceState.CLOSED)
    return mine.order_by(Resource.created_at.desc(), Resource.instance_id)


def find(uow: UnitOfWork, enterprise: Enterprise, instance_id: str) -> Resource | None:
    """The application with this instance, if the enterprise uses it."""
    return uow.session.scalars(of_enterprise(enterprise).where(Resource.instance_id == instance_id)).first()


def check_in_use(application: Resource) -> None:
    """Check that an application can be stopped and started.

    Raises:
        Refusal: its service has expired or is being closed.
    """
    if application.state is not ResourceState.IN_USE:
        raise Refusal(N_("Only an application whose service is in use can be stopped and started."))


def stop(uow: UnitOfWork, enterprise: Enterprise, application: Resource) -> None:
    """Let nobody log in to an application until it is started again. Repeating it changes nothing.

    Raises:
        Refusal: its service is not in use.
    """
    check_in_use(application)
    if not application.is_stopped:
        application.is_stopped = True
        uow.record("application.stopped", enterprise=enterprise.domain, instance=application.instance_id)
        syncing.application_stopped(uow, enterprise, application.instance_id)


def start(uow: UnitOfWork, enterprise: Enterprise, application: Resource) -> None:
    """Let the authorized members log in to a stopped application again. Repeating it changes nothing.

    Raises:
        Refusal: its service is not in use.
    """
    check_in_use(application)
    if application.is_stopped:
        application.is_stopped = False
        uow.record("application.started", enterprise=enterprise.domain, instance=application.instance_id)
        syncing.application_started(uow, enterprise, application.instance_id)


def check_usable(uow: UnitOfWork, enterprise: Enterprise, client_id: str) -> None:
    """Check that the members of an enterprise may log in to the application of an OAuth client.

    Raises:
        Refusal: the enterprise has no service of this application in use, or has stopped it.
    """
    stopped = _stopped(uow, enterprise, client_id)
    if not stopped:
        raise Refusal(N_("Your enterprise does not use this application. Ask its administrator."))
    if all(stopped):
        raise Refusal(N_("Your enterprise has stopped this application. Ask its administrator to start it."))


def is_usable(uow: UnitOfWork, enterprise: Enterprise, client_id: str) -> bool:
    """Whether the members of the enterprise may log in to the application of this client."""
    return not all(_stopped(uow, enterprise, client_id))


def client_keys(world: World, login_address: str) -> SellerKeys:
    """The keys of the application that uses a login address. An empty address is the built-in seller's."""
    return seller_keys(world.seed, login_address) if login_address else seller_keys(world.seed)


def _stopped(uow: UnitOfWork, enterprise: Enterprise, client_id: str) -> list[bool]:
    """For each service of this client's application that is in use, whether it was stopped."""
    address = func.coalesce(Seller.login_address, "")
    wanted = select(address, Resource.is_stopped).join(Resource.order)
    wanted = wanted.outerjoin(Seller, Seller.content_id == Order.content_id).distinct()
    mine = wanted.where(Resource.enterprise_id == enterprise.id, Resource.state == ResourceState.IN_USE)
    rows = uow.session.execute(mine).all()
    return [stopped for address, stopped in rows if client_keys(uow.world, address).client_id == client_id]
