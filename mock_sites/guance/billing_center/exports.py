"""Lists of the billing center as files."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from mock_sites.guance.domain import bills, ledger, wallet
from mock_sites.guance.domain.money import in_cny
from mock_sites.guance.domain.tables import Credit, DailyBill, LedgerEntry, MonthlyBill
from mock_sites.guance.domain.workspaces import SETTLEMENTS
from mock_sites.web.context import uow
from mock_sites.web.csv_file import csv_file
from mock_sites.web.site import show_moment


def months_file(wanted: Select[MonthlyBill]) -> ResponseReturnValue:
    """Monthly bills."""
    header = [_("Month"), _("Billing Center account (CNY)"), _("Cloud accounts (CNY)"), _("Total (CNY)")]
    rows = (
        (f"{bill.month:%Y-%m}", in_cny(bill.by_billing_center), in_cny(bill.by_cloud_accounts), in_cny(bill.fen))
        for bill in uow().session.scalars(wanted)
    )
    return csv_file("monthly-bills", header, rows)


def details_file(wanted: Select[DailyBill], month: str) -> ResponseReturnValue:
    """The daily bills of a month, with what each item costs."""
    items = [_(text) for text in bills.ITEMS.values()]
    header = [_("Date"), _("Workspace"), _("Workspace ID"), _("Settlement Method"), *items]
    amounts = [_("%(item)s (CNY)", item=item) for item in items]
    rows = (
        (
            f"{bill.day}",
            bill.workspace.name,
            bill.workspace_id,
            _(SETTLEMENTS[bill.settlement]),
            *bill.used.by_item.values(),
            *map(in_cny, bills.costs_of(bill.used, bill.retention).values()),
            in_cny(bill.fen),
        )
        for bill in uow().session.scalars(wanted.options(joinedload(DailyBill.workspace)))
    )
    return csv_file(f"consumption-{month}", [*header, *amounts, _("Amount (CNY)")], rows)


def entries_file(wanted: Select[LedgerEntry]) -> ResponseReturnValue:
    """Income and expenditure."""
    header = [_("Time"), _("Type"), _("Balance type"), _("Amount (CNY)"), _("Balance (CNY)"), _("Number")]
    rows = (
        (
            show_moment(entry.at),
            _(ledger.KINDS[entry.kind]),
            _(wallet.BALANCES[entry.balance]),
            in_cny(entry.fen),
            in_cny(entry.after),
            entry.reference,
        )
        for entry in uow().session.scalars(wanted)
    )
    return csv_file("income-and-expenditure", header, rows)


def credits_file(wanted: Select[Credit], name: str) -> ResponseReturnValue:
    """Vouchers or prepaid cards."""
    columns = [_("Number"), _("Order Number"), _("Face value (CNY)"), _("Balance (CNY)"), _("Status")]
    rows = (
        (
            credit.id,
            credit.order_id or "",
            in_cny(credit.fen),
            in_cny(credit.left),
            _(wallet.STATES[credit.state]),
            show_moment(credit.credited_at),
            f"{credit.valid_until}",
        )
        for credit in uow().session.scalars(wanted)
    )
    return csv_file(name, [*columns, _("Credited"), _("Valid until")], rows)
