"""How the matches of a regular expression begin, as an expression of RE2 that matches wherever the other one does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Final

from mock_sites.redaction.names import NAME, WIDE_NAME

_TOKEN: Final = re.compile(
    r"(?P<border>[$^]|\\[AbBZ])|(?P<atom>\\.|\[\^?(?:\\.|[^\]\\])+\]|[^()|[])|(?P<look>\(\?<?[=!])|(?P<back>\(\?P=\w+\))"
    r"|(?P<open>\((?:\?P<\w+>|\?:|(?!\?)))|(?P<close>\))|(?P<or>\|)",
    re.DOTALL,
)
_REPEAT: Final = re.compile(r"(?:\{(?P<least>[0-9]+)(?P<to>,(?P<most>[0-9]*))?\}|(?P<sign>[*+?]))[?+]?")
"""The parts of a regular expression, and how often a part is there."""

_FLAGS: Final = re.UNICODE | re.IGNORECASE | re.MULTILINE | re.DOTALL
_LETTER: Final = re.compile("[A-Za-z]")
_CLASS: Final = re.compile(r"\\[dwsDWS]")
_UNKNOWN: Final = re.compile(r"\\[^dwsDWSnrt\W]|\[\^.*\\[DWS]", re.DOTALL)
"""Escapes of which nothing is known in RE2, and classes that are smaller there within what a set leaves out."""

_NOT_ASCII: Final = r"\x{80}-\x{10ffff}"
"""What may be a letter, digit or blank for Python, and is none for RE2."""

_BLANK: Final = r"\x{b}\x{1c}-\x{1f}"
"""What else is a blank for Python."""

_I: Final = r"[i\x{130}\x{131}]"
"""The letter that has more forms for Python than for RE2, where the case does not matter."""


@dataclass(frozen=True)
class Beginning:
    """How the matches of an expression begin.

    Attributes:
        wider: an expression for RE2 that matches wherever the other one does. It does not know what has to be around.
        longest: the most characters that it takes to match.
    """

    wider: str
    longest: int


@dataclass
class _Group:
    """A group that is being read.

    Attributes:
        before: the most characters of what is before it.
        is_cut: whether what comes after it is left out, as it is in one of its branches.
        leaves_out: whether the rest of this branch is left out.
    """

    before: int = 0
    is_cut: bool = False
    leaves_out: bool = False

    def cut(self) -> None:
        """Leave out what follows."""
        self.is_cut = self.leaves_out = True


def beginning(pattern: re.Pattern[str], largest_count: int, farthest: int) -> Beginning:
    """The beginning of ``pattern``, up to where something may be repeated more than ``farthest`` times.

    Counts in ``{count,}`` that are larger than ``largest_count`` are open.

    Raises:
        ValueError: something is in it for which it is not known how RE2 reads it.
    """
    any_case = bool(pattern.flags & re.IGNORECASE)
    made: list[str] = []
    groups = [_Group()]
    longest = within = 0
    for token, least, most in _parts(pattern):
        kind, group = token.lastgroup, groups[-1]
        if within or kind == "look" or (kind == "open" and group.leaves_out):
            within += (kind in {"look", "open"}) - (kind == "close")
        elif kind == "or":
            group.leaves_out = False
            made.append("|")
        elif kind == "open":
            groups.append(_Group(longest))
            made.append("(?:")
        elif kind == "back":
            group.cut()
        elif kind == "close" or (kind == "atom" and not group.leaves_out):
            read = groups.pop() if kind == "close" else _Group(longest)
            made.append(")" if kind == "close" else _atom(token[0], any_case=any_case))
            longest += kind == "atom"
            fewest = min(least, 1) if read.is_cut else least
            if read.is_cut or most > farthest:
                groups[-1].cut()
                times = fewest
            else:
                times = int(most)
            made.append(_count(fewest, times, largest_count))
            longest = read.before + (longest - read.before) * times
    flags = "is" if any_case else "s"
    return Beginning(f"(?{flags}:{''.join(made)})", longest)


def _parts(pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int, float]]:
    """The parts of an expression, each with the least and the most times that it is there."""
    text = pattern.pattern.replace(NAME, WIDE_NAME)
    if not text.isascii() or pattern.flags & ~_FLAGS:
        raise ValueError(f"It is not known how RE2 reads {pattern!r}")
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if not token or (token.lastgroup == "atom" and _UNKNOWN.search(token[0])):
            raise ValueError(f"It is not known how RE2 reads {text[position:]!r}")
        repeat = _REPEAT.match(text, token.end())
        position = repeat.end() if repeat else token.end()
        yield token, *_times(repeat)


def _times(repeat: re.Match[str] | None) -> tuple[int, float]:
    if not repeat:
        return 1, 1
    if sign := repeat["sign"]:
        return int(sign == "+"), 1 if sign == "?" else inf
    least = int(repeat["least"])
    return least, int(repeat["most"] or 0) or inf if repeat["to"] else least


def _count(least: int, most: int, largest: int) -> str:
    if max(least, most) > largest:
        return f"{{{min(least, largest)},}}"
    return "" if least == most == 1 else f"{{{least},{most}}}"


def _atom(text: str, *, any_case: bool) -> str:
    """A character or a set of them for RE2, with what else it has for Python."""
    if any_case and text in {"i", "I"}:
        return _I
    if _CLASS.fullmatch(text):
        text = f"[{text}]"
    if text[0] != "[" or text[1] == "^":
        return text
    more = _BLANK * (r"\s" in text) + _NOT_ASCII * bool(_CLASS.search(text) or (any_case and _LETTER.search(text)))
    return f"[{more}{text[1:]}"
