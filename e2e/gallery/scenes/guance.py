"""What people do in workspaces of Guance and in its Billing Center."""

from typing import Final

from e2e.gallery.forms import Saved
from e2e.gallery.scenes.shared import (
    A_MOMENT,
    BOSS,
    CONFIRM,
    GUANCE,
    GUANCE_SIGN_IN,
    PARTNER,
    SELLER,
    SHOP,
    TRADER,
    Scene,
    Turn,
    fill,
    press,
)
from e2e.journeys import Text
from e2e.journeys.new_workspace_without_account import enters_what_was_created
from e2e.journeys.partner_services import changes_the_initial_password
from e2e.journeys.usage_to_bill import reads_the_bill_of_a_day, sees_that_nothing_more_is_charged
from mock_sites.client import World

_A_MINUTE: Final = A_MOMENT / 60
"""In which an authenticator app shows another code."""
_TICKET: Final = Text("Please send the invoice.", "请寄送发票。")
_WISH: Final = Text("A voucher for the trial", "申请试用代金券")
_FAR_SIGN_IN: Final = "za1-auth.guance.com/login/pwd"
_FURTHER: Final = Text("Test environment", "测试空间")
_LOST: Final = Text("My phone is lost.", "手机丢失了。")
_NEW_PASSWORD: Final = fill(current="{password}", password="Gallery-9-pass", confirm="Gallery-9-pass")


def _subscription_is_closed(world: World) -> None:
    buyer = world.buyer()
    buyer.close(buyer.services()[0].instance)


def _sets_a_new_password(forgotten: str, username: str) -> list[Turn]:
    """By a code that is mailed, after a wrong one."""
    password = "Gallery-8-pass"
    return [
        Turn("owner", forgotten, form=fill(username=username)),
        Turn("owner", form=fill(code="000000", password=password, confirm=password)),
        Turn("owner", form=fill(code="{code}", password=password, confirm=password)),
    ]


FORGOTTEN_PASSWORDS: Final = Scene(
    [
        *_sets_a_new_password("cn4-auth.guance.com/login/forgot", "zhaomin"),
        *_sets_a_new_password(f"{BOSS}/forgot", "zhaomin"),
    ]
)
"""Somebody has forgotten the password of a site, and the one of the Billing Center."""

DISSOLVED_WORKSPACE: Final = Scene(
    [
        Turn("verified-buyer", f"{SHOP}/contents/{GUANCE}/subscribe", form=fill(agreed="y")),
        Turn("verified-buyer", f"{SHOP}/buyer/", days=A_MOMENT),
        Turn("verified-buyer", f"{PARTNER}/role", form=fill(role="personal")),
        Turn("owner", GUANCE_SIGN_IN, form=fill(username="{registered}", password="{registered_password}")),
        Turn("owner", link='a[href$="/dissolve"]', form=press(CONFIRM)),
        Turn("verified-buyer", f"{PARTNER}/enterprise", form=press('[action$="/existing"] .btn-primary')),
    ],
    after=sees_that_nothing_more_is_charged,
)
"""A subscription is closed, Guance subscribed to anew with the same enterprise, and the locked workspace dissolved."""

LOST_WORKSPACE: Final = Scene(
    [
        Turn("owner", GUANCE_SIGN_IN, form=fill(username="{registered}", password="{registered_password}")),
        Turn("owner", link='a[href$="/settings"]'),
        Turn("owner", f"{BOSS}/signin", form=fill(username="{registered}", password="{registered_password}")),
        Turn("owner", f"{BOSS}/workspaces", 'a[href$="/unlock"]'),
        Turn("owner", "cn4-console.guance.com", 'a[href$="/dissolve"]'),
        Turn("owner", GUANCE_SIGN_IN, days=15, form=fill(username="{registered}", password="{registered_password}")),
    ],
    after=sees_that_nothing_more_is_charged,
)
"""A workspace is locked, and lost for good."""

UNLOCKED_WORKSPACE: Final = Scene(
    [
        Turn("owner", f"{BOSS}/signin", form=fill(username="{registered}", password="{registered_password}")),
        Turn("owner", f"{BOSS}/workspaces", 'a[href$="/unlock"]', press(CONFIRM)),
        Turn("owner", GUANCE_SIGN_IN, form=fill(username="{registered}", password="{registered_password}")),
        Turn("owner", "cn4-console.guance.com/workspace/{workspace-id}/dissolve"),
    ],
    after=sees_that_nothing_more_is_charged,
)
"""A workspace is unlocked."""

