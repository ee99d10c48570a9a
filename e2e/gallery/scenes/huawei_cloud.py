"""What buyers and their members do at Huawei Cloud."""

from typing import Final

from e2e.gallery.forms import Form
from e2e.gallery.scenes.shared import (
    A_MOMENT,
    CARD,
    CONFIRM,
    CONSOLE,
    FIRST_ORDER,
    FIRST_SERVICE,
    GUANCE,
    ORDERS,
    PARTNER,
    PAY,
    PLAN,
    SELLER,
    SERVICES,
    SHOP,
    TRADER,
    UNREACHABLE,
    Scene,
    Turn,
    fill,
    plan_is_bought,
    press,
)
from e2e.journeys import Text
from e2e.journeys.partner_services import (
    changes_the_initial_password,
    notes_what_to_pass_on,
    waits_for_the_enterprise,
)
from e2e.journeys.usage_to_bill import reads_the_bill_of_a_day
from e2e.scenario.labels import Language
from e2e.scenario.people import People
from mock_sites.client import World

_LISTED: Final = {
    "saas": "78fd9de7-584e-51ef-b05f-36ec8457c5b1",
    "service": "d7f5b8d5-217b-54b9-9a82-fed74bd0e19a",
    "image": "de991cf1-0a31-5529-a016-0c7ac320fdf8",
    "license": "2271deb9-037a-518a-b308-bdd37a636cd0",
    "data": "2141e0fb-9be9-58c3-a1ad-4fe6873590d8",
    "api": "a216ddae-08d0-5113-b884-0255d0c57473",
    "application": "210d71fe-6311-57a7-9656-d036ecb8f4e5",
    "hardware": "cf05a083-7cc5-59c3-b14b-4d69142af8bf",
}
"""A product of each kind of delivery."""
_AUTHENTICATION: Final = "account.huaweicloud.com/usercenter/authentication"
_CANCEL_AUTHORIZATION: Final = '[action$="/cancel-authorization"] button'
_SHEET: Final = (
    "Employee name,Department,Phone number,Email,Account,Password\n"
    "Liu Yang,Operations,13900000008,liu.yang@staff.example.com,liu.yang,Gallery-7-pass\n"
)
_BANK: Final = Text("Bank of the North, Harbour branch", "北方银行港口支行")
_PERSON_NAME: Final = Text("Chen Jing", "陈静")
_COMPANY: Final = "91310000MA1FL0000N"
_PERSON: Final = "11010519491231002X"
"""A unified social credit code (GB 32100) and the number of an identity card (GB 11643) with their check digits."""


def _sheet_of_many(language: Language, titles: str, team: str) -> str:
    """More members than a page has, each in a department of its own."""
    people = People("gallery", language)
    company = people.enterprise()
    rows = [titles]
    for number in range(1, 52):
        one = people.member(company)
        rows.append(f"{one.name},{team.format(number)},{one.phone},{one.email},{one.account},{one.password}")
    return "\n".join(rows)


_SHEET_OF_MANY: Final = Text(
    _sheet_of_many("en", "Employee name,Department,Phone number,Email,Account,Password", "Team {}"),
    _sheet_of_many("zh", "员工姓名,部门,手机号,邮箱,账号,密码", "第 {} 组"),
)


def _guance_is_not_delivered(world: World) -> None:
    world.seller_center.configure(GUANCE, production_address=UNREACHABLE, access_key="k" * 24, kit_key="k" * 24)


def _guance_is_delivered(world: World) -> None:
    world.seller_center.use_built_in(GUANCE)


def _small_packages_are_bought(world: World) -> None:
    package = world.seller_center.offer_package(GUANCE, "0.5 GB", "0.5", "GB", 5, stops=True)
    world.buyer().buy(package.offer)


def _certificate(kind: str, number: str) -> Form:
    """A scan of a certificate."""
    return fill(kind=kind, real_name=TRADER, number=number, scan="%PDF-1.7", agreed="y")


