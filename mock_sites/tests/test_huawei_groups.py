"""Groups of members, and automatic authorization by department or group (spec huawei 1.6)."""

import pytest

from mock_sites.huawei.domain import automatic, departments, groups, member_management, members
from mock_sites.huawei.domain.members import Details
from mock_sites.huawei.domain.tables import Enterprise, Group
from mock_sites.tests.support.enterprises import PASSWORD, add, ready
from mock_sites.tests.support.partner_services import buyer
from mock_sites.tests.support.users import Users
from mock_sites.tests.support.visitors import Visitor, nothing_changes
from mock_sites.world import jobs
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

__all__ = ["buyer"]

ROOT = "/buyer/partner-services"


def person(account: str, department: str) -> Details:
    email = f"{account}@acme.example.com"
    return Details(name=account.title(), department=department, phone="", email=email, account=account)


def authorized(uow: UnitOfWork, enterprise: Enterprise) -> list[str]:
    uow.session.flush()
    return sorted(member.account for member in uow.session.scalars(members.authorized_of(enterprise)))


def test_a_department_authorizes_those_in_it_and_below_it_as_long_as_they_are_there(world: World) -> None:
    acme = ready(world)
    for account, department in (("ann", "Sales"), ("ben", "Research"), ("cleo", "Sales2")):
        add(world, acme, person(account, department))
    with world.uow("huawei", write=True) as uow:
        enterprise = uow.session.get_one(Enterprise, acme)
        sales = departments.chosen(uow, enterprise, "Sales")
        automatic.authorize(uow, enterprise, sales, agreed=True)
        assert authorized(uow, enterprise) == ["ann"]
        north = departments.add(uow, enterprise, name="North", parent="Sales")
    add(world, acme, person("dan", "North"))
    with world.uow("huawei", write=True) as uow:
        enterprise = uow.session.get_one(Enterprise, acme)
        assert authorized(uow, enterprise) == ["ann", "dan"]
        ann = members.with_account(uow, enterprise, "ann")
        member_management.edit(uow, ann, name="Ann", department="Research", phone="1380000000", email="")
        assert authorized(uow, enterprise) == ["dan"]
        north = departments.chosen(uow, enterprise, "North")
        departments.change(uow, enterprise, north, name="North", parent="Research")
        assert authorized(uow, enterprise) == []
        automatic.authorize(uow, enterprise, departments.top(uow, enterprise), agreed=True)
        assert authorized(uow, enterprise) == ["ann", "ben", "cleo", "dan"]
        automatic.cancel(uow, enterprise, departments.top(uow, enterprise))
        assert authorized(uow, enterprise) == []


def test_a_group_authorizes_its_members_and_those_who_are_picked_stay_authorized(world: World) -> None:
    acme = ready(world)
    ids = [add(world, acme, person(account, "Sales")) for account in ("ann", "ben")]
    with world.uow("huawei", write=True) as uow:
        enterprise = uow.session.get_one(Enterprise, acme)
        members.authorize(uow, enterprise, ids[:1], agreed=True)
        group = groups.add(uow, enterprise, name="On call", description="")
        for account in ("ann", "ben", "ben@acme"):
            groups.put_in(uow, enterprise, group, account)
        assert authorized(uow, enterprise) == ["ann"]
        automatic.authorize(uow, enterprise, group, agreed=True)
        assert authorized(uow, enterprise) == ["ann", "ben"]
        groups.take_out(uow, enterprise, group, members.with_account(uow, enterprise, "ben"))
        assert authorized(uow, enterprise) == ["ann"]
        groups.put_in(uow, enterprise, group, "ben")
        assert groups.remove(uow, enterprise, group) == "On call"
        assert authorized(uow, enterprise) == ["ann"]
        assert groups.sizes(uow, [group.id]) == {}


