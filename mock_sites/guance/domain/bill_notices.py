"""The monthly mail about a new bill (spec guance C.7). It is sent on the 4th, because a month is final after
the 3rd.
"""

from datetime import datetime, timedelta
from typing import Final

from mock_sites.guance.domain import bills, mails, wallet
from mock_sites.guance.domain.jobs import BillNotice
from mock_sites.guance.domain.money import money
from mock_sites.guance.domain.settlement_options import next_month
from mock_sites.guance.domain.tables import BillingAccount, MonthlyBill
from mock_sites.world.clock import BEIJING
from mock_sites.world.errors import N_
from mock_sites.world.unit_of_work import UnitOfWork

_AT: Final = timedelta(days=bills.FINAL_AFTER, hours=8)
"""Time from the beginning of the month to the mail: the 4th, 08:00 in Beijing."""


def begin(uow: UnitOfWork, account: BillingAccount) -> None:
    """Mail the account about its bills every month from now on.

    Called when an account is opened. For the people of a new world it is called at their first sign-in, because a new
    world has no jobs yet.
    """
    if not account.bill_notices:
        account.bill_notices = True
        _schedule(uow, account.id)


def send_monthly(uow: UnitOfWork, job: BillNotice) -> None:
    """The job: mail the sum of last month unless it is zero, and schedule the job for next month."""
    account = uow.session.get_one(BillingAccount, job.billing_account)
    last_month = (bills.this_month(uow) - timedelta(days=1)).replace(day=1)
    wallet.settle(uow)
    bill = uow.session.get(MonthlyBill, (account.id, last_month))
    if bill and bill.fen:
        mails.send(
            uow,
            account.email,
            mails.write(
                uow.mail_language(account.language),
                N_("Your bill of {month}: {amount} CNY"),
                N_("The bill of {month} for your Billing Center account {username} has been produced."),
                N_("Billing Center account: {own} CNY. Cloud accounts: {cloud} CNY."),
                month=f"{bill.month:%Y-%m}",
                amount=money(bill.fen),
                username=account.username,
                own=money(bill.by_billing_center),
                cloud=money(bill.by_cloud_accounts),
            ),
        )
        uow.record("bill.produced", billing_account=account.id, month=f"{bill.month:%Y-%m}", fen=bill.fen)
    _schedule(uow, account.id)


def _schedule(uow: UnitOfWork, account_id: str) -> None:
    uow.schedule(BillNotice(account_id), after=(_next(uow.now) - uow.now).total_seconds())


def _next(now: datetime) -> datetime:
    there = now + BEIJING
    this_month = there.replace(day=1, hour=0, minute=0, second=0, microsecond=0) - BEIJING + _AT
    return this_month if now < this_month else next_month(now) + _AT
