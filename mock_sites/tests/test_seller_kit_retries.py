"""A failed call of the joint-operation kit that the buyer sends again says what is true now."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from mock_sites.huawei.domain import applications, departments, member_management, members, syncing
from mock_sites.huawei.domain.states import MemberState, ResourceState
from mock_sites.huawei.domain.tables import Department, Enterprise, FailedSync, Member, Resource
from mock_sites.huawei.seller_gateway import kit
from mock_sites.tests.support.enterprises import WENDY, add
from mock_sites.tests.support.gateway import drive, seller
from mock_sites.tests.support.huawei_pages import MARKETPLACE, Visit, visit
from mock_sites.tests.support.recording_seller import RecordingSeller
from mock_sites.tests.support.sending import token
from mock_sites.tests.support.subscribing import buy, close, enterprise_with_wendy
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

__all__ = ["visit"]

Act = Callable[[UnitOfWork, Enterprise], object]


class Company:
    """The enterprise acme, whose member wendy is authorized, and a seller that can refuse calls."""

    def __init__(self, world: World, listener: RecordingSeller) -> None:
        self.world, self.listener = world, listener
        self.instance = buy(world)
        self.id = enterprise_with_wendy(world, self.instance)
        jobs.run_due(world)

    def does(self, *acts: Act, refused: str = "") -> None:
        """Change something. The seller refuses an interface meanwhile."""
        self.listener.refused = {refused}
        for act in acts:
            with self.world.uow("huawei", write=True) as uow:
                act(uow, uow.session.get_one(Enterprise, self.id))
            jobs.run_due(self.world)
        self.listener.refused.clear()
        self.listener.received.clear()

    def retries(self) -> list[bool]:
        """Send all failed calls again, twice each. Whether each was still true."""
        with self.world.uow("huawei", write=True) as uow:
            failures = list(uow.session.scalars(select(FailedSync).where(FailedSync.settled.is_(False))))
            found = [kit.retry(uow, failure) for failure in failures]
            assert all(kit.retry(uow, failure) for failure in failures)
        jobs.run_due(self.world)
        return found

    @property
    def authorizations(self) -> list[tuple[int, list[str]]]:
        """The calls of authSync: their flags and members."""
        found = [body for interface, body in self.listener.received if interface == "authSync"]
        return [(body["flag"], [user["userName"] for user in body["userList"]]) for body in found]


@pytest.fixture
def acme(world: World) -> Iterator[Company]:
    listener = RecordingSeller()
    with seller(listener) as address:
        drive(world, address)
        yield Company(world, listener)


def authorize(uow: UnitOfWork, enterprise: Enterprise) -> None:
    ids = list(uow.session.scalars(select(Member.id).order_by(Member.account)))
    members.authorize(uow, enterprise, ids, agreed=True)


def cancel(uow: UnitOfWork, enterprise: Enterprise) -> None:
    members.cancel_authorization(uow, enterprise, wendy(uow).id)


def edit(uow: UnitOfWork, _enterprise: Enterprise) -> None:
    member_management.edit(uow, wendy(uow), name="Wen", department="Research", phone="", email=WENDY.email)


def disable(uow: UnitOfWork, _enterprise: Enterprise) -> None:
    member_management.disable(uow, wendy(uow))


def delete(uow: UnitOfWork, enterprise: Enterprise) -> None:
    member_management.delete(uow, enterprise, [wendy(uow).id])


def stop(uow: UnitOfWork, enterprise: Enterprise) -> None:
    applications.stop(uow, enterprise, uow.session.scalars(select(Resource)).one())


def start(uow: UnitOfWork, enterprise: Enterprise) -> None:
    applications.start(uow, enterprise, uow.session.scalars(select(Resource)).one())


def wendy(uow: UnitOfWork) -> Member:
    known = select(Member).where(Member.account == "wendy", Member.state != MemberState.DELETED)
    return uow.session.scalars(known).one()


def hire_another(uow: UnitOfWork, enterprise: Enterprise) -> None:
    """Add somebody else with the account of wendy, who was deleted, and authorize this one."""
    member = members.add(uow, enterprise, WENDY, password="Another-2026")
    members.authorize(uow, enterprise, [member.id], agreed=True)


def research(uow: UnitOfWork) -> Department:
    return uow.session.scalars(select(Department).where(Department.name != "Acme Research")).one()


def rename(name: str) -> Act:
    return lambda uow, enterprise: departments.change(uow, enterprise, research(uow), name=name, parent="Acme Research")


@pytest.mark.parametrize(
    ("before", "failing", "since", "sent"),
    [
        pytest.param([cancel], authorize, [], (1, ["wendy"]), id="still authorized"),
        pytest.param([cancel], authorize, [cancel], None, id="authorized, cancelled since"),
        pytest.param([cancel], authorize, [stop], None, id="authorized, stopped since"),
        pytest.param([cancel], authorize, [disable, delete], None, id="authorized, deleted since"),
        pytest.param([], edit, [], (2, ["wendy"]), id="still so changed"),
        pytest.param([], edit, [stop], None, id="changed, stopped since"),
        pytest.param([], cancel, [], (3, ["wendy"]), id="still cancelled"),
        pytest.param([], cancel, [authorize], None, id="cancelled, authorized again since"),
        pytest.param([], stop, [], (3, ["wendy"]), id="still stopped"),
        pytest.param([], stop, [start], None, id="stopped, started again since"),
        pytest.param([], cancel, [disable, delete], (3, ["wendy"]), id="cancelled, deleted since"),
        pytest.param([], cancel, [disable, delete, hire_another], None, id="cancelled, another one authorized since"),
        pytest.param([disable], delete, [], (0, ["wendy"]), id="deleted"),
        pytest.param([disable], delete, [hire_another], None, id="deleted, another one authorized since"),
        pytest.param([disable], delete, [hire_another, stop], (0, ["wendy"]), id="deleted, then another one stopped"),
        pytest.param([disable, stop], delete, [], (0, ["wendy"]), id="deleted while stopped"),
    ],
)
def test_an_authorization_is_sent_again_if_it_is_still_true(
    acme: Company, before: list[Act], failing: Act, since: list[Act], sent: tuple[int, list[str]] | None
) -> None:
    acme.does(*before)
    acme.does(failing, refused="authSync")
    acme.does(*since)

    assert acme.retries() == [sent is not None]

    assert acme.authorizations == ([sent] if sent else [])


def test_members_of_whom_a_call_is_no_longer_true_are_left_out(acme: Company) -> None:
    add(acme.world, acme.id, replace(WENDY, account="otto", name="Otto"))
    acme.does(cancel)
    acme.does(authorize, refused="authSync")
    acme.does(cancel)

    assert acme.retries() == [True]

    assert acme.authorizations == [(1, ["otto"])]


def test_a_department_is_sent_again_as_it_is_now(acme: Company) -> None:
    acme.does(rename("Laboratory"), refused="singleOrgSync")
    acme.does(rename("Institute"))
    assert acme.retries() == [True]
    assert [body["orgName"] for _, body in acme.listener.received] == ["Institute"]

    acme.does(rename("Academy"), refused="singleOrgSync")
    acme.does(
        lambda uow, _enterprise: member_management.edit(
            uow, wendy(uow), name="Wendy", department="Acme Research", phone="", email=WENDY.email
        ),
        lambda uow, enterprise: departments.remove(uow, enterprise, research(uow)),
    )
    assert acme.retries() == [False]
    assert acme.listener.received == []


def test_after_an_enterprise_comes_what_belongs_to_it_now(world: World) -> None:
    listener = RecordingSeller("tenantSync")
    with seller(listener) as address:
        drive(world, address)
        acme = Company(world, listener)
        acme.does()
        assert acme.retries() == [True]
        assert listener.interfaces == ["tenantSync", "applicationSync", "allOrgSync", "authSync"]
        acme.does(lambda uow, enterprise: syncing.bound(uow, enterprise, acme.instance), refused="tenantSync")
        acme.does(stop)
        assert acme.retries() == [True]
        assert listener.interfaces == ["tenantSync", "applicationSync", "allOrgSync"]


def test_nothing_is_sent_about_a_service_that_is_not_in_use(acme: Company) -> None:
    acme.does(edit, refused="authSync")
    with acme.world.uow("huawei", write=True) as uow:
        uow.session.get_one(Resource, acme.instance).state = ResourceState.EXPIRED
    with pytest.raises(Refusal, match="The service of this call is not in use now"):
        acme.retries()
    with acme.world.uow("huawei", write=True) as uow:
        uow.session.get_one(Resource, acme.instance).state = ResourceState.IN_USE
    close(acme.world, acme.instance)
    assert acme.retries() == [False]
    assert acme.listener.received == []


def test_the_buyer_reads_why_nothing_was_sent(acme: Company, visit: Visit) -> None:
    acme.does(edit, refused="authSync")
    acme.does(stop)
    page, guide = visit("hw_liwei"), acme.world.local(f"{MARKETPLACE}/buyer/partner-services")
    listed = page.get(guide)

    answer = page.post(f"{guide}/failures/1/retry", data={"csrf_token": token(listed)}, follow_redirects=True)

    assert "later changes have made this call untrue" in answer.text
    assert "Not accepted by the seller" not in page.get(guide).text
    assert acme.listener.received == []
