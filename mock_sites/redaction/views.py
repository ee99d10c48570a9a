"""What a text says without its encodings, and where in the text each part of that is written."""

import base64
import binascii
import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import unquote

DEEPEST: Final = 4
"""How many layers of JSON, HTML and addresses may be around something."""

_BASE64: Final = re.compile(r"(?<![\w+/])[A-Za-z0-9+/_-]{24,}={0,2}")
_ESCAPED: Final = re.compile(
    r"\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[nrt]|\\[^\w\s]|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"
    r"|(?:%[0-9a-fA-F]{2})+"
)
_ONE_ALPHABET: Final = str.maketrans("-_", "+/")
_LETTERS: Final = {"n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True)
class View:
    """A text, or what is encoded in it.

    Attributes:
        text: what it says.
        source: the view that holds it in an encoding; none for the text itself.
        starts: where in ``text`` its pieces begin.
        pieces: for each piece, where in the source it begins and ends. A piece is written there as it is, or is the
            whole of something decoded.
        of_base64: whether a piece is Base64 in the source: four characters for three.
    """

    text: str
    source: Self | None = None
    starts: list[int] = field(default_factory=list[int])
    pieces: list[tuple[int, int, bool]] = field(default_factory=list[tuple[int, int, bool]])
    of_base64: bool = False

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original text the part from ``start`` to before ``end`` is written."""
        if self.source is None:
            return start, end
        return self.source.place(self._before(start)[0], self._before(end - 1)[1])

    def _before(self, position: int) -> tuple[int, int]:
        """Where the character at ``position`` begins and ends in the source."""
        number = bisect_right(self.starts, position) - 1
        begins, ends, as_it_is = self.pieces[number]
        within = position - self.starts[number]
        if self.of_base64:
            return begins + within * 4 // 3, begins - (within + 1) * 4 // -3
        return (begins + within, begins + within + 1) if as_it_is else (begins, ends)


def views(text: str) -> Iterator[View]:
    """``text`` as it is, and what it says without its encodings: of JSON, HTML, addresses and Base64."""
    view = View(text)
    for _layer in range(DEEPEST):
        yield view
        if (held := in_base64(view)).text:
            yield held
            inner = without_escapes(held)
            if inner.text != held.text:
                yield inner
        plain = without_escapes(view)
        if plain.text == view.text:
            return
        view = plain
    yield view


def without_escapes(view: View) -> View:
    """One layer of escapes less: of JSON and scripts, HTML, and addresses."""
    source = view.text.replace("+", " ")
    made = _Parts()
    last = 0
    for found in _ESCAPED.finditer(source):
        made.add(source[last : found.start()], last, found.start(), as_it_is=True)
        made.add(_unescaped(found[0]), found.start(), found.end())
        last = found.end()
    made.add(source[last:], last, len(source), as_it_is=True)
    return View("".join(made.texts), view, made.starts, made.pieces)


def in_base64(view: View) -> View:
    """The texts that are written in Base64, each in a line of its own."""
    made = _Parts()
    for begins, ends, held in _held(view.text):
        made.add(held + "\n", begins, ends)
    return View("".join(made.texts), view, made.starts, made.pieces, of_base64=True)


@dataclass
class _Parts:
    """The parts of a view that is being made."""

    texts: list[str] = field(default_factory=list[str])
    starts: list[int] = field(default_factory=list[int])
    pieces: list[tuple[int, int, bool]] = field(default_factory=list[tuple[int, int, bool]])
    length: int = 0

    def add(self, text: str, begins: int, ends: int, *, as_it_is: bool = False) -> None:
        """One more, and where it begins and ends in the source."""
        if text:
            self.texts.append(text)
            self.starts.append(self.length)
            self.pieces.append((begins, ends, as_it_is))
            self.length += len(text)


def _held(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _BASE64.finditer(text):
        if held := decoded(found[0]):
            yield found.start(), found.end(), held
        elif "/" in found[0]:  # it may be the last part of a path
            begins = found.start() + found[0].rindex("/") + 1
            if held := decoded(text[begins : found.end()]):
                yield begins, found.end(), held


def decoded(text: str) -> str:
    """The text that Base64 holds, in either alphabet, a character for each octet; empty if it holds none."""
    digits = text.rstrip("=").translate(_ONE_ALPHABET)
    try:
        content = base64.b64decode(digits + "=" * (-len(digits) % 4))
        content.decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return content.decode("latin-1")


def _unescaped(escape: str) -> str:
    if escape[0] == "&":
        return html.unescape(escape)
    if escape[0] == "%":
        return unquote(escape, errors="surrogateescape")
    if escape[1] in "ux":
        return chr(int(escape.lstrip("\\ux"), 16))
    return _LETTERS.get(escape[1], escape[1])
