"""All that happens in a step in an order: how it is compared, and merged into a baseline."""

from collections.abc import Mapping
from typing import Any, Final

from mock_sites.review.comparing.content import DIALOGS, DOWNLOADS, SOCKETS, UPLOADS
from mock_sites.review.comparing.parts import SequenceDiff
from mock_sites.review.comparing.storage import FORMS, STORAGE
from mock_sites.review.comparing.style import LOOKS, PICTURES, SHEETS
from mock_sites.review.comparing.traffic import CALLS, REQUESTS
from mock_sites.review.comparing.world import CONSOLE, EVENTS, MAILS

STEP_PARTS: Final[Mapping[str, SequenceDiff[Any]]] = {
    "requests": REQUESTS,
    "forms": FORMS,
    "dialogs": DIALOGS,
    "downloads": DOWNLOADS,
    "uploads": UPLOADS,
    "sockets": SOCKETS,
    "storage": STORAGE,
    "sheets": SHEETS,
    "pictures": PICTURES,
    "looks": LOOKS,
    "events": EVENTS,
    "mails": MAILS,
    "calls": CALLS,
    "console": CONSOLE,
}
"""By the attribute of a step that holds it."""
