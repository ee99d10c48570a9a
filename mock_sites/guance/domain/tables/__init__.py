"""Guance's tables, by subject. They are imported from here, so that all of them are known."""

from mock_sites.guance.domain.tables.accounts import Account, MfaDevice
from mock_sites.guance.domain.tables.base import Table
from mock_sites.guance.domain.tables.billing_accounts import BillingAccount, CloudAccount
from mock_sites.guance.domain.tables.bills import DailyBill, MonthlyBill
from mock_sites.guance.domain.tables.registrations import Registration, VerificationCode
from mock_sites.guance.domain.tables.subscriptions import Nonce, Subscription, UsagePackage
from mock_sites.guance.domain.tables.tenants import Application, Department, Tenant, TenantMember
from mock_sites.guance.domain.tables.tickets import Ticket, TicketReply
from mock_sites.guance.domain.tables.visits import Binding, Pass, Visit
from mock_sites.guance.domain.tables.wallet import Credit, LedgerEntry, Recharge, VoucherCode
from mock_sites.guance.domain.tables.workspaces import (
    Deletion,
    HighConsumptionAlert,
    Invitation,
    Member,
    PastSettlement,
    PastToken,
    Retention,
    Workspace,
)

__all__ = [
    "Account",
    "Application",
    "BillingAccount",
    "Binding",
    "CloudAccount",
    "Credit",
    "DailyBill",
    "Deletion",
    "Department",
    "HighConsumptionAlert",
    "Invitation",
    "LedgerEntry",
    "Member",
    "MfaDevice",
    "MonthlyBill",
    "Nonce",
    "Pass",
    "PastSettlement",
    "PastToken",
    "Recharge",
    "Registration",
    "Retention",
    "Subscription",
    "Table",
    "Tenant",
    "TenantMember",
    "Ticket",
    "TicketReply",
    "UsagePackage",
    "VerificationCode",
    "Visit",
    "VoucherCode",
    "Workspace",
]
