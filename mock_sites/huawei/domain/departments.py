"""The departments of an enterprise: a tree below the enterprise, which is the top department itself (spec huawei 1.5).

Every change is sent to the sellers of its services.
"""

from typing import Final

from sqlalchemy import Select, func, or_, select, update

from mock_sites.huawei.domain import automatic, syncing
from mock_sites.huawei.domain.states import MemberState
from mock_sites.huawei.domain.tables import Department, Enterprise, Member
from mock_sites.huawei.protocol.kit import ADD, DELETE, MODIFY
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import are_any, count_of, have_text
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST_NAME: Final = 60

MOST: Final = 999
DEEPEST: Final = 5
"""The quotas of OrgID (spec huawei 1.5): departments, and levels below the enterprise."""

LONGEST_PATH: Final = DEEPEST * (LONGEST_NAME + len(" / "))
"""Characters of a department's name with those of the departments above it."""

MOST_SUGGESTED: Final = 50
"""How many departments a form suggests."""


def departments_of(enterprise: Enterprise, text: str = "") -> Select[Department]:
    """The departments in the order of the tree, the top one first. ``text`` filters by name."""
    mine = select(Department).where(Department.enterprise_id == enterprise.id)
    if text:
        mine = mine.where(have_text(text, Department.name))
    return mine.order_by(Department.in_order)


def suggestions(uow: UnitOfWork, enterprise: Enterprise) -> list[str]:
    """Departments to choose from."""
    return [one.path for one in uow.session.scalars(departments_of(enterprise).limit(MOST_SUGGESTED))]


def find(uow: UnitOfWork, enterprise: Enterprise, code: str) -> Department | None:
    """The department with this code, if it is one of the enterprise."""
    found = uow.session.get(Department, code)
    return found if found and found.enterprise_id == enterprise.id else None


def typed(uow: UnitOfWork, enterprise: Enterprise, text: str, field: str) -> Department | None:
    """The department that is meant by a name, or by a path as in the suggestions. None: there is none.

    Raises:
        Refusal: for ``field``: several have that name.
    """
    place = "" if text == enterprise.name else Department.BELOW.join(text.split(" / "))
    mine = select(Department).where(Department.enterprise_id == enterprise.id)
    if found := uow.session.scalars(mine.where(or_(Department.place == place, Department.place == text))).first():
        return found
    named = uow.session.scalars(mine.where(Department.name == text).order_by(Department.place).limit(2)).all()
    if len(named) > 1:
        raise Refusal(
            N_("Several departments have this name. Enter it with those above it, such as {path}."),
            field=field,
            path=named[0].path,
        )
    return named[0] if named else None


def chosen(uow: UnitOfWork, enterprise: Enterprise, text: str, field: str = "parent") -> Department:
    """The department that is meant by a name or a path.

    Raises:
        Refusal: for ``field``: there is none, or several have that name.
    """
    if found := typed(uow, enterprise, text, field):
        return found
    raise Refusal(N_("Choose one of the departments."), field=field)


def of_member(uow: UnitOfWork, enterprise: Enterprise, text: str) -> Department:
    """The department of a member. One that does not exist yet is added directly below the enterprise.

    Raises:
        Refusal: several have that name, or there are too many departments.
    """
    return typed(uow, enterprise, text, "department") or _add(uow, enterprise, top(uow, enterprise), text, "department")


def top(uow: UnitOfWork, enterprise: Enterprise) -> Department:
    """The department that is the enterprise itself."""
    return uow.session.scalars(departments_of(enterprise).where(Department.place == "")).one()


def add_top(uow: UnitOfWork, enterprise: Enterprise) -> None:
    """Add the department of a new enterprise."""
    code = uow.random_text("department", 16)
    uow.session.add(Department(code=code, enterprise_id=enterprise.id, name=enterprise.name, place=""))


def add(uow: UnitOfWork, enterprise: Enterprise, *, name: str, parent: str) -> Department:
    """Add a department below another one, which is given by name or path.

    Raises:
        Refusal: there is no such parent, its level has a department with this name, or a quota is used up.
    """
    return _add(uow, enterprise, chosen(uow, enterprise, parent), name, "name")


