"""What a user does not want to be compared: the file ``review.toml``."""

import re
import tomllib
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final, cast

import cssselect2
import regex
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from mock_sites.review.errors import ReviewError
from mock_sites.review.recording import RecordedStep
from mock_sites.review.varying.expressions import Expression

FILE_NAME: Final = "review.toml"

NO_HEADERS: Final = (
    "header is not known: headers are not compared, so such a rule could never apply. What they cause is: name a cookie"
    " with field, and the address of a redirect with url"
)

Number = Annotated[float, Field(ge=0)]


class RulePart(BaseModel):
    """A part of the file. Unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(RulePart):
    """What a rule applies to.

    Attributes:
        steps: the steps by their title or number; ``*`` stands for anything. All steps if there are none.
        reason: why, for people who read the report.
    """

    steps: tuple[str, ...] = ()
    reason: str = ""

    def is_about(self, step: RecordedStep) -> bool:
        """Whether the rule applies to a step."""
        return self.is_about_any((step.title.en, step.name, str(step.number)))

    def is_about_any(self, names: Sequence[str]) -> bool:
        """Whether the rule applies to a step of any of these names."""
        return not self.steps or any(fnmatchcase(name, pattern) for name in names for pattern in self.steps)

    @property
    def text(self) -> str:
        """The rule in one line."""
        given = self.model_dump(exclude={"reason"}, exclude_defaults=True)
        return ", ".join([self.verb, *(f"{key} {_shown(value)}" for key, value in given.items())])

    @property
    def verb(self) -> str:
        """What it does, by its table in the file."""
        return type(self).__name__.lower()


class Mask(Rule):
    """Leaves out an area of the pictures: ``area = [left, top, width, height]``, in pixels."""

    area: tuple[Number, Number, Number, Number]


class TextRule(Rule):
    """A rule about elements or texts.

    Attributes:
        role: of elements.
        name: of elements, or the text of those without a name; ``*`` stands for anything.
        selector: a CSS selector of elements of traces.
        url: a part of addresses; ``*`` stands for one part between slashes, or the value of one field.
        field: the name of a field of addresses and forms, of a cookie, or of an entry of the local storage.
        pattern: a regular expression, looked for in every text.
    """

    role: str = ""
    name: str = ""
    selector: str = ""
    url: str = ""
    field: str = ""
    pattern: str = ""

    def is_of(self, role: str, name: str) -> bool:
        """Whether the rule names an element by its role and name."""
        return (not self.role or role == self.role) and (not self.name or fnmatchcase(name, self.name))

    @property
    def names_elements(self) -> bool:
        """Whether the rule is about elements."""
        return bool(self.role or self.name)

    @cached_property
    def expression(self) -> Expression:
        """What the rule looks for in a text."""
        pattern = self.pattern or ".+"
        if self.url:
            pattern = r"([^/?&#\s\"']+)".join(map(re.escape, self.url.split("*")))
        if self.field:
            pattern = rf"(?<=[?&;#]{re.escape(self.field)}=)[^&#;\s\"']*"
        return Expression(regex.compile(pattern), self.text)

    @cached_property
    def compiled_selector(self) -> Sequence[Any]:
        """The selector as ``cssselect2`` compiled it."""
        return cssselect2.compile_selector_list(self.selector) if self.selector else ()

    @model_validator(mode="after")
    def _check(self) -> "TextRule":
        aims = [key for key in ("selector", "url", "field", "pattern") if getattr(self, key)] + [
            "role"
        ] * self.names_elements
        self._check_aims(aims)
        try:
            self.expression  # noqa: B018, compiles it
        except regex.error as error:
            raise ValueError(f"pattern is no regular expression: {error}") from error
        try:
            named = [part.pseudo_element for part in self.compiled_selector if part.pseudo_element]
        except cssselect2.SelectorError as error:
            raise ValueError(f"selector is no CSS selector of elements: {_fault(error)}") from error
        if named:
            raise ValueError(f"selector names no element, but ::{named[0]}")
        return self

    @abstractmethod
    def _check_aims(self, aims: Sequence[str]) -> None:
        """Raise ``ValueError`` if the rule names too much or too little."""


class Ignore(TextRule):
    """Leaves out elements with all that they hold, requests, entries, or texts such as console messages."""

    def _check_aims(self, aims: Sequence[str]) -> None:
        if len(aims) != 1:
            raise ValueError("needs one of role and name, selector, url, field, pattern")


class Normalise(TextRule):
    """Takes what it finds in texts for the same value. With a role or a name, only in such elements."""

    def _check_aims(self, aims: Sequence[str]) -> None:
        if len(aims) != 1 and sorted(aims) != ["pattern", "role"]:
            raise ValueError("needs one of selector, url, field, pattern, role and name, or pattern with role and name")
        if self.url and "*" not in self.url:
            raise ValueError("url needs a * for what varies")


class Rules(RulePart):
    """The content of the file."""

    ignore: tuple[Ignore, ...] = ()
    normalise: tuple[Normalise, ...] = ()
    mask: tuple[Mask, ...] = ()

    @property
    def all(self) -> tuple[Rule, ...]:
        """Every rule, in the order of the report."""
        return (*self.ignore, *self.normalise, *self.mask)

    def with_more(self, rules: Iterable[Rule]) -> "Rules":
        """These and further ones."""
        every = (*self.all, *rules)
        tables = {name: tuple(rule for rule in every if isinstance(rule, kind)) for name, kind in _TABLES.items()}
        return Rules(**tables)  # pyright: ignore[reportArgumentType]


def find_rules(named: Path | None, beside: Path) -> Rules:
    """The rules of the ``named`` file, or else of ``review.toml`` in this folder or ``beside`` the recordings.

    Raises:
        ReviewError: the named file is not there, or it holds something else.
    """
    if named:
        return read_rules(named)
    folders = Path(), beside if beside.is_dir() else beside.parent
    found = next((folder / FILE_NAME for folder in folders if (folder / FILE_NAME).is_file()), None)
    return read_rules(found) if found else Rules()


def read_rules(file: Path) -> Rules:
    """The rules in a file.

    Raises:
        ReviewError: it is not there, or holds something else.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReviewError(f"{file}: no TOML: {error}") from error
    except OSError as error:
        raise ReviewError(f"{file}: {error.strerror or 'cannot be read'}") from error
    try:
        return Rules.model_validate(content)
    except ValidationError as error:
        fault = error.errors()[0]
        raise ReviewError(
            f"{file}{_line(text, fault['loc'])}: {_told(fault['loc'], fault['type'], fault['msg'])}"
        ) from error


