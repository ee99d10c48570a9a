"""JSON with any text. A page may show half a character, which JSON names as an escape, and no encoding has."""

import json
import re
from typing import Any, Final

import orjson

_HALF: Final = re.compile("[\ud800-\udfff]")


def read_json(content: bytes | str) -> Any:
    """The value that ``content`` describes, in which half a character is written as its escape.

    Raises:
        ValueError: it is not JSON.
    """
    try:
        return orjson.loads(content)
    except ValueError:
        return _read_slowly(content)


def _read_slowly(content: bytes | str) -> Any:
    try:
        again = json.dumps(json.loads(content), ensure_ascii=False)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return orjson.loads(_HALF.sub(lambda half: rf"\\u{ord(half[0]):04x}", again))
