"""Ids in addresses that others have chosen, such as the instance id of a seller: they may contain slashes."""

from typing import Any, Final
from urllib.parse import quote

from werkzeug.routing import BaseConverter, Map


class OpaqueId(BaseConverter):
    """Any text as one part of a path. A slash in it is written as ``%252F``, since servers take ``%2F`` for one."""

    def to_python(self, value: str) -> str:
        """The text that a part of a path stands for."""
        return value.replace("%2F", "/").replace("%25", "%")

    def to_url(self, value: Any) -> str:
        """The text as a part of a path."""
        return quote(str(value).replace("%", "%25").replace("/", "%2F"), safe="")


NAME: Final = "opaque"
"""What rules call it, as in ``/services/<opaque:instance_id>``."""


def know_opaque_ids(rules: Map) -> None:
    """Let the rules of an app have parts of this kind."""
    rules.converters[NAME] = OpaqueId
