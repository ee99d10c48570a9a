"""How often the marketplace repeats a failed call (spec huawei 2.8), and when it delists the product (2.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mock_sites.huawei.protocol import sources
from mock_sites.huawei.protocol.activities import Activity


@dataclass(frozen=True)
class Policy:
    """How often a failing operation is tried, and the pause in seconds between two tries."""

    pause: int
    tries: int
    source: str = field(default="", compare=False)
    """The page that states it. Empty if no document does."""


POLICIES: Final[Mapping[Activity, Policy]] = {
    Activity.NEW_INSTANCE: Policy(600, 19, sources.RETRIES),
    Activity.UPGRADE_INSTANCE: Policy(600, 19, sources.RETRIES),
    Activity.REFRESH_INSTANCE: Policy(120, 30, sources.RETRIES),
    Activity.RELEASE_INSTANCE: Policy(120, 30, sources.RETRIES),
    Activity.UPDATE_INSTANCE_STATUS: Policy(120, 60, sources.STATUS_RETRIES),
    Activity.ORDER_NOTIFY: Policy(600, 19, sources.V2_ORDER_NOTIFY),
}
"""Create, upgrade and the notification of an order are tried for 3 hours, renewal and release for 1 hour, a change of
status for 2 hours. The documents give the hours; the pauses are the mock's, except for the 2 minutes of renewals.
"""

ONCE: Final = Policy(0, 1)
"""The policy of calls that someone waits for or has sent by hand, and of the joint-operation kit."""

POLLING: Final = Policy(60, 180)
"""While an instance is being created, the seller is asked every minute for 3 hours. No document gives the pause."""

TOLERATED_FAILURES: Final = 5
"""The most failed orders in a month. A product with more is delisted (``sources.FAILURES``)."""

PROBE_HOURS: Final = (9, 15)
"""The hours of the day, in Beijing time, at which the saved cases of products on sale are sent. The documents say each
morning and each afternoon, and no hours (``sources.PROBES``).
"""

TOLERATED_DAYS: Final = 4
"""The most days in a row on which probes may fail. After one more the product is hidden, and cannot be bought
(``sources.PROBES``).
"""
