"""How reports show a call and its answer: everything except secrets."""

import re
from typing import Final

from mock_sites.huawei.conformance.model import SellerAnswer, SignedCall
from mock_sites.huawei.conformance.requests import MASK

MOST_SHOWN: Final = 4000
"""How many characters of a body are shown."""

_PASSWORD = re.compile(r'("(?:password|clientSecret)"\s*:\s*")(?:[^"\\]|\\.)+')
_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def mask(text: str, key: str) -> str:
    """``text`` without the key, passwords, and characters that a report file cannot contain."""
    hidden = _PASSWORD.sub(rf"\1{MASK}", text.replace(key, MASK))
    shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", hidden)
    return shown if len(shown) <= MOST_SHOWN else f"{shown[:MOST_SHOWN]}... ({len(shown)} characters)"


def shown_call(call: SignedCall, key: str) -> str:
    """The call as it was sent."""
    outgoing = call.outgoing
    lines = [f"{outgoing.method} {outgoing.url}", *(f"{name}: {value}" for name, value in outgoing.headers.items())]
    return mask("\n".join([*lines, "", outgoing.body.decode(errors="replace")]).rstrip(), key)


def shown_answer(answer: SellerAnswer, key: str) -> str:
    """The answer as it was received, or why there is none."""
    if not answer.status:
        return mask(f"{answer.fault} {answer.detail}".strip(), key)
    lines = [f"HTTP {answer.status}", *(f"{name}: {value}" for name, value in answer.headers)]
    return mask("\n".join([*lines, "", answer.body.decode(errors="replace")]).rstrip(), key)
