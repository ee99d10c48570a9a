"""Usage records: stored as sellers push them, validated by a job, and collected for the buyers' bills (spec huawei
2.6b).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from typing import Final, cast

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from mock_sites.huawei.domain import packages, usage_rules
from mock_sites.huawei.domain.deducting import Deductor
from mock_sites.huawei.domain.jobs import CollectUsage, ValidateUsage
from mock_sites.huawei.domain.sale import is_withdrawn
from mock_sites.huawei.domain.states import UsageState
from mock_sites.huawei.domain.tables import Account, DailyExpense, Order, Resource, Seller, UsageRecord
from mock_sites.huawei.domain.usage_rules import Repetition
from mock_sites.huawei.protocol import usage_push
from mock_sites.world.rows import are_any
from mock_sites.world.transport import time_outside
from mock_sites.world.unit_of_work import UnitOfWork

VALIDATION_SECONDS: Final = 60
"""How long after a push its records are validated. No document gives the time."""

MOST_AT_ONCE: Final = 1000
"""The most records that one job handles. The next ones follow in a further job."""


@dataclass(frozen=True)
class WrongRecord:
    """The record because of which a whole push is refused. ``position`` counts from 0, ``reason`` is a sentence."""

    position: int
    code: str
    reason: str


def read(uow: UnitOfWork, records: Iterable[Mapping[str, str]], sold: set[str], *, older: bool) -> list[UsageRecord]:
    """The records of a push. ``sold`` are the products of the seller who signed it.

    ``older``: the push came by the older path, whose records have no serial number.
    """
    records, outside = list(records), time_outside()
    products = _products(uow, {record["instance_id"] for record in records})
    found = [
        UsageRecord(
            received_at=uow.now,
            content_id=(content_id := products.get(record["instance_id"])),
            other_seller=content_id is not None and content_id not in sold,
            older=older,
            moved_by=usage_rules.moved_by(record["record_time"], uow.now, outside),
            **record,
        )
        for record in records
    ]
    for record in found:
        usage_rules.read(record)
    return found


def receive(uow: UnitOfWork, records: list[UsageRecord]) -> None:
    """Store the records of a push."""
    uow.session.add_all(records)
    uow.record("usage.received", records=len(records))
    if not uow.is_waiting(ValidateUsage):
        uow.schedule(ValidateUsage(), after=VALIDATION_SECONDS)


def lacking_package(uow: UnitOfWork, records: list[UsageRecord]) -> WrongRecord | None:
    """The first record that names no package although it must. A seller learns nothing of another's instances."""
    nameless = [not one.relate_pkg_instance and not one.other_seller for one in records]
    to_be_named = packages.to_be_named(uow, {one.instance_id for one in compress(records, nameless)})
    for position, record in enumerate(records):
        package = to_be_named.get(record.instance_id) if nameless[position] else None
        if package and usage_rules.must_name(record, package):
            reason = _PACKAGE_MISSING.format(instance=record.instance_id, package=package.instance_id)
            return WrongRecord(position, usage_push.MISSING, reason)
    return None


_PACKAGE_MISSING: Final = (
    f"{usage_push.PACKAGE} is missing. The buyer of {{instance}} has the package {{package}} of the same product. It"
    f" stops when it is used up, and the seller had created it before the {usage_push.END_TIME}."
)


def refused_at_once(uow: UnitOfWork, records: list[UsageRecord], sold: set[str]) -> WrongRecord | None:
    """The first record that is wrong, if the settings of the seller of the products ``sold`` say that a push is then
    refused.
    """
    if not are_any(uow, select(Seller.content_id).where(Seller.content_id.in_(sold), Seller.refuses_usage_at_once)):
        return None
    resources = _resources(uow, records)
    for position, record in enumerate(records):
        package = resources.get(record.relate_pkg_instance)
        for fault in usage_rules.faults(record, resources.get(record.instance_id), package):
            if fault in usage_push.AT_ONCE:
                return WrongRecord(position, usage_push.AT_ONCE[fault], usage_push.RECORD_CODES[fault])
    return None


def validate(uow: UnitOfWork, job: ValidateUsage) -> None:
    """The job: accept or refuse each record that was received. An accepted one waits for its collection."""
    found = _first(uow, select(UsageRecord).where(UsageRecord.state == UsageState.RECEIVED))
    resources, accepted = _resources(uow, found), _accepted_before(uow, found)
    for record in found:
        withdrawn = record.content_id is not None and is_withdrawn(uow, record.content_id)
        resource, package = resources.get(record.instance_id), resources.get(record.relate_pkg_instance)
        fault = usage_rules.fault(record, resource, package, withdrawn=withdrawn)
        record.code = fault or usage_rules.repetition(record, accepted)
        if record.code:
            record.state = UsageState.REFUSED
        else:
            accepted |= {usage_rules.serial_of(record), usage_rules.window_of(record)}
            _accept(uow, record)
    refused = [record.code for record in found if record.code]
    uow.record("usage.validated", accepted=len(found) - len(refused), refused=refused)
    if len(found) == MOST_AT_ONCE:
        uow.schedule(job)


