"""The states of Guance's rows, and which may follow which."""

from enum import StrEnum, nonmember

from mock_sites.world.states import State


class WorkspaceState(State):
    """Of a workspace (spec guance C.5)."""

    NORMAL = "normal"
    LOCKED = "locked"
    """For 14 days."""
    EXPIRED = "expired"
    """Locked for good, its data cleared."""
    DISSOLVED = "dissolved"

    after = nonmember({NORMAL: {LOCKED}, LOCKED: {NORMAL, EXPIRED, DISSOLVED}})


BILLED = (WorkspaceState.NORMAL, WorkspaceState.LOCKED)
"""It is billed, or will be once it is unlocked."""


class LockReason(StrEnum):
    """Why a workspace is locked."""

    NONE = ""
    CLOUD_ACCOUNT_CLOSED = "cloud-account-closed"
    """The subscription that paid was closed."""
    CLOUD_ACCOUNT_SUSPENDED = "cloud-account-suspended"
    """The subscription that pays has expired or was frozen."""


class SubscriptionState(State):
    """Of an instance that the marketplace had made (spec huawei 2.6)."""

    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"

    after = nonmember({OPEN: {SUSPENDED, CLOSED}, SUSPENDED: {OPEN, CLOSED}})


class SuspendedFor(StrEnum):
    """Why a subscription is suspended."""

    NOTHING = ""
    EXPIRED = "expired"
    """A renewal ends it."""
    FROZEN = "frozen"
