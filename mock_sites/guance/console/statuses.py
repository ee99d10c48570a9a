"""The statuses of logs, traces and events, as people read them."""

from typing import Final

from flask_babel import gettext as _

from mock_sites.guance.domain.telemetry.log_pattern import STATUSES
from mock_sites.world.errors import N_

COLOURS: Final = {"critical": "bad", "error": "bad", "warning": "busy", "nodata": "", "ok": "good", "info": ""}
"""The look of each status."""

NAMES: Final = {
    "critical": N_("Critical"),
    "error": N_("Error"),
    "warning": N_("Warning"),
    "nodata": N_("No data"),
    "ok": N_("Normal"),
    "info": N_("Info"),
}
"""What each status is called. A search takes the keys."""


def log_key() -> list[str]:
    """What the series of a chart of logs are called, in their order."""
    return [_(NAMES[status]) for status in STATUSES]
