"""The states of Guance's rows, and the allowed transitions between them."""

from enum import StrEnum, nonmember

from mock_sites.world.states import State


class WorkspaceState(State):
    """The state of a workspace (spec guance C.5)."""

    NORMAL = "normal"
    LOCKED = "locked"
    """For 14 days."""
    EXPIRED = "expired"
    """Locked for good, and its data is deleted."""
    DISSOLVED = "dissolved"

    after = nonmember({NORMAL: {LOCKED}, LOCKED: {NORMAL, EXPIRED, DISSOLVED}})


BILLED = (WorkspaceState.NORMAL, WorkspaceState.LOCKED)
"""Whether it is billed, or will be after it is unlocked."""


class LockReason(StrEnum):
    """Why a workspace is locked."""

    NONE = ""
    CLOUD_ACCOUNT_CLOSED = "cloud-account-closed"
    """The subscription that paid was closed."""
    CLOUD_ACCOUNT_SUSPENDED = "cloud-account-suspended"
    """The subscription that pays has expired or was frozen."""


class RechargeState(State):
    """Whether a recharge waits for its payment."""

    UNPAID = "unpaid"
    PAID = "paid"
    CANCELLED = "cancelled"

    after = nonmember({UNPAID: {PAID, CANCELLED}})


class TicketState(State):
    """Whose turn it is: the support center answers, and what the customer adds has to be answered again."""

    PROCESSING = "processing"
    ANSWERED = "answered"
    CLOSED = "closed"

    after = nonmember({PROCESSING: {ANSWERED, CLOSED}, ANSWERED: {PROCESSING, CLOSED}})


class SubscriptionState(State):
    """The state of an instance that the marketplace ordered (spec huawei 2.6)."""

    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"

    after = nonmember({OPEN: {SUSPENDED, CLOSED}, SUSPENDED: {OPEN, CLOSED}})


class SuspendedFor(StrEnum):
    """Why a subscription is suspended."""

    NOTHING = ""
    EXPIRED = "expired"
    """A renewal ends the suspension."""
    FROZEN = "frozen"
