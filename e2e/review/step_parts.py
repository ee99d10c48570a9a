"""All that happens in a step in an order: how it is compared, and merged into a baseline."""

from collections.abc import Mapping
from typing import Any, Final

from e2e.review.compare_content import DIALOGS, DOWNLOADS, SOCKETS, UPLOADS
from e2e.review.compare_storage import FORMS, STORAGE
from e2e.review.compare_style import LOOKS, PICTURES, SHEETS
from e2e.review.compare_traffic import CALLS, REQUESTS
from e2e.review.compare_world import CONSOLE, EVENTS, MAILS
from e2e.review.parts import SequenceDiff

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
