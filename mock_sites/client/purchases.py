"""What a buyer orders, uses and sets up on the marketplace, as the scenario API tells it. Prices are in CNY."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Literal, TypedDict, TypeVar

from mock_sites.client.connection import read

Outcome = Literal["unpaid", "supervised", "waiting", "done", "failed"]
"""``unpaid``: the order waits for payment; ``supervised``: for the delivery and its acceptance to be confirmed;
``waiting``: for the seller or its time; ``failed``: for good.
"""


@dataclass(frozen=True)
class Account:
    """An account of Huawei Cloud."""

    id: str
    name: str
    email: str
    verified: bool
    balance: int
    """In CNY, before ``used_fen`` is deducted."""
    used_fen: int
    """What usage of pay-per-use products has cost so far, in fen (0.01 CNY)."""


@dataclass(frozen=True)
class Offer:
    """Something that can be ordered."""

    offer: str
    """Its id."""
    product: str
    """The content id of the product."""
    title: str
    edition: str
    """The edition of a period product, or the name of a package."""
    seller: str
    kind: Literal["on-demand", "package", "card", "period", "trial"]
    period: str
    """year, month or day; empty for what is not sold by time."""
    price: int
    """Of a unit, a period or a package."""
    quota: str
    """The usage that a package covers; empty for all else."""
    unit: str
    stops: bool
    """Whether it is a package that stops when it is used up."""


@dataclass(frozen=True)
class Order:
    """An order."""

    id: str
    type: str
    """NEW, TRIAL, TRIAL_TO_FORMAL, RENEW, CHANGE or UNSUBSCRIBE."""
    state: str
    """pending_approval, pending_payment, processing, completed or cancelled."""
    product: str
    title: str
    specification: str | None
    package: str | None
    """The offer, if it is a package."""
    periods: int
    quantity: int
    amount: int
    refund: int
    instance: str | None
    """The service that it created, or is about."""
    created_at: str
    paid_at: str | None
    expires_at: str | None
    """The end of the service after this order."""


class PackageUsage(TypedDict):
    """What is used and left of a package."""

    offer: str
    name: str
    quota: str
    used: str
    left: str
    unit: str
    stops: bool
    """Whether it stops when it is used up. Else the rest is charged."""


@dataclass(frozen=True)
class Service:
    """A purchased service."""

    instance: str
    state: str
    """in_use, used_up (a package), expired, frozen, closing, closing_failed or closed."""
    order: str
    product: str
    title: str
    specification: str | None
    """Of a period product: what it is now."""
    package: PackageUsage | None
    uncharged_usage: str
    """The usage that was neither deducted nor charged, because a package that stops was used up."""
    trial: bool
    role: str
    enterprise: str | None
    auto_renew: bool
    created_at: str
    expires_at: str | None
    closed_at: str | None


@dataclass(frozen=True)
class EnterpriseSummary:
    """An enterprise in a list; ``id`` is the tenant id."""

    id: str
    name: str
    domain: str
    state: str
    """setting_up or ready."""


@dataclass(frozen=True)
class Enterprise(EnterpriseSummary):
    """An enterprise."""

    login_url: str
    """The unified login link for its members."""


@dataclass(frozen=True)
class Member:
    """A member of an enterprise."""

    id: str
    account: str
    login_name: str
    name: str
    department: str
    phone: str
    email: str
    authorized: bool


@dataclass(frozen=True)
class OperationCall:
    """A call to the seller that an operation caused."""

    number: int
    """The number under which the Seller Center shows it."""
    at: str
    operation: str
    verdict: Literal["accepted", "processing", "refused", "fault"]
    code: str
    """The seller's result code."""
    explanation: str
    """What the marketplace made of the answer, in words."""
    advice: list[str]
    """What to fix, and what the seller says to a call that it refused."""
    url: str
    """The Seller Center's page about it."""


@dataclass(frozen=True)
class Result:
    """What became of an operation."""

    outcome: Outcome
    now: str
    """The world's time."""
    calls: list[OperationCall]
    """The calls to the seller that it caused, in order."""


@dataclass(frozen=True)
class OrderResult(Result):
    """An order, and what became of it."""

    order: Order


@dataclass(frozen=True)
class ServiceResult(Result):
    """A service, and what became of its closing."""

    service: Service


@dataclass(frozen=True)
class EnterpriseResult(Result):
    """An enterprise, and what became of its set-up."""

    enterprise: Enterprise


@dataclass(frozen=True)
class MemberResult(Result):
    """A member, and whether the seller has accepted the change."""

    member: Member


@dataclass(frozen=True)
class MembersResult(Result):
    """Members, and whether the seller has accepted the change."""

    members: list[Member]


@dataclass(frozen=True)
class Failure:
    """A call about an enterprise that the seller has not accepted, and that was not sent again."""

    number: int
    """The number to send it again by."""
    at: str
    operation: str
    enterprise: str
    explanation: str


@dataclass(frozen=True)
class Onboarding:
    """An enterprise with its first member, and all calls to the seller."""

    outcome: Outcome
    """``failed`` if the seller has not accepted one of the calls."""
    resumed: bool
    """Whether the enterprise had been set up before, so that only what was missing was done."""
    enterprise: Enterprise
    member: Member
    calls: list[OperationCall]


Answer = TypeVar("Answer", bound=Result)

_KINDS: Final[Mapping[str, type[Any]]] = {
    "order": Order,
    "service": Service,
    "enterprise": Enterprise,
    "member": Member,
}


def result(kind: type[Answer], answer: Mapping[str, Any]) -> Answer:
    """The answer to an operation."""
    values: dict[str, Any] = {field.name: answer[field.name] for field in fields(kind)}
    values["calls"] = [read(OperationCall, each) for each in values["calls"]]
    if "members" in values:
        values["members"] = [read(Member, each) for each in values["members"]]
    for name in values.keys() & _KINDS.keys():
        values[name] = read(_KINDS[name], answer[name])
    return kind(**values)
