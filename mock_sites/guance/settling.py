"""Settles the days that are over before a page shows balances and bills."""

from datetime import date, timedelta
from typing import Final

from flask import g, request

from mock_sites.guance.domain import usage, wallet
from mock_sites.web.context import world

MOST_BILLS: Final = 500
"""How many bills one transaction stores. If a day has more, it stores those of the day."""

_DAY: Final = timedelta(days=1)


def settle_days() -> None:
    """Settle these days, about ``MOST_BILLS`` bills in a transaction, so that other requests can write in between. For
    Flask's ``before_request``.
    """
    if request.method in {"GET", "HEAD"}:
        while until := _next_until():
            with world().uow(g.company, write=True) as uow:
                wallet.settle(uow, until)


def _next_until() -> date | None:
    """The day before which the next transaction settles all days. None if all are settled."""
    with world().uow(g.company) as uow:
        late = wallet.unsettled(uow)
        return min(late.first + max(1, MOST_BILLS // late.workspaces) * _DAY, usage.day_of(uow.now)) if late else None
