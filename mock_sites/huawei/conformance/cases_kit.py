"""The cases of the joint-operation kit, V1.0 and V2.0 (spec huawei 4.1)."""

from collections.abc import Mapping
from typing import Any, Final

from mock_sites.huawei.conformance import rules
from mock_sites.huawei.conformance.cases_refused import each_signature
from mock_sites.huawei.conformance.model import ConformanceCase, Flaw, Rule, Weight
from mock_sites.huawei.protocol import kit, kit_lists, names, orders
from mock_sites.huawei.protocol.activities import KitInterface
from mock_sites.huawei.protocol.codes import INVALID_PARAMETER, NOT_AUTHENTICATED
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.world.errors import N_

_AUTH_CENTRE: Final = "http://macroverse.huaweicloud.com.localhost:8700"
"""Where ``mock-sites serve`` has it. A seller may try the address, and must not hand its secret to the real one."""

TENANT: Final = {
    names.INSTANCE_ID: "{instance}",
    names.ORDER_ID: orders.MOCK_YEAR,
    names.TENANT_ID: "tenant-{token}",
    names.TENANT_CODE: "acme-{token}",
    names.DOMAIN_NAME: _AUTH_CENTRE,
    names.FLAG: kit.ADD,
    names.NAME: "Acme",
}
_USED: Final = {names.INSTANCE_ID: "{instance}", names.TENANT_ID: "tenant-{token}", names.APP_ID: "app-{token}"}
_MEMBER: Final = {
    names.USER_NAME: "lina@acme",
    names.NAME: "李娜",
    names.ORG_CODE: "dept-1",
    names.ROLE: kit_lists.ROLE,
    names.ENABLE: kit_lists.ENABLED,
    names.POSITION: "",
    names.EMPLOYEE_CODE: "1001",
    names.MOBILE: "",
    names.EMAIL: "lina@example.com",
}
_TENANT_ONLY: Final = {names.INSTANCE_ID: "{instance}", names.TENANT_ID: "tenant-{token}"}
_DEPARTMENT: Final = {**_TENANT_ONLY, names.ORG_CODE: "dept-1", names.ORG_NAME: "研发部", names.PARENT_CODE: ""}


def _sync(name: str, title: str, interface: str, rule: Rule, fields: Mapping[str, Any], **more: Any) -> ConformanceCase:
    return ConformanceCase(
        name=f"{interface}-{name}",
        title=title,
        operation=interface,
        fields=fields,
        rule=rule,
        interface=Interface.KIT,
        **more,
    )


def _tenants(protocol: str) -> tuple[ConformanceCase, ...]:
    call, rule = KitInterface.TENANT, rules.TENANT
    return (
        _sync("add", N_("An enterprise is bound"), call, rule, TENANT),
        _sync("add-again", N_("The same again"), call, rules.KIT_REPEATED, TENANT, mistake="refuses-repeated"),
        _with_chinese_name(protocol),
        _sync(
            "credential",
            N_("While the seller applies for a credential: no instance, no order"),
            call,
            rule,
            {**TENANT, names.INSTANCE_ID: "", names.ORDER_ID: "", names.TENANT_ID: "debug-{token}"},
            mistake="refuses-credential-call",
            debug_only=True,
        ),
    )


def _with_chinese_name(protocol: str) -> ConformanceCase:
    """An enterprise gets a Chinese name. TenantSync of V1.0 knows no change: there another one has such a name."""
    call, rule, fields = KitInterface.TENANT, rules.TENANT, {**TENANT, names.NAME: "示例企业"}
    if protocol == "v1":
        other = {names.TENANT_ID: "tenant-zh-{token}", names.TENANT_CODE: "zh-{token}"}
        return _sync("add-chinese", N_("An enterprise with a Chinese name is bound"), call, rule, fields | other)
    return _sync("change", N_("Its name changes to a Chinese one"), call, rule, fields | {names.FLAG: kit.MODIFY})


def _users(protocol: str) -> tuple[ConformanceCase, ...]:
    call, rule, members = (
        KitInterface.AUTHORIZATION,
        rules.USERS,
        {**_USED, names.USER_LIST: [_MEMBER], names.CURRENT_SYNC_TIME: "{beijing}"},
    )
    cancelled = _sync("cancel", N_("Their authorization is cancelled"), call, rule, {**members, names.FLAG: kit.CANCEL})
    return (
        _sync("add", N_("A member is authorized"), call, rule, {**members, names.FLAG: kit.ADD}),
        _sync(
            "add-again",
            N_("The same again"),
            call,
            rules.KIT_REPEATED,
            {**members, names.FLAG: kit.ADD},
            mistake="refuses-repeated",
        ),
        _sync(
            "change",
            N_("The member is disabled"),
            call,
            rule,
            {**members, names.FLAG: kit.MODIFY, names.USER_LIST: [_DISABLED]},
        ),
        *([cancelled] if protocol == "v2" else []),
        _sync("delete", N_("The member is deleted"), call, rule, {**members, names.FLAG: kit.DELETE}),
        _sync(
            "delete-again",
            N_("The same again"),
            call,
            rules.KIT_REPEATED,
            {**members, names.FLAG: kit.DELETE},
            mistake="refuses-repeated",
        ),
    )


