"""Enterprises and their members, made by the functions of the domain."""

from sqlalchemy import select

from mock_sites.huawei.domain import enterprises, members
from mock_sites.huawei.domain.members import Details
from mock_sites.huawei.domain.tables import Account, Enterprise, Order, Resource
from mock_sites.world import jobs
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

WENDY = Details(name="Wendy", department="Research", phone="", email="wendy@acme.example.com", account="wendy")

PASSWORD = "Initial-2026"


def service_of(uow: UnitOfWork, name: str = "hw_liwei") -> tuple[Account, Resource]:
    """A buyer with a purchased service."""
    buyer = uow.session.scalars(select(Account).where(Account.name == name)).one()
    resource = uow.session.get(Resource, f"ins-{name}")
    if resource is None:
        product = "8990a122-f456-43a4-892c-a458be31e336"
        order = Order(
            id=f"CS-{name}", account_id=buyer.id, content_id=product, attempt=1, business_id=name, created_at=uow.now
        )
        resource = Resource(
            instance_id=f"ins-{name}", order=order, account_id=buyer.id, created_at=uow.now, role="personal"
        )
        uow.session.add(resource)
    return buyer, resource


def set_up(world: World, name: str = "Acme Research", domain: str = "acme", buyer: str = "hw_liwei") -> str:
    """Begin to set up an enterprise. Returns its id."""
    with world.uow("huawei", write=True) as uow:
        account, resource = service_of(uow, buyer)
        return enterprises.set_up(uow, account, resource, name=name, domain=domain).id


def ready(world: World) -> str:
    """An enterprise that has been set up. Returns its id."""
    enterprise_id = set_up(world)
    jobs.advance(world, enterprises.SET_UP_SECONDS[1])
    return enterprise_id


def add(world: World, enterprise_id: str, details: Details = WENDY, password: str = PASSWORD) -> str:
    """Add a member. Returns its id."""
    with world.uow("huawei", write=True) as uow:
        return members.add(uow, uow.session.get_one(Enterprise, enterprise_id), details, password=password).id
