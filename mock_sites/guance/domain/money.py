"""Amounts of money, as pages and mails show them."""


def money(fen: int) -> str:
    """An amount in CNY, from an amount in fen (0.01 CNY)."""
    return f"{fen / 100:,.2f}"
