"""Department management of Partner Services (spec huawei 1.5)."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from mock_sites.huawei.domain import departments, members
from mock_sites.huawei.domain.members import Details
from mock_sites.huawei.domain.tables import Department, Enterprise, SellerCall
from mock_sites.tests.support.enterprises import PASSWORD, add, ready
from mock_sites.tests.support.users import Users
from mock_sites.web.markup import elements
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

Act = Callable[[UnitOfWork, Enterprise], object]


def act(world: World, enterprise_id: str, do: Act) -> None:
    with world.uow("huawei", write=True) as uow:
        do(uow, uow.session.get_one(Enterprise, enterprise_id))


def new(name: str, parent: str = "Acme Research") -> Act:
    return lambda uow, enterprise: departments.add(uow, enterprise, name=name, parent=parent)


def changed(path: str, name: str, parent: str) -> Act:
    def change(uow: UnitOfWork, enterprise: Enterprise) -> None:
        departments.change(uow, enterprise, departments.chosen(uow, enterprise, path), name=name, parent=parent)

    return change


def removed(path: str) -> Act:
    return lambda uow, enterprise: departments.remove(uow, enterprise, departments.chosen(uow, enterprise, path))


def grow(world: World, enterprise_id: str, *paths: str) -> None:
    """Add departments, each after the one above it."""
    for path in paths:
        above, _, name = path.rpartition(" / ")
        act(world, enterprise_id, new(name, above or "Acme Research"))


def tree(world: World, enterprise_id: str) -> list[str]:
    """The departments in the order in which they are shown."""
    with world.uow("huawei") as uow:
        found = departments.departments_of(uow.session.get_one(Enterprise, enterprise_id))
        return [one.path for one in uow.session.scalars(found)]


def test_departments_are_shown_below_the_one_that_they_belong_to(world: World) -> None:
    acme = ready(world)
    for name, parent in (
        ("Sales", "Acme Research"),
        ("Sales!", "Acme Research"),
        ("North", "Sales"),
        ("East", "Sales"),
    ):
        act(world, acme, new(name, parent))
    assert tree(world, acme) == ["Acme Research", "Sales", "Sales / East", "Sales / North", "Sales!"]


def test_numbers_in_names_of_departments_count_as_numbers(world: World) -> None:
    acme = ready(world)
    grow(world, acme, "Team 10", "Team 2", "Team 2 / Night", "Team 1")
    assert tree(world, acme) == ["Acme Research", "Team 1", "Team 2", "Team 2 / Night", "Team 10"]


def test_a_department_is_renamed_and_moved_with_all_that_is_below_it(world: World) -> None:
    acme = ready(world)
    for name, parent in (
        ("Sales", "Acme Research"),
        ("North", "Sales"),
        ("City", "North"),
        ("Research", "Acme Research"),
    ):
        act(world, acme, new(name, parent))
    add(world, acme, Details(name="Li", department="City", phone="", email="li@acme.example.com", account="li"))
    act(world, acme, changed("North", "Northern", "Research"))
    assert tree(world, acme) == [
        *("Acme Research", "Research", "Research / Northern", "Research / Northern / City", "Sales")
    ]
    with world.uow("huawei") as uow:
        (li,) = uow.session.scalars(members.members_of(uow.session.get_one(Enterprise, acme), "City"))
        assert li.department.path == "Research / Northern / City"


@pytest.mark.parametrize(
    ("do", "reason", "field"),
    [
        (new("Sales"), "with this name at this level", "name"),
        (new("South", "Nowhere"), "Choose one of the departments", "parent"),
        (new("x" * 61), "at most 60 characters", "name"),
        (new("Sixth", "Sales / 2 / 3 / 4 / 5"), "five levels", "parent"),
        (changed("Sales", "Sales", "5"), "below itself", "parent"),
        (changed("Sales", "Sales", "Sales"), "cannot be moved below itself", "parent"),
        (changed("Sales", "Sales", "Research"), "five levels", "parent"),
        (changed("Research", "Sales", "Acme Research"), "with this name at this level", "name"),
        (changed("Acme Research", "Other", "Sales"), "cannot be renamed", ""),
        (removed("Acme Research"), "cannot be renamed", ""),
        (removed("Sales"), "departments below it", ""),
        (removed("Research"), "has members", ""),
        (new("Other", "Twice"), "Several departments have this name. Enter it with those above it, such as ", "parent"),
    ],
)
def test_what_would_break_the_tree_is_refused(world: World, do: Act, reason: str, field: str) -> None:
    acme = ready(world)
    add(world, acme)
    grow(world, acme, "Sales", "Sales / 2", "Sales / 2 / 3", "Sales / 2 / 3 / 4", "Sales / 2 / 3 / 4 / 5")
    grow(world, acme, "Research / Twice", "Sales / 2 / Twice")
    before = tree(world, acme)
    with pytest.raises(Refusal, match=reason) as refusal:
        act(world, acme, do)
    assert refusal.value.field == field
    assert tree(world, acme) == before


def test_an_enterprise_has_999_departments_at_most(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    acme = ready(world)
    monkeypatch.setattr(departments, "MOST", 2)
    grow(world, acme, "A", "B")
    with pytest.raises(Refusal, match="999 departments"):
        act(world, acme, new("C"))


def test_the_department_of_a_member_is_chosen_by_name_or_path_or_is_new(world: World) -> None:
    acme = ready(world)
    for name, parent in (
        ("Sales", "Acme Research"),
        ("North", "Sales"),
        ("Office", "Acme Research"),
        ("Office", "Sales"),
    ):
        act(world, acme, new(name, parent))
    for number, (typed, path) in enumerate(
        (
            ("North", "Sales / North"),
            ("Sales / Office", "Sales / Office"),
            ("Acme Research", "Acme Research"),
            ("IT / Operations", "IT / Operations"),
        )
    ):
        details = Details(name="Li", department=typed, phone="", email="li@x.example.com", account=f"li{number}")
        with world.uow("huawei", write=True) as uow:
            added = members.add(uow, uow.session.get_one(Enterprise, acme), details, password=PASSWORD)
            assert (added.department.path, added.department.level <= 2) == (path, True)


def test_every_change_is_sent_to_the_seller(users: Users) -> None:
    world, acme = users.world, users.ids["enterprise"]
    for do in (new("Sales"), new("North", "Sales"), changed("North", "Northern", "Acme Research"), removed("Northern")):
        act(world, acme, do)
    jobs.run_due(world)
    with world.uow("huawei") as uow:
        calls = uow.session.scalars(select(SellerCall).where(SellerCall.activity == "singleOrgSync")).all()
        codes = {one.name: one.code for one in uow.session.scalars(select(Department))}
    assert [call.verdict for call in calls] == ["accepted"] * 5
    assert len(codes) == 4
    with world.uow("guance") as uow:
        assert [event.details["name"] for event in world.journal(kind="guance.department.synced")] == [
            *("Research", "Sales", "North", "Northern")
        ]
        assert len(world.journal(kind="guance.department.removed")) == 1


def test_the_pages_add_change_and_delete_a_department(users: Users) -> None:
    visitor, root = users.visitor("huawei.marketplace", "owner"), "/buyer/partner-services/departments"
    refused = visitor.post(f"{root}/new", {"name": "Research", "parent": "Acme Research"})
    assert (refused.status_code, "with this name at this level" in refused.text) == (422, True)
    assert visitor.post(f"{root}/new", {"name": "Sales", "parent": "Research"}).status_code == 302
    with users.world.uow("huawei") as uow:
        code = uow.session.scalars(select(Department.code).where(Department.name == "Sales")).one()
    form = {
        one.attributes.get("name"): one.attributes.get("value")
        for one in elements(visitor.get(f"{root}/{code}/edit").text)
    }
    assert (form["name"], form["parent"]) == ("Sales", "Research")
    assert visitor.post(f"{root}/{code}/edit", {"name": "Sales", "parent": "Acme Research"}).status_code == 302
    question = visitor.get(f"{root}/{code}/delete").text
    assert 'Delete <bdi translate="no">Sales</bdi>? This cannot be undone.' in question
    assert visitor.post(f"{root}/{code}/delete", {}).status_code == 302
    shown = visitor.get(f"{root}/").text
    assert "The department Sales has been deleted." in shown
    why_not = visitor.get(f"{root}/{users.ids['code']}/delete").text
    assert "The department still has members" in why_not
    assert visitor.post(f"{root}/{users.ids['code']}/delete", {}).status_code == 422


def test_the_members_of_a_department_are_listed(users: Users) -> None:
    visitor, page = users.visitor("huawei.marketplace", "owner"), "/buyer/partner-services/members?department="
    assert "wendy@acme" in visitor.get(page + users.ids["code"]).text
    with users.world.uow("huawei") as uow:
        top = departments.top(uow, uow.session.get_one(Enterprise, users.ids["enterprise"])).code
    assert "No member fits." in visitor.get(page + top).text
