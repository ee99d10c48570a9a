"""The departments of an enterprise, as they are sent to its seller (spec huawei 4.1).

Members have only the name of their department, so departments are derived from these names. Each is directly below the
enterprise, which is the top department itself.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, select

from mock_sites.huawei.domain.tables import Enterprise, Member
from mock_sites.world.rows import are_any
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST_NAME: Final = 60

MOST_SUGGESTED: Final = 49
"""How many departments a form suggests, besides the top one."""


@dataclass(frozen=True)
class Department:
    """A department. ``code`` is unique within the enterprise. ``parent`` is the code of the department above,
    or empty.
    """

    code: str
    name: str
    parent: str


def code_of(name: str) -> str:
    """The code of the department ``name``. It is always the same for the same name."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def department(enterprise: Enterprise, name: str) -> Department:
    """The department of an enterprise with this name."""
    return Department(code_of(name), name, "" if name == enterprise.name else code_of(enterprise.name))


def is_known(uow: UnitOfWork, enterprise: Enterprise, name: str) -> bool:
    """Whether the enterprise has a department with this name."""
    return name == enterprise.name or are_any(uow, _of(enterprise).where(Member.department == name))


def suggestions(uow: UnitOfWork, enterprise: Enterprise) -> list[str]:
    """Names of departments to choose from: the top one, then others sorted by name."""
    others = _of(enterprise).where(Member.department != enterprise.name)
    found = uow.session.scalars(others.distinct().order_by(Member.department).limit(MOST_SUGGESTED))
    return [enterprise.name, *found]


def departments_of(uow: UnitOfWork, enterprise: Enterprise) -> list[Department]:
    """All departments, the top one first."""
    names = set(uow.session.scalars(_of(enterprise).distinct()))
    return [department(enterprise, name) for name in (enterprise.name, *sorted(names - {enterprise.name}))]


def _of(enterprise: Enterprise) -> Select[str]:
    return select(Member.department).where(Member.enterprise_id == enterprise.id)
