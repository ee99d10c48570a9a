"""The sites that need no sign-in."""

from typing import Final

OPEN: Final = {
    *("mailbox", "mailbox.api", "control", "control.api", "control.lost"),
    *("huawei.seller_center", "huawei.seller_center.api"),
}
"""The sites for people who run the mock or develop a seller."""
