"""Orders in the protocol: their lines, and the ids that exist only for tests (spec huawei 1.2, 2.6)."""

import re
from typing import Final

_LINE_NUMBER: Final = "-[0-9]{6}"


def line_of(order_id: str) -> str:
    """The id of the only line of an order."""
    return f"{order_id}-000001"


def is_line_of(order_id: str, line_id: str) -> bool:
    """Whether an id has the form of a line of this order."""
    return re.fullmatch(re.escape(order_id) + _LINE_NUMBER, line_id) is not None


MOCK_YEAR: Final = "MOCKPERIODYEARNEW"
MOCK_ONE_TIME: Final = "MOCKONETIMENEW"
MOCK_ON_DEMAND: Final = "MOCKONDEMAND"
MOCK_PACKAGE: Final = "MOCKONDEMANDPKG"
MOCK_TRIAL: Final = "MOCKPERIODDAYTRIAL"
MOCK_TRIAL_TO_FORMAL: Final = "MOCKMONTYTRIALTOFORMAL"
MOCK_UNSUBSCRIBE: Final = "MOCKMONTYUNSUBSCRIBE"
MOCK_RENEWAL: Final = "MOCKMONTYRENEW"
MOCK_CHANGE: Final = "MOCKMONTYCHANGE"
"""Huawei's own orders for tests by sellers. MONTY is Huawei's spelling."""

TRIAL_TO_FORMAL: Final = "TRIAL_TO_FORMAL"
RENEWAL: Final = "RENEWAL"
UNSUBSCRIBE_RENEWAL_PERIOD: Final = "UNSUBSCRIBE_RENEWAL_PERIOD"
RENEWAL_CHANGE: Final = "RENEWAL_CHANGE"
SCENES: Final = (TRIAL_TO_FORMAL, RENEWAL, UNSUBSCRIBE_RENEWAL_PERIOD, RENEWAL_CHANGE)
"""Why an instance is refreshed, in V2.0."""

FREEZE: Final = "FREEZE"
UNFREEZE: Final = "UNFREEZE"
STATUSES: Final = (FREEZE, UNFREEZE)
"""The new status of an instance, in V2.0."""

NORMAL: Final = "NORMAL"
STATUSES_V1: Final = (FREEZE, NORMAL)
"""The new status of an instance, in V1.0."""
