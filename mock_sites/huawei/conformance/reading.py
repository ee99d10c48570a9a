"""Reads an answer: its JSON, its result code, and what it looks like."""

from collections.abc import Mapping
from typing import Any, Final, cast

from mock_sites.huawei.conformance.model import Look, SellerAnswer
from mock_sites.huawei.protocol import names
from mock_sites.huawei.protocol.codes import MISPRINT, PROCESSING
from mock_sites.world.foreign_text import read_json

Words = tuple[Look, str]
"""What an answer looks like, and its message."""

_SHOWN: Final = 120
"""How many characters of the seller's own message a diagnosis quotes."""


def content_of(body: bytes) -> dict[str, Any] | None:
    """The JSON object. None if it is none."""
    try:
        content = read_json(body)
    except ValueError:
        return None
    return cast("dict[str, Any]", content) if isinstance(content, dict) else None


def code_of(content: Mapping[str, Any]) -> str:
    """The result code, with some tolerance for its form. Empty if there is none."""
    value = content.get(names.RESULT_CODE)
    if isinstance(value, int):
        return f"{value:06d}"
    return PROCESSING if value == MISPRINT else value if isinstance(value, str) else ""


def message_of(content: Mapping[str, Any]) -> str:
    """The seller's own message, shortened."""
    return short(str(content.get(names.RESULT_MSG, "")))


def look_of(answer: SellerAnswer) -> Look:
    """What the answer looks like."""
    return Look(answer.status, code_of(content_of(answer.body) or {}))


def words_of(answer: SellerAnswer) -> Words:
    """What the answer looks like, and what it says."""
    return look_of(answer), message_of(content_of(answer.body) or {})


def short(text: str) -> str:
    """A text as far as a diagnosis quotes it."""
    text = text.encode(errors="replace").decode()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