def change(uow: UnitOfWork, enterprise: Enterprise, department: Department, *, name: str, parent: str) -> None:
    """Rename a department, and move it below another one with all that is below it. The same again changes nothing.

    Raises:
        Refusal: it is the enterprise itself, there is no such parent, the parent is below it, the level has a
            department with this name, or the tree would be too deep.
    """
    check_changeable(department)
    above = chosen(uow, enterprise, parent)
    if f"{above.place}{Department.BELOW}".startswith(f"{department.place}{Department.BELOW}"):
        raise Refusal(N_("A department cannot be moved below itself."), field="parent")
    place = _place(above, name)
    if place == department.place:
        return
    below = uow.session.scalars(_below(department)).all()
    deepest = max((one.level for one in below), default=department.level)
    _check(uow, enterprise, place, deepest=above.level + 1 + deepest - department.level, field="name")
    for one in below:
        one.place = place + one.place.removeprefix(department.place)
    department.name, department.place, department.parent_code = name, place, above.code
    uow.record("department.changed", enterprise=enterprise.domain, department=department.path)
    syncing.department_changed(uow, enterprise, department, MODIFY)
    uow.session.flush()
    automatic.refresh(uow, enterprise)


def check_changeable(department: Department) -> None:
    """Check that a department is not the enterprise, whose name never changes (S1, New Enterprise Setup, note 1).

    Raises:
        Refusal: it is.
    """
    if not department.place:
        raise Refusal(N_("The enterprise itself cannot be renamed, moved or deleted."))


def check_empty(uow: UnitOfWork, department: Department) -> None:
    """Check that a department can be deleted: it has no members and none below it (spec huawei 1.5).

    Raises:
        Refusal: it has, or it is the enterprise itself.
    """
    check_changeable(department)
    members = select(Member).where(Member.department_code == department.code)
    if are_any(uow, members.where(Member.state != MemberState.DELETED)):
        raise Refusal(N_("The department still has members, some of whom may be disabled. Move or delete them first."))
    if are_any(uow, _below(department)):
        raise Refusal(N_("There are departments below it. Move or delete them first."))


def remove(uow: UnitOfWork, enterprise: Enterprise, department: Department) -> str:
    """Delete an empty department. Returns its name.

    Raises:
        Refusal: it is not empty, or is the enterprise itself.
    """
    check_empty(uow, department)
    uow.record("department.deleted", enterprise=enterprise.domain, department=department.path)
    syncing.department_changed(uow, enterprise, department, DELETE)
    deleted = update(Member).where(Member.department_code == department.code)
    uow.session.execute(deleted.values(department_code=department.parent_code))
    uow.session.delete(department)
    return department.name


def sizes(uow: UnitOfWork, codes: list[str]) -> dict[str, int]:
    """How many active members the departments with these codes have, without those of the departments below them."""
    counted = select(Member.department_code, func.count())
    counted = counted.where(Member.department_code.in_(codes), Member.state == MemberState.ACTIVE)
    return dict(iter(uow.session.execute(counted.group_by(Member.department_code))))


def _add(uow: UnitOfWork, enterprise: Enterprise, above: Department, name: str, field: str) -> Department:
    place = _place(above, name)
    _check(uow, enterprise, place, deepest=above.level + 1, field=field)
    if count_of(uow, departments_of(enterprise)) > MOST:
        raise Refusal(N_("An enterprise has 999 departments at most."), field=field)
    department = Department(
        code=uow.random_text("department", 16),
        enterprise_id=enterprise.id,
        parent_code=above.code,
        name=name,
        place=place,
    )
    uow.session.add(department)
    uow.session.flush()
    uow.record("department.added", enterprise=enterprise.domain, department=department.path)
    syncing.department_changed(uow, enterprise, department, ADD)
    return department


def _check(uow: UnitOfWork, enterprise: Enterprise, place: str, *, deepest: int, field: str) -> None:
    if len(place.rpartition(Department.BELOW)[2]) > LONGEST_NAME:
        raise Refusal(N_("The name of a department has at most 60 characters."), field=field)
    if deepest > DEEPEST:
        raise Refusal(N_("Departments have at most five levels below the enterprise."), field="parent")
    if are_any(uow, departments_of(enterprise).where(Department.place == place)):
        raise Refusal(N_("There is a department with this name at this level already."), field=field)


def _place(above: Department, name: str) -> str:
    return f"{above.place}{Department.BELOW}{name}" if above.place else name


def _below(department: Department) -> Select[Department]:
    """The departments below one that is not the top one: their places begin with its own and the separator."""
    first = f"{department.place}{Department.BELOW}"
    after = f"{department.place}{chr(ord(Department.BELOW) + 1)}"
    mine = select(Department).where(Department.enterprise_id == department.enterprise_id)
    return mine.where(Department.place >= first, Department.place < after)
