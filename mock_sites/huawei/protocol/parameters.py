"""What an operation and its parameters are."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Interface(StrEnum):
    """Which of a seller's interfaces a call is for."""

    PRODUCTION = "production"
    KIT = "kit"


class Kind(StrEnum):
    """What a value of a parameter is."""

    TEXT = "text"
    NUMBER = "number"
    LIST = "list"
    """JSON; V1.0 sends it as a text that holds it."""
    OBJECT = "object"
    """JSON."""
    SECRET = "secret"
    """A text that is sent encrypted."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation."""

    name: str
    longest: int
    """Characters."""
    example: str = ""
    """What a call for debugging is filled with; ``$names`` are replaced by what the Seller Center knows."""
    mandatory: bool = False
    about: str = ""
    """An English sentence that pages translate."""
    kind: Kind = Kind.TEXT
    may_be_empty: bool = False
    """Whether it is sent although it is empty."""
    until: date | None = None
    """Products that are listed later do not get it."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """An operation of one version of the protocol."""

    name: str
    """Its word in ``activities``."""
    title: str
    """An English phrase that pages translate."""
    interface: Interface
    parameters: tuple[Parameter, ...]
    source: str
    """The page that documents it."""
    since: date | None = None
    """When it was added to this version; None for one that was there from the beginning."""

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of this name."""
        return next((one for one in self.parameters if one.name == name), None)

    @property
    def mandatory(self) -> frozenset[str]:
        """The names of the parameters that every call carries."""
        return frozenset(one.name for one in self.parameters if one.mandatory)


def mandatory(name: str, longest: int, example: str = "", about: str = "", kind: Kind = Kind.TEXT) -> Parameter:
    """A parameter that every call of its operation carries."""
    return Parameter(name, longest, example, mandatory=True, about=about, kind=kind)
