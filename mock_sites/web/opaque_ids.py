"""Ids in addresses that others have chosen, such as the instance id of a seller: they may contain slashes."""

from typing import Any, Final
from urllib.parse import quote

from werkzeug.routing import BaseConverter, Map

from mock_sites.http import opaque_ids


class OpaqueId(BaseConverter):
    """Any text as one part of a path. A slash in it is written as ``%252F``, since servers take ``%2F`` for one."""

    def to_python(self, value: str) -> str:
        """The text that a part of a path stands for."""
        return opaque_ids.from_segment(value)

    def to_url(self, value: Any) -> str:
        """The text as a part of a path."""
        return quote(opaque_ids.to_segment(str(value)), safe="")


NAME: Final = "opaque"
"""What rules call it, as in ``/services/<opaque:instance_id>``."""


def know_opaque_ids(rules: Map) -> None:
    """Let the rules of an app have parts of this kind."""
    rules.converters[NAME] = OpaqueId
