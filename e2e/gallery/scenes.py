"""States of pages that nobody comes to by links and forms alone: several people act in turn, time passes, sellers fail.

In the order in which they are shown. Each scene has a world of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from e2e.gallery.forms import Form
from e2e.journeys import Step, Text
from mock_sites.client import World

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
_BOSS: Final = "boss.guance.com"
_CONFIRM: Final = 'dialog form[method="post"] button'
_A_MOMENT: Final = 1 / 24
"""An hour, in which every call is made."""
_FIRST_ORDER: Final = 'main a[href*="/orders/"]'
_FIRST_SERVICE: Final = 'main a[href*="/purchased-services/"]'


@dataclass(frozen=True)
class Turn:
    """What one of several people does, after the others."""

    person: str
    """The key of a ready-made person, or what somebody else is called who is signed in nowhere."""
    page: str = ""
    """The address that the person opens, without ``https://``; of the start page's server the path. A name in braces is
    one of ``forms.known_in``. Empty: the page that the person looks at."""
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


def _plan_is_not_delivered(world: World) -> None:
    """Nobody answers at the address of its seller: the port is reserved for a service that is not offered (RFC 863)."""
    world.seller_center.configure(_PLAN, production_address="http://127.0.0.1:9/", access_key="k" * 24)


def _card_is_withdrawn(world: World) -> None:
    world.seller_center.configure(_CARD, is_withdrawn=True)


def _guance_is_supervised(world: World) -> None:
    world.seller_center.configure(_GUANCE, is_supervised=True)


_PAY: Final = _press("main form .btn-primary")

SCENES: Final = (
    # An account approves what its IAM users order.
    Scene(
        [
            Turn("verified-buyer", "console.huaweicloud.com/iam/users", form=_press('[name="wanted"]')),
            Turn("iam-user", f"{_SHOP}/contents/{_CARD}/buy", form=_type(quantity="50")),
            Turn("iam-user", f"{_SHOP}/contents/{_GUANCE}/subscribe", form=_type(agreed="y")),
            Turn("iam-user", f"{_SHOP}/contents/{_GUANCE}/subscribe"),
            Turn("verified-buyer", _ORDERS, _FIRST_ORDER),
            Turn("verified-buyer", form=_press('[action$="/approve"] button')),
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
            Turn("second-buyer", _SERVICES, 'a[href$="/renew"]', _type(number="1")),
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
            Turn("seller", f"{_SELLER}/", 'main a[href*="/calls/"]'),
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
                form=_type(real_name="Chen Jing", number="11010519491231002X", agreed="y"),
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
)
