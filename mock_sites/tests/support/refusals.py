"""The sites that ask for no sign-in."""

from typing import Final

OPEN: Final = {"mailbox", "control", "control.api", "control.lost", "huawei.seller_center"}
"""The sites of people who run the mock or develop a seller."""
