"""How reports show a call and its answer: everything except secrets."""

import re
from typing import Final

from mock_sites.huawei.conformance.model import SellerAnswer, SignedCall
from mock_sites.huawei.conformance.requests import MASK

MOST_SHOWN: Final = 4000
"""How many characters of a body are shown."""

_PASSWORD = re.compile(r'("(?:password|clientSecret)"\s*:\s*")(?:[^"\\]|\\.)+')
_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def mask(text: str, *keys: str) -> str:
    """``text`` without the keys, passwords, and characters that a report file cannot contain."""
    for key in filter(None, keys):
        text = text.replace(key, MASK)
    hidden = _PASSWORD.sub(rf"\1{MASK}", text)
    shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", hidden)
    return shown if len(shown) <= MOST_SHOWN else f"{shown[:MOST_SHOWN]}... ({len(shown)} characters)"


def shown_call(call: SignedCall) -> str:
    """The call as it was sent."""
    outgoing = call.outgoing
    lines = [f"{outgoing.method} {outgoing.url}", *(f"{name}: {value}" for name, value in outgoing.headers.items())]
    return "\n".join([*lines, "", outgoing.body.decode(errors="replace")]).rstrip()


def shown_answer(answer: SellerAnswer) -> str:
    """The answer as it was received, or why there is none."""
    if not answer.status:
        return f"{answer.fault} {answer.detail}".strip()
    lines = [f"HTTP {answer.status}", *(f"{name}: {value}" for name, value in answer.headers)]
    return "\n".join([*lines, "", answer.body.decode(errors="replace")]).rstrip()