APPROVAL: Final = Scene(
    [
        Turn("verified-buyer", "console.huaweicloud.com/iam/users", form=press('[name="wanted"]')),
        Turn("iam-user", f"{SHOP}/contents/{CARD}/buy", form=fill(quantity="50"), fact=plan_is_bought),
        Turn("iam-user", SERVICES, 'a[href$="/upgrade"]', PAY),
        Turn("iam-user", f"{SHOP}/contents/{GUANCE}/subscribe", form=fill(agreed="y")),
        Turn("iam-user", f"{SHOP}/contents/{GUANCE}/subscribe"),
        Turn("verified-buyer", ORDERS, FIRST_ORDER),
        Turn("verified-buyer", form=press('[action$="/approve"] button')),
        Turn("iam-user", f"{SHOP}/contents/{CARD}/buy", days=A_MOMENT, form=fill(quantity="10")),
        Turn("verified-buyer", ORDERS, FIRST_ORDER),
        Turn("verified-buyer", form=press('[action$="/reject"] button')),
    ]
)
"""An account approves what its IAM users order."""

KEYS_AND_USERS: Final = Scene(
    [
        Turn(
            "verified-buyer",
            f"{CONSOLE}/accessKey/new",
            form=fill(description=Text("Deployment", "部署"), password="{password}"),
        ),
        *2 * [Turn("verified-buyer", f"{CONSOLE}/accessKey", form=press('[action$="/enabled"] button'))],
        Turn(
            "verified-buyer",
            link='main a[href*="/accessKey/"]:not([href$="/new"])',
            form=fill(description=Text("Backup", "备份")),
        ),
        Turn("verified-buyer", link='main a[href$="/delete"]', form=PAY),
        Turn("verified-buyer", f"{CONSOLE}/users", "main th a", fill(description=Text("Accounting", "财务"))),
        *2 * [Turn("verified-buyer", form=press('[action$="/enabled"] button'))],
        Turn(
            "verified-buyer",
            link='main a[href$="/password"]',
            form=fill(password="Gallery-8-pass", confirmation="Gallery-8-pass"),
        ),
        Turn(
            "auditor",
            "auth.huaweicloud.com/authui/iam-login?id=hw_liwei",
            form=fill(name="audit", password="{password}"),
        ),
        Turn("verified-buyer", f"{SHOP}/contents/{PLAN}/order", form=fill(number="1")),
        Turn("auditor", f"{SHOP}/contents/{GUANCE}/subscribe"),
        Turn("auditor", ORDERS, FIRST_ORDER),
        Turn("auditor", link='main a[href$="/cancel"]'),
        Turn("auditor", f"{CONSOLE}/users"),
        Turn("auditor", "account.huaweicloud.com/usercenter/top-up"),
        Turn("verified-buyer", f"{CONSOLE}/users", "main th a"),
        Turn("verified-buyer", link='main a[href$="/delete"]', form=PAY),
        Turn(
            "verified-buyer",
            f"{CONSOLE}/loginProtection",
            form=fill(channel="email", password="{password}"),
        ),
        Turn(
            "buyer elsewhere",
            "auth.huaweicloud.com/authui/login",
            form=fill(name="{buyer}", password="{password}"),
        ),
        Turn("buyer elsewhere", form=press('[action$="/verification/code"] button'), days=A_MOMENT / 30),
        Turn("buyer elsewhere", form=fill(code="{code}")),
        Turn(
            "verified-buyer",
            f"{CONSOLE}/password",
            form=fill(current="{password}", password="Gallery-8-pass", confirmation="Gallery-8-pass"),
        ),
    ]
)
"""An account looks after its access keys, its IAM users and its own sign-in."""

CANCELLED_ORDER: Final = Scene(
    [
        Turn("second-buyer", f"{SHOP}/contents/{PLAN}/order", form=fill(number="1")),
        Turn("second-buyer", ORDERS, FIRST_ORDER),
        Turn("second-buyer", link='main a[href$="/cancel"]', form=press(CONFIRM)),
        Turn("second-buyer", ORDERS, FIRST_ORDER),
    ]
)
"""An order is cancelled before it is paid."""

