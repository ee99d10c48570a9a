"""Departments of an enterprise, as sellers know them (spec huawei 4.1 and 4.2)."""

import hashlib

from mock_sites.huawei.domain.tables import Enterprise


def code_of(enterprise: Enterprise, department: str) -> str:
    """The ``orgCode`` of a department: within an enterprise the same name has the same code, of 32 characters."""
    return hashlib.sha256(f"{enterprise.id}/{department}".encode()).hexdigest()[:32]
