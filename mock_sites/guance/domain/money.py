"""Amounts of money, as pages and mails show them."""


def money(fen: int) -> str:
    """An amount in CNY; a fen is 0.01 of one."""
    return f"{fen / 100:,.2f}"
