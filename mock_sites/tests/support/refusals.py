"""The sites that need no sign-in."""

from typing import Final

OPEN: Final = {"mailbox", "control", "control.api", "control.lost", "huawei.seller_center"}
"""The sites for people who run the mock or develop a seller."""
