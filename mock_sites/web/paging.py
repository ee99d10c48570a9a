"""Long lists, shown page by page. Only the rows of the shown page are read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from flask import request, url_for
from sqlalchemy import Select

from mock_sites.world import records
from mock_sites.world.records import Record
from mock_sites.world.rows import count_of
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

SIZE: Final = 50
"""Rows per page."""

NEIGHBOURS: Final = 1
"""How many pages are linked on each side of the current one, besides the first and the last."""

Row = TypeVar("Row")
Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, in order.

    ``number`` is the page, from 1. ``total`` counts all rows. ``parameter`` is the page's name in addresses. ``size``
    is the number of rows of a full page.
    """

    rows: Sequence[Row]
    number: int
    total: int
    parameter: str = "page"
    size: int = field(default_factory=lambda: SIZE)

    def __iter__(self) -> Iterator[Row]:
        """The rows of this page."""
        return iter(self.rows)

    def __len__(self) -> int:
        """How many rows this page has."""
        return len(self.rows)

    @property
    def last(self) -> int:
        """The number of the last page."""
        return last_page(self.total, self.size)

    @property
    def first_row(self) -> int:
        """The number of the first row shown, counted from 1 in the whole list."""
        return (self.number - 1) * self.size + 1

    @property
    def last_row(self) -> int:
        """The number of the last row shown."""
        return self.first_row + len(self.rows) - 1

    @property
    def links(self) -> list[int]:
        """The pages to link, in order. 0 means that at least two pages are left out; a single one is linked instead."""
        near = {self.number + step for step in range(-NEIGHBOURS, NEIGHBOURS + 1)}
        shown = sorted(number for number in {1, self.last, *near} if 1 <= number <= self.last)
        links: list[int] = []
        for number in shown:
            gap = number - links[-1] if links else 1
            links += [number] if gap == 1 else [number - 1, number] if gap == 2 else [0, number]
        return links

    def with_rows(self, show: Callable[[Row], Shown]) -> "Page[Shown]":
        """The same page, with ``show`` applied to each row."""
        return Page([show(row) for row in self.rows], self.number, self.total, self.parameter, self.size)

    def as_json(self, name: str) -> dict[str, Any]:
        """The answer of an API: the rows under ``name``, the page's number, and how many pages and rows there are."""
        return {name: self.rows, "page": self.number, "pages": self.last, "total": self.total}


def beginning_of(uow: UnitOfWork, wanted: Select[Row]) -> tuple[list[Row], bool]:
    """The first page of the query ``wanted`` (in order) without its total, and whether there are more rows."""
    rows = list(uow.session.scalars(wanted.limit(SIZE + 1)).unique())
    return rows[:SIZE], len(rows) > SIZE


def page_of(uow: UnitOfWork, wanted: Select[Row], parameter: str = "page", total: int | None = None) -> Page[Row]:
    """The page of the query ``wanted`` (in order) that the address asks for. ``total`` is given where it is known."""
    return page_at(uow, wanted, asked(parameter), parameter, total)


def page_at(
    uow: UnitOfWork, wanted: Select[Row], number: int, parameter: str = "page", total: int | None = None
) -> Page[Row]:
    """A page of the query ``wanted`` (in order) by its number, or the nearest one if there is no such page."""
    total = count_of(uow, wanted) if total is None else total
    number = nearest(number, total, SIZE)
    rows = uow.session.scalars(wanted.offset((number - 1) * SIZE).limit(SIZE))
    return Page(list(rows.unique()), number, total, parameter)


def page_of_records(world: World, kind: type[Record], wanted: Select[Record]) -> Page[Record]:
    """The page of a world's events or mails that the address asks for, the latest first."""
    total = records.count(world, wanted)
    number = nearest(asked(), total, SIZE)
    return Page(records.latest(world, kind, wanted, (number - 1) * SIZE, SIZE), number, total)


def page_among(rows: Sequence[Row], size: int) -> Page[Row]:
    """The page of ``rows`` (in order) that the address asks for, with ``size`` of them."""
    number = nearest(asked(), len(rows), size)
    return Page(rows[(number - 1) * size : number * size], number, len(rows), size=size)


def asked(parameter: str = "page") -> int:
    """The number of the page in the address. 1 if there is none, or if it is not a number."""
    return request.args.get(parameter, 1, type=int)


def nearest(number: int, total: int, size: int) -> int:
    """The page closest to ``number`` in a list of ``total`` rows."""
    return min(max(number, 1), last_page(total, size))


def last_page(total: int, size: int) -> int:
    """The number of the last page of a list."""
    return max(1, -(-total // size))


def address_of(endpoint: str, parameter: str, number: int, **values: Any) -> str:
    """The address of page ``number`` of the list at ``endpoint``, with the list's filters and order."""
    asked: dict[str, Any] = {**values, parameter: number if number > 1 else None}
    return url_for(endpoint, **asked)
