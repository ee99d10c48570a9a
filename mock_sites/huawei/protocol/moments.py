"""How the protocol writes moments (spec huawei 2.4, 2.5, 4.1)."""

from datetime import datetime, timedelta
from typing import Final

from mock_sites.world.clock import BEIJING

MILLISECOND: Final = timedelta(milliseconds=1)
"""What ``timeStamp`` of V1.0 and of the kit counts in."""

SKEW: Final = timedelta(seconds=60)
"""How far the ``timestamp`` of a call of V2.0 may be from the seller's clock."""

QUERY_SKEW: Final = timedelta(minutes=15)
"""How far ``X-Sdk-Date`` of an order query may be from the marketplace's clock."""

QUERY_DATE: Final = "%Y%m%dT%H%M%SZ"
"""The form of ``X-Sdk-Date``, in UTC."""


def to_the_second(moment: datetime) -> str:
    """``yyyyMMddHHmmss``: ``expireTime`` and the like, in UTC."""
    return f"{moment:%Y%m%d%H%M%S}"


def to_the_millisecond(moment: datetime) -> str:
    """``yyyyMMddHHmmssSSS``: ``timeStamp`` of a call of the production interface of V1.0, in UTC."""
    return f"{moment:%Y%m%d%H%M%S%f}"[:17]


def in_the_kit(moment: datetime) -> str:
    """``timeStamp`` and ``currentSyncTime`` of the joint-operation kit: the same, but in Beijing time."""
    return to_the_millisecond(moment + BEIJING)


def since_1970(moment: datetime) -> str:
    """``timestamp`` of a call of V2.0: milliseconds since 1970."""
    return str(int(moment.timestamp() * 1000))