def _line(text: str, place: Sequence[str | int]) -> str:
    """The line of the key with a mistake or, if it is missing, of its table; empty if that cannot be told."""
    if len(place) < 2:
        return ""
    lines = text.splitlines()
    tables = [number for number, line in enumerate(lines) if re.match(r"\s*\[", line)]
    mine = [number for number in tables if re.match(rf"\s*\[\[\s*{re.escape(str(place[0]))}\s*\]\]", lines[number])]
    if int(place[1]) >= len(mine):
        return ""
    start = mine[int(place[1])]
    end = next((number for number in tables if number > start), len(lines))
    key = rf"\s*[\"']?{re.escape(str(place[2]))}[\"']?\s*=" if len(place) > 2 else None
    found = (number for number in range(start, end) if key and re.match(key, lines[number]))
    return f", line {next(found, start) + 1}"


def _told(place: Sequence[str | int], kind: str, message: str) -> str:
    """A mistake in words."""
    if place[2:] == ("header",):
        return f"{place[0]}: {NO_HEADERS}"
    table, key = str(place[0]), next((str(part) for part in place[2:] if isinstance(part, str)), "")
    if kind == "extra_forbidden":
        known = _TABLES[table].model_fields if key else Rules.model_fields
        return f"{key or table} is not known; allowed are {', '.join(known)}"
    if not key and kind in _WRONG_TYPES:
        return f"{table}: begin each rule with the line [[{table}]]"
    if key and kind != "value_error":
        return f"{table}: {_FORMS.get(key, f'{key} is a text in quotes')}"
    return f"{table}: {message.removeprefix('Value error, ')}"


_WRONG_TYPES: Final = {"tuple_type", "model_type", "model_attributes_type"}
_FORMS: Final = {
    "area": "area is [left, top, width, height], four numbers of which none is negative",
    "steps": 'steps is a list of texts, such as ["3"] or ["Open the *"]',
}
"""What keys hold that are no text."""

_TABLES: Final[Mapping[str, type[Rule]]] = {"ignore": Ignore, "normalise": Normalise, "mask": Mask}


def _fault(error: cssselect2.SelectorError) -> str:
    """A mistake in a selector in words. The error has a node of the selector, and a text."""
    return " ".join(part for part in error.args if isinstance(part, str))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(str(part) for part in cast("tuple[object, ...]", value))
    return f"“{value}”"
