"""The departments of an enterprise, as its seller is told of them (spec huawei 4.1).

Members carry the name of their department only, so the names make the departments: each stands right below the
enterprise, which is itself the one at the top.
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
"""Departments that a form suggests, besides the one at the top."""


@dataclass(frozen=True)
class Department:
    """A department; ``code`` is unique within the enterprise, and ``parent`` the code of the one above, if any."""

    code: str
    name: str
    parent: str


def code_of(name: str) -> str:
    """The code of the department called ``name``, always the same."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def department(enterprise: Enterprise, name: str) -> Department:
    """The department of an enterprise that is called ``name``."""
    return Department(code_of(name), name, "" if name == enterprise.name else code_of(enterprise.name))


def is_known(uow: UnitOfWork, enterprise: Enterprise, name: str) -> bool:
    """Whether the enterprise has a department that is called ``name``."""
    return name == enterprise.name or are_any(uow, _of(enterprise).where(Member.department == name))


def suggestions(uow: UnitOfWork, enterprise: Enterprise) -> list[str]:
    """The names of some departments, to choose from: the one at the top, and the first others by name."""
    others = _of(enterprise).where(Member.department != enterprise.name)
    found = uow.session.scalars(others.distinct().order_by(Member.department).limit(MOST_SUGGESTED))
    return [enterprise.name, *found]


def departments_of(uow: UnitOfWork, enterprise: Enterprise) -> list[Department]:
    """All departments, the one at the top first."""
    names = set(uow.session.scalars(_of(enterprise).distinct()))
    return [department(enterprise, name) for name in (enterprise.name, *sorted(names - {enterprise.name}))]


def _of(enterprise: Enterprise) -> Select[str]:
    return select(Member.department).where(Member.enterprise_id == enterprise.id)
