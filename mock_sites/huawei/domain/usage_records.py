"""Usage records: stored as sellers push them, validated by a job, and collected for the buyers' bills (spec huawei
2.6b).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, cast

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from mock_sites.huawei.domain import packages, usage_rules
from mock_sites.huawei.domain.deducting import Deductor
from mock_sites.huawei.domain.jobs import CollectUsage, ValidateUsage
from mock_sites.huawei.domain.sale import is_withdrawn
from mock_sites.huawei.domain.seller_tables import Seller
from mock_sites.huawei.domain.states import UsageState
from mock_sites.huawei.domain.tables import Account, Order, Resource
from mock_sites.huawei.domain.usage_rules import Repetition
from mock_sites.huawei.domain.usage_tables import DailyExpense, UsageRecord
from mock_sites.huawei.protocol import usage_push
from mock_sites.world.rows import are_any
from mock_sites.world.transport import time_outside
from mock_sites.world.unit_of_work import UnitOfWork

VALIDATION_SECONDS: Final = 60
"""How long after a push its records are validated. No document gives the time."""

MOST_AT_ONCE: Final = 1000
"""The most records that one job handles. The next ones follow in a further job."""


def receive(uow: UnitOfWork, records: Iterable[Mapping[str, str]], sold: set[str], *, older: bool) -> None:
    """Store the records of a push. ``sold`` are the products of the seller who signed it.

    ``older``: the push came by the older path, whose records have no serial number.
    """
    found = _read(uow, records, sold, older=older)
    uow.session.add_all(found)
    uow.record("usage.received", records=len(found))
    if not uow.is_waiting(ValidateUsage):
        uow.schedule(ValidateUsage(), after=VALIDATION_SECONDS)


def lack_package(uow: UnitOfWork, records: Iterable[Mapping[str, str]]) -> bool:
    """Whether a record names no package although it must."""
    nameless = {record["instance_id"] for record in records if not record["relate_pkg_instance"]}
    return packages.must_be_named(uow, nameless)


def refused_at_once(uow: UnitOfWork, records: Iterable[Mapping[str, str]], sold: set[str], *, older: bool) -> str:
    """The code with which a whole push is refused for a wrong record. Empty if it is taken.

    Only a seller whose settings say so gets it.
    """
    if not are_any(uow, select(Seller.content_id).where(Seller.content_id.in_(sold), Seller.refuses_usage_at_once)):
        return ""
    found = _read(uow, records, sold, older=older)
    resources = _resources(uow, found)
    for record in found:
        usage_rules.read(record)
        package = resources.get(record.relate_pkg_instance)
        for fault in usage_rules.faults(record, resources.get(record.instance_id), package):
            if fault in usage_push.AT_ONCE:
                return usage_push.AT_ONCE[fault]
    return ""


def _read(uow: UnitOfWork, records: Iterable[Mapping[str, str]], sold: set[str], *, older: bool) -> list[UsageRecord]:
    records, outside = list(records), time_outside()
    products = _products(uow, {record["instance_id"] for record in records})
    return [
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


def validate(uow: UnitOfWork, job: ValidateUsage) -> None:
    """The job: accept or refuse each record that was received. An accepted one waits for its collection."""
    found = _first(uow, select(UsageRecord).where(UsageRecord.state == UsageState.RECEIVED))
    for record in found:
        usage_rules.read(record)
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
        expense = DailyExpense(resource=resource, day=day, account_id=resource.account_id, units=0, fen=0)
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
