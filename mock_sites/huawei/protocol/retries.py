"""How often the marketplace repeats a call that fails (spec huawei 2.8), and what becomes of the product (2.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mock_sites.huawei.protocol import sources
from mock_sites.huawei.protocol.activities import Activity


@dataclass(frozen=True)
class Policy:
    """How often a failing operation is tried, and with which pause in seconds."""

    pause: int
    tries: int
    source: str = field(default="", compare=False)
    """The page that states it; empty where no document does."""


POLICIES: Final[Mapping[Activity, Policy]] = {
    Activity.NEW_INSTANCE: Policy(600, 19, sources.RETRIES),
    Activity.UPGRADE_INSTANCE: Policy(600, 19, sources.RETRIES),
    Activity.REFRESH_INSTANCE: Policy(120, 30, sources.RETRIES),
    Activity.RELEASE_INSTANCE: Policy(120, 30, sources.RETRIES),
    Activity.UPDATE_INSTANCE_STATUS: Policy(120, 60, sources.STATUS_RETRIES),
}
"""Create and upgrade are tried for 3 hours, renewal and release for 1 hour, a change of status for 2 hours."""

ONCE: Final = Policy(0, 1)
"""Whatever somebody waits for, or has sent by hand; the joint-operation kit too."""

POLLING: Final = Policy(60, 180)
"""An instance that is being made is asked for every minute, for 3 hours. No document names the pause."""

TOLERATED_FAILURES: Final = 5
"""Orders that may fail in a month; a product with more is delisted (``sources.FAILURES``)."""
