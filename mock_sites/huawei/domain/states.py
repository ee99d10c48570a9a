"""The states of Huawei Cloud's rows, and the allowed transitions between them."""

from enum import nonmember

from mock_sites.world.states import State


class OrderState(State):
    """The state of an order (spec huawei 1.3)."""

    PENDING_APPROVAL = "pending_approval"
    PENDING_PAYMENT = "pending_payment"
    PROCESSING = "processing"
    COMPLETED = "completed"
    CANCELLED = "cancelled"

    after = nonmember(
        {
            PENDING_APPROVAL: {PENDING_PAYMENT, PROCESSING, CANCELLED},
            PENDING_PAYMENT: {PROCESSING, COMPLETED, CANCELLED},
            PROCESSING: {COMPLETED, CANCELLED},
        }
    )


CANCELLABLE = (OrderState.PENDING_APPROVAL, OrderState.PENDING_PAYMENT)
"""The buyer can still cancel it."""

DECIDED = (OrderState.PENDING_PAYMENT, OrderState.PROCESSING)
"""It is not finished, and waits for no approval."""

UNFINISHED = (OrderState.PENDING_APPROVAL, *DECIDED)


class ResourceState(State):
    """The state of a service (spec huawei 1.3).

    A period service is expired at its end, frozen after the seller has frozen it, and released 15 days later. A package
    is used up when its whole quota was deducted.
    """

    IN_USE = "in_use"
    USED_UP = "used_up"
    EXPIRED = "expired"
    FROZEN = "frozen"
    CLOSING = "closing"
    CLOSING_FAILED = "closing_failed"
    CLOSED = "closed"

    after = nonmember(
        {
            IN_USE: {EXPIRED, USED_UP, CLOSING},
            USED_UP: {CLOSING},
            EXPIRED: {IN_USE, FROZEN, CLOSING},
            FROZEN: {IN_USE, CLOSING},
            CLOSING: {CLOSED, CLOSING_FAILED},
            CLOSING_FAILED: {CLOSING},
        }
    )


ENDED = (ResourceState.EXPIRED, ResourceState.FROZEN)
"""It has reached its end, and can be renewed."""

LIVING = (ResourceState.IN_USE, *ENDED)
"""It can still be renewed."""

CLOSABLE = (ResourceState.IN_USE, ResourceState.USED_UP, ResourceState.CLOSING_FAILED)


class SupervisionState(State):
    """How far an order under service supervision is (spec huawei 1.3 and 2.4)."""

    NONE = "none"
    DELIVERING = "delivering"
    """The instance exists, and the seller has not confirmed its delivery."""
    ACCEPTING = "accepting"
    """The seller has delivered, and the buyer has not confirmed the acceptance."""
    ACCEPTED = "accepted"

    after = nonmember({NONE: {DELIVERING}, DELIVERING: {ACCEPTING}, ACCEPTING: {ACCEPTED}})


class EnterpriseState(State):
    """The state of an enterprise (S1, New Enterprise Setup, note 3)."""

    SETTING_UP = "setting_up"
    READY = "ready"

    after = nonmember({SETTING_UP: {READY}})


class MemberState(State):
    """The state of a member of an enterprise (spec huawei 1.5). The row of a deleted one stays for calls to sellers."""

    ACTIVE = "active"
    DISABLED = "disabled"
    DELETED = "deleted"

    after = nonmember({ACTIVE: {DISABLED}, DISABLED: {ACTIVE, DELETED}})


class AuthenticationState(State):
    """The state of an account's real-name authentication (S1, Step One, note)."""

    NONE = "none"
    REVIEWING = "reviewing"
    TRANSFERRING = "transferring"
    """A small amount is being transferred, or its entry is waited for."""
    APPROVED = "approved"
    REJECTED = "rejected"

    after = nonmember(
        {
            NONE: {REVIEWING, TRANSFERRING, APPROVED},
            REVIEWING: {APPROVED, REJECTED},
            TRANSFERRING: {APPROVED, REJECTED},
            REJECTED: {REVIEWING, TRANSFERRING, APPROVED},
        }
    )


class UsageState(State):
    """The state of a usage record (spec huawei 2.6b). A refused one stays; the seller sends it again."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    BILLED = "billed"

    after = nonmember({RECEIVED: {ACCEPTED, REFUSED}, ACCEPTED: {BILLED}})


class CallVerdict(State):
    """The outcome of a call to a seller. It never changes."""

    ACCEPTED = "accepted"
    PROCESSING = "processing"
    """The seller has started, and is asked again later."""
    REFUSED = "refused"
    """A documented refusal."""
    FAULT = "fault"
    """An answer that cannot be used, or no answer."""

    after = nonmember({})
