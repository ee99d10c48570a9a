"""Amounts of money, as pages and mails show them."""

from decimal import Decimal


def money(fen: int) -> str:
    """An amount in CNY, from an amount in fen (0.01 CNY)."""
    return f"{fen / 100:,.2f}"


def in_cny(fen: int) -> Decimal:
    """The same as a number, for files."""
    return Decimal(fen).scaleb(-2)
