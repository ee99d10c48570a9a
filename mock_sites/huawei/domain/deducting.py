"""Deducting usage from packages before the rest is charged (spec huawei 2.6b)."""

from collections import Counter
from collections.abc import Iterator

from mock_sites.huawei.domain import packages, usage_rules
from mock_sites.huawei.domain.states import ResourceState
from mock_sites.huawei.domain.tables import Resource
from mock_sites.huawei.domain.usage_tables import Deduction, UsageRecord
from mock_sites.world.unit_of_work import UnitOfWork


class Deductor:
    """Deducts the records of one collection from the packages of their buyers."""

    def __init__(self, uow: UnitOfWork) -> None:
        """Nothing is deducted yet."""
        self._uow = uow
        self._held: dict[tuple[str, str], list[Resource]] = {}
        self._deducted = Counter[str]()

    def deduct(self, record: UsageRecord, resource: Resource) -> None:
        """Deduct a record about ``resource`` from packages, and set what is left to charge.

        The package that the record names comes first, then those of its kind in the order in which they were bought.
        Beyond the quota of packages that stop, nothing is charged.
        """
        held = self._packages_of(resource)
        named = next((one for one in held if one.instance_id == record.relate_pkg_instance), None)
        stops = named is not None and _stops(named)
        alike = [one for one in held if one is not named and _stops(one) is stops and usage_rules.covers(one, record)]
        left = record.units
        for position, (package, units) in enumerate(_shares(left, [named, *alike] if named else alike)):
            record.deductions.append(Deduction(position=position, instance_id=package.instance_id, units=units))
            self._take(package, units)
            left -= units
        record.charged_units = 0 if stops else left

    def finish(self) -> None:
        """Write down what was deducted from each package."""
        for instance_id, units in self._deducted.items():
            self._uow.record("package.deducted", instance=instance_id, usage=usage_rules.number(units))

    def _packages_of(self, resource: Resource) -> list[Resource]:
        key = (resource.account_id, resource.order.content_id)
        if key not in self._held:
            self._held[key] = list(self._uow.session.scalars(packages.held(*key)))
        return self._held[key]

    def _take(self, package: Resource, units: int) -> None:
        package.used_units += units
        self._deducted[package.instance_id] += units
        if usage_rules.left(package) == 0 and package.state is ResourceState.IN_USE:
            package.state = ResourceState.USED_UP
            self._uow.record("package.used-up", instance=package.instance_id)


def _shares(units: int, held: list[Resource]) -> Iterator[tuple[Resource, int]]:
    """What is deducted from each package. Packages from which nothing is deducted are left out."""
    for package in held:
        share = min(units, usage_rules.left(package))
        if share:
            yield package, share
        units -= share


def _stops(package: Resource) -> bool:
    return package.package is not None and package.package.stops
