"""The shapes of the scenario API's requests and answers. Moments are ISO 8601 in UTC, prices are in CNY."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from mock_sites.huawei.domain.outstanding import Outcome
from mock_sites.huawei.domain.states import CallVerdict, EnterpriseState, OrderState, ResourceState
from mock_sites.web.json_api import Body

_WORDS: Final = {"true": True, "false": False}


def _from_word(value: Any) -> Any:
    """The truth value that a query writes as ``true`` or ``false``; other words stay, and are refused."""
    return _WORDS.get(value, value)


Attempt = Annotated[
    int | None,
    Field(
        ge=1,
        lt=2**31,
        description="The number that the page's form has: the account's next order of the product. Sending the same "
        "number again returns the same order. Without it, this is another order.",
    ),
]
Agreed = Annotated[bool, Field(description="Whether the buyer agrees to the terms, as the page asks.")]


class WaitQuery(BaseModel):
    """Whether to wait."""

    model_config = ConfigDict(extra="forbid", strict=True)

    wait: Annotated[bool, BeforeValidator(_from_word)] = Field(
        default=False,
        description="With true, the world's clock is advanced from one scheduled job to the next until the seller has "
        "been called and the operation is done or has failed. No real time is waited for.",
    )


class PageQuery(BaseModel):
    """Which page of a list to return."""

    model_config = ConfigDict(extra="forbid")

    page: int = Field(1, ge=1, lt=2**31)


class SignIn(Body):
    """Who signs in."""

    name: str = Field(description="Account name, phone number or email.")
    password: str


class Buy(Body):
    """What to order."""

    offer: str = Field(description="The id of an offer.", examples=["OFFI-PLAN-STANDARD-MONTH"])
    number: int = Field(1, description="Units of a card, or months or years of a period product. Else 1.")
    agreed: Agreed = False
    auto_renew: bool = Field(default=False, description="For a period product: whether it is renewed automatically.")
    attempt: Attempt = None


class Upgrade(Body):
    """Which edition to change to."""

    specification: str = Field(description="The id of an offer.", examples=["OFFI-PLAN-PROFESSIONAL-MONTH"])
    attempt: Attempt = None


class Renew(Upgrade):
    """For how long to renew, and as which edition."""

    number: int = Field(1, description="Months or years.")


class Unsubscribe(Body):
    """The order that unsubscribes."""

    attempt: Attempt = None


class Policy(Body):
    """What happens when a service expires."""

    auto_renew: bool = Field(description="True renews it automatically; false freezes it, and releases it later.")


class Role(Body):
    """Whom the current service is for."""

    role: str = Field(examples=["personal", "customer"])


class SetUp(Body):
    """An enterprise to set up."""

    name: str
    domain: str = Field(description="Its abbreviation, which identifies it at unified login.", examples=["acme"])


class UseExisting(Body):
    """An enterprise of the account that was set up for an earlier service."""

    enterprise: str


class AddMember(Body):
    """A new member. A field that is left out has the value with which the page's form is filled in: for the first
    member the buyer's own, else nothing.
    """

    name: str | None = None
    department: str | None = None
    phone: str | None = None
    email: str | None = None
    account: str | None = None
    password: str = Field(description="The initial password, which the member changes at the first login.")


class Authorize(Body):
    """Members who may use the application."""

    members: list[str] = Field(description="Their ids.", max_length=1000)
    agreed: Agreed = False


class Account(BaseModel):
    """A Huawei Cloud account."""

    id: str
    name: str
    email: str
    verified: bool = Field(description="Whether it has real-name authentication, which every purchase needs.")
    balance: int = Field(description="In CNY, before used_fen is deducted.")
    used_fen: int = Field(description="What usage of pay-per-use products has cost so far, in fen (0.01 CNY).")


class SignedIn(BaseModel):
    """A sign-in."""

    token: str = Field(description="Send it in the header X-Auth-Token.")
    ends_at: datetime
    account: Account


class Offer(BaseModel):
    """Something that can be ordered."""

    offer: str = Field(description="Its id: the product id of the documents.")
    product: str = Field(description="The content id of the product.")
    title: str
    edition: str = Field(description="The edition of a period product, or the name of a package.")
    seller: str
    kind: Literal["on-demand", "package", "card", "period", "trial"]
    period: str = Field(description="year, month or day; empty for what is not sold by time.")
    price: int = Field(description="Of a unit, a period or a package.")
    quota: str = Field(description="The usage that a package covers; empty for all else.")
    unit: str = Field(description="The unit of the quota.")
    stops: bool = Field(description="Whether it is a package that stops when it is used up.")


class OfferList(BaseModel):
    """All offers."""

    offers: list[Offer]


class Order(BaseModel):
    """An order."""

    id: str
    type: str = Field(description="NEW, TRIAL, TRIAL_TO_FORMAL, RENEW, CHANGE or UNSUBSCRIBE.")
    state: OrderState
    product: str
    title: str
    specification: str | None
    package: str | None = Field(description="The offer, if it is a package.")
    periods: int
    quantity: int
    amount: int
    refund: int
    auto_renew: bool
    attempt: int
    instance: str | None = Field(description="The service that it created, or is about.")
    created_at: datetime
    paid_at: datetime | None
    expires_at: datetime | None = Field(description="The end of the service after this order.")


class OrderList(BaseModel):
    """A page of orders, the latest first."""

    orders: list[Order]
    page: int
    pages: int
    total: int


class PackageUsage(BaseModel):
    """What is used and left of a package."""

    offer: str
    name: str
    quota: str
    used: str
    left: str
    unit: str
    stops: bool = Field(description="Whether it stops when it is used up. Else the rest is charged.")


class Service(BaseModel):
    """A purchased service."""

    instance: str
    state: ResourceState
    order: str
    product: str
    title: str
    specification: str | None
    package: PackageUsage | None = Field(description="What is used and left, if it is a package.")
    uncharged_usage: str = Field(
        description="The usage that was neither deducted nor charged, because a package that stops was used up. Of a "
        "package: the usage that named it."
    )
    trial: bool
    role: str
    enterprise: str | None
    auto_renew: bool
    created_at: datetime
    expires_at: datetime | None
    closed_at: datetime | None


class ServiceList(BaseModel):
    """A page of services, the latest first."""

    services: list[Service]
    page: int
    pages: int
    total: int


class EnterpriseSummary(BaseModel):
    """An enterprise in a list."""

    id: str = Field(description="The tenant id.")
    name: str
    domain: str
    state: EnterpriseState
    ready_at: datetime


class Enterprise(EnterpriseSummary):
    """An enterprise."""

    login_url: str = Field(description="The unified login link that the administrator hands over to members.")


class EnterpriseList(BaseModel):
    """A page of enterprises, the newest first."""

    enterprises: list[EnterpriseSummary]
    page: int
    pages: int
    total: int


class Failure(BaseModel):
    """A call about an enterprise that the seller has not accepted, and that was not sent again."""

    number: int = Field(description="The number to send it again by.")
    at: datetime
    operation: str
    enterprise: str
    explanation: str


class FailureList(BaseModel):
    """A page of failed calls, the oldest first."""

    failures: list[Failure]
    page: int
    pages: int
    total: int


class Member(BaseModel):
    """A member of an enterprise."""

    id: str
    account: str
    login_name: str
    name: str
    department: str
    phone: str
    email: str
    authorized: bool
    password_is_initial: bool


class MemberList(BaseModel):
    """A page of members, in the order in which they were added."""

    members: list[Member]
    page: int
    pages: int
    total: int


class SellerCall(BaseModel):
    """A call to a seller. The Seller Center's API has the rest of it by its number."""

    number: int
    at: datetime
    operation: str
    verdict: CallVerdict
    code: str
    explanation: str
    advice: list[str] = Field(description="What to fix, and what the seller says to a call that it refused.")
    url: str = Field(description="The Seller Center's page about the call, which finds the mistake in a refusal.")


class Result(BaseModel):
    """What became of an operation."""

    outcome: Outcome = Field(
        description="unpaid: the order waits for payment. supervised: it waits until the seller confirms the "
        "delivery and the buyer the acceptance. waiting: the seller has not been called yet, or not to the "
        "end. done: it has taken effect. failed: the last try has failed; `calls` say why."
    )
    now: datetime = Field(description="The world's time.")
    calls: list[SellerCall] = Field(description="The calls to the seller that the operation caused, until now.")


class OrderResult(Result):
    """An order, and what became of it."""

    order: Order


class ServiceResult(Result):
    """A service, and what became of its closing."""

    service: Service


class EnterpriseResult(Result):
    """An enterprise, and what became of its set-up."""

    enterprise: Enterprise


class MemberResult(Result):
    """A member, and whether the seller knows of the change."""

    member: Member


class MembersResult(Result):
    """Members, and whether the seller knows of the change."""

    members: list[Member]
