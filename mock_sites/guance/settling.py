"""Before a page shows balances and bills, the days that are over are settled."""

from flask import g, request

from mock_sites.guance.domain import wallet
from mock_sites.web.context import world


def settle_days() -> None:
    """Settle them, in a transaction of its own; for Flask's ``before_request``."""
    if request.method in {"GET", "HEAD"}:
        with world().book(g.company) as reading:
            settled = wallet.is_settled(reading)
        if not settled:
            with world().book(g.company, write=True) as book:
                wallet.settle(book)
