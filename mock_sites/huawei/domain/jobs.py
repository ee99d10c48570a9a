"""What Huawei Cloud does later: its jobs, and what calls to sellers are made from. ``company.py`` names their handlers.

``order``, ``instance``, ``account`` and ``enterprise`` are ids of rows.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from mock_sites.huawei.protocol.activities import Activity, KitInterface
from mock_sites.world.job import Job


class HuaweiJob(Job):
    """Base of Huawei Cloud's jobs."""


@dataclass(frozen=True)
class ApproveAuthentication(HuaweiJob, kind="approve-authentication"):
    """The end of the review of a real-name authentication."""

    account: str


@dataclass(frozen=True)
class CancelUnpaid(HuaweiJob, kind="cancel-unpaid"):
    """The end of the time to pay an order."""

    order: str


@dataclass(frozen=True)
class ListService(HuaweiJob, kind="list-service"):
    """The end of the provisioning: a service appears in Purchased Services."""

    order: str
    instance: str


@dataclass(frozen=True)
class FinishEnterprise(HuaweiJob, kind="finish-enterprise"):
    """The end of the set-up of an enterprise."""

    enterprise: str


@dataclass(frozen=True)
class ExpireService(HuaweiJob, kind="expire-service"):
    """The end of a service's time."""

    instance: str


@dataclass(frozen=True)
class ReleaseExpired(HuaweiJob, kind="release-expired"):
    """The end of the time in which an expired service can be renewed."""

    instance: str


@dataclass(frozen=True)
class AutoRenew(HuaweiJob, kind="auto-renew"):
    """The moment at which a service is renewed by itself."""

    instance: str


@dataclass(frozen=True)
class ChangeEdition(HuaweiJob, kind="change-edition"):
    """The beginning of the time for which a service was renewed as another edition."""

    instance: str


# ---------------------------------------------------------------------- calls to sellers


class Origin(StrEnum):
    """Who wanted a call to a seller."""

    DELIVERY = "delivery"
    LIVE = "live"
    """The buyer waits for the answer."""
    DUPLICATE = "duplicate"
    """A repeated newInstance, to see whether its answer is the same."""
    RESEND = "resend"
    HAND = "hand"
    REPLAY = "replay"


@dataclass(frozen=True, kw_only=True)
class SellerRequest:
    """What a call to a seller is made from. ``repeats`` is the number of the call that is sent again."""

    origin: Origin = Origin.DELIVERY
    repeats: int | None = None


@dataclass(frozen=True, kw_only=True)
class Operation(SellerRequest):
    """An operation of the production interface. What an activity does not need stays empty."""

    activity: Activity
    order: str = ""
    """Empty for changeInstanceCheck only, which comes before there is an order."""
    instance: str = ""
    scene: str = ""
    """Why the instance is refreshed."""
    status: str = ""
    """FREEZE or UNFREEZE."""
    expired: bool | None = None
    """Whether its status changes because its time is over."""
    specification: str = ""
    """The product id of what it may be renewed as."""
    expected: str = ""
    """The instance that the answer has to name, as the one before did."""
    tries: int = 1
    """How often it has been tried with this call."""


@dataclass(frozen=True, kw_only=True)
class Deliver(Operation, HuaweiJob, kind="deliver"):
    """An operation is tried by its policy until the seller has carried it out."""


@dataclass(frozen=True, kw_only=True)
class KitCall(SellerRequest):
    """A call of the joint-operation kit. What an interface does not need stays empty."""

    interface: KitInterface
    flag: int | None = None
    members: tuple[str, ...] = ()
    """The ids of those whose authorizations change."""
    department: str = ""


@dataclass(frozen=True, kw_only=True)
class Sync(KitCall, HuaweiJob, kind="sync"):
    """The seller of a service is told of the enterprise that uses it, and then what follows."""

    enterprise: str
    instance: str
    then: tuple[KitCall, ...] | None = None

    @classmethod
    def of(cls, call: KitCall, enterprise: str, instance: str, then: tuple[KitCall, ...] | None = None) -> Self:
        """The job that makes a call about this enterprise and service."""
        return cls(**vars(call), enterprise=enterprise, instance=instance, then=then)
