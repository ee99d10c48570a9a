"""Finds what regular expressions match in long texts: RE2 looks for beginnings, and Python matches at these places."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, cast

import re2

from mock_sites.redaction.beginnings import beginning

_NAME_OF_GROUP: Final = re.compile(r"\(\?P[<=]\w+")

_CONTINUING: Final = bytes(range(0x80, 0xC0))
"""Octets of UTF-8 after the first one of a character."""

_LONGEST_CHARACTER: Final = 4
"""Octets of UTF-8."""

_BLOCK: Final = 4096
"""The least octets of a block."""


class Search:
    """Finds the matches of several expressions, in one pass over a text.

    Where one expression matches often, RE2 would look each time how far the others go on, to the end of the text. So it
    looks for what begins in one block after the other, and no farther beyond each than it takes to know that.

    Attributes:
        patterns: the expressions.
    """

    def __init__(self, *patterns: re.Pattern[str], largest_count: int = 16, farthest: int = 200) -> None:
        """Look for these.

        RE2 has to remember each count in ``{count,}``: larger ones are open for it, or it would be slow. It decides by
        what is before something that may be repeated more than ``farthest`` times.

        Raises:
            ValueError: something is in an expression for which it is not known how RE2 reads it, or RE2 cannot decide
                by anything.
        """
        options = re2.Options()
        options.max_mem = 1 << 26
        options.log_errors = False
        beginnings = [beginning(pattern, largest_count, farthest) for pattern in patterns]
        self.patterns = patterns
        self._any = re.compile("|".join(_part(pattern, number) for number, pattern in enumerate(patterns)))
        self._wide = re2.compile("|".join(each.wider for each in beginnings).encode(), options)
        if self._wide.fullmatch(b""):
            raise ValueError("An expression begins with what may be left out")
        self._beyond = _LONGEST_CHARACTER * max(each.longest for each in beginnings)

    def __call__(self, text: str) -> Sequence[list[re.Match[str]]]:
        """For each expression what its ``finditer`` finds."""
        found: list[list[re.Match[str]]] = [[] for _pattern in self.patterns]
        ends = [0] * len(self.patterns)
        for start, stop in self._places(text):
            for position in range(max(start, min(ends)), stop):
                if self._any.match(text, position):
                    for number, pattern in enumerate(self.patterns):
                        if ends[number] <= position and (match := pattern.match(text, position)):
                            found[number].append(match)
                            ends[number] = match.end()
        return found

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where matches begin: from a place to before another one."""
        written = text.encode(errors="surrogatepass")
        if len(written) == len(text):
            yield from self._spans(written)
            return
        characters = last = 0
        for start, stop in self._spans(written):
            characters += _characters(written[last:start])
            yield characters, characters + _characters(written[start:stop])
            last = start

    def _spans(self, written: bytes) -> Iterator[tuple[int, int]]:
        start = 0
        while start < len(written):
            block = start + max(_BLOCK, self._beyond)
            following = block
            for found in self._wide.finditer(written, start, block + self._beyond):
                span = cast("tuple[int, int]", found.span())
                if span[0] >= block:
                    break
                yield span
                following = max(block, span[1])
            start = following


def _part(pattern: re.Pattern[str], number: int) -> str:
    """An expression as a part of another one, in which its groups have names of their own."""
    flags = "".join(sign for sign in "ims" if pattern.flags & re.RegexFlag[sign.upper()])
    named = _NAME_OF_GROUP.sub(rf"\g<0>_{number}", pattern.pattern)
    return f"(?{flags}:{named})"


def _characters(written: bytes) -> int:
    """How many characters begin in a part of a text in UTF-8."""
    return len(written.translate(None, _CONTINUING))