def collect(uow: UnitOfWork, job: CollectUsage) -> None:
    """The job: deduct the accepted records whose time has come from the buyers' packages, and put the rest on their
    bills. What was billed stays.
    """
    due = select(UsageRecord).where(UsageRecord.state == UsageState.ACCEPTED, UsageRecord.collected_at <= uow.now)
    found = _first(uow, due)
    changed, deductor = dict[DailyExpense, int](), Deductor(uow)
    for record in found:
        resource = uow.session.get_one(Resource, record.instance_id)
        resource.used_units += record.units
        deductor.deduct(record, resource)
        if record.charged_units:
            expense = _expense_of(uow, record, resource)
            changed.setdefault(expense, expense.fen)
            _charge(uow, expense, record.charged_units)
        record.state = UsageState.BILLED
    deductor.finish()
    for expense, before in changed.items():
        uow.record("usage.billed", instance=expense.instance_id, day=str(expense.day), fen=expense.fen - before)
    if len(found) == MOST_AT_ONCE:
        uow.schedule(job)


def _first(uow: UnitOfWork, wanted: Select[UsageRecord]) -> list[UsageRecord]:
    return list(uow.session.scalars(wanted.order_by(UsageRecord.number).limit(MOST_AT_ONCE)))


def _products(uow: UnitOfWork, instances: set[str]) -> dict[str, str]:
    """The products of the instances that exist."""
    wanted = select(Resource.instance_id, Order.content_id).join(Resource.order)
    return dict(uow.session.execute(wanted.where(Resource.instance_id.in_(instances))).all())


def _resources(uow: UnitOfWork, records: list[UsageRecord]) -> dict[str, Resource]:
    """The instances of the records, and the packages that they name."""
    named = {name for record in records for name in (record.instance_id, record.relate_pkg_instance)}
    wanted = select(Resource).where(Resource.instance_id.in_(named))
    found = uow.session.scalars(wanted.options(joinedload(Resource.order).joinedload(Order.product)))
    return {resource.instance_id: resource for resource in found}


def _accepted_before(uow: UnitOfWork, records: list[UsageRecord]) -> set[Repetition | None]:
    """Serial numbers and windows of earlier accepted records that ``records`` may repeat."""
    earlier = select(UsageRecord).where(UsageRecord.state.in_((UsageState.ACCEPTED, UsageState.BILLED)))
    same_serial = earlier.where(UsageRecord.metering_sn.in_({record.metering_sn for record in records} - {""}))
    same_window = earlier.where(
        UsageRecord.instance_id.in_({record.instance_id for record in records}),
        UsageRecord.begins_at.in_({record.begins_at for record in records} - {None}),
    )
    serials = {usage_rules.serial_of(record) for record in uow.session.scalars(same_serial)}
    return serials | {usage_rules.window_of(record) for record in uow.session.scalars(same_window)}


def _accept(uow: UnitOfWork, record: UsageRecord) -> None:
    seller = uow.session.get(Seller, cast("str", record.content_id))
    collected_at = usage_rules.next_collection(uow.now, seller.billing_cycle if seller else "day")
    waiting = select(UsageRecord.number).where(
        UsageRecord.state == UsageState.ACCEPTED, UsageRecord.collected_at == collected_at
    )
    if not are_any(uow, waiting):
        uow.schedule(CollectUsage(), after=(collected_at - uow.now).total_seconds())
    record.state, record.collected_at = UsageState.ACCEPTED, collected_at


def _expense_of(uow: UnitOfWork, record: UsageRecord, resource: Resource) -> DailyExpense:
    day = usage_rules.day_of(cast("datetime", record.begins_at))
    expense = uow.session.get(DailyExpense, (resource.instance_id, day))
    if expense is None:
        bought = {"account_id": resource.account_id, "content_id": resource.order.content_id}
        expense = DailyExpense(resource=resource, day=day, units=0, fen=0, **bought)
        uow.session.add(expense)
        uow.session.flush()
    return expense


def _charge(uow: UnitOfWork, expense: DailyExpense, units: int) -> None:
    """Add usage to a day. The day's cost is rounded as a whole. The account pays what has been added."""
    resource = expense.resource
    expense.units += units
    added = usage_rules.cost(expense.units, resource.order.product.usage_fen) - expense.fen
    expense.fen += added
    resource.used_fen += added
    uow.session.get_one(Account, expense.account_id).used_fen += added