GROUP: Final = Scene(
    [
        Turn(
            "verified-buyer",
            f"{PARTNER}/groups/new",
            form=fill(name=Text("Night shift", "夜班"), description=Text("On call", "夜间值守")),
        ),
        Turn("verified-buyer", form=fill(account="{member}")),
        Turn("verified-buyer", form=press('main [action$="/remove"] button')),
        Turn(
            "verified-buyer",
            f"{PARTNER}/groups/",
            'main a[href$="/edit"]',
            fill(name=Text("Day shift", "白班")),
        ),
        Turn("verified-buyer", f"{PARTNER}/groups/", 'main a[href$="/delete"]', press(CONFIRM)),
    ],
    after=changes_the_initial_password,
)
"""A group of members is made, changed and deleted."""

TRIAL: Final = Scene(
    [
        Turn("second-buyer", f"{SHOP}/contents/{PLAN}/trial", form=fill(agreed="y")),
        Turn("second-buyer", ORDERS, FIRST_ORDER),
        Turn("second-buyer", SERVICES, FIRST_SERVICE, days=A_MOMENT),
        Turn("second-buyer", SERVICES, 'a[href$="/renew"]'),
        Turn("second-buyer", SERVICES, days=16),
        Turn("second-buyer", SERVICES, FIRST_SERVICE, days=16),
    ]
)
"""A trial expires, and is released."""

BOUGHT_PLAN: Final = Scene(
    [
        Turn("second-buyer", f"{SHOP}/contents/{PLAN}?tab=pricing"),
        Turn("second-buyer", f"{SHOP}/contents/{PLAN}?tab=guide"),
        Turn("second-buyer", f"{SHOP}/contents/{PLAN}/order", form=fill(number="1")),
        Turn("second-buyer", form=PAY),
        Turn("second-buyer", SERVICES, 'a[href$="/upgrade"]', days=A_MOMENT),
        Turn("second-buyer", SERVICES, 'a[href$="/unsubscribe"]'),
        Turn("second-buyer", SERVICES, 'a[href$="/expiry-policy"]', fill(policy="renew")),
        Turn("second-buyer", SERVICES, 'a[href$="/renew"]', fill(number="1"), days=6),
        Turn("second-buyer", form=PAY),
        Turn("second-buyer", SERVICES, 'a[href$="/unsubscribe"]', days=A_MOMENT),
        Turn(
            "second-buyer",
            SERVICES,
            'a[href$="/renewal-change"]',
            fill(specification="OFFI-PLAN-PROFESSIONAL-MONTH", number="1"),
        ),
        Turn("second-buyer", form=PAY),
        Turn("second-buyer", SERVICES, FIRST_SERVICE, days=A_MOMENT),
        Turn("second-buyer", SERVICES, 'a[href$="/unsubscribe"]', PAY),
        Turn("second-buyer", ORDERS, FIRST_ORDER),
    ]
)
"""A plan is bought, renewed, changed and unsubscribed."""

DELIVERIES: Final = Scene(
    [
        *(Turn("visitor", f"{SHOP}/contents/{product}?tab=guide") for product in _LISTED.values()),
        Turn("visitor", f"{SHOP}/contents/{_LISTED['image']}?tab=pricing"),
        Turn("second-buyer", f"{SHOP}/contents/{_LISTED['saas']}/invitation"),
    ]
)
"""What buyers read of each kind of delivery, and of a product that is sold to named customers."""

QR_CODES: Final = Scene(
    [
        Turn(
            "unverified-buyer",
            f"{_AUTHENTICATION}/qr-code",
            form=fill(real_name=_PERSON_NAME, number=_PERSON, agreed="y"),
        ),
        Turn("phone", f"{_AUTHENTICATION}/qr-scan/{'0' * 32}"),
        Turn("phone", f"{_AUTHENTICATION}/qr-scan"),
        Turn("unverified-buyer", f"auth.huaweicloud.com/authui/qr-login/{'0' * 32}"),
    ]
)
"""Who somebody is, is verified by a QR code, a certificate or a bank account."""

