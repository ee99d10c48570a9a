"""Parts of the paths of pages: numbers, and ids that others have chosen, such as the instance id of a seller."""

from typing import Any
from urllib.parse import quote

from werkzeug.routing import BaseConverter, IntegerConverter, Map

from mock_sites.http import opaque_ids
from mock_sites.world.database import LARGEST_NUMBER


class Number(IntegerConverter):
    """A whole number that can be that of a row. A larger one is the address of nothing."""

    def __init__(self, rules: Map) -> None:
        """Made by the rules that have such a part."""
        super().__init__(rules, max=LARGEST_NUMBER)


class OpaqueId(BaseConverter):
    """Any text as one part of a path. A slash in it is written as ``%252F``, since servers take ``%2F`` for one."""

    def to_python(self, value: str) -> str:
        """The text that a part of a path stands for."""
        return opaque_ids.from_segment(value)

    def to_url(self, value: Any) -> str:
        """The text as a part of a path."""
        return quote(opaque_ids.to_segment(str(value)), safe="")


def add_converters(rules: Map) -> None:
    """Let the rules of an app have such parts: ``/calls/<int:number>``, ``/services/<opaque:instance_id>``."""
    rules.converters |= {"int": Number, "opaque": OpaqueId}
