"""Makes foreign text safe to store, send and show: what is not a character is written as an escape. Pages mark it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from markupsafe import Markup

from mock_sites.world.errors import N_

HALF_CHARACTER: Final = N_("The text at {place} has half a character ({half}). Write the whole character.")

_MARKED: Final = Markup('<bdi translate="no">{}</bdi>')

_HALF: Final = re.compile("[\ud800-\udfff]")
"""A lone surrogate. JSON can name it as an escape (RFC 8259, 8.2), but no encoding has it."""


class HalfCharacterError(ValueError):
    """A text in JSON has half a character. ``place`` has the names and positions that lead to it, with dots."""

    def __init__(self, place: str, half: str) -> None:
        """Say where, and which one."""
        super().__init__(HALF_CHARACTER.format(place=place, half=half))
        self.details = {"place": place, "half": half}


class ForeignText(str):
    """What somebody else wrote, within a sentence of a page. It is not translated with it: HTML's ``translate=no``."""

    __slots__ = ()

    def __html__(self) -> Markup:
        """The text in pages."""
        return _MARKED.format(str(self))


def filled(text: str, details: Mapping[str, Any]) -> str:
    """A sentence with its details. If it is markup, what has letters among the details is marked as foreign."""
    return text.format(**{name: _foreign(value) for name, value in details.items()}) if details else text


def _foreign(detail: Any) -> Any:
    """A number, a day or an amount is no words. Markup, or a text that was translated, is ours."""
    return ForeignText(detail) if type(detail) is str and any(map(str.isalpha, detail)) else detail


def whole(text: str) -> str:
    """``text`` with lone surrogates, which no encoding has, written as escapes: a backslash, u, and four digits."""
    return text.encode(errors="backslashreplace").decode()


def on_one_line(text: str) -> str:
    """``text`` with line breaks, terminal codes and everything else that cannot be printed written as escapes."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def in_lines(text: str) -> str:
    """As ``on_one_line``, but with its line breaks."""
    return "\n".join(map(on_one_line, text.split("\n")))


def read_json(content: bytes | str) -> Any:
    """The value that the JSON ``text`` describes, with its texts made ``whole``.

    Raises:
        ValueError: it is not JSON in UTF-8, is nested too deep, or has a number of thousands of digits.
    """
    try:
        return _whole(_loaded(content))
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def read_whole_json(content: bytes | str) -> Any:
    """The value that the JSON ``text`` describes, all of whose texts can be stored, signed and shown as they are.

    Raises:
        HalfCharacterError: a text or a name has half a character.
        ValueError: it is not JSON in UTF-8, is nested too deep, or has a number of thousands of digits.
    """
    try:
        value = _loaded(content)
        for place, text in _texts(value, ()):
            if found := _HALF.search(text):
                raise HalfCharacterError(whole(".".join(place)) or "-", whole(found[0]))
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return value


def _loaded(content: bytes | str) -> Any:
    """JSON between systems is in UTF-8 (RFC 8259, 8.1). ``json`` alone would take UTF-16 and UTF-32, too."""
    return json.loads(content if isinstance(content, str) else content.decode("utf-8-sig", "surrogatepass"))


def _texts(value: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The names and texts in a value, each with its place."""
    match value:
        case str():
            yield place, value
        case dict():
            for name, part in cast("dict[str, Any]", value).items():
                yield (*place, name), name
                yield from _texts(part, (*place, name))
        case list():
            for number, part in enumerate(cast("list[Any]", value)):
                yield from _texts(part, (*place, str(number)))
        case _:
            pass


def _whole(value: Any) -> Any:
    match value:
        case str():
            return whole(value)
        case dict():
            return {whole(name): _whole(part) for name, part in cast("dict[str, Any]", value).items()}
        case list():
            return [_whole(part) for part in cast("list[Any]", value)]
        case _:
            return value