STOPPED_APPLICATION: Final = Scene(
    [
        Turn("employee", "{login_url}", form=fill(account="{member}", password="{member_password}")),
        Turn("employee", form=fill(account="{member}@{domain}", password="{member_password}")),
        Turn("employee", "{login_url}"),
        Turn("verified-buyer", f"{PARTNER}/applications/", form=press('form[action$="/stop"] button')),
        Turn("verified-buyer", form=press(CONFIRM)),
        Turn("verified-buyer", f"{PARTNER}/hand-over"),
        Turn("employee", "{login_url}", form=press('[name="go_on"]')),
        Turn("verified-buyer", f"{PARTNER}/applications/", form=press('form[action$="/start"] button')),
        Turn("verified-buyer", f"{PARTNER}/members", form=press(_CANCEL_AUTHORIZATION)),
        Turn("verified-buyer", f"{PARTNER}/administrators", form=fill(account="{member}")),
        Turn("verified-buyer", form=press('[action$="/remove"] button')),
        Turn("verified-buyer", f"{PARTNER}/members", 'a[href$="/disable"]', press(CONFIRM)),
        Turn("verified-buyer", f"{PARTNER}/members/disabled", form=press('main tbody [name="one"]')),
        Turn("verified-buyer", f"{PARTNER}/members", 'a[href$="/disable"]', press(CONFIRM)),
        Turn("verified-buyer", f"{PARTNER}/members/disabled", form=press('[formaction$="/delete"]')),
        Turn("verified-buyer", form=press(CONFIRM)),
    ],
    after=changes_the_initial_password,
)
"""Members log in to an application, which is stopped then."""

FIRST_MEMBERS: Final = Scene(
    [
        Turn("verified-buyer", f"{PARTNER}/members/new"),
        Turn("verified-buyer", f"{PARTNER}/authorize"),
        Turn("verified-buyer", f"{PARTNER}/members/new", form=press('[name="dialog"][value="open"]')),
        Turn(
            "verified-buyer",
            form=Form("", {"department_search": "zqxv"}, button='dialog [name="dialog"][value="search"]'),
        ),
        Turn(
            "verified-buyer",
            f"{PARTNER}/departments/new",
            form=fill(name=Text("Night shift", "夜班组"), parent="{enterprise}"),
        ),
        Turn(
            "verified-buyer",
            f"{PARTNER}/departments/",
            'a[href$="/edit"]',
            fill(name=Text("Late shift", "晚班组")),
        ),
        Turn("verified-buyer", f"{PARTNER}/departments/", 'a[href$="/delete"]', press(CONFIRM)),
        Turn("verified-buyer", f"{PARTNER}/members/import", form=fill(sheet=_SHEET)),
        Turn("verified-buyer", f"{PARTNER}/members/import", form=fill(sheet=_SHEET), fact=_guance_is_not_delivered),
        Turn("verified-buyer", f"{PARTNER}/members/imports"),
        Turn(
            "verified-buyer",
            f"{PARTNER}/departments/new",
            form=fill(name=Text("Day shift", "白班组"), parent="{enterprise}"),
        ),
        Turn("verified-buyer", f"{PARTNER}/members", days=A_MOMENT),
        Turn("verified-buyer", PARTNER),
        Turn("verified-buyer", SERVICES, FIRST_SERVICE),
        Turn("seller", f"{SELLER}/messages"),
        Turn("seller", f"{SELLER}/settings/{GUANCE}"),
        Turn("seller", f"{SELLER}/keys", 'a[href$="/renew"]'),
        Turn("verified-buyer", PARTNER, fact=_guance_is_delivered, form=press('[action$="/retry"] button')),
    ],
    after=waits_for_the_enterprise,
)
"""An enterprise before it has members, and what its seller does not take."""

