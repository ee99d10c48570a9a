"""Makes foreign text safe to store, send and show: what is not a character is written as an escape."""

import json
from typing import Any, cast


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
        ValueError: it is not JSON, is nested too deep, or has a number of thousands of digits.
    """
    try:
        return _whole(json.loads(content))
    except RecursionError as error:
        raise ValueError("nested too deep") from error


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
