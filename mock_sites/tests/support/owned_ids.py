"""The addresses with an id that belongs to a user."""

from typing import Final

from mock_sites.tests.support.visitors import Fields

CARD: Final = {"method": "balance"}

BOSS: Final = "guance.billing_center"

CONSOLE: Final = "guance.console"

SHOP: Final = "huawei.marketplace"

SHOP_API: Final = "huawei.marketplace.api"

OWNED: Final[dict[str, tuple[dict[str, str], Fields]]] = {
    f"{SHOP} /orders/<order_id>": ({"order_id": "order_id"}, {}),
    f"{SHOP} /orders/<order_id>/submitted": ({"order_id": "order_id"}, {}),
    f"{SHOP} /orders/<order_id>/pay": ({"order_id": "card"}, CARD),
    f"{SHOP} /orders/<order_id>/cancel": ({"order_id": "card"}, {}),
    f"{SHOP} /orders/<order_id>/approve": ({"order_id": "card"}, {}),
    f"{SHOP} /orders/<order_id>/reject": ({"order_id": "card"}, {}),
    f"{SHOP} /buyer/service-supervision/<order_id>/accept": ({"order_id": "card"}, {}),
    f"{SHOP} /buyer/purchased-services/<opaque:instance_id>": ({}, {}),
    f"{SHOP} /buyer/purchased-services/<opaque:instance_id>/review": ({}, {"stars": "5", "comment": "x"}),
    f"{SHOP} /buyer/purchased-services/<opaque:instance_id>/close": ({}, {}),
    **{
        f"{SHOP} /buyer/purchased-services/<opaque:instance_id>/{page}": ({"instance_id": "plan"}, {})
        for page in ("renew", "renewal-change", "upgrade", "unsubscribe", "expiry-policy")
    },
    **{
        f"{SHOP} /buyer/partner-services/{page}": ({"member_id": "member"}, {})
        for page in (
            *(f"members/<member_id>/{verb}" for verb in ("cancel-authorization", "edit", "reset-password", "disable")),
            "administrators/<member_id>/remove",
        )
    },
    f"{SHOP} /buyer/partner-services/members/imports/<import_id>": ({}, {}),
    f"{SHOP} /buyer/partner-services/members/imports/<import_id>/failed.csv": ({}, {}),
    f"{SHOP} /buyer/partner-services/members/imports/<import_id>/failed.xlsx": ({}, {}),
    **{
        f"{SHOP} /buyer/partner-services/departments/<code>/{verb}": ({}, {})
        for verb in ("edit", "delete", "cancel-authorization")
    },
    **{
        f"{SHOP} /buyer/partner-services/groups/<group_id>{page}": ({"member_id": "member"}, {})
        for page in ("", "/edit", "/delete", "/cancel-authorization", "/members/<member_id>/remove")
    },
    f"{SHOP} /buyer/partner-services/applications/<opaque:instance_id>/start": ({}, {}),
    f"{SHOP} /buyer/partner-services/applications/<opaque:instance_id>/stop": ({}, {}),
    f"{SHOP} /buyer/partner-services/failures/<int:number>/retry": ({"number": "failure"}, {}),
    f"{SHOP_API} /api/failures/<int:number>/retry": ({"number": "failure"}, {}),
    f"{SHOP_API} /api/orders/<order_id>": ({"order_id": "order_id"}, {}),
    **{f"{SHOP_API} /api/orders/<order_id>/{verb}": ({"order_id": "card"}, {}) for verb in ("pay", "cancel", "accept")},
    f"{SHOP_API} /api/services/<opaque:instance_id>": ({}, {}),
    f"{SHOP_API} /api/services/<opaque:instance_id>/close": ({}, {}),
    f"{SHOP_API} /api/services/<opaque:instance_id>/unsubscribe": ({"instance_id": "plan"}, {}),
    f"{SHOP_API} /api/services/<opaque:instance_id>/expiry-policy": ({"instance_id": "plan"}, {"auto_renew": True}),
    **{
        f"{SHOP_API} /api/services/<opaque:instance_id>/{verb}": ({"instance_id": "plan"}, {"specification": "x"})
        for verb in ("renew", "renewal-change", "upgrade")
    },
    f"{SHOP_API} /api/members/<member_id>/cancel-authorization": ({"member_id": "member"}, {}),
    "huawei.console /iam/accessKey/<key_id>": ({}, {"description": "x"}),
    "huawei.console /iam/accessKey/<key_id>/enabled": ({}, {"enabled": ""}),
    "huawei.console /iam/accessKey/<key_id>/delete": ({}, {}),
    "huawei.console /iam/users/<user_id>": ({}, {"access": "read-only"}),
    "huawei.console /iam/users/<user_id>/enabled": ({}, {"enabled": ""}),
    "huawei.console /iam/users/<user_id>/password": ({}, {"password": "Sesame-7-Aa", "confirmation": "Sesame-7-Aa"}),
    "huawei.console /iam/users/<user_id>/delete": ({}, {}),
    "guance.auth /huaweicloud/bind/workspaces/<workspace_id>": ({"workspace_id": "free"}, {}),
    **{
        f"{CONSOLE} /workspace/<workspace_id>/{page}": ({}, {})
        for page in (
            "",
            "datakit",
            "dashboards",
            "dashboards/<dashboard>",
            "logs",
            "infrastructure",
            "host",
            "events",
            "monitors",
            "metrics",
            "apm",
            "rum",
            "error-tracking",
            "feature/<feature>",
        )
    },
    f"{CONSOLE} /workspace/<workspace_id>/billing": ({}, {}),
    f"{CONSOLE} /workspace/<workspace_id>/billing/high-consumption-alert": ({}, {"item": "logs", "threshold": "1"}),
    f"{CONSOLE} /workspace/<workspace_id>/billing/high-consumption-alert/<item>/remove": ({}, {}),
    f"{CONSOLE} /workspace/<workspace_id>/settings": ({}, {"language": "zh", "remark": "R"}),
    f"{CONSOLE} /workspace/<workspace_id>/settings/export": ({}, {}),
    f"{CONSOLE} /workspace/<workspace_id>/settings/members": ({}, {"email": "x@example.com", "role": "standard"}),
    f"{CONSOLE} /workspace/<workspace_id>/settings/members/<account_id>/role": ({}, {"role": "read-only"}),
    f"{CONSOLE} /workspace/<workspace_id>/settings/members/<account_id>/remove": ({}, {}),
    f"{CONSOLE} /workspace/<workspace_id>/settings/members/invitations/<invitation_id>/cancel": (
        {"invitation_id": "sent_invitation"},
        {},
    ),
    f"{CONSOLE} /invitations/<invitation_id>": ({}, {}),
    f"{CONSOLE} /workspace/<workspace_id>/settings/token": ({}, {"grace": "6h", "name": "northwind-prod"}),
    f"{CONSOLE} /workspace/<workspace_id>/settings/access": ({}, {"addresses": ""}),
    f"{CONSOLE} /workspace/<workspace_id>/settings/access/mfa": ({}, {"required": "no"}),
    f"{CONSOLE} /workspace/<workspace_id>/settings/import": ({}, {"taken": "skip", "name": "northwind-prod"}),
    f"{CONSOLE} /workspace/<workspace_id>/settings/deletions": (
        {},
        {"kind": "measurement", "target": "cpu", "name": "northwind-prod"},
    ),
    f"{CONSOLE} /workspace/<workspace_id>/settings/storage": (
        {},
        {"time_series": "7", "logs": "7", "traces": "3", "page_views": "3", "name": "northwind-prod"},
    ),
    f"{CONSOLE} /workspace/<workspace_id>/billing-center": ({}, {}),
    f"{CONSOLE} /workspace/<workspace_id>/dissolve": ({"workspace_id": "locked"}, {}),
    f"{BOSS} /workspaces/<workspace_id>/settlement": ({"workspace_id": "free"}, {}),
    f"{BOSS} /workspaces/<workspace_id>/unlock": ({"workspace_id": "locked"}, {}),
    f"{BOSS} /account/cloud-accounts/<cloud_account_id>/bind": ({}, {}),
    f"{BOSS} /bills/<workspace_id>/<day>": ({}, {}),
    **{f"{BOSS} /wallet/recharges/<recharge_id>{verb}": ({}, {}) for verb in ("", "/pay", "/cancel")},
    f"{BOSS} /support/<ticket_id>": ({}, {"text": "x"}),
    f"{BOSS} /support/<ticket_id>/close": ({}, {}),
}
"""For a rule: which of the owner's ids replaces an argument, and the fields of the form there."""
