"""The shapes of the Seller Center API's requests and answers. Moments are ISO 8601 in UTC; secrets are masked."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from mock_sites.huawei.protocol.activities import Activity, KitInterface
from mock_sites.web.json_api import Body

UsageStates = Literal["received", "accepted", "refused", "billed"]
Verdict = Literal["accepted", "processing", "refused", "fault"]
Product = Annotated[str, Field(max_length=100, description="The content id of a product.")]


class PageQuery(BaseModel):
    """Which page of a list to return."""

    model_config = ConfigDict(extra="forbid")

    page: int = Field(1, ge=1, lt=2**31)


class CallQuery(PageQuery):
    """Which calls to return. A field that is left out does not filter."""

    product: Product = ""
    operation: str = Field("", max_length=100, examples=[Activity.NEW_INSTANCE, KitInterface.TENANT])
    verdict: Verdict | Literal[""] = ""


class CallLine(BaseModel):
    """A call, in one line."""

    number: int
    at: datetime
    product: str
    operation: str
    interface: str
    protocol: str
    origin: str
    verdict: Verdict
    code: str
    explanation: str
    saved: bool


class CallList(BaseModel):
    """A page of calls, latest first."""

    calls: list[CallLine]
    page: int
    pages: int
    total: int


class Call(CallLine):
    """A call and its answer."""

    repeats: int | None = Field(description="The call that was sent again by this one.")
    method: str
    url: str
    headers: dict[str, str]
    body: str = Field(description="As it was sent, octet by octet; only secrets are masked.")
    string_to_sign: str
    signature: str
    status: int = Field(description="0 when there was no answer.")
    answer_headers: dict[str, str]
    answer_body: str = Field(description="Secrets are masked, and JSON that is not compact is indented.")
    fault: str
    debugged: str = Field(
        description="What the marketplace's debugging page says to a debug call, in its own words; empty for others."
    )
    advice: list[str] = Field(description="What to fix, and what the seller says to a call that it refused.")


class SendCall(Body):
    """A call to send by hand."""

    product: Product
    operation: str = Field(max_length=100)
    parameters: dict[str, str] | None = Field(None, description="Left out, the values for debugging are sent.")


class ResendCall(Body):
    """A logged call to send again."""

    parameters: dict[str, str] | None = Field(None, description="Left out, it is sent as it was.")


class Signature(Body):
    """A signature to compare with that of a call."""

    signature: str = Field(min_length=1, max_length=200, description="As your program has computed it for this call.")


class Diagnosis(BaseModel):
    """What is wrong with a signature."""

    same: bool = Field(description="Whether it is the call's own.")
    mistakes: list[str] = Field(examples=[["key-without-timestamp"]])
    advice: list[str] = Field(description="A sentence for each mistake.")


class Explanation(BaseModel):
    """Why a seller refused a call."""

    mistakes: list[str] = Field(
        examples=[["timestamp-in-seconds"]], description="Empty if no usual mistake explains it."
    )
    advice: list[str] = Field(description="A sentence for each mistake.")


class OperationQuery(BaseModel):
    """The product whose operations to return."""

    model_config = ConfigDict(extra="forbid")

    product: Product


class Parameter(BaseModel):
    """A parameter of an operation."""

    name: str
    mandatory: bool
    longest: int = Field(description="Characters.")
    about: str
    value: str = Field(description="A value for debugging.")


class Operation(BaseModel):
    """An operation of the seller's protocol."""

    name: str
    title: str
    interface: str
    calls: int = Field(description="How often it was called; 0 when it was not exercised yet.")
    accepted: int
    latest: datetime | None
    parameters: list[Parameter]


class OperationList(BaseModel):
    """All operations of a product's protocol."""

    protocol: str
    operations: list[Operation]


class Difference(BaseModel):
    """A saved case: its last replays, and how their answers differ from each other and from the saved one."""

    number: int
    operation: str
    replays: list[int]
    differences: list[str]


class CaseList(BaseModel):
    """The saved cases."""

    cases: list[Difference]


class Replay(CaseList):
    """The saved cases after a replay."""

    left_out: list[int] = Field(description="Cases that were not sent twice; the next replay begins with them.")


class UsageQuery(PageQuery):
    """Which usage records to return. A field that is left out does not filter."""

    product: Product = ""
    state: UsageStates | Literal[""] = ""


class UsageDeduction(BaseModel):
    """What was deducted from a package for a usage record."""

    package: str = Field(description="The instance of the package.")
    usage: str


class UsageRecord(BaseModel):
    """A usage record as a seller pushed it, and what the marketplace made of it."""

    number: int
    received_at: datetime
    product: str | None = Field(description="The product of the instance. None if there is no such instance.")
    instance_id: str
    product_id: str
    record_time: str
    begin_time: str
    end_time: str
    usage_value: str
    metering_sn: str
    relate_pkg_instance: str
    state: UsageStates
    code: str = Field(description="Why it was refused; else empty.")
    explanation: str
    collected_at: datetime | None = Field(description="When it is, or was, put on the buyer's bill.")
    deductions: list[UsageDeduction] = Field(description="What was deducted from packages, in this order.")
    charged_usage: str | None = Field(description="What is charged by the unit price. None before it is billed.")
    uncharged_usage: str | None = Field(
        description="What is neither deducted nor charged, because the package that it names stops and is used up."
    )


class UsageRecordList(BaseModel):
    """A page of usage records, latest first."""

    records: list[UsageRecord]
    page: int
    pages: int
    total: int


class SupervisedOrder(BaseModel):
    """An order under service supervision."""

    order: str
    product: str
    instance: str
    created_at: datetime
    stage: Literal["delivering", "accepting", "accepted"]
    state: str = Field(description="The state of the order.")
    accepted_at: datetime | None


class SupervisedOrderList(BaseModel):
    """A page of orders under service supervision, newest first."""

    orders: list[SupervisedOrder]
    page: int
    pages: int
    total: int


class Message(CallLine):
    """The last try of an operation, which failed."""

    restarted: bool
    hindrance: str = Field(description="Why it cannot be restarted; empty when it can.")


class MessageList(BaseModel):
    """A page of operations that failed for good, latest first."""

    messages: list[Message]
    page: int
    pages: int
    total: int