_DISABLED: Final = {**_MEMBER, names.ENABLE: kit_lists.DISABLED}


def _departments(protocol: str) -> tuple[ConformanceCase, ...]:
    everything = (
        {names.ORG_INFO_LIST: [{names.ORG_CODE: "dept-1", names.ORG_NAME: "研发部", names.PARENT_CODE: ""}]}
        if protocol == "v2"
        else {names.ORG_INFO: [{names.ORG_CODE: "dept-1", names.NAME: "研发部", names.PARENT_CODE: ""}]}
    )
    return (
        _sync(
            "all",
            N_("All departments"),
            KitInterface.ALL_DEPARTMENTS,
            rules.DEPARTMENTS,
            {**_TENANT_ONLY, **everything},
        ),
        *(
            _sync(name, title, KitInterface.DEPARTMENT, rules.DEPARTMENT, {**_DEPARTMENT, names.FLAG: flag})
            for name, title, flag in (
                ("add", N_("A department is added"), kit.ADD),
                ("change", N_("A department changes"), kit.MODIFY),
                ("delete", N_("A department is deleted"), kit.DELETE),
            )
        ),
    )


def _refused(protocol: str) -> tuple[ConformanceCase, ...]:
    call, signature = KitInterface.TENANT, rules.KIT_SIGNATURE
    denied: dict[str, Any] = {"codes": (NOT_AUTHENTICATED,), "mistake": "accepts-wrong-signature"}
    unsigned: dict[str, Any] = {"codes": (NOT_AUTHENTICATED, INVALID_PARAMETER), "mistake": "accepts-unsigned"}
    mistake, weight = ("accepts-stale", Weight.MUST) if protocol == "v2" else ("accepts-old", Weight.MAY)
    without = {name: value for name, value in TENANT.items() if name != names.TENANT_ID}
    return (
        _sync("other-key", N_("Signed with another key"), call, signature, TENANT, flaw=Flaw.OTHER_KEY, **denied),
        _sync("tampered", N_("Changed after it was signed"), call, signature, TENANT, flaw=Flaw.TAMPERED, **denied),
        _sync("unsigned", N_("Without a signature"), call, signature, TENANT, flaw=Flaw.UNSIGNED, **unsigned),
        _sync(
            "old",
            N_("Signed ten minutes ago"),
            call,
            signature,
            TENANT,
            flaw=Flaw.OLD,
            codes=(NOT_AUTHENTICATED, INVALID_PARAMETER),
            mistake=mistake,
            weight=weight,
        ),
        _sync(
            "without-tenant",
            N_("Without tenantId"),
            call,
            rules.CODES,
            without,
            codes=(INVALID_PARAMETER,),
            mistake="accepts-missing-parameter",
            weight=Weight.MAY,
        ),
        _sync(
            "broken-json",
            N_("A body that is cut off"),
            call,
            rules.COMMON,
            TENANT,
            flaw=Flaw.BROKEN,
            codes=(INVALID_PARAMETER,),
            any_refusal=True,
            mistake="accepts-malformed",
        ),
    )


def cases(protocol: str, *, readable_secret: bool) -> tuple[ConformanceCase, ...]:
    """The cases of the kit. ``readable_secret``: whether the seller can decrypt the client secret that is sent."""
    secret = Weight.MUST if readable_secret else Weight.MAY
    client = {**_USED, names.CLIENT_ID: "client-{token}", names.CLIENT_SECRET: "{secret}"}
    gone = {**TENANT, names.FLAG: kit.DELETE}
    taken = (
        *_tenants(protocol),
        _sync(
            "add",
            N_("The OAuth client of the enterprise")
            if readable_secret
            else N_("The OAuth client of the enterprise (no --public-key: cannot be decrypted)"),
            KitInterface.APPLICATION,
            rules.APPLICATION,
            {**client, names.FLAG: kit.ADD},
            weight=secret,
            mistake="cannot-decrypt-secret",
        ),
        *_departments(protocol),
        *_users(protocol),
    )
    return (
        *taken,
        *_refused(protocol),
        *each_signature(taken, rules.KIT_SIGNATURE, but=(KitInterface.TENANT,)),
        _sync(
            "delete",
            N_("The client is deleted"),
            KitInterface.APPLICATION,
            rules.APPLICATION,
            {**client, names.FLAG: kit.DELETE},
            weight=secret,
        ),
        _sync("delete", N_("The enterprise is unbound"), KitInterface.TENANT, rules.TENANT, gone),
        _sync(
            "delete-again",
            N_("The same again"),
            KitInterface.TENANT,
            rules.KIT_REPEATED,
            gone,
            mistake="refuses-repeated",
        ),
        _sync(
            "delete-unknown",
            N_("Unbound from an instance that nobody knows"),
            KitInterface.TENANT,
            rules.KIT_REPEATED,
            {**gone, names.INSTANCE_ID: "unknown-{token}"},
            mistake="refuses-repeated",
        ),
    )
