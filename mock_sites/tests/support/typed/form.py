"""How tests send a form from its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mock_sites.tests.support.ready import Prepare, nothing

PASSWORD: Final = "Sesame-7"
"""The beginning of every typed password."""


@dataclass(frozen=True)
class TypedForm:
    """A form. ``free`` fields take any text, which is then shown at ``shown``. The form can also be sent to
    ``also``.
    """

    app: str
    path: str
    good: Mapping[str, str | bytes]
    who: str = "owner"
    free: tuple[str, ...] = ()
    shown: str = ""
    also: str = ""
    prefix: str = ""
    prepare: Prepare = nothing
    """Prepares the world for the form again. Returns what the session needs."""
