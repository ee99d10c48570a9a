"""What a company declares about itself, so that the world needs no knowledge of single companies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, MetaData, Select

from mock_sites.world.errors import N_, Refusal
from mock_sites.world.job import Jobs

if TYPE_CHECKING:
    from mock_sites.world.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person who is in every new world, for the start page and for tests."""

    key: str
    """A stable name, such as "verified-buyer"."""
    names: Mapping[str, str]
    """What pages in each language call the person. English is always there."""
    role: str
    """The person's purpose, as an English phrase that the pages translate."""
    sign_in: str
    """The documented address of the page where this person signs in."""
    username: str
    password: str
    email: str = ""

    @property
    def name(self) -> str:
        """The name in English."""
        return self.names["en"]


@dataclass(frozen=True)
class Door:
    """A site that a person has an account at. The operator can sign the person in there."""

    host: str
    realm: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class Switch:
    """Something that a company's own staff turns on or off for a customer. In the mock, the operator does it."""

    key: str
    """The key for ``Company.turn``."""
    name: str
    """An English phrase that the pages translate."""
    customer: str
    on: bool


@dataclass(frozen=True)
class Switches:
    """The switches of a company: the rows they belong to, in order, and the switch of each row."""

    wanted: Select[Any]
    show: Callable[[Any], Switch]
    of: Callable[[str], ColumnElement[bool]]
    """The condition on the rows of a customer."""


def turn_nothing(_uow: UnitOfWork, _key: str, _on: bool) -> Switch:  # noqa: FBT001 - the state itself, not an option
    """Refuse to turn a switch: the company has none.

    Raises:
        Refusal: always.
    """
    raise Refusal(N_("There is no such switch."))


@dataclass(frozen=True, kw_only=True)
class Company:
    """A company that lives in every world, with a database file of its own."""

    name: str
    metadata: MetaData
    jobs: Jobs
    populate: Callable[[UnitOfWork], None]
    """Puts the ready-made people and products into an empty database."""
    people: Callable[[UnitOfWork], list[Person]]
    doors: Callable[[UnitOfWork, Collection[str]], dict[str, list[Door]]] = lambda _uow, _usernames: {}
    """By user name, the sites that people can be signed in to, in the order of the pages."""
    switches: Switches | None = None
    turn: Callable[[UnitOfWork, str, bool], Switch] = turn_nothing
    """Turns the switch with this key on or off, and returns it; raises a Refusal when there is none."""
