"""When a usage record is valid, when it is collected, and what it costs: plain rules (spec huawei 2.6b)."""

import re
from collections.abc import Container, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import floor
from typing import Final

from mock_sites.huawei.domain.states import ENDED
from mock_sites.huawei.domain.tables import Order, Package, Resource, UsageRecord
from mock_sites.huawei.protocol import usage_push
from mock_sites.world.clock import BEIJING

UNITS: Final = 10**usage_push.MOST_DECIMALS
"""A usage value of 1 in the units that are stored. Whole numbers of them are exact."""

COLLECTED_AFTER_HOUR: Final = timedelta(minutes=15)
COLLECTED_AFTER_DAY: Final = timedelta(hours=1)
"""How long after the end of an hour, or of a day in Beijing, its usage is collected."""

DRIFT: Final = timedelta(minutes=15)
"""How much earlier than its resource a window in real time may begin, as real time goes on while a world's stands."""

OLDEST: Final = timedelta(days=usage_push.OLDEST_DAYS)

Repetition = tuple[str | None, str] | tuple[str, datetime, datetime]


def moment(text: str) -> datetime | None:
    """The time that a record gives as ``yyyyMMdd'T'HHmmss'Z'``. None if it is written in another way."""
    if not re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", text):
        return None
    try:
        return datetime.strptime(text, usage_push.TIME_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def units(text: str) -> int | None:
    """A usage value in ``UNITS``. None if it is not a number above 0 with at most 4 decimals."""
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        return None
    exact = Decimal(text) * UNITS
    return int(exact) if exact == int(exact) and 0 < exact < usage_push.LARGEST_USAGE * UNITS else None


def fault(
    record: UsageRecord, resource: Resource | None, package: Resource | None = None, *, withdrawn: bool = False
) -> str:
    """The code of what is wrong with a record about ``resource``, apart from repetitions. Empty if it is right.

    The record has been ``read``. ``package`` is the one that it names. ``withdrawn`` says that the product of the
    resource was withdrawn.
    """
    return next(faults(record, resource, package, withdrawn=withdrawn), "")


def faults(
    record: UsageRecord, resource: Resource | None, package: Resource | None = None, *, withdrawn: bool = False
) -> Iterator[str]:
    """The codes of all that is wrong with a record."""
    if resource is None or record.product_id not in {"", resource.order.product.product_id}:
        yield usage_push.NO_INSTANCE
        return
    if record.relate_pkg_instance and not (package and _belong_together(package, resource)):
        yield usage_push.NO_INSTANCE
        return
    if record.other_seller:
        yield usage_push.OTHER_SELLER
    if withdrawn:
        yield usage_push.WITHDRAWN
    if resource.order.kind != "service":
        yield usage_push.NOT_ON_DEMAND
    yield from faults_of_values(record)
    if record.begins_at and record.ends_at:
        drift = DRIFT if record.moved_by else timedelta()
        yield from _faults_of_window(record.begins_at, record.ends_at, resource, drift)
        if package and not covers(package, record):
            yield usage_push.RESOURCE_STATE


def covers(package: Resource, record: UsageRecord) -> bool:
    """Whether usage in the window of a record is deducted from a package: from its payment until it is closed."""
    begin, end, paid_at = record.begins_at, record.ends_at, package.order.paid_at
    if begin is None or end is None or paid_at is None:
        return False
    drift = DRIFT if record.moved_by else timedelta()
    return paid_at.replace(microsecond=0) - drift <= end and (package.closed_at is None or begin < package.closed_at)


def must_name(record: UsageRecord, package: Order) -> bool:
    """Whether a record must name a package that stops when it is used up. ``package`` is its order.

    It must if its window ends after the seller had created the package. The time of a seller that measures in real time
    is not exact, and in doubt it need not.
    """
    begins, end = package.instance_created_at, record.ends_at
    return begins is not None and end is not None and begins < end


def _belong_together(package: Resource, resource: Resource) -> bool:
    """Whether it is a package of the same buyer for the same product."""
    same_product = package.order.content_id == resource.order.content_id
    return package.package_id is not None and package.account_id == resource.account_id and same_product


def left(package: Resource, offer: Package) -> int:
    """What is left of the quota of a package, in ``UNITS``."""
    return offer.quota_units - package.used_units


def number(used: int) -> str:
    """A usage value, from the units that are stored."""
    return f"{Decimal(used) / UNITS:f}"


def moved_by(record_time: str, now: datetime, outside: datetime) -> int:
    """Seconds from real time to the world's (``now``), if the record was made in real time (``outside``). Else 0.

    A seller outside of the world knows only real time. The time to which ``record_time`` is nearer decides.
    """
    made = moment(record_time)
    in_world = made is None or abs(made - now) <= abs(made - outside)
    return 0 if in_world else floor((now - outside).total_seconds())


def read(record: UsageRecord) -> None:
    """Read the times, in the world's time, and the value of a record."""
    begin, end, moved = moment(record.begin_time), moment(record.end_time), timedelta(seconds=record.moved_by or 0)
    record.begins_at, record.ends_at = begin and begin + moved, end and end + moved
    record.units = units(record.usage_value) or 0


def faults_of_values(record: UsageRecord) -> Iterator[str]:
    """The codes of what is wrong with a record that was ``read``, whatever its resource is."""
    if not record.units:
        yield usage_push.WRONG_USAGE
    if not record.metering_sn and not record.older:
        yield usage_push.SERIAL_MISSING
    if record.begins_at is None or record.ends_at is None or moment(record.record_time) is None:
        yield usage_push.WRONG_TIME
        return
    if record.begins_at < record.received_at - OLDEST:
        yield usage_push.TOO_OLD
    if not record.begins_at <= record.ends_at <= record.received_at:
        yield usage_push.WRONG_WINDOW


def _faults_of_window(begin: datetime, end: datetime, resource: Resource, drift: timedelta) -> Iterator[str]:
    """The resource begins with its order: before the seller creates the instance, there is nothing to measure."""
    began_at = resource.order.created_at.replace(microsecond=0) - drift
    if resource.state in ENDED or (resource.closed_at and resource.closed_at <= begin):
        yield usage_push.RESOURCE_STATE
    if begin < began_at or (resource.closed_at and resource.closed_at < end):
        yield usage_push.WRONG_WINDOW


def serial_of(record: UsageRecord) -> Repetition | None:
    """What no two accepted records of a product share: the serial number. None if the record has none."""
    return (record.content_id, record.metering_sn) if record.metering_sn else None


def window_of(record: UsageRecord) -> Repetition | None:
    """What no two accepted records share: the instance and its window. The first one counts."""
    return (record.instance_id, record.begins_at, record.ends_at) if record.begins_at and record.ends_at else None


def repetition(record: UsageRecord, accepted: Container[Repetition | None]) -> str:
    """The code of what a record repeats of ``accepted`` ones. Empty if it repeats nothing."""
    if (serial := serial_of(record)) and serial in accepted:
        return usage_push.SERIAL_REPEATED
    return usage_push.DUPLICATE if window_of(record) in accepted else ""


def next_collection(now: datetime, cycle: str) -> datetime:
    """When usage that is valid ``now`` is collected; ``cycle`` is hour (at minute 15) or day (at 01:00 in Beijing)."""
    here = now + BEIJING
    if cycle == "hour":
        due, step = here.replace(minute=0, second=0, microsecond=0) + COLLECTED_AFTER_HOUR, timedelta(hours=1)
    else:
        due, step = datetime.combine(here, time(), here.tzinfo) + COLLECTED_AFTER_DAY, timedelta(days=1)
    return (due if here < due else due + step) - BEIJING


def day_of(begins_at: datetime) -> date:
    """The day in Beijing on whose bill a window is: the one on which it begins."""
    return (begins_at + BEIJING).date()


def cost(used: int, usage_fen: int) -> int:
    """The cost of ``used`` units in fen, rounded half up; ``usage_fen`` is the price of a usage value of 1."""
    return int((Decimal(used) * usage_fen / UNITS).quantize(Decimal(1), ROUND_HALF_UP))
