"""Deducting usage from packages before the rest is charged (spec huawei 2.6b)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mock_sites.huawei.domain import packages, usage_rules
from mock_sites.huawei.domain.states import ResourceState
from mock_sites.huawei.domain.tables import Deduction, Package, Resource, UsageRecord
from mock_sites.world.unit_of_work import UnitOfWork


@dataclass
class _Held:
    """A buyer's packages of a product in the order in which they were bought: all by id, and those with quota left."""

    bought: dict[str, tuple[Resource, Package]]
    left: list[tuple[Resource, Package]]


class Deductor:
    """Deducts the records of one collection from the packages of their buyers."""

    def __init__(self, uow: UnitOfWork) -> None:
        """Nothing is deducted yet."""
        self._uow = uow
        self._held: dict[tuple[str, str], _Held] = {}
        self._deducted = Counter[str]()

    def deduct(self, record: UsageRecord, resource: Resource) -> None:
        """Deduct a record about ``resource`` from packages, and set what is left to charge.

        The package that the record names comes first, then those of its kind in the order in which they were bought.
        Beyond the quota of packages that stop, nothing is charged.
        """
        held, rest = self._packages_of(resource), record.units
        named = held.bought.get(record.relate_pkg_instance)
        stops = named is not None and named[1].stops
        for package, offer in _in_turn(held, named, record, stops=stops):
            units = min(rest, usage_rules.left(package, offer))
            if not units:
                break
            position = len(record.deductions)
            record.deductions.append(Deduction(position=position, instance_id=package.instance_id, units=units))
            self._take(package, offer, units)
            rest -= units
        if record.deductions:
            held.left = [one for one in held.left if usage_rules.left(*one)]
        if named and stops:
            record.uncharged_units = rest
            resource.uncharged_units += rest
            named[0].uncharged_units += rest
        else:
            record.charged_units = rest

    def finish(self) -> None:
        """Write down what was deducted from each package."""
        for instance_id, units in self._deducted.items():
            self._uow.record("package.deducted", instance=instance_id, usage=usage_rules.number(units))

    def _packages_of(self, resource: Resource) -> _Held:
        key = (resource.account_id, resource.order.content_id)
        if key not in self._held:
            rows = self._uow.session.execute(packages.held(*key).add_columns(Package))
            bought = {package.instance_id: (package, offer) for package, offer in rows}
            self._held[key] = _Held(bought, [one for one in bought.values() if usage_rules.left(*one)])
        return self._held[key]

    def _take(self, package: Resource, offer: Package, units: int) -> None:
        package.used_units += units
        self._deducted[package.instance_id] += units
        if usage_rules.left(package, offer) == 0 and package.state is ResourceState.IN_USE:
            package.state = ResourceState.USED_UP
            self._uow.record("package.used-up", instance=package.instance_id)


def _in_turn(
    held: _Held, named: tuple[Resource, Package] | None, record: UsageRecord, *, stops: bool
) -> Iterator[tuple[Resource, Package]]:
    """The packages with quota left from which a record is deducted. The named one is the first."""
    if named in held.left:
        yield named
    for one in held.left:
        if one is not named and one[1].stops is stops and usage_rules.covers(one[0], record):
            yield one
