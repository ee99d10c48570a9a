"""Settles the days that are over before a page shows balances and bills."""

from datetime import date, timedelta

from flask import g, request

from mock_sites.guance.domain import wallet
from mock_sites.web.context import world


def settle_days() -> None:
    """Settle these days, each in its own transaction, so that other requests can write in between. For Flask's
    ``before_request``.
    """
    if request.method in {"GET", "HEAD"}:
        while day := _first_unsettled():
            with world().uow(g.company, write=True) as uow:
                wallet.settle(uow, day + timedelta(days=1))


def _first_unsettled() -> date | None:
    with world().uow(g.company) as uow:
        return wallet.first_unsettled(uow)
