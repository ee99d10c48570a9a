"""The selectors of Playwright in words that a person reads: ``button "Buy"`` for ``internal:role=button[name="Buy"i]``.

Source: the locators of Playwright and the selectors that they make, https://playwright.dev/docs/locators
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

_TEXT: Final = r'(?:"(?:\\.|[^"\\])*"|/(?:\\.|[^/\\])+/)'
"""A text in quotes, or a regular expression."""
_ESCAPED: Final = re.compile(r"\\(.)")
_ATTRIBUTE: Final = re.compile(rf"\[([\w-]+)=({_TEXT}[a-z]*|[^\]]*)\]")
_PLACES: Final = {0: "first", -1: "last"}
_FILTERS: Final = {"has-text": "with the text", "has-not-text": "without the text"}
_JOINTS: Final = {"has": " with ", "has-not": " without ", "and": " that is ", "or": " or ", "chain": " › "}


def in_words(text: str) -> str:
    """A text with its selectors in words. ``›`` leads to what is inside."""
    return _PART.sub(lambda found: _PARTS[found.lastgroup or ""][1](found), text)


def _attribute(name: str, value: str) -> str:
    """An attribute of a role, such as its name or its level."""
    if name == "name":
        return _exact(value)
    return {"true": name, "false": f"not {name}"}.get(value, f"{name} {value}")


def _exact(value: str) -> str:
    """A text in quotes. ``s`` behind it stands for an exact one, ``i`` for any case."""
    if value.endswith('"s'):
        return f"{value[:-1]} (exact)"
    return value.removesuffix("i") if value.endswith('"i') else value


def _place(found: re.Match[str]) -> str:
    number = int(found["nth"])
    return f" ({_PLACES.get(number, f'number {number + 1}')})"


def _role(found: re.Match[str]) -> str:
    return " ".join([found["name"], *(_attribute(*each) for each in _ATTRIBUTE.findall(found["attributes"]))])


def _joint(found: re.Match[str]) -> str:
    """Another selector, which is given in quotes."""
    return _JOINTS[found["how"]] + in_words(_ESCAPED.sub(r"\1", found["other"][1:-1]))


_PARTS: Final[Mapping[str, tuple[str, Callable[[re.Match[str]], str]]]] = {
    "place": (
        r" >> nth=(?P<nth>-?\d+)",
        _place,
    ),
    "visibility": (
        " >> visible=(?P<visible>true|false)",
        lambda found: " (visible)" if found["visible"] == "true" else " (hidden)",
    ),
    "frame": (" >> internal:control=enter-frame", lambda _found: ""),
    "role": (
        rf"internal:role=(?P<name>[\w-]+)(?P<attributes>(?:\[[\w-]+=(?:{_TEXT}[a-z]*|[^\]\"]*)\])*)",
        _role,
    ),
    "filter": (
        rf"(?: >> )?internal:(?P<filtering>has-text|has-not-text)=(?P<filtered>{_TEXT}[a-z]*)",
        lambda found: f" {_FILTERS[found['filtering']]} {_exact(found['filtered'])}",
    ),
    "joint": (r'(?: >> )?internal:(?P<how>has|has-not|and|or|chain)=(?P<other>"(?:\\.|[^"\\])*")', _joint),
    "text": (
        rf"internal:(?P<by>text|label)=(?P<said>{_TEXT}[a-z]*)",
        lambda found: f"{found['by']} {_exact(found['said'])}",
    ),
    "attribute": (
        rf"internal:(?:attr|testid)=\[(?P<attributed>[\w-]+)=(?P<value>{_TEXT}[a-z]*)\]",
        lambda found: f"{found['attributed']} {_exact(found['value'])}",
    ),
    "inside": (" >> ", lambda _found: " › "),
    "quoted": (r'"(?:\\.|[^"\\])*"', lambda found: found[0]),
}
"""The parts of selectors, and their words. What else is quoted stays as it is."""
_PART: Final = re.compile("|".join(f"(?P<{name}>{pattern})" for name, (pattern, _words) in _PARTS.items()))