FROZEN_SUBSCRIPTION: Final = Scene(
    [
        Turn(
            "seller",
            f"{SELLER}/send/{GUANCE}/updateInstanceStatus",
            form=fill(instanceId="{instance}", status="FREEZE", testFlag=""),
        ),
        Turn("owner", GUANCE_SIGN_IN, form=fill(username="{registered}", password="{registered_password}")),
        Turn("employee", "{login_url}", form=fill(account="{member}@{domain}", password="{member_password}")),
    ],
    after=reads_the_bill_of_a_day,
)
"""A subscription is frozen at the seller."""

LOST_PHONE: Final = Scene(
    [
        Turn("workspace-owner", "cn4-console.guance.com/account/mfa", form=fill(code="{code}")),
        Turn("workspace-owner", days=A_MOMENT, form=fill(security_code="000000")),
        Turn("workspace-owner", "cn4-console.guance.com/account/mfa", form=fill(code="{code}")),
        Turn("phone", "mail/authenticator", form=fill(secret="{mfa_secret}")),
        Turn("phone"),
        Turn("workspace-owner", form=fill(security_code="{security-code}")),
        Turn("workspace-owner", "cn4-console.guance.com/account/mfa/unbind"),
        Turn("workspace-owner", "cn4-console.guance.com", 'a[href$="/settings"]'),
        Turn("workspace-owner", link='a[href$="/settings/access"]', form=press('[action$="/access/mfa"] button')),
        Turn("owner", GUANCE_SIGN_IN, form=fill(username="zhaomin", password="{password}")),
        Turn("owner", link='main a[href$="/unbind"]', form=fill(description=_LOST, code="{code}")),
        Turn("phone", "mail/authenticator", days=_A_MINUTE, form=fill(secret="{mfa_secret}")),
        Turn("owner", GUANCE_SIGN_IN, form=fill(username="zhaomin", password="{password}")),
        Turn("owner", form=fill(security_code="{security-code}")),
        Turn("phone", "mail/authenticator", days=_A_MINUTE, form=fill(secret="{mfa_secret}")),
        Turn("owner", "cn4-console.guance.com/account/mfa/unbind", form=fill(security_code="{security-code}")),
        Turn("owner", "cn4-console.guance.com/account", form=_NEW_PASSWORD),
    ]
)
"""An account gets an authenticator app, whose phone is lost then."""

REGISTRATION_ELSEWHERE: Final = Scene(
    [
        Turn(
            "visitor",
            "auth.guance.com/businessRegister",
            form=fill(
                site="cn2",
                username="wang.qiang",
                password="Gallery-7-pass",
                confirm="Gallery-7-pass",
                email="wang.qiang@staff.example.com",
                code="{code}",
            ),
        ),
        Turn("visitor", "auth.guance.com/businessRegister"),
        Turn(
            "visitor",
            "auth.guance.com/businessRegister/company",
            form=fill(company=TRADER, terms="y"),
        ),
        Turn("visitor", "auth.guance.com/businessRegister/activation?method=huawei"),
        Turn("visitor", "auth.guance.com/businessRegister/activation?method=aws"),
        Turn("visitor", "auth.guance.com/businessRegister/activation?method=guance"),
        Turn(
            "visitor",
            "aws-auth.guance.com/login/pwd",
            form=fill(username="wang.qiang", password="Gallery-7-pass"),
        ),
        Turn("visitor", form=fill(method="aws")),
    ]
)
"""Somebody registers at a site of another cloud."""

PAYER: Final = Scene(
    [
        Turn("billing-only", f"{BOSS}/workspaces"),
        Turn("billing-only", f"{BOSS}/account/cloud-accounts"),
        Turn("billing-only", f"{BOSS}/wallet/recharge", form=fill(amount="500", method="transfer")),
        Turn("billing-only", form=press('[action$="/cancel"] button')),
        Turn("billing-only", f"{BOSS}/account/phone", form=fill(code="{code}")),
        Turn("billing-only", form=fill(new="13900000011", code="{code}")),
        Turn("billing-only", f"{BOSS}/account/phone"),
        Turn(
            "billing-only",
            f"{BOSS}/support/new",
            form=fill(category="billing", title=_TICKET, text=_TICKET),
        ),
        Turn("billing-only", form=press('[action$="/close"] button')),
        Turn("billing-only", f"{BOSS}/account/profile", form=press("main form .btn-primary")),
        Turn("billing-only", f"{BOSS}/account/security", form=_NEW_PASSWORD),
    ]
)
"""A payer recharges by a bank transfer, and closes a ticket."""