MANY_MEMBERS: Final = Scene(
    [
        Turn("verified-buyer", f"{PARTNER}/members/import", form=fill(sheet=_SHEET_OF_MANY)),
        Turn("verified-buyer", f"{PARTNER}/members"),
        Turn("verified-buyer", f"{PARTNER}/authorize"),
        Turn("verified-buyer", f"{PARTNER}/members/new", form=press('[name="dialog"][value="open"]')),
        Turn("verified-buyer", f"{PARTNER}/groups/new", form=fill(name=Text("Night shift", "夜班"))),
        Turn(
            "verified-buyer",
            f"{PARTNER}/authorize/automatic",
            form=fill(kind="group", name=Text("Night shift", "夜班"), agreed="y"),
        ),
        Turn("verified-buyer", form=press(f'[action*="/groups/"]{_CANCEL_AUTHORIZATION}')),
        Turn(
            "verified-buyer",
            f"{PARTNER}/authorize/automatic",
            form=fill(kind="department", name="{enterprise}", agreed="y"),
        ),
        Turn("verified-buyer", f"{PARTNER}/hand-over"),
        Turn("verified-buyer", f"{PARTNER}/authorize/automatic", form=press(_CANCEL_AUTHORIZATION)),
    ],
    after=changes_the_initial_password,
)
"""An enterprise has more members and departments than a page has."""

USED_UP_PACKAGE: Final = Scene(
    [
        Turn("verified-buyer", SERVICES, FIRST_SERVICE, fact=_small_packages_are_bought),
        Turn("verified-buyer", SERVICES, 'a[href$="/close"]'),
        Turn("verified-buyer", SERVICES, FIRST_SERVICE, days=3),
        Turn("verified-buyer", f"{SHOP}/buyer/expenses"),
        Turn("seller", f"{SELLER}/usage-records"),
        Turn("verified-buyer", f"{SHOP}/contents/{GUANCE}?tab=pricing"),
        Turn("verified-buyer", link='main a[href*="/packages/"]', form=PAY),
        Turn("verified-buyer", form=PAY),
        Turn("seller", f"{SELLER}/settings/{GUANCE}/packages", form=press('[action$="/withdraw"] button')),
    ],
    after=reads_the_bill_of_a_day,
)
"""A package is used up."""

HAND_OVER: Final = Scene(
    [Turn("verified-buyer", f"{PARTNER}/hand-over"), Turn("verified-buyer", f"{PARTNER}/hand-over/slips")],
    after=notes_what_to_pass_on,
)
"""What an administrator passes on before anybody has logged in."""

REAL_NAMES: Final = Scene(
    [
        Turn(
            "unverified-buyer",
            f"{_AUTHENTICATION}/bank-account",
            form=fill(
                real_name=TRADER,
                number=_COMPANY,
                bank=_BANK,
                bank_account="6222020200012345",
                agreed="y",
            ),
        ),
        Turn("unverified-buyer", f"{_AUTHENTICATION}/amount", days=A_MOMENT),
        *3 * [Turn("unverified-buyer", f"{_AUTHENTICATION}/amount", form=fill(amount="0.00"))],
        Turn("unverified-buyer", _AUTHENTICATION, form=_certificate("enterprise", "91310000MA1FL0001N")),
        Turn("unverified-buyer", _AUTHENTICATION, days=A_MOMENT),
        Turn("unverified-buyer", _AUTHENTICATION, form=_certificate("individual", "110105194912310021")),
        Turn(
            "unverified-buyer",
            f"{_AUTHENTICATION}/bank-card",
            form=fill(real_name=_PERSON_NAME, number=_PERSON, card="4111111111111111", phone="13900000009", agreed="y"),
            days=4,
        ),
    ]
)
"""Somebody is verified, after wrong amounts, a wrong code and a wrong number."""
