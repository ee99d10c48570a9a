"""Finds what regular expressions match in long texts: RE2 looks for wider ones, and Python matches at these places."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import re2

from mock_sites.redaction.names import NAME, WIDE_NAME

_TOKEN: Final = re.compile(
    r"(?P<escape>\\.)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<look>\(\?<?[=!])|(?P<back>\(\?P=\w+\))|(?P<open>\((?:\?P<\w+>|\?:)?)|(?P<close>\))"
    r"|(?P<repeat>(?P<counts>\{(?P<least>[0-9]+)(?:,(?P<most>[0-9]*))?\}|[*+?])(?P<lazy>\??)\+?)|(?P<literal>.)",
    re.DOTALL,
)
"""The parts of a regular expression."""

_CLASS: Final = re.compile(r"\\[wsWSD]")
_BORDERS: Final = {"^", "$", r"\b", r"\B", r"\A", r"\Z"}

_NOT_ASCII: Final = r"\x{80}-\x{10ffff}"
"""What may be a letter or a blank for Python, and is neither for RE2."""

_CONTINUING: Final = bytes(range(0x80, 0xC0))
"""Octets of UTF-8 after the first one of a character."""


class Search:
    """Finds the matches of several expressions, in one pass over a text."""

    def __init__(self, *patterns: re.Pattern[str], largest_count: int = 16) -> None:
        """Look for these. No one of them matches an empty text.

        RE2 has to remember each count in ``{count,}``: larger ones are open for it, or it would be slow.
        """
        options = re2.Options()
        options.max_mem = 1 << 26
        options.log_errors = False
        self._patterns = patterns
        self._wide = re2.compile("|".join(wider(pattern, largest_count) for pattern in patterns).encode(), options)

    def __call__(self, text: str) -> Sequence[list[re.Match[str]]]:
        """For each expression what its ``finditer`` finds."""
        found: list[list[re.Match[str]]] = [[] for _pattern in self._patterns]
        for start, stop in self._places(text):
            for pattern, matches in zip(self._patterns, found, strict=True):
                position = max(start, matches[-1].end()) if matches else start
                while position < stop:
                    if match := pattern.match(text, position):
                        matches.append(match)
                    position = match.end() if match else position + 1
        return found

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where matches begin: from a place to before another one."""
        written = text.encode(errors="surrogatepass")
        spans: Iterator[tuple[int, int]] = (found.span() for found in self._wide.finditer(written))
        if len(written) == len(text):
            yield from spans
            return
        characters = last = 0
        for start, stop in spans:
            characters += _characters(written[last:start])
            yield characters, characters + _characters(written[start:stop])
            last = start


def wider(pattern: re.Pattern[str], largest_count: int) -> str:
    """An expression of RE2 that matches wherever ``pattern`` does. It does not know what has to be around that."""
    made: list[str] = []
    depth = inside = 0
    for token in _TOKEN.finditer(pattern.pattern.replace(NAME, WIDE_NAME)):
        depth += token.lastgroup in {"look", "open"}
        if token.lastgroup == "look" and not inside:
            inside = depth
        if not inside:
            made.append(_wider(token, largest_count))
        if token.lastgroup == "close":
            inside = 0 if inside == depth else inside
            depth -= 1
    flags = "is" if pattern.flags & re.IGNORECASE else "s"
    return f"(?{flags}:{''.join(made)})"


def _wider(token: re.Match[str], largest_count: int) -> str:
    text = token[0]
    if token.lastgroup == "back":
        return ".*?"
    if token.lastgroup == "open":
        return "(?:"
    if token.lastgroup == "repeat":
        return _wider_repeat(token, largest_count)
    if token.lastgroup == "set" and text[1] != "^":
        return _CLASS.sub(lambda each: each[0] + _NOT_ASCII, text)
    if token.lastgroup == "escape" and _CLASS.fullmatch(text):
        return f"[{text}{_NOT_ASCII}]"
    return "" if text in _BORDERS else text


def _wider_repeat(token: re.Match[str], largest: int) -> str:
    least, most = int(token["least"] or 0), int(token["most"] or 0)
    counts = token["counts"] if max(least, most) <= largest else f"{{{min(least, largest)},}}"
    return counts + token["lazy"]


def _characters(written: bytes) -> int:
    """How many characters begin in a part of a text in UTF-8."""
    return len(written.translate(None, _CONTINUING))
