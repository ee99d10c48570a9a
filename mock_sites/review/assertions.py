"""The names of Playwright's assertions. Each language has its own: ``to_have_text``, ``toHaveText``, ``hasText``."""

import re
from typing import Final

_TITLE: Final = re.compile(r'^(?:Expect|Assert) "(?P<name>[A-Za-z_ ]+)"')
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_JAVA: Final = {"has": "to_have", "is": "to_be", "contains": "to_contain", "matches": "to_match"}
"""How names begin in Java, and how they do in Python."""


def in_python(actions: tuple[str, ...]) -> tuple[str, ...]:
    """Actions in which assertions have the names that they have in Python."""
    return tuple(_TITLE.sub(_renamed, action) for action in actions)


def _renamed(title: re.Match[str]) -> str:
    """A title with the name in Python. In .NET names end with ``Async``."""
    words: list[str] = [word.lower() for word in _WORD.findall(title["name"])]
    return f'Expect "{"_".join(_JAVA.get(word, word) for word in words if word != "async")}"'
