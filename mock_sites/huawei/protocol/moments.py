"""The time formats of the protocol (spec huawei 2.4, 2.5, 4.1)."""

from datetime import UTC, datetime, timedelta
from typing import Final

from mock_sites.world.clock import BEIJING

MILLISECOND: Final = timedelta(milliseconds=1)
"""The unit of ``timeStamp`` in V1.0 and in the kit."""

SKEW: Final = timedelta(seconds=60)
"""The largest difference between the ``timestamp`` of a V2.0 call and the seller's clock."""

QUERY_SKEW: Final = timedelta(minutes=15)
"""The largest difference between the ``X-Sdk-Date`` of an order query and the marketplace's clock."""

QUERY_DATE: Final = "%Y%m%dT%H%M%SZ"
"""The format of ``X-Sdk-Date``, in UTC."""


def to_the_second(moment: datetime) -> str:
    """``yyyyMMddHHmmss``, in UTC: ``expireTime`` and other times."""
    return f"{moment:%Y%m%d%H%M%S}"


def to_the_millisecond(moment: datetime) -> str:
    """``yyyyMMddHHmmssSSS``, in UTC: ``timeStamp`` of a call of the production interface of V1.0."""
    return f"{moment:%Y%m%d%H%M%S%f}"[:17]


def of_the_millisecond(text: str) -> datetime | None:
    """The moment of ``yyyyMMddHHmmssSSS``, in UTC. None for another text."""
    try:
        return datetime.strptime(f"{text}000", "%Y%m%d%H%M%S%f").replace(tzinfo=UTC) if len(text) == 17 else None
    except ValueError:
        return None


def in_the_kit(moment: datetime) -> str:
    """``yyyyMMddHHmmssSSS``, in Beijing time: ``timeStamp`` and ``currentSyncTime`` of the joint-operation kit."""
    return to_the_millisecond(moment + BEIJING)


def since_1970(moment: datetime) -> str:
    """``timestamp`` of a call of V2.0: milliseconds since 1970."""
    return str(int(moment.timestamp() * 1000))
