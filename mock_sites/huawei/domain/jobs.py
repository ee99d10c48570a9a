"""Huawei Cloud's scheduled jobs, and the data of its calls to sellers. ``company.py`` names the handlers.

``order``, ``instance``, ``account`` and ``enterprise`` are ids of rows.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from mock_sites.huawei.domain.states import SupervisionState
from mock_sites.huawei.protocol.activities import Activity, KitInterface
from mock_sites.world.job import Job


class HuaweiJob(Job):
    """The base class of Huawei Cloud's jobs."""


@dataclass(frozen=True)
class ApproveAuthentication(HuaweiJob, kind="approve-authentication"):
    """The end of the review of a real-name authentication that is approved."""

    account: str


@dataclass(frozen=True)
class RejectAuthentication(HuaweiJob, kind="reject-authentication"):
    """The end of the review of a real-name authentication that is rejected, for a reason in English."""

    account: str
    reason: str


@dataclass(frozen=True)
class TransferAmount(HuaweiJob, kind="transfer-amount"):
    """The transfer of a small amount to the bank account of an enterprise."""

    account: str


@dataclass(frozen=True)
class CancelUnpaid(HuaweiJob, kind="cancel-unpaid"):
    """The end of the time limit for paying an order."""

    order: str


@dataclass(frozen=True)
class ListService(HuaweiJob, kind="list-service"):
    """The end of provisioning: a service appears in Purchased Services."""

    order: str
    instance: str


@dataclass(frozen=True)
class FinishEnterprise(HuaweiJob, kind="finish-enterprise"):
    """The end of the set-up of an enterprise."""

    enterprise: str


@dataclass(frozen=True)
class ExpireService(HuaweiJob, kind="expire-service"):
    """The end of a service's term."""

    instance: str


@dataclass(frozen=True)
class ReleaseExpired(HuaweiJob, kind="release-expired"):
    """The end of the time in which an expired service can be renewed."""

    instance: str


@dataclass(frozen=True)
class AutoRenew(HuaweiJob, kind="auto-renew"):
    """The time when a service is renewed automatically."""

    instance: str


@dataclass(frozen=True)
class ChangeEdition(HuaweiJob, kind="change-edition"):
    """The beginning of a renewal as another edition."""

    instance: str


@dataclass(frozen=True)
class ValidateUsage(HuaweiJob, kind="validate-usage"):
    """The time when the usage records that sellers have pushed are validated."""


@dataclass(frozen=True)
class CollectUsage(HuaweiJob, kind="collect-usage"):
    """The time when valid usage records become the buyers' bills."""


@dataclass(frozen=True)
class SendProbes(HuaweiJob, kind="send-probes"):
    """The time when the saved cases of a product are sent as probes."""

    product: str


@dataclass(frozen=True)
class Probe(HuaweiJob, kind="send-probe"):
    """Send a saved case as a probe. ``case`` is the number of the saved call."""

    case: int


# ---------------------------------------------------------------------- calls to sellers


class Origin(StrEnum):
    """Why a seller is called."""

    DELIVERY = "delivery"
    LIVE = "live"
    """The buyer waits for the answer."""
    DUPLICATE = "duplicate"
    """A repeated newInstance, to check that its answer is the same."""
    RESEND = "resend"
    HAND = "hand"
    REPLAY = "replay"
    PROBE = "probe"


@dataclass(frozen=True, kw_only=True)
class SellerRequest:
    """The data from which a call to a seller is made. ``repeats`` is the number of the call that is sent again."""

    origin: Origin = Origin.DELIVERY
    repeats: int | None = None


@dataclass(frozen=True, kw_only=True)
class OperationCall(SellerRequest):
    """A call of the production interface. Fields that an activity does not need are empty."""

    activity: Activity
    order: str = ""
    """The order. Empty only for changeInstanceCheck, which comes before there is an order."""
    instance: str = ""
    scene: str = ""
    """Why the instance is refreshed."""
    status: str = ""
    """FREEZE or UNFREEZE."""
    expired: bool | None = None
    """Whether its status changes because it expired."""
    specification: str = ""
    """The product id of the edition for a renewal."""
    supervision: SupervisionState = SupervisionState.NONE
    """The stage of service supervision at which newInstance is repeated."""
    expected: str = ""
    """The instance that the answer must name, because the first answer named it."""
    tries: int = 1
    """The number of this try."""


@dataclass(frozen=True, kw_only=True)
class Deliver(OperationCall, HuaweiJob, kind="deliver"):
    """Call the seller until it has carried out the operation, at most as often as the retry policy says."""


@dataclass(frozen=True)
class Unit:
    """A department as it is sent: as it was when it changed. ``parent`` is the code of the one above, or empty."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True, kw_only=True)
class KitCall(SellerRequest):
    """A call of the joint-operation kit. Fields that an interface does not need are empty."""

    interface: KitInterface
    flag: int | None = None
    members: tuple[str, ...] = ()
    """The ids of the members whose authorizations change."""
    department: Unit | None = None


@dataclass(frozen=True, kw_only=True)
class Sync(KitCall, HuaweiJob, kind="sync"):
    """Send the seller of a service the enterprise that uses it, and then the calls that follow."""

    enterprise: str
    instance: str
    then: tuple[KitCall, ...] | None = None

    @classmethod
    def of(cls, call: KitCall, enterprise: str, instance: str, then: tuple[KitCall, ...] | None = None) -> Self:
        """The job that makes a call about this enterprise and service."""
        return cls(**vars(call), enterprise=enterprise, instance=instance, then=then)
