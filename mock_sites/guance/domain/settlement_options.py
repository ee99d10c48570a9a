"""The settlement methods of a workspace, and why one cannot be chosen (spec guance A.6 and C.4; architecture).

At most one change in a calendar month, Beijing time. A cloud account is final until its subscription is closed. A site
offers the billing center and its own provider, unless Arbitrary Selection of Settlement Method is on for the account.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select

from mock_sites.guance.domain import billing_accounts, subscriptions
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.states import BILLED, SubscriptionState, WorkspaceState
from mock_sites.guance.domain.tables import CloudAccount, Workspace
from mock_sites.world.clock import BEIJING
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import are_any
from mock_sites.world.unit_of_work import UnitOfWork

BILLING_CENTER: Final = "billing-center"
HUAWEI: Final = "huawei"
REGISTERED: Final = "registered"

METHODS: Final = {
    BILLING_CENTER: N_("Billing Center Settlement"),
    HUAWEI: N_("Huawei Cloud Account Settlement"),
    REGISTERED: N_("Registered Cloud Account Billing"),
    "alibaba": N_("Alibaba Cloud Account Settlement"),
    "aws": N_("AWS Account Settlement"),
}
"""The methods of the change dialog (spec guance C.4; S2)."""

_VENDORS: Final = {HUAWEI: "Huawei Cloud", REGISTERED: "Huawei Cloud", "alibaba": "Alibaba Cloud", "aws": "AWS"}


@dataclass(frozen=True)
class Option:
    """A settlement method for a workspace. ``why_not`` says why it cannot be chosen now."""

    method: str
    label: str
    why_not: Refusal | None

    @property
    def available(self) -> bool:
        """Whether it can be chosen."""
        return self.why_not is None


def options_for(uow: UnitOfWork, workspace: Workspace) -> list[Option]:
    """Every method, and why it cannot be chosen for ``workspace``."""
    return [Option(method, label, objection(uow, workspace, method)) for method, label in METHODS.items()]


def objection_to_any_change(uow: UnitOfWork, workspace: Workspace) -> Refusal | None:
    """Why the method of ``workspace`` cannot change now, whichever is chosen (spec guance F, 5). Empty if it can."""
    if workspace.state not in BILLED:
        return Refusal(N_("This workspace was locked for more than 14 days. It cannot be used any more."))
    if workspace.state is WorkspaceState.LOCKED:
        return None
    if workspace.cloud_account_id and subscriptions.has_any(uow, workspace.cloud_account_id):
        return Refusal(
            N_(
                "This workspace is settled by a Huawei Cloud account. Another method can be chosen only after that"
                " subscription is closed on Huawei Cloud (Purchased Services > More > Close Resource)."
            )
        )
    changed_at = workspace.settlement_changed_at
    if changed_at and uow.now < (again := next_month(changed_at)):
        return Refusal(
            N_(
                "The settlement method of a workspace can be changed once a month."
                " This one can be changed again from {day} on."
            ),
            day=f"{again + BEIJING:%Y-%m-%d}",
        )
    return None


def registered_accounts(billing_account_id: str) -> Select[CloudAccount]:
    """The cloud accounts that can pay for further workspaces: those with an open subscription."""
    return billing_accounts.cloud_accounts(billing_account_id).where(
        subscriptions.with_state(CloudAccount.id, SubscriptionState.OPEN)
    )


def next_month(moment: datetime) -> datetime:
    """When the calendar month after ``moment`` begins in Beijing."""
    there = moment + BEIJING
    first = there.replace(day=1, hour=0, minute=0, second=0, microsecond=0) + timedelta(days=32)
    return first.replace(day=1) - BEIJING


def objection(uow: UnitOfWork, workspace: Workspace, method: str) -> Refusal | None:
    """Why ``method`` cannot be chosen for ``workspace`` now. Empty if it can."""
    if (general := objection_to_any_change(uow, workspace)) is not None:
        return general
    if method == BILLING_CENTER:
        settled_so = workspace.settled_by == BILLING_CENTER
        return Refusal(N_("The workspace is already settled this way.")) if settled_so else None
    vendor = _VENDORS[method]
    if not _site_offers(workspace, vendor):
        return Refusal(
            N_(
                "Workspaces of this site cannot be settled by {vendor}. Your account manager can switch on"
                " Arbitrary Selection of Settlement Method for you."
            ),
            vendor=vendor,
        )
    if vendor != "Huawei Cloud" and not _site_offers(workspace, "Huawei Cloud"):
        return Refusal(N_("The marketplace of {vendor} is not available here."), vendor=vendor)
    if vendor != "Huawei Cloud":
        return Refusal(N_("The marketplace of {vendor} is not available here. Choose Huawei Cloud."), vendor=vendor)
    return _objection_to_registered(uow, workspace.billing_account_id) if method == REGISTERED else None


def _objection_to_registered(uow: UnitOfWork, billing_account_id: str) -> Refusal | None:
    if are_any(uow, registered_accounts(billing_account_id)):
        return None
    linked = billing_accounts.cloud_accounts(billing_account_id)
    if are_any(uow, linked.where(subscriptions.with_state(CloudAccount.id, SubscriptionState.SUSPENDED))):
        return Refusal(subscriptions.SUSPENDED)
    return Refusal(N_("No cloud account with an open subscription is registered with your account yet."))


def _site_offers(workspace: Workspace, vendor: str) -> bool:
    site = SITES[workspace.site]
    return workspace.billing_account.any_settlement or site.provider == vendor