def test_a_group_counts_its_active_members(world: World) -> None:
    acme = ready(world)
    member_id = add(world, acme, person("ann", "Sales"))
    with world.uow("huawei", write=True) as uow:
        enterprise = uow.session.get_one(Enterprise, acme)
        group = groups.add(uow, enterprise, name="On call", description="")
        ann = groups.put_in(uow, enterprise, group, "ann")
        assert groups.sizes(uow, [group.id]) == {group.id: 1}
        member_management.disable(uow, ann)
        assert groups.sizes(uow, [group.id]) == {}
        member_management.enable(uow, enterprise, [member_id])
        assert groups.sizes(uow, [group.id]) == {group.id: 1}


def test_each_change_is_sent_to_the_seller_once(users: Users, buyer: Visitor) -> None:
    world = users.world
    for path in (f"groups/{users.ids['group_id']}", f"departments/{users.ids['code']}"):
        assert buyer.post(f"{ROOT}/{path}/cancel-authorization", {}).status_code == 302
    jobs.run_due(world)
    before = len(world.journal(kind="guance.members.synced"))
    again = {"kind": "group", "name": "On call", "agreed": "y"}
    with world.uow("huawei", write=True) as uow:
        enterprise = uow.session.get_one(Enterprise, users.ids["enterprise"])
        members.cancel_authorization(uow, enterprise, users.ids["member"])
    for _ in range(2):
        assert buyer.post(f"{ROOT}/authorize/automatic", again).status_code == 302
    jobs.run_due(world)
    assert len(world.journal(kind="guance.members.synced")) == before + 1


def test_an_automatic_authorization_is_not_cancelled_for_one_member(users: Users, buyer: Visitor) -> None:
    with nothing_changes(users.world):
        answer = buyer.post(f"{ROOT}/members/{users.ids['member']}/cancel-authorization", {})
    assert answer.status_code == 302
    assert "The member is authorized automatically" in buyer.get(f"{ROOT}/members").text


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"name": "Nowhere"}, "Choose one of the departments."),
        ({"kind": "group", "name": "Research"}, "There is no group with this name."),
        ({"name": "Acme Research", "agreed": ""}, "Agree to the terms"),
        ({"kind": "member"}, "Choose a department or a group."),
        ({"name": ""}, "Fill in this field."),
    ],
)
def test_what_cannot_be_authorized_is_refused(users: Users, buyer: Visitor, typed: dict[str, str], reason: str) -> None:
    good = {"kind": "department", "name": "Acme Research", "agreed": "y"}
    with nothing_changes(users.world):
        answer = buyer.post(
            f"{ROOT}/authorize/automatic", {name: value for name, value in (good | typed).items() if value}
        )
    assert (answer.status_code, reason in answer.text) == (422, True)


def test_the_pages_make_change_and_delete_a_group(users: Users, buyer: Visitor) -> None:
    with nothing_changes(users.world):
        refused = buyer.post(f"{ROOT}/groups/new", {"name": "On call", "description": ""})
    assert (refused.status_code, "There is a group with this name already." in refused.text) == (422, True)
    made = buyer.post(f"{ROOT}/groups/new", {"name": "Night", "description": "From ten"}).location or ""
    assert "no active member" in buyer.post(made, {"account": "dora"}).text.lower()
    assert buyer.post(made, {"account": "wendy"}).status_code == 302
    assert "wendy@acme" in buyer.get(made).text
    assert buyer.post(f"{made}/members/{users.ids['member']}/remove", {}).status_code == 302
    assert "wendy@acme" not in buyer.get(made).text
    assert buyer.post(f"{made}/edit", {"name": "Late", "description": ""}).status_code == 302
    assert 'Delete <bdi translate="no">Late</bdi>?' in buyer.get(f"{made}/delete").text
    assert buyer.post(f"{made}/delete", {}).status_code == 302
    with users.world.uow("huawei") as uow:
        assert [group.name for group in uow.session.query(Group)] == ["On call"]
    assert PASSWORD not in buyer.get(f"{ROOT}/groups/").text
