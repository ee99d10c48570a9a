"""The states of Huawei Cloud's rows, and which may follow which."""

from enum import nonmember

from mock_sites.world.states import State


class OrderState(State):
    """Of an order (spec huawei 1.3)."""

    PENDING_PAYMENT = "pending_payment"
    PROCESSING = "processing"
    COMPLETED = "completed"
    CANCELLED = "cancelled"

    after = nonmember(
        {
            PENDING_PAYMENT: {PROCESSING, COMPLETED, CANCELLED},
            PROCESSING: {COMPLETED, CANCELLED},
        }
    )


UNFINISHED = (OrderState.PENDING_PAYMENT, OrderState.PROCESSING)


class ResourceState(State):
    """Of a service (spec huawei 1.3).

    One of a period product is expired at its end, frozen once the seller has frozen it, and released 15 days later.
    """

    IN_USE = "in_use"
    EXPIRED = "expired"
    FROZEN = "frozen"
    CLOSING = "closing"
    CLOSING_FAILED = "closing_failed"
    CLOSED = "closed"

    after = nonmember(
        {
            IN_USE: {EXPIRED, CLOSING},
            EXPIRED: {IN_USE, FROZEN, CLOSING},
            FROZEN: {IN_USE, CLOSING},
            CLOSING: {CLOSED, CLOSING_FAILED},
            CLOSING_FAILED: {CLOSING},
        }
    )


ENDED = (ResourceState.EXPIRED, ResourceState.FROZEN)
"""Its time is over, and it can be renewed."""

LIVING = (ResourceState.IN_USE, *ENDED)
"""It can still be renewed."""

CLOSABLE = (ResourceState.IN_USE, ResourceState.CLOSING_FAILED)


class EnterpriseState(State):
    """Of an enterprise (S1, New Enterprise Setup, note 3)."""

    SETTING_UP = "setting_up"
    READY = "ready"

    after = nonmember({SETTING_UP: {READY}})


class AuthenticationState(State):
    """Of the real-name authentication of an account (S1, Step One, note)."""

    NONE = "none"
    REVIEWING = "reviewing"
    APPROVED = "approved"

    after = nonmember({NONE: {REVIEWING}, REVIEWING: {APPROVED}})


class CallVerdict(State):
    """Of a call to a seller: what came of it, once and for all."""

    ACCEPTED = "accepted"
    PROCESSING = "processing"
    """The seller begins, and is asked later."""
    REFUSED = "refused"
    """A documented no."""
    FAULT = "fault"
    """An answer of no use, or none."""

    after = nonmember({})
