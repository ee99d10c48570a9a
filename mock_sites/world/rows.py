"""Questions about rows that are answered without reading them."""

from typing import Any

from sqlalchemy import Select, exists, func, select

from mock_sites.world.book import Book


def count_of(book: Book, wanted: Select[Any]) -> int:
    """How many rows ``wanted`` finds."""
    return book.session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0


def are_any(book: Book, wanted: Select[Any]) -> bool:
    """Whether ``wanted`` finds a row."""
    return bool(book.session.scalar(select(exists(wanted.order_by(None).subquery()))))
