"""The shapes of the Seller Center API's requests and answers about the settings of sellers."""

from pydantic import BaseModel, Field

from mock_sites.huawei.domain import packages
from mock_sites.huawei.protocol.codes import QUERY_TOO_OFTEN
from mock_sites.huawei.protocol.retries import TOLERATED_DAYS, TOLERATED_FAILURES
from mock_sites.huawei.protocol.usage_push import NO_SUCH_INSTANCE, NOT_ALLOWED, WINDOW_TOO_OLD, WITHDRAWN
from mock_sites.web.json_api import Body, WholeNumber, written_as
from mock_sites.world.fields import LONGEST_TEXT


class Settings(BaseModel):
    """How the seller of a product is called. The keys are never returned."""

    product: str
    title: str
    built_in: bool
    protocol: str
    production_address: str
    has_access_key: bool
    has_kit_key: bool = Field(description="Whether the joint-operation kit has a key of its own.")
    login_address: str
    encrypt_type: str
    public_key: str
    oaep_digest: str
    mgf_hash: str
    sends_duplicates: bool
    gets_documented_addresses: bool
    sends_test_flag: bool
    sends_product_info_as_text: bool
    sends_departments_as_text: bool
    is_supervised: bool
    sends_order_notifications: bool
    order_queries_a_minute: int
    issues_refresh_tokens: bool
    billing_cycle: str
    refuses_usage_at_once: bool
    is_withdrawn: bool
    failed_order_count: int = Field(
        description=f"Orders that failed this month; more than {TOLERATED_FAILURES} lead to delisting."
    )
    failed_orders: list[str] = Field(description="The first of them, at most 20.")
    failed_days: int = Field(
        description=f"Days in a row on which probes failed; more than {TOLERATED_DAYS} lead to delisting."
    )
    on_sale: bool = Field(description="Whether it can be bought: it was neither delisted nor withdrawn.")


class NewKey(BaseModel):
    """A key that was made now."""

    access_key: str
    product: str
    title: str
    classes: list[str] = Field(
        description="The classes of interfaces of the product that have it from now on. Other products keep their keys."
    )


class AccessKey(BaseModel):
    """What order queries, and usage pushes in the header Authorization, are signed with, and where they go."""

    access_key_id: str = Field(description="The AK. It is that of the sellers of all products.")
    secret_access_key: str = Field(description="The SK.")
    order_query: str = Field(description="The address of the order query in this world.")
    usage_push: str = Field(description="The address of the usage push in this world.")


class SettingsList(BaseModel):
    """Every product with its seller."""

    sellers: list[Settings]


class Package(BaseModel):
    """A package of a pay-per-use product."""

    offer: str = Field(description="Its product id, by which it is ordered.")
    sku_code: str
    name: str
    quota: str = Field(description="The usage that it covers, with at most 4 decimals.", examples=["1000"])
    unit: str
    price: int = Field(description="In CNY.")
    stops: bool = Field(description="Whether it stops when it is used up. Else the rest is charged by the unit price.")


class PackageList(BaseModel):
    """The packages of a product that are sold."""

    packages: list[Package]


class OfferPackage(Body):
    """A package to offer."""

    name: str = Field(min_length=1, max_length=LONGEST_TEXT)
    quota: str = Field(description="Above 0.", examples=["1000"], json_schema_extra=written_as(packages.QUOTA))
    unit: str = Field(min_length=1, max_length=packages.LONGEST_UNIT, examples=["GB"])
    price: WholeNumber = Field(description="In whole CNY.", ge=0, lt=10**7)
    stops: bool = Field(default=False, description="Whether it stops when it is used up.")


class ChangeSettings(Body):
    """The settings to change. A field that is left out does not change."""

    protocol: str | None = None
    production_address: str | None = Field(None, description="Empty for the built-in seller.")
    access_key: str | None = None
    kit_key: str | None = Field(None, description="The key of the joint-operation kit. Empty: the access key.")
    login_address: str | None = None
    encrypt_type: str | None = None
    public_key: str | None = None
    oaep_digest: str | None = None
    mgf_hash: str | None = None
    sends_duplicates: bool | None = None
    billing_cycle: str | None = Field(None, description="How often reported usage is collected: day or hour.")
    gets_documented_addresses: bool | None = Field(
        None, description="Whether addresses in calls are those of the documents, which lead to the real marketplace."
    )
    sends_test_flag: bool | None = Field(None, description="Whether real calls have testFlag 0, as on older pages.")
    sends_product_info_as_text: bool | None = Field(
        None, description="Whether productInfo of changeInstanceCheck is a text that contains JSON."
    )
    sends_departments_as_text: bool | None = Field(
        None, description="Whether orgInfoList of allOrgSync is a text that contains JSON (V2.0)."
    )
    is_supervised: bool | None = Field(
        None,
        description="Whether purchases are delivered by the seller and accepted by the buyer before they are listed.",
    )
    sends_order_notifications: bool | None = Field(
        None, description="Whether orderNotify is sent for each order that takes effect (V2.0)."
    )
    order_queries_a_minute: int | None = Field(
        None,
        ge=0,
        le=9999,
        description=f"After so many order queries in a minute {QUERY_TOO_OFTEN} is answered. 0: no limit.",
    )
    issues_refresh_tokens: bool | None = Field(
        None, description="Whether unified login issues refresh tokens to the seller's application."
    )
    refuses_usage_at_once: bool | None = Field(
        None,
        description="Whether a usage push with an unknown instance, another seller's or a window that is too old is "
        f"refused with {NO_SUCH_INSTANCE}, {NOT_ALLOWED} or {WINDOW_TOO_OLD}.",
    )
    is_withdrawn: bool | None = Field(
        None, description=f"Whether the product is no longer sold; usage of its instances gets code {WITHDRAWN}."
    )
