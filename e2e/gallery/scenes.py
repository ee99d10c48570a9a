"""States of pages that nobody comes to by links and forms alone: several people act in turn, time passes, sellers fail.

In the order in which they are shown. Each scene has a world of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import urljoin

from e2e.demo.player import PLAYABLE
from e2e.gallery.forms import Form
from e2e.journeys import JOURNEYS, Step, Text
from e2e.journeys.partner_services import (
    changes_the_initial_password,
    notes_what_to_pass_on,
    waits_for_the_enterprise,
)
from e2e.journeys.usage_to_bill import reads_the_bill_of_a_day, sees_that_nothing_more_is_charged
from e2e.scenario.labels import Language
from mock_sites.client import World, Worlds

_GUANCE: Final = "8990a122-f456-43a4-892c-a458be31e336"
_PLAN: Final = "5d0c8f3e-2b6a-4c19-9e47-70a1c6d2b8f4"
_CARD: Final = "181f3d92-f40b-48d7-8ad5-420df0a682d2"
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

_SHOP: Final = "marketplace.huaweicloud.com"
_SERVICES: Final = f"{_SHOP}/buyer/purchased-services"
_ORDERS: Final = f"{_SHOP}/buyer/orders"
_PARTNER: Final = f"{_SHOP}/buyer/partner-services"
_AUTHENTICATION: Final = "account.huaweicloud.com/usercenter/authentication"
_SELLER: Final = "seller.huaweicloud.com"
_UNIFIED_LOGIN: Final = "macroverse.huaweicloud.com"
_GUANCE_SIGN_IN: Final = "cn4-auth.guance.com/login/pwd"
_BOSS: Final = "boss.guance.com"
_CONSOLE: Final = "console.huaweicloud.com/iam"
_CONFIRM: Final = 'dialog form[method="post"] button'
_CANCEL_AUTHORIZATION: Final = '[action$="/cancel-authorization"] button'
_A_MOMENT: Final = 1 / 24
"""An hour, in which every call is made."""
_A_MINUTE: Final = _A_MOMENT / 60
"""In which an authenticator app shows another code."""
_FIRST_ORDER: Final = 'main a[href*="/orders/"]'
_FIRST_SERVICE: Final = 'main a[href*="/purchased-services/"]'


@dataclass(frozen=True)
class Turn:
    """What one of several people does, after the others."""

    person: str
    """The key of a ready-made person, or what somebody else is called who is signed in nowhere."""
    page: str = ""
    """The address that the person opens, without ``https://``; of the start page's server the path. A name in braces is
    one of ``forms.known_in`` or of what was noted. Empty: the page that the person looks at."""
    link: str = ""
    """The selector of a link there that the person follows, also one in a menu."""
    form: Form | None = None
    """What the person sends there."""
    days: float = 0
    """How many days have passed since the turn before."""
    fact: Callable[[World], object] | None = None
    """What has happened in the world since then."""


@dataclass(frozen=True)
class Scene:
    """What people do in turn."""

    turns: Sequence[Turn]
    after: Step | None = None
    """The step of a journey after which it begins. None: in a new world."""


def _press(selector: str) -> Form:
    """A form that has nothing to type in, by its button."""
    return Form("", button=selector)


def _type(**fields: str | Text) -> Form:
    """A form by what is typed into it."""
    return Form("", fields)


_UNREACHABLE: Final = "http://127.0.0.1:9/"
"""Nobody answers there: the port is reserved for a service that is not offered (RFC 863)."""


def _plan_is_not_delivered(world: World) -> None:
    world.seller_center.configure(_PLAN, production_address=_UNREACHABLE, access_key="k" * 24)


def _plan_is_bought(world: World) -> None:
    world.buyer().buy("OFFI-PLAN-STANDARD-MONTH")


def _many_are_members(world: World) -> None:
    """More than a page has, each in a department of its own."""
    buyer = world.buyer()
    for number in range(1, 52):
        details = {"department": f"Team {number}", "account": f"liu.yang.{number}", "phone": "13900000008"}
        buyer.add_member("Gallery-7-pass", name="Liu Yang", wait=False, **details)


def _plan_is_bought_elsewhere(world: World) -> None:
    world.buyer("second-buyer").buy("OFFI-PLAN-STANDARD-MONTH")


def _plan_is_not_released(world: World) -> None:
    _plan_is_not_delivered(world)
    buyer = world.buyer("second-buyer")
    buyer.unsubscribe(buyer.services()[0].instance, wait=False)


def _subscription_is_closed(world: World) -> None:
    buyer = world.buyer()
    buyer.close(buyer.services()[0].instance)


def _card_is_withdrawn(world: World) -> None:
    world.seller_center.configure(_CARD, is_withdrawn=True)


def _guance_is_not_delivered(world: World) -> None:
    world.seller_center.configure(_GUANCE, production_address=_UNREACHABLE, access_key="k" * 24, kit_key="k" * 24)


def _small_packages_are_bought(world: World) -> None:
    package = world.seller_center.offer_package(_GUANCE, "0.5 GB", "0.5", "GB", 5, stops=True)
    world.buyer().buy(package.offer)


def _guance_is_delivered(world: World) -> None:
    world.seller_center.use_built_in(_GUANCE)


def _guance_has_another_key(world: World) -> None:
    address = world.local("https://openapi.guance.com/huaweicloud")
    world.seller_center.configure(_GUANCE, production_address=address, access_key="k" * 24)


def _card_is_sold_by_v1(world: World) -> None:
    world.seller_center.configure(_CARD, protocol="v1")


def _guance_is_supervised(world: World) -> None:
    world.seller_center.configure(_GUANCE, is_supervised=True, sends_duplicates=True)


_SHEET: Final = (
    "Employee name,Department,Phone number,Email,Account,Password\n"
    "Liu Yang,Operations,13900000008,liu.yang@staff.example.com,liu.yang,Gallery-7-pass\n"
)

_QUESTION: Final = Text("Which systems does the agent run on?", "采集器支持哪些操作系统？")


class _Player:
    """A player of journeys, which begins one and waits for somebody to stop it."""

    def waits(self, world: World) -> None:
        """It waits for a journey, and is offered some seconds longer."""
        Worlds(urljoin(world.url, "/")).demos.next(PLAYABLE)

    def begins(self, world: World) -> None:
        """It begins the journey that was chosen."""
        demo = Worlds(urljoin(world.url, "/")).demos.next(PLAYABLE)
        assert demo, "no journey was chosen"
        demo.begin()
        steps = JOURNEYS[demo.journey].steps
        demo.step(
            steps[0].title.in_language(cast("Language", demo.language)),
            actor=steps[0].actor,
            number=1,
            steps=len(steps),
        )
        self._demo = demo

    def ends(self, _world: World) -> None:
        """It has ended the journey, as it was asked to."""
        self._demo.end(stopped=True)


_PLAYER: Final = _Player()

_ANSWER: Final = Text("Linux and Windows.", "Linux 和 Windows。")
_TICKET: Final = Text("Please send the invoice.", "请寄送发票。")
_TRADER: Final = Text("Northwind Trading Ltd", "北风贸易有限公司")
_BANK: Final = Text("Bank of the North, Harbour branch", "北方银行港口支行")
_PERSON_NAME: Final = Text("Chen Jing", "陈静")
_FURTHER: Final = Text("Test environment", "测试空间")
_LOST: Final = Text("My phone is lost.", "手机丢失了。")
_COMPANY: Final = "91310000MA1FL0000N"
_PERSON: Final = "11010519491231002X"
"""A unified social credit code (GB 32100) and the number of an identity card (GB 11643) with their check digits."""


def _certificate(kind: str, number: str) -> Form:
    """A scan of a certificate."""
    return _type(kind=kind, real_name=_TRADER, number=number, scan="%PDF-1.7", agreed="y")


def _sets_a_new_password(forgotten: str, username: str) -> list[Turn]:
    """By a code that is mailed, after a wrong one."""
    password = "Gallery-8-pass"
    return [
        Turn("owner", forgotten, form=_type(username=username)),
        Turn("owner", form=_type(code="000000", password=password, confirm=password)),
        Turn("owner", form=_type(code="{code}", password=password, confirm=password)),
    ]


_PAY: Final = _press("main form .btn-primary")
_NEW_PASSWORD: Final = _type(current="{password}", password="Gallery-9-pass", confirm="Gallery-9-pass")

SCENES: Final = (
    # An account approves what its IAM users order.
    Scene(
        [
            Turn("verified-buyer", "console.huaweicloud.com/iam/users", form=_press('[name="wanted"]')),
            Turn("iam-user", f"{_SHOP}/contents/{_CARD}/buy", form=_type(quantity="50"), fact=_plan_is_bought),
            Turn("iam-user", _SERVICES, 'a[href$="/upgrade"]', _PAY),
            Turn("iam-user", f"{_SHOP}/contents/{_GUANCE}/subscribe", form=_type(agreed="y")),
            Turn("iam-user", f"{_SHOP}/contents/{_GUANCE}/subscribe"),
            Turn("verified-buyer", _ORDERS, _FIRST_ORDER),
            Turn("verified-buyer", form=_press('[action$="/approve"] button')),
            Turn("iam-user", f"{_SHOP}/contents/{_CARD}/buy", days=_A_MOMENT, form=_type(quantity="10")),
            Turn("verified-buyer", _ORDERS, _FIRST_ORDER),
            Turn("verified-buyer", form=_press('[action$="/reject"] button')),
        ]
    ),
    # An account looks after its access keys, its IAM users and its own sign-in.
    Scene(
        [
            Turn(
                "verified-buyer",
                f"{_CONSOLE}/accessKey/new",
                form=_type(description=Text("Deployment", "部署"), password="{password}"),
            ),
            *2 * [Turn("verified-buyer", f"{_CONSOLE}/accessKey", form=_press('[action$="/enabled"] button'))],
            Turn(
                "verified-buyer",
                link='main a[href*="/accessKey/"]:not([href$="/new"])',
                form=_type(description=Text("Backup", "备份")),
            ),
            Turn("verified-buyer", link='main a[href$="/delete"]', form=_PAY),
            Turn("verified-buyer", f"{_CONSOLE}/users", "main th a", _type(description=Text("Accounting", "财务"))),
            *2 * [Turn("verified-buyer", form=_press('[action$="/enabled"] button'))],
            Turn(
                "verified-buyer",
                link='main a[href$="/password"]',
                form=_type(password="Gallery-8-pass", confirmation="Gallery-8-pass"),
            ),
            Turn(
                "auditor",
                "auth.huaweicloud.com/authui/iam-login?id=hw_liwei",
                form=_type(name="audit", password="{password}"),
            ),
            Turn("verified-buyer", f"{_SHOP}/contents/{_PLAN}/order", form=_type(number="1")),
            Turn("auditor", f"{_SHOP}/contents/{_GUANCE}/subscribe"),
            Turn("auditor", _ORDERS, _FIRST_ORDER),
            Turn("auditor", link='main a[href$="/cancel"]'),
            Turn("auditor", f"{_CONSOLE}/users"),
            Turn("verified-buyer", f"{_CONSOLE}/users", "main th a"),
            Turn("verified-buyer", link='main a[href$="/delete"]', form=_PAY),
            Turn(
                "verified-buyer",
                f"{_CONSOLE}/loginProtection",
                form=_type(channel="email", password="{password}"),
            ),
            Turn(
                "buyer elsewhere",
                "auth.huaweicloud.com/authui/login",
                form=_type(name="{buyer}", password="{password}"),
            ),
            Turn("buyer elsewhere", form=_press('[action$="/verification/code"] button'), days=_A_MOMENT / 30),
            Turn("buyer elsewhere", form=_type(code="{code}")),
            Turn(
                "verified-buyer",
                f"{_CONSOLE}/password",
                form=_type(current="{password}", password="Gallery-8-pass", confirmation="Gallery-8-pass"),
            ),
        ]
    ),
    # An order is cancelled before it is paid.
    Scene(
        [
            Turn("second-buyer", f"{_SHOP}/contents/{_PLAN}/order", form=_type(number="1")),
            Turn("second-buyer", _ORDERS, _FIRST_ORDER),
            Turn("second-buyer", link='main a[href$="/cancel"]', form=_press(_CONFIRM)),
            Turn("second-buyer", _ORDERS, _FIRST_ORDER),
        ]
    ),
    # A seller resends, explains and saves a call, and deletes the case.
    Scene(
        [
            Turn(
                "seller",
                f"{_SELLER}/send/{_GUANCE}/newInstance",
                fact=_guance_has_another_key,
                form=_press('[name="then"][value="show"]'),
            ),
            Turn("seller", f"{_SELLER}/send/{_GUANCE}/newInstance", form=_press("main form .btn-primary")),
            Turn("seller", form=_type(signature="{sent-signature}")),
            Turn("seller", form=_press('[action$="/explain"] button')),
            Turn("seller", form=_press('[action$="/save"] button')),
            Turn("seller", form=_press('[action$="/resend"] button')),
            Turn("seller", link='main a[href$="/edit"]', form=_press("main form .btn-primary")),
            Turn("seller", f"{_SELLER}/cases", form=_press('[action$="/delete"] button')),
        ]
    ),
    # A group of members is made, changed and deleted.
    Scene(
        [
            Turn(
                "verified-buyer",
                f"{_PARTNER}/groups/new",
                form=_type(name=Text("Night shift", "夜班"), description=Text("On call", "夜间值守")),
            ),
            Turn("verified-buyer", form=_type(account="{member}")),
            Turn("verified-buyer", form=_press('main [action$="/remove"] button')),
            Turn(
                "verified-buyer",
                f"{_PARTNER}/groups/",
                'main a[href$="/edit"]',
                _type(name=Text("Day shift", "白班")),
            ),
            Turn("verified-buyer", f"{_PARTNER}/groups/", 'main a[href$="/delete"]', _press(_CONFIRM)),
        ],
        after=changes_the_initial_password,
    ),
    # A search finds nothing.
    Scene(
        [
            Turn("verified-buyer", "console.huaweicloud.com/iam/users?search=zqxv"),
            Turn("workspace-owner", f"{_BOSS}/workspaces?search=zqxv"),
            Turn("workspace-owner", f"{_BOSS}/support?search=zqxv"),
        ]
    ),
    # Somebody has forgotten the password of a site, and the one of the Billing Center.
    Scene(
        [
            *_sets_a_new_password("cn4-auth.guance.com/login/forgot", "zhaomin"),
            *_sets_a_new_password(f"{_BOSS}/forgot", "zhaomin"),
        ]
    ),
    # A trial expires, and is released.
    Scene(
        [
            Turn("second-buyer", f"{_SHOP}/contents/{_PLAN}/trial", form=_type(agreed="y")),
            Turn("second-buyer", _ORDERS, _FIRST_ORDER),
            Turn("second-buyer", _SERVICES, _FIRST_SERVICE, days=_A_MOMENT),
            Turn("second-buyer", _SERVICES, 'a[href$="/renew"]'),
            Turn("second-buyer", _SERVICES, days=16),
            Turn("second-buyer", _SERVICES, _FIRST_SERVICE, days=16),
        ]
    ),
    # A plan is bought, renewed, changed and unsubscribed.
    Scene(
        [
            Turn("second-buyer", f"{_SHOP}/contents/{_PLAN}?tab=pricing"),
            Turn("second-buyer", f"{_SHOP}/contents/{_PLAN}?tab=guide"),
            Turn("second-buyer", f"{_SHOP}/contents/{_PLAN}/order", form=_type(number="1")),
            Turn("second-buyer", form=_PAY),
            Turn("second-buyer", _SERVICES, 'a[href$="/upgrade"]', days=_A_MOMENT),
            Turn("second-buyer", _SERVICES, 'a[href$="/unsubscribe"]'),
            Turn("second-buyer", _SERVICES, 'a[href$="/expiry-policy"]', _type(policy="renew")),
            Turn("second-buyer", _SERVICES, 'a[href$="/renew"]', _type(number="1"), days=6),
            Turn("second-buyer", form=_PAY),
            Turn("second-buyer", _SERVICES, 'a[href$="/unsubscribe"]', days=_A_MOMENT),
            Turn(
                "second-buyer",
                _SERVICES,
                'a[href$="/renewal-change"]',
                _type(specification="OFFI-PLAN-PROFESSIONAL-MONTH", number="1"),
            ),
            Turn("second-buyer", form=_PAY),
            Turn("second-buyer", _SERVICES, _FIRST_SERVICE, days=_A_MOMENT),
            Turn("second-buyer", _SERVICES, 'a[href$="/unsubscribe"]', _PAY),
            Turn("second-buyer", _ORDERS, _FIRST_ORDER),
        ]
    ),
    # What buyers read of each kind of delivery, and of a product that is sold to named customers.
    Scene(
        [
            *(Turn("visitor", f"{_SHOP}/contents/{product}?tab=guide") for product in _LISTED.values()),
            Turn("visitor", f"{_SHOP}/contents/{_LISTED['image']}?tab=pricing"),
            Turn("second-buyer", f"{_SHOP}/contents/{_LISTED['saas']}/invitation"),
        ]
    ),
    # A seller debugs its service, which fails then: the product is frozen, and orders of it are paid back.
    Scene(
        [
            Turn("seller", f"{_SELLER}/send/{_PLAN}/newInstance", form=_press('[name="then"][value="show"]')),
            Turn("seller", form=_press('[name="then"][value="save"]')),
            Turn("seller", f"{_SELLER}/cases"),
            Turn("seller", form=_press('[action$="/cases/replay"] button')),
            Turn("seller", f"{_SELLER}/cases", days=_A_MOMENT),
            Turn("second-buyer", f"{_SHOP}/contents/{_PLAN}/order", form=_type(number="1")),
            Turn(
                "second-buyer",
                form=_PAY,
                fact=_plan_is_not_delivered,
            ),
            Turn("second-buyer", _ORDERS, _FIRST_ORDER, days=_A_MOMENT),
            Turn("seller", f"{_SELLER}/"),
            Turn("seller", link='main a[href*="/calls/"]'),
            Turn("seller", f"{_SELLER}/keys", 'a[href$="/renew"]', _press(_CONFIRM)),
            Turn("seller", f"{_SELLER}/settings/{_PLAN}"),
            Turn("seller", f"{_SELLER}/coverage", days=1),
            Turn("seller", f"{_SELLER}/coverage", days=5),
            Turn("seller", f"{_SELLER}/messages"),
            Turn("second-buyer", _ORDERS, _FIRST_ORDER),
            Turn("second-buyer", f"{_SHOP}/contents/{_PLAN}"),
            Turn("second-buyer", f"{_SHOP}/contents/{_CARD}", fact=_card_is_withdrawn),
        ]
    ),
    # A delivery is confirmed and accepted.
    Scene(
        [
            Turn(
                "second-buyer",
                f"{_SHOP}/contents/{_GUANCE}/subscribe",
                form=_type(agreed="y"),
                fact=_guance_is_supervised,
            ),
            Turn("second-buyer", _ORDERS, _FIRST_ORDER, days=_A_MOMENT),
            Turn("seller", f"{_SELLER}/"),
            Turn("seller", f"{_SELLER}/supervision", form=_press('[action$="/deliver"] button')),
            Turn("second-buyer", f"{_SHOP}/buyer/service-supervision/", 'a[href$="/accept"]', days=_A_MOMENT),
            Turn("second-buyer", form=_press(_CONFIRM)),
            Turn("second-buyer", f"{_SHOP}/buyer/service-supervision/", days=_A_MOMENT),
        ]
    ),
    # Who somebody is, is verified by a QR code, a certificate or a bank account.
    Scene(
        [
            Turn(
                "unverified-buyer",
                f"{_AUTHENTICATION}/qr-code",
                form=_type(real_name=_PERSON_NAME, number=_PERSON, agreed="y"),
            ),
            Turn("phone", f"{_AUTHENTICATION}/qr-scan/{'0' * 32}"),
            Turn("phone", f"{_AUTHENTICATION}/qr-scan"),
            Turn("unverified-buyer", f"auth.huaweicloud.com/authui/qr-login/{'0' * 32}"),
        ]
    ),
    # Somebody is at a world, a site or a page that is not there.
    Scene(
        [
            Turn("visitor", f"{_SHOP}/contents/none"),
            Turn("visitor", "openapi.guance.com"),
            Turn("visitor", "nothing.huaweicloud.com"),
            Turn("visitor", "http://marketplace.huaweicloud.com.nowhere.{server}"),
            Turn("visitor", "http://nowhere.{server}"),
            Turn("visitor", "http://example.com.{server}"),
            Turn("visitor", "/worlds/nowhere"),
            Turn("visitor", "/worlds/{world}/snapshots/none/restore"),
            Turn("visitor", "/worlds/{world}/journal?kind=none"),
            Turn("visitor", f"{_UNIFIED_LOGIN}/unified-login/portal-login?appId=none&ind=UNOP"),
            Turn("visitor", f"{_UNIFIED_LOGIN}/api/v1/oauth2/authorize?client_id=none"),
            Turn("visitor", f"{_UNIFIED_LOGIN}/unified-login/logout"),
            Turn("visitor", "auth.guance.com/huaweicloud/login?code=none"),
        ]
    ),
    # Members log in to an application, which is stopped then.
    Scene(
        [
            Turn("employee", "{login_url}", form=_type(account="{member}", password="{member_password}")),
            Turn("employee", form=_type(account="{member}@{domain}", password="{member_password}")),
            Turn("employee", "{login_url}"),
            Turn("verified-buyer", f"{_PARTNER}/applications/", form=_press('form[action$="/stop"] button')),
            Turn("verified-buyer", form=_press(_CONFIRM)),
            Turn("verified-buyer", f"{_PARTNER}/hand-over"),
            Turn("employee", "{login_url}", form=_press('[name="go_on"]')),
            Turn("verified-buyer", f"{_PARTNER}/applications/", form=_press('form[action$="/start"] button')),
            Turn("verified-buyer", f"{_PARTNER}/members", form=_press(_CANCEL_AUTHORIZATION)),
            Turn("verified-buyer", f"{_PARTNER}/administrators", form=_type(account="{member}")),
            Turn("verified-buyer", form=_press('[action$="/remove"] button')),
            Turn("verified-buyer", f"{_PARTNER}/members", 'a[href$="/disable"]', _press(_CONFIRM)),
            Turn("verified-buyer", f"{_PARTNER}/members/disabled", form=_press('main tbody [name="one"]')),
            Turn("verified-buyer", f"{_PARTNER}/members", 'a[href$="/disable"]', _press(_CONFIRM)),
            Turn("verified-buyer", f"{_PARTNER}/members/disabled", form=_press('[formaction$="/delete"]')),
            Turn("verified-buyer", form=_press(_CONFIRM)),
        ],
        after=changes_the_initial_password,
    ),
    # An enterprise before it has members, and what its seller does not take.
    Scene(
        [
            Turn("verified-buyer", f"{_PARTNER}/members/new"),
            Turn("verified-buyer", f"{_PARTNER}/authorize"),
            Turn("verified-buyer", f"{_PARTNER}/members/new", form=_press('[name="dialog"][value="open"]')),
            Turn(
                "verified-buyer",
                form=Form("", {"department_search": "zqxv"}, button='dialog [name="dialog"][value="search"]'),
            ),
            Turn(
                "verified-buyer",
                f"{_PARTNER}/departments/new",
                form=_type(name=Text("Night shift", "夜班组"), parent="{enterprise}"),
            ),
            Turn(
                "verified-buyer",
                f"{_PARTNER}/departments/",
                'a[href$="/edit"]',
                _type(name=Text("Late shift", "晚班组")),
            ),
            Turn("verified-buyer", f"{_PARTNER}/departments/", 'a[href$="/delete"]', _press(_CONFIRM)),
            Turn("verified-buyer", f"{_PARTNER}/members/import", form=_type(sheet=_SHEET)),
            Turn(
                "verified-buyer", f"{_PARTNER}/members/import", form=_type(sheet=_SHEET), fact=_guance_is_not_delivered
            ),
            Turn("verified-buyer", f"{_PARTNER}/members/imports"),
            Turn(
                "verified-buyer",
                f"{_PARTNER}/departments/new",
                form=_type(name=Text("Day shift", "白班组"), parent="{enterprise}"),
            ),
            Turn("verified-buyer", f"{_PARTNER}/members", days=_A_MOMENT),
            Turn("verified-buyer", _PARTNER),
            Turn("verified-buyer", _SERVICES, _FIRST_SERVICE),
            Turn("seller", f"{_SELLER}/messages"),
            Turn("seller", f"{_SELLER}/settings/{_GUANCE}"),
            Turn("seller", f"{_SELLER}/keys", 'a[href$="/renew"]'),
            Turn("verified-buyer", _PARTNER, fact=_guance_is_delivered, form=_press('[action$="/retry"] button')),
        ],
        after=waits_for_the_enterprise,
    ),
    # An enterprise has more members and departments than a page has.
    Scene(
        [
            Turn("verified-buyer", f"{_PARTNER}/authorize", fact=_many_are_members),
            Turn("verified-buyer", f"{_PARTNER}/members/new", form=_press('[name="dialog"][value="open"]')),
            Turn("verified-buyer", f"{_PARTNER}/groups/new", form=_type(name=Text("Night shift", "夜班"))),
            Turn(
                "verified-buyer",
                f"{_PARTNER}/authorize/automatic",
                form=_type(kind="group", name=Text("Night shift", "夜班"), agreed="y"),
            ),
            Turn("verified-buyer", form=_press(f'[action*="/groups/"]{_CANCEL_AUTHORIZATION}')),
            Turn(
                "verified-buyer",
                f"{_PARTNER}/authorize/automatic",
                form=_type(kind="department", name="{enterprise}", agreed="y"),
            ),
            Turn("verified-buyer", f"{_PARTNER}/hand-over"),
            Turn("verified-buyer", f"{_PARTNER}/authorize/automatic", form=_press(_CANCEL_AUTHORIZATION)),
        ],
        after=changes_the_initial_password,
    ),
    # A subscription is closed, Guance subscribed to anew with the same enterprise, and the locked workspace dissolved.
    Scene(
        [
            Turn("verified-buyer", f"{_SHOP}/contents/{_GUANCE}/subscribe", form=_type(agreed="y")),
            Turn("verified-buyer", f"{_SHOP}/buyer/", days=_A_MOMENT),
            Turn("verified-buyer", f"{_PARTNER}/role", form=_type(role="personal")),
            Turn("owner", _GUANCE_SIGN_IN, form=_type(username="{registered}", password="{registered_password}")),
            Turn("owner", link='a[href$="/dissolve"]', form=_press(_CONFIRM)),
            Turn("verified-buyer", f"{_PARTNER}/enterprise", form=_press('[action$="/existing"] .btn-primary')),
        ],
        after=sees_that_nothing_more_is_charged,
    ),
    # A workspace is locked, and lost for good.
    Scene(
        [
            Turn("owner", _GUANCE_SIGN_IN, form=_type(username="{registered}", password="{registered_password}")),
            Turn("owner", link='a[href$="/settings"]'),
            Turn("owner", f"{_BOSS}/signin", form=_type(username="{registered}", password="{registered_password}")),
            Turn("owner", f"{_BOSS}/workspaces", 'a[href$="/unlock"]'),
            Turn("owner", "cn4-console.guance.com", 'a[href$="/dissolve"]'),
            Turn(
                "owner", _GUANCE_SIGN_IN, days=15, form=_type(username="{registered}", password="{registered_password}")
            ),
        ],
        after=sees_that_nothing_more_is_charged,
    ),
    # A workspace is unlocked.
    Scene(
        [
            Turn("owner", f"{_BOSS}/signin", form=_type(username="{registered}", password="{registered_password}")),
            Turn("owner", f"{_BOSS}/workspaces", 'a[href$="/unlock"]', _press(_CONFIRM)),
            Turn("owner", _GUANCE_SIGN_IN, form=_type(username="{registered}", password="{registered_password}")),
            Turn("owner", "cn4-console.guance.com/workspace/{workspace-id}/dissolve"),
        ],
        after=sees_that_nothing_more_is_charged,
    ),
    # A subscription is frozen at the seller.
    Scene(
        [
            Turn(
                "seller",
                f"{_SELLER}/send/{_GUANCE}/updateInstanceStatus",
                form=_type(instanceId="{instance}", status="FREEZE", testFlag=""),
            ),
            Turn("owner", _GUANCE_SIGN_IN, form=_type(username="{registered}", password="{registered_password}")),
            Turn("employee", "{login_url}", form=_type(account="{member}@{domain}", password="{member_password}")),
        ],
        after=reads_the_bill_of_a_day,
    ),
    # A package is used up.
    Scene(
        [
            Turn("verified-buyer", _SERVICES, _FIRST_SERVICE, fact=_small_packages_are_bought),
            Turn("verified-buyer", _SERVICES, 'a[href$="/close"]'),
            Turn("verified-buyer", _SERVICES, _FIRST_SERVICE, days=3),
            Turn("verified-buyer", f"{_SHOP}/buyer/expenses"),
            Turn("seller", f"{_SELLER}/usage-records"),
            Turn("verified-buyer", f"{_SHOP}/contents/{_GUANCE}?tab=pricing"),
            Turn("verified-buyer", link='main a[href*="/packages/"]', form=_PAY),
            Turn("verified-buyer", form=_PAY),
            Turn("seller", f"{_SELLER}/settings/{_GUANCE}/packages", form=_press('[action$="/withdraw"] button')),
        ],
        after=reads_the_bill_of_a_day,
    ),
    # An account gets an authenticator app, whose phone is lost then.
    Scene(
        [
            Turn("workspace-owner", "cn4-console.guance.com/account/mfa", form=_type(code="{code}")),
            Turn("workspace-owner", days=_A_MOMENT, form=_type(security_code="000000")),
            Turn("workspace-owner", "cn4-console.guance.com/account/mfa", form=_type(code="{code}")),
            Turn("phone", "mail/authenticator", form=_type(secret="{mfa_secret}")),
            Turn("phone"),
            Turn("workspace-owner", form=_type(security_code="{security-code}")),
            Turn("workspace-owner", "cn4-console.guance.com/account/mfa/unbind"),
            Turn("workspace-owner", "cn4-console.guance.com", 'a[href$="/settings"]'),
            Turn("workspace-owner", link='a[href$="/settings/access"]', form=_press('[action$="/access/mfa"] button')),
            Turn("owner", _GUANCE_SIGN_IN, form=_type(username="zhaomin", password="{password}")),
            Turn("owner", link='main a[href$="/unbind"]', form=_type(description=_LOST, code="{code}")),
            Turn("phone", "mail/authenticator", days=_A_MINUTE, form=_type(secret="{mfa_secret}")),
            Turn("owner", _GUANCE_SIGN_IN, form=_type(username="zhaomin", password="{password}")),
            Turn("owner", form=_type(security_code="{security-code}")),
            Turn("phone", "mail/authenticator", days=_A_MINUTE, form=_type(secret="{mfa_secret}")),
            Turn("owner", "cn4-console.guance.com/account/mfa/unbind", form=_type(security_code="{security-code}")),
            Turn("owner", "cn4-console.guance.com/account", form=_NEW_PASSWORD),
        ]
    ),
    # Somebody registers at a site of another cloud.
    Scene(
        [
            Turn(
                "visitor",
                "auth.guance.com/businessRegister",
                form=_type(
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
                form=_type(company=_TRADER, terms="y"),
            ),
            Turn("visitor", "auth.guance.com/businessRegister/activation?method=huawei"),
            Turn("visitor", "auth.guance.com/businessRegister/activation?method=aws"),
            Turn("visitor", "auth.guance.com/businessRegister/activation?method=guance"),
            Turn(
                "visitor",
                "aws-auth.guance.com/login/pwd",
                form=_type(username="wang.qiang", password="Gallery-7-pass"),
            ),
        ]
    ),
    # A payer recharges by a bank transfer, and closes a ticket.
    Scene(
        [
            Turn("billing-only", f"{_BOSS}/workspaces"),
            Turn("billing-only", f"{_BOSS}/account/cloud-accounts"),
            Turn("billing-only", f"{_BOSS}/wallet/recharge", form=_type(amount="500", method="transfer")),
            Turn("billing-only", form=_press('[action$="/cancel"] button')),
            Turn("billing-only", f"{_BOSS}/account/phone", form=_type(code="{code}")),
            Turn("billing-only", form=_type(new="13900000011", code="{code}")),
            Turn("billing-only", f"{_BOSS}/account/phone"),
            Turn(
                "billing-only",
                f"{_BOSS}/support/new",
                form=_type(category="billing", title=_TICKET, text=_TICKET),
            ),
            Turn("billing-only", form=_press('[action$="/close"] button')),
            Turn("billing-only", f"{_BOSS}/account/profile", form=_press("main form .btn-primary")),
            Turn("billing-only", f"{_BOSS}/account/security", form=_NEW_PASSWORD),
        ]
    ),
    # Somebody is invited to a workspace, and may read it.
    Scene(
        [
            Turn("workspace-owner", "cn4-console.guance.com", 'a[href$="/settings"]'),
            Turn(
                "workspace-owner",
                link='a[href$="/settings/members"]',
                form=_type(email="zhang.lei@staff.example.com", role="standard"),
            ),
            Turn("workspace-owner", form=_press('[action$="/cancel"] button')),
            Turn("workspace-owner", form=_type(email="{registered_email}", role="read-only")),
            Turn("owner", _GUANCE_SIGN_IN, form=_type(username="{registered}", password="{registered_password}")),
            Turn("owner", "cn4-console.guance.com/workspaces", 'a[href*="/invitations/"]', _press("main form button")),
            Turn("owner", link='a[href$="/settings"]'),
            Turn("owner", link='a[href$="/settings/storage"]'),
            Turn("owner", "cn4-console.guance.com/workspaces"),
            Turn("workspace-owner", link='main a[href$="/settings/members"]', form=_press('[action$="/role"] button')),
            Turn("workspace-owner", form=_press('[action$="/remove"] button')),
            Turn("owner", "cn4-console.guance.com/workspaces/new", form=_type(workspace_name=_FURTHER)),
            Turn("owner", f"{_BOSS}/signin", form=_type(username="{registered}", password="{registered_password}")),
            Turn("owner", f"{_BOSS}/account/cloud-accounts", 'main a[href$="/bind"]'),
            Turn("owner", form=_press('dialog form[method="post"] .btn-primary')),
        ],
        after=reads_the_bill_of_a_day,
    ),
    # What an administrator passes on before anybody has logged in.
    Scene(
        [Turn("verified-buyer", f"{_PARTNER}/hand-over"), Turn("verified-buyer", f"{_PARTNER}/hand-over/slips")],
        after=notes_what_to_pass_on,
    ),
    # A member comes from Huawei Cloud, and the subscription is closed before anything is bound.
    Scene(
        [
            Turn("employee", "{login_url}", form=_type(account="{member}@{domain}", password="{member_password}")),
            Turn("employee", form=_type(account="existing"), fact=_subscription_is_closed),
        ],
        after=changes_the_initial_password,
    ),
    # An alert of high consumption, and a payer who is in arrears.
    Scene(
        [
            Turn("workspace-owner", "cn4-console.guance.com", 'a[href$="/billing"]'),
            Turn(
                "workspace-owner",
                link='a[href$="/high-consumption-alert"]',
                form=_type(item="logs", threshold="1"),
            ),
            Turn("workspace-owner", "cn4-console.guance.com", 'a[href$="/billing"]', days=2),
            Turn("workspace-owner", form=_press('[action$="/remove"] button')),
            Turn("workspace-owner", f"{_BOSS}/wallet/recharge", days=150),
            Turn("workspace-owner", f"{_BOSS}/wallet"),
        ]
    ),
    # A buyer asks a question, and the seller answers it.
    Scene(
        [
            Turn("second-buyer", f"{_SHOP}/contents/{_GUANCE}/questions", form=_type(question=_QUESTION)),
            Turn("second-buyer", f"{_SHOP}/contents/{_GUANCE}?tab=questions"),
            Turn("seller", f"{_SELLER}/questions"),
            Turn("seller", link='a[href$="/answer"]', form=_type(reply=_ANSWER)),
            Turn(
                "second-buyer",
                _SERVICES,
                _FIRST_SERVICE,
                _type(stars="5", comment=Text("Set up within minutes.", "几分钟内完成开通。")),
                fact=_plan_is_bought_elsewhere,
            ),
            Turn(
                "seller", f"{_SELLER}/questions", 'a[href$="/reply"]', _type(reply=Text("Thank you.", "感谢您的评价。"))
            ),
            Turn("seller", f"{_SELLER}/settings/{_PLAN}", form=_type(order_queries_a_minute="60")),
            Turn("seller", form=_press('[action$="/built-in"] button')),
            Turn("seller", f"{_SELLER}/messages", fact=_plan_is_not_released, days=1),
            Turn("seller", form=_press('[action$="/restart"] button')),
            Turn("seller", f"{_SELLER}/send/{_CARD}/newInstance", fact=_card_is_sold_by_v1),
            Turn(
                "seller",
                f"{_SELLER}/send/{_GUANCE}/newInstance",
                fact=_guance_has_another_key,
                form=_press("main form .btn-primary"),
            ),
        ]
    ),
    # Somebody is verified, after wrong amounts, a wrong code and a wrong number.
    Scene(
        [
            Turn(
                "unverified-buyer",
                f"{_AUTHENTICATION}/bank-account",
                form=_type(
                    real_name=_TRADER,
                    number=_COMPANY,
                    bank=_BANK,
                    bank_account="6222020200012345",
                    agreed="y",
                ),
            ),
            Turn("unverified-buyer", f"{_AUTHENTICATION}/amount", days=_A_MOMENT),
            *3 * [Turn("unverified-buyer", f"{_AUTHENTICATION}/amount", form=_type(amount="0.00"))],
            Turn("unverified-buyer", _AUTHENTICATION, form=_certificate("enterprise", "91310000MA1FL0001N")),
            Turn("unverified-buyer", _AUTHENTICATION, days=_A_MOMENT),
            Turn("unverified-buyer", _AUTHENTICATION, form=_certificate("individual", "110105194912310021")),
            Turn(
                "unverified-buyer",
                f"{_AUTHENTICATION}/bank-card",
                form=_type(
                    real_name=_PERSON_NAME, number=_PERSON, card="4111111111111111", phone="13900000009", agreed="y"
                ),
                days=4,
            ),
        ]
    ),
    # A journey is played, and stopped.
    Scene(
        [
            Turn("operator", "/worlds/{world}", fact=_PLAYER.waits, form=_press('[action$="/demos"] button')),
            Turn("operator", "/worlds/{world}", fact=_PLAYER.begins, form=_press('[action*="/demos/"] button')),
            Turn("operator", "/worlds/{world}", fact=_PLAYER.ends),
        ]
    ),
    # An operator moves the clock, goes back to a snapshot, and makes, forks and drops worlds.
    Scene(
        [
            Turn(
                "operator",
                "/worlds/{world}",
                fact=_plan_is_bought,
                form=_type(**{"snapshot-label": "before-the-demo"}),
            ),
            *(
                Turn("operator", form=_press(f'main [action$="/clock/{verb}"] button'))
                for verb in ("next-job", "run", "freeze")
            ),
            Turn("operator", form=_type(**{"moment-moment": "2026-04-03 09:00"})),
            Turn("operator", link='main a[href$="/restore"]', form=_press(_CONFIRM)),
            Turn("operator", link='main a[href$="/delete"]', form=_press(_CONFIRM)),
            Turn("operator", form=_type(**{"moment-moment": "9999-12-31 23:59"})),
            Turn("operator", "/worlds/{world}", form=_type(**{"fork-name": "gallery-forked"})),
            Turn("operator", link='main a[href$="/drop"]', form=_press(_CONFIRM)),
            Turn("operator", "/worlds", form=_type(**{"make-name": "gallery-made"})),
            Turn("operator", link='main a[href$="/drop"]', form=_press(_CONFIRM)),
        ]
    ),
    # An operator records what is done.
    Scene(
        [
            Turn("operator", "/worlds/{world}/recording", form=_press('form[action$="/begin"] button')),
            Turn("visitor", _SHOP),
            *2 * [Turn("operator", "/worlds/{world}", form=_press('[action*="/switches/"] button'))],
            Turn("operator", "/worlds/{world}", form=_press('[action$="/clock/advance"] button')),
            Turn("visitor", f"{_SHOP}/products"),
            Turn("operator", "/worlds/{world}/recording", form=_press('form[action$="/stop"] button')),
            Turn("operator", link='main a[href$="/discard"]', form=_press(_CONFIRM)),
        ]
    ),
)
