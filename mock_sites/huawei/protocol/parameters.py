"""The description of an operation and its parameters."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Interface(StrEnum):
    """The interface of the seller that a call uses."""

    PRODUCTION = "production"
    KIT = "kit"


class ValueType(StrEnum):
    """The type of a parameter's value."""

    TEXT = "text"
    NUMBER = "number"
    LIST = "list"
    """JSON. V1.0 sends it as a text that contains JSON."""
    OBJECT = "object"
    """JSON."""
    SECRET = "secret"
    """A text that is sent encrypted."""


@dataclass(frozen=True)
class NestedField:
    """A field of the objects in a parameter's list."""

    name: str
    longest: int | None = None
    """The longest value, in characters. None if it is not documented."""
    example: str | int | None = None
    """The value in debugging calls, which have no field without one."""
    mandatory: bool = False
    about: str = ""
    kind: ValueType = ValueType.TEXT
    within: str = ""
    """The name of the object within the object that holds it. Empty if it is beside the others."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation."""

    name: str
    longest: int
    """The longest value, in characters."""
    example: str = ""
    """The value in debugging calls. The Seller Center replaces ``$names``."""
    mandatory: bool = False
    about: str = ""
    """The description: an English sentence that pages translate."""
    kind: ValueType = ValueType.TEXT
    may_be_empty: bool = False
    """Whether it is sent even if it is empty."""
    until: date | None = None
    """Products listed after this date do not get it."""
    nested: tuple[NestedField, ...] = ()
    """The fields of the objects in its list."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """An operation of one version of the protocol."""

    name: str
    """Its name in ``activities``."""
    title: str
    """The description: an English phrase that pages translate."""
    interface: Interface
    parameters: tuple[Parameter, ...]
    source: str
    """The page that documents it."""
    since: date | None = None
    """When it was added to this version. None if it was there from the beginning."""

    def parameter(self, name: str) -> Parameter | None:
        """The parameter with this name."""
        return next((one for one in self.parameters if one.name == name), None)

    @property
    def mandatory(self) -> frozenset[str]:
        """The names of the parameters that every call carries."""
        return frozenset(one.name for one in self.parameters if one.mandatory)


def mandatory(
    name: str, longest: int, example: str = "", about: str = "", kind: ValueType = ValueType.TEXT
) -> Parameter:
    """A parameter that every call of its operation carries."""
    return Parameter(name, longest, example, mandatory=True, about=about, kind=kind)
