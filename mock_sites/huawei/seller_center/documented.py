"""The operations of the seller protocol with their parameters, as documented (spec huawei 2.4, 2.6 and 4.1).

What a call is prefilled with are values for debugging; ``$names`` in them are filled in by ``prefilling``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mock_sites.world.errors import N_


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation."""

    name: str
    longest: int
    """Characters."""
    default: str = ""
    mandatory: bool = False
    about: str = ""
    """An English sentence that pages translate."""
    kind: str = "text"
    """text, number, list or object (both JSON), or secret (sent encrypted)."""
    may_be_empty: bool = False
    """Whether it is sent although it is empty."""


@dataclass(frozen=True)
class Operation:
    """An operation of one version of the protocol."""

    name: str
    """Its activity on the wire, or the kit's interface."""
    title: str
    """An English phrase that pages translate."""
    interface: str
    """production or kit."""
    parameters: tuple[Parameter, ...]

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of this name."""
        return next((one for one in self.parameters if one.name == name), None)


def _m(name: str, longest: int, default: str = "", about: str = "") -> Parameter:
    return Parameter(name, longest, default, mandatory=True, about=about)


_o = Parameter

_PRODUCTION: Final = "production"
_DEBUG: Final = _o("testFlag", 2, "1", about=N_("1 for a debug call, which must not touch business data; 0 for real."))
_INSTANCE: Final = _m("instanceId", 64, "$instance")
_INSTANCES: Final = _m("instanceId", 6500, "$instance", N_("Up to 100 instances, separated by commas."))
_EXPIRES: Final = N_("The end in UTC, as yyyyMMddHHmmss.")
_SECRET: Final = N_("Write it plainly; it is sent encrypted.")
_BUSINESS: Final = _m("businessId", 64, "$business", N_("Another one for each request."))
_PRODUCT_INFO: Final = N_("A JSON object: the product that the instance is to be renewed as.")
_TITLES: Final = {
    "newInstance": N_("Create an instance"),
    "queryInstance": N_("Query instances"),
    "refreshInstance": N_("Renew an instance"),
    "updateInstanceStatus": N_("Change the status of an instance"),
    "releaseInstance": N_("Release an instance"),
    "upgradeInstance": N_("Upgrade an instance"),
    "changeInstanceCheck": N_("Check a change of renewal"),
    "expireInstance": N_("Expire an instance"),
    "upgrade": N_("Upgrade an instance"),
    "instanceStatus": N_("Change the status of an instance"),
    "getLicense": N_("Get a licence"),
    "tenantSync": N_("Synchronise an enterprise"),
    "applicationSync": N_("Synchronise an application"),
    "authSync": N_("Synchronise authorized members"),
    "singleOrgSync": N_("Synchronise a department"),
    "allOrgSync": N_("Synchronise all departments"),
}


def _order(order_id: str, *, mandatory: bool = True) -> tuple[Parameter, Parameter]:
    return (
        Parameter("orderId", 64, order_id, mandatory=mandatory),
        Parameter("orderLineId", 64, f"{order_id}-000001", mandatory=mandatory),
    )


def _production(name: str, *parameters: Parameter) -> Operation:
    return Operation(name, _TITLES[name], _PRODUCTION, (*parameters, _DEBUG))


V2: Final = (
    _production(
        "newInstance",
        *_order("MOCKPERIODYEARNEW"),
        _BUSINESS,
    ),
    _production("queryInstance", _INSTANCES),
    _production(
        "refreshInstance",
        _m("scene", 64, "RENEWAL", "TRIAL_TO_FORMAL, RENEWAL, UNSUBSCRIBE_RENEWAL_PERIOD, RENEWAL_CHANGE"),
        *_order("MOCKMONTYRENEW"),
        _INSTANCE,
        _o("productId", 64, "$product"),
        _m("expireTime", 20, "$expires", _EXPIRES),
    ),
    _production("updateInstanceStatus", _INSTANCE, _m("status", 64, "FREEZE", "FREEZE, UNFREEZE")),
    _production("releaseInstance", _INSTANCE, *_order("MOCKMONTYUNSUBSCRIBE", mandatory=False)),
    _production("upgradeInstance", _INSTANCE, *_order("MOCKMONTYCHANGE")),
    _production(
        "changeInstanceCheck",
        _INSTANCE,
        Parameter("productInfo", 4000, "$product_info", mandatory=True, about=_PRODUCT_INFO, kind="object"),
    ),
)
"""The production interface, V2.0."""

_AMOUNT: Final = _o("amount", 10, "1")
_SIZES: Final = (_AMOUNT, _o("diskSize", 10), _o("bandWidth", 10))
_PERIOD: Final = (_o("periodType", 10, "year", about="year, month"), _o("periodNumber", 4, "1"), _o("orderAmount", 20))

V1: Final = (
    _production(
        "newInstance",
        _m("customerId", 100, "$customer"),
        _m("customerName", 64, "mock_customer"),
        _o("userId", 64),
        _o("userName", 64),
        _o("mobilePhone", 60, "13800000000", about=_SECRET, kind="secret"),
        _o("email", 60, "mock@example.com", about=_SECRET, kind="secret"),
        _BUSINESS,
        _m("orderId", 64, "MOCKPERIODYEARNEW"),
        _m("skuCode", 64, "$sku"),
        _m("productId", 64, "$product"),
        _o("trialFlag", 2, "0", about=N_("1 for a trial.")),
        _o("expireTime", 20, "$expires", about=_EXPIRES),
        _o("chargingMode", 4, "1", about=N_("1 by period, 3 one-time.")),
        *_PERIOD,
        *_SIZES,
        _o("saasExtendParams", 4000, about=N_("URL-encoded Base64 of a JSON list of name and value.")),
    ),
    _production(
        "refreshInstance",
        _m("orderId", 64, "MOCKMONTYRENEW"),
        _INSTANCE,
        _o("productId", 64, "$product"),
        _m("expireTime", 20, "$expires", _EXPIRES),
        _o("trialToFormal", 2, about=N_("1 when a trial is made formal.")),
        *_PERIOD,
    ),
    _production("expireInstance", _INSTANCE, _m("orderId", 64, "MOCKPERIODYEARNEW")),
    _production("releaseInstance", _INSTANCE, _m("orderId", 64, "MOCKPERIODYEARNEW")),
    _production(
        "upgrade",
        _INSTANCE,
        _m("orderId", 64, "MOCKMONTYCHANGE"),
        _m("skuCode", 64, "$sku"),
        _m("productId", 64, "$product"),
        *_SIZES,
    ),
    _production("instanceStatus", _INSTANCE, _m("instanceStatus", 20, "FREEZE", "FREEZE, NORMAL")),
    _production("queryInstance", _INSTANCES),
    _production(
        "getLicense",
        _m("customerId", 100, "$customer"),
        _o("customerName", 64, "mock_customer"),
        _BUSINESS,
        _m("orderId", 64, "MOCKPERIODYEARNEW"),
        _o("skuCode", 64, "$sku"),
        _m("productId", 64, "$product"),
        _o("expireTime", 20, "$expires", about=_EXPIRES),
        *_PERIOD[:2],
        _AMOUNT,
    ),
)
"""The production interface, V1.0."""

_TENANT: Final = _m("tenantId", 64, "$tenant")
_EMPTY: Final = N_("Empty when a credential is applied for.")
_OF_INSTANCE: Final = _o("instanceId", 64, "$instance", about=_EMPTY, may_be_empty=True)
_APP: Final = _m("appId", 64, "$app")
_USERS: Final = (
    '[{"userName":"debug","name":"Debug","orgCode":"org-1","role":"user","enable":"true","email":"debug@example.com"}]'
)


def _flag(about: str = "0 delete, 1 add, 2 modify") -> Parameter:
    return Parameter("flag", 2, "1", mandatory=True, about=about, kind="number")


def _kit(name: str, *parameters: Parameter) -> Operation:
    debug = Parameter("testFlag", 2, "1", mandatory=True, about=_DEBUG.about, kind="number")
    return Operation(name, _TITLES[name], "kit", (*parameters, debug))


def _kit_of(organizations: str, organization_name: str) -> tuple[Operation, ...]:
    """The joint-operation kit; the versions name the list of departments in their own ways."""
    return (
        _kit(
            "tenantSync",
            _OF_INSTANCE,
            _o("orderId", 64, "MOCKPERIODYEARNEW", about=_EMPTY, may_be_empty=True),
            _TENANT,
            _m("tenantCode", 64, "debug"),
            _m("name", 255, "Debug enterprise"),
            _m("domainName", 255, "$auth_centre"),
            _flag(),
        ),
        _kit(
            "applicationSync",
            _OF_INSTANCE,
            _TENANT,
            _APP,
            _m("clientId", 64, "$client"),
            _o(
                "clientSecret",
                128,
                about=N_("Left empty, the one that was agreed on is sent, encrypted."),
                kind="secret",
            ),
            _flag(),
        ),
        _kit(
            "authSync",
            _OF_INSTANCE,
            _TENANT,
            _APP,
            Parameter("userList", 100_000, _USERS, mandatory=True, about=N_("A JSON list of members."), kind="list"),
            _m("currentSyncTime", 20, "$beijing"),
            _flag("0 delete, 1 add, 2 modify, 3 cancel (V2)"),
        ),
        _kit(
            "singleOrgSync",
            _OF_INSTANCE,
            _TENANT,
            _m("orgCode", 64, "org-1"),
            _m("orgName", 128, "Debug department"),
            _o("parentCode", 64, about=N_("Empty at the top."), may_be_empty=True),
            _flag(),
        ),
        _kit(
            "allOrgSync",
            _OF_INSTANCE,
            _TENANT,
            Parameter(
                organizations,
                100_000,
                f'[{{"orgCode":"org-1","{organization_name}":"Debug department"}}]',
                mandatory=True,
                about=N_("A JSON list of departments."),
                kind="list",
            ),
        ),
    )


OPERATIONS: Final[Mapping[str, tuple[Operation, ...]]] = {
    "v1": (*V1, *_kit_of("orgInfo", "name")),
    "v2": (*V2, *_kit_of("orgInfoList", "orgName")),
}
"""All operations, by protocol."""


def find(protocol: str, name: str) -> Operation | None:
    """The operation of this name."""
    return next((one for one in OPERATIONS[protocol] if one.name == name), None)
