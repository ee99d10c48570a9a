"""What a text says without its encodings, and where in the text each part of that is written."""

import base64
import binascii
import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Self
from urllib.parse import unquote

from mock_sites.redaction.search import Search

DEEPEST: Final = 4
"""How many layers of JSON, HTML and addresses may be around something."""

_IN_BASE64: Final = Search(re.compile(r"(?<![\w+/])[A-Za-z0-9+/_-]{24,}={0,2}"), largest_count=24)
_ESCAPED: Final = re.compile(
    r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrt]|[^\w\s])|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"
    r"|%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*|\+"
)
AROUND: Final = 2000
"""How many characters before and after an escape are looked at together with it; more, where a word goes on."""
_EDGE: Final = re.compile(r"[\s\"'<>]")
_GAP: Final = '\n"\n'
"""Stands for what is left out between two escapes. No form of a secret goes over it."""
_ONE_ALPHABET: Final = str.maketrans("-_", "+/")
_LETTERS: Final = {"n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True)
class View:
    """A text, or what is encoded in it.

    Attributes:
        text: what it says.
        source: the view that holds it in an encoding; none for the text itself.
        starts: where in ``text`` its decoded pieces begin. What is after a piece is written in the source as it is.
        pieces: the length of each, and where in the source it begins and ends.
        of_base64: whether a piece is Base64 in the source: four characters for three.
    """

    text: str
    source: Self | None = None
    starts: list[int] = field(default_factory=list[int])
    pieces: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])
    of_base64: bool = False

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original text the part from ``start`` to before ``end`` is written."""
        if self.source is None:
            return start, end
        return self.source.place(self._before(start)[0], self._before(end - 1)[1])

    def _before(self, position: int) -> tuple[int, int]:
        """Where the character at ``position`` begins and ends in the source."""
        number = bisect_right(self.starts, position) - 1
        length, begins, ends = self.pieces[number] if number >= 0 else (0, 0, 0)
        within = position - (self.starts[number] if number >= 0 else 0)
        if within >= length:
            return ends + within - length, ends + within - length + 1
        if self.of_base64:
            return begins + within * 4 // 3, begins - (within + 1) * 4 // -3
        return begins, ends


def views(text: str) -> Iterator[View]:
    """``text`` as it is, and what it says without its encodings: of JSON, HTML, addresses and Base64.

    What is far from all escapes says nothing else without them. It is in the view with the escapes only.
    """
    view = View(text)
    for _layer in range(DEEPEST):
        yield view
        if (held := in_base64(view)).text:
            yield held
            if (inner := without_escapes(held)).text:
                yield inner
        view = without_escapes(view)
        if not view.text:
            return
    yield view


def without_escapes(view: View) -> View:
    """One layer of escapes less: of JSON and scripts, HTML, and addresses. Empty if there are none."""
    text = view.text
    made = _Parts(text)
    for found in _ESCAPED.finditer(text):
        escape = found[0]
        if (unescaped := _unescaped(escape)) != escape:
            begins, ends = found.span()
            if begins - made.last > 2 * AROUND:
                stop = _edge(text, made.last + AROUND, begins) if made.last else 0
                made.leave_out(stop, _edge(text, begins - AROUND, begins), begins)
            made.put(unescaped, begins, ends)
    if made.texts:
        made.texts.append(text[made.last : _edge(text, made.last + AROUND, len(text))])
    return View("".join(made.texts), view, made.starts, made.pieces)


def _edge(text: str, position: int, stop: int) -> int:
    """Where the word at a position ends, or ``stop`` if that is before."""
    found = _EDGE.search(text, position, stop)
    return found.start() if found else stop


def in_base64(view: View) -> View:
    """The texts that are written in Base64, each in a line of its own."""
    made = _Parts(view.text)
    for begins, ends, held in _held(view.text):
        made.last = begins
        made.put(held + "\n", begins, ends)
    return View("".join(made.texts), view, made.starts, made.pieces, of_base64=True)


@dataclass
class _Parts:
    """The parts of a view that is being made of a source.

    Attributes:
        last: where in the source what comes next begins.
    """

    source: str
    texts: list[str] = field(default_factory=list[str])
    starts: list[int] = field(default_factory=list[int])
    pieces: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])
    length: int = 0
    last: int = 0

    def put(self, text: str, begins: int, ends: int) -> None:
        """What is written as it is up to a place in the source, and what is decoded there."""
        self.texts += self.source[self.last : begins], text
        self.length += begins - self.last
        self.starts.append(self.length)
        self.pieces.append((len(text), begins, ends))
        self.length += len(text)
        self.last = ends

    def leave_out(self, stop: int, start: int, least: int) -> None:
        """Leave out a part of the source, if it ends before a place."""
        if stop < start < least:
            self.put(_GAP, stop, start)


def _held(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _IN_BASE64(text)[0]:
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


@lru_cache(maxsize=10_000)
def _unescaped(escape: str) -> str:
    if escape[0] == "&":
        return html.unescape(escape)
    if escape == "+":
        return " "
    if escape[0] == "%":
        return unquote(escape, errors="surrogateescape")
    if escape[1] in "ux":
        return chr(int(escape.lstrip("\\ux"), 16))
    return _LETTERS.get(escape[1], escape[1])
