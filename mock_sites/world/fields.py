"""Rules of what may be entered in a field. A rule stands beside the rows it is about; forms read it from there."""

import re
from dataclasses import dataclass
from typing import Final

from mock_sites.world.errors import Refusal

LONGEST_TEXT: Final = 128
"""Characters of a text for which no document names a limit."""


@dataclass(frozen=True)
class FieldRule:
    """How a text is written: as ``pattern`` from its beginning to its end, or else ``complaint`` is said."""

    pattern: str
    complaint: str

    def allows(self, text: str) -> bool:
        """Whether the text is written so."""
        return re.fullmatch(self.pattern, text) is not None

    def check(self, text: str, field: str) -> None:
        """Refuse a text that is not written so.

        Raises:
            Refusal: for ``field``.
        """
        if not self.allows(text):
            raise Refusal(self.complaint, field=field)
