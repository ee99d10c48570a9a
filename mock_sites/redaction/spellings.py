"""The spellings of a value in the files of a recording: as it is, in addresses, forms, JSON, HTML and Base64."""

import base64
import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote, quote_plus

SIX_DIGITS: Final = re.compile(r"[0-9]{6}")

ALONE: Final = (r"(?<![0-9A-Za-z_.#])", r"(?![0-9A-Za-z_]|\.[0-9])")
"""What must be before and after six digits of a code, because six digits alone are not unique."""

CODE: Final = re.compile(SIX_DIGITS.pattern.join(ALONE))

_BASE64: Final = "[A-Za-z0-9+/_-]"

_WRITERS: Final[tuple[Callable[[str], str], ...]] = (
    lambda text: quote(text, safe=""),
    lambda text: re.sub("%..", lambda octet: octet[0].lower(), quote(text, safe="")),
    quote,
    quote_plus,
    lambda text: json.dumps(text)[1:-1],
    lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    html.escape,
    lambda text: html.escape(text).replace("&quot;", "&#34;").replace("&#x27;", "&#39;"),
    lambda text: html.escape(text, quote=False),
    # In a script on a page, and in a pattern that was looked for.
    lambda text: re.sub("[<>&']", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text))[1:-1],
    lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    re.escape,
    lambda text: re.escape(text).replace("/", "\\/"),
)


def written(value: str) -> set[str]:
    """``value`` as it is and in each spelling, also one within another, such as JSON in a form."""
    once = {value} | {write(value) for write in _WRITERS}
    return once | {write(text) for text in once for write in _WRITERS}


def patterns(value: str) -> Iterator[tuple[str, str]]:
    """For each spelling of ``value``: a text that is always in it, and a pattern of the whole."""
    alone = SIX_DIGITS.fullmatch(value)
    for text in written(value):
        pattern = re.escape(text)
        yield text, pattern.join(ALONE) if alone else pattern
    once = {value, *(write(value) for write in _WRITERS)}
    for core, before, after in {core for text in once for core in _cores(text.encode())}:
        for text in {core, core.replace("+", "-").replace("/", "_"), quote(core, safe="")}:
            yield text, f"{_BASE64 * before}{re.escape(text)}{f'{_BASE64}?' * after}(?:={{0,2}}|(?:%3D){{0,2}})"


def _cores(data: bytes) -> Iterator[tuple[str, int, int]]:
    """Base64 of ``data`` wherever they begin in a group of three: what is always the same, and what is mixed."""
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + data).decode().rstrip("=")
        mixed_before, mixed_after = (1 if shift else 0), (1 if (shift + len(data)) % 3 else 0)
        skipped = shift + mixed_before
        yield encoded[skipped : len(encoded) - mixed_after], mixed_before, mixed_after
