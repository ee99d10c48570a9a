"""Pages of Huawei Cloud speak as the real ones would. Only the ribbon and the footer say that they are a mock."""

import re
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

SITES: Final = Path(__file__).parents[1]

PACKAGES: Final = (
    "console",
    "marketplace",
    "buyer_center",
    "help_center",
    "unified_login",
    "templates",
    "domain",
)
"""What buyers and members see. The Seller Center is a tool for the developers of sellers, and says what it is."""

OUT_OF_CHARACTER: Final = re.compile(r"\bmock|模拟|\bthis test\b", re.IGNORECASE)


def texts() -> list[tuple[str, str]]:
    """The texts of these packages in English and Chinese."""
    with (SITES / "translations/zh/LC_MESSAGES/messages.po").open("rb") as file:
        catalogue = read_po(file, locale="zh")
    folders = tuple(f"mock_sites/huawei/{name}/" for name in PACKAGES)
    found = [message for message in catalogue if any(place.startswith(folders) for place, _ in message.locations)]
    return [(str(message.id), str(message.string)) for message in found]


def test_no_text_of_a_page_speaks_of_the_mock() -> None:
    assert len(texts()) > 300
    assert [text for text in texts() if any(OUT_OF_CHARACTER.search(one) for one in text)] == []
