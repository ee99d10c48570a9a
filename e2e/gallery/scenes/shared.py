"""What the scenes of all sites are made of: turns, addresses, and what is pressed and filled in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from e2e.gallery.forms import Form, Saved
from e2e.journeys import Step, Text
from mock_sites.client import World

GUANCE: Final = "8990a122-f456-43a4-892c-a458be31e336"
PLAN: Final = "5d0c8f3e-2b6a-4c19-9e47-70a1c6d2b8f4"
CARD: Final = "181f3d92-f40b-48d7-8ad5-420df0a682d2"
SHOP: Final = "marketplace.huaweicloud.com"
SERVICES: Final = f"{SHOP}/buyer/purchased-services"
ORDERS: Final = f"{SHOP}/buyer/orders"
PARTNER: Final = f"{SHOP}/buyer/partner-services"
SELLER: Final = "seller.huaweicloud.com"
GUANCE_SIGN_IN: Final = "cn4-auth.guance.com/login/pwd"
BOSS: Final = "boss.guance.com"
CONSOLE: Final = "console.huaweicloud.com/iam"
UNIFIED_LOGIN: Final = "macroverse.huaweicloud.com"
CONFIRM: Final = 'dialog form[method="post"] button'
A_MOMENT: Final = 1 / 24
"""An hour, in which every call is made."""
FIRST_ORDER: Final = 'main a[href*="/orders/"]'
FIRST_SERVICE: Final = 'main a[href*="/purchased-services/"]'
UNREACHABLE: Final = "http://127.0.0.1:9/"
"""Nobody answers there: the port is reserved for a service that is not offered (RFC 863)."""
TRADER: Final = Text("Northwind Trading Ltd", "北风贸易有限公司")


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


def press(selector: str) -> Form:
    """A form that has nothing to type in, by its button."""
    return Form("", button=selector)


def fill(**fields: str | Text | Saved) -> Form:
    """A form by what is typed into it."""
    return Form("", fields)


PAY: Final = press("main form .btn-primary")
"""What a page asks for most, such as to pay."""


def plan_is_bought(world: World) -> None:
    """A company has bought a plan for a month."""
    world.buyer().buy("OFFI-PLAN-STANDARD-MONTH")