INVITATION: Final = Scene(
    [
        Turn("workspace-owner", "cn4-console.guance.com", 'a[href$="/settings"]'),
        Turn(
            "workspace-owner",
            link='a[href$="/settings/members"]',
            form=fill(email="zhang.lei@staff.example.com", role="standard"),
        ),
        Turn("workspace-owner", form=press('[action$="/cancel"] button')),
        Turn("workspace-owner", form=fill(email="{registered_email}", role="read-only")),
        Turn("owner", GUANCE_SIGN_IN, form=fill(username="{registered}", password="{registered_password}")),
        Turn("owner", "cn4-console.guance.com/workspaces", 'a[href*="/invitations/"]', press("main form button")),
        Turn("owner", link='a[href$="/settings"]'),
        Turn("owner", link='a[href$="/settings/storage"]'),
        Turn("owner", "cn4-console.guance.com/workspaces"),
        Turn("workspace-owner", link='main a[href$="/settings/members"]', form=press('[action$="/role"] button')),
        Turn("workspace-owner", form=press('[action$="/remove"] button')),
        Turn("owner", "cn4-console.guance.com/workspaces/new", form=fill(workspace_name=_FURTHER)),
        Turn("owner", f"{BOSS}/signin", form=fill(username="{registered}", password="{registered_password}")),
        Turn("owner", f"{BOSS}/account/cloud-accounts", 'main a[href$="/bind"]'),
        Turn("owner", form=press('dialog form[method="post"] .btn-primary')),
    ],
    after=reads_the_bill_of_a_day,
)
"""Somebody is invited to a workspace, and may read it."""

IMPORTED_CONFIGURATION: Final = Scene(
    [
        Turn("workspace-owner", "cn4-console.guance.com", 'a[href$="/settings"]'),
        Turn(
            "workspace-owner",
            link='a[href$="/settings/import"]',
            form=fill(file=Saved("export"), taken="skip", name="northwind-prod"),
        ),
    ]
)
"""The configuration of a workspace is exported and imported."""

NOTHING_CAME_IN: Final = Scene(
    [
        Turn("owner", GUANCE_SIGN_IN, form=fill(username="zhaomin", password="{password}")),
        *(
            Turn("owner", f"cn4-console.guance.com/workspace/{{workspace-id}}/{page}?until=2025-12-01T00:00")
            for page in ("logs", "apm", "error-tracking", "host", "metrics", "dashboards/hosts")
        ),
    ]
)
"""Somebody looks at a time range from before the first data."""

VOUCHER: Final = Scene(
    [
        Turn("billing-only", f"{BOSS}/support/new", form=fill(category="voucher", title=_WISH, text=_WISH)),
        Turn("billing-only", days=A_MOMENT, form=press('[action$="/close"] button')),
        Turn("billing-only", f"{BOSS}/wallet/vouchers/activate", form=fill(activation_code="{voucher}")),
        Turn("billing-only", form=press('[action$="/signout"] button')),
    ]
)
"""A payer asks for a voucher, activates it by its code, and signs out."""

NO_PAYER: Final = Scene(
    [
        Turn("owner", _FAR_SIGN_IN, form=fill(username="{registered}", password="{registered_password}")),
        Turn("owner", "za1-console.guance.com/workspaces"),
        Turn("owner", "za1-console.guance.com/workspaces/new"),
    ],
    after=enters_what_was_created,
)
"""Somebody whose workspace another person pays for has no Billing Center account that could pay for a further one."""

RELEASED_ACCOUNT: Final = Scene(
    [
        Turn("employee", "{login_url}", form=fill(account="{member}@{domain}", password="{member_password}")),
        Turn("employee", form=fill(account="existing")),
        Turn("employee", form=fill(username="sunli", code="{code}")),
        Turn("employee", form=press('[action$="/account/release"] button')),
        Turn("employee", form=fill(username="zhaomin", code="{code}")),
    ],
    after=changes_the_initial_password,
)
"""A member binds a Fee Center Account, and takes another one in its place."""

CLOSED_BEFORE_BINDING: Final = Scene(
    [
        Turn("employee", "{login_url}", form=fill(account="{member}@{domain}", password="{member_password}")),
        Turn("employee", form=fill(account="existing"), fact=_subscription_is_closed),
    ],
    after=changes_the_initial_password,
)
"""A member comes from Huawei Cloud, and the subscription is closed before anything is bound."""

ALERT_AND_ARREARS: Final = Scene(
    [
        Turn("workspace-owner", "cn4-console.guance.com", 'a[href$="/billing"]'),
        Turn(
            "workspace-owner",
            link='a[href$="/high-consumption-alert"]',
            form=fill(item="logs", threshold="1"),
        ),
        Turn("workspace-owner", "cn4-console.guance.com", 'a[href$="/billing"]', days=2),
        Turn("workspace-owner", form=press('[action$="/remove"] button')),
        Turn("workspace-owner", f"{BOSS}/wallet/recharge", days=150),
        Turn("workspace-owner", f"{BOSS}/wallet"),
    ]
)
"""An alert of high consumption, and a payer who is in arrears."""
