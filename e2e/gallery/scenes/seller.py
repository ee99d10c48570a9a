"""What a seller does in the Seller Center, and buyers who wait for it."""

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Final

from e2e.gallery.scenes.shared import (
    A_MOMENT,
    CARD,
    CONFIRM,
    FIRST_ORDER,
    FIRST_SERVICE,
    GUANCE,
    ORDERS,
    PAY,
    PLAN,
    SELLER,
    SERVICES,
    SHOP,
    UNREACHABLE,
    Scene,
    Turn,
    fill,
    press,
)
from e2e.journeys import Text
from mock_sites.client import World

_APPLICATION: Final = {
    "frontEndUrl": "https://app.example.com/",
    "adminUrl": "https://app.example.com/admin",
    "memo": "Open from 9 to 18.",
}
_QUESTION: Final = Text("Which systems does the agent run on?", "采集器支持哪些操作系统？")
_ANSWER: Final = Text("Linux and Windows.", "Linux 和 Windows。")


def _plan_is_not_delivered(world: World) -> None:
    world.seller_center.configure(PLAN, production_address=UNREACHABLE, access_key="k" * 24)


def _orders_fail(world: World) -> None:
    _plan_is_not_delivered(world)
    for _order in range(6):
        _plan_is_bought_elsewhere(world)


def _plan_is_delivered(world: World) -> None:
    world.seller_center.use_built_in(PLAN)


def _plan_is_bought_elsewhere(world: World) -> None:
    world.buyer("second-buyer").buy("OFFI-PLAN-STANDARD-MONTH")


def _plan_is_not_released(world: World) -> None:
    _plan_is_not_delivered(world)
    buyer = world.buyer("second-buyer")
    buyer.unsubscribe(buyer.services()[0].instance, wait=False)


def _card_is_withdrawn(world: World) -> None:
    world.seller_center.configure(CARD, is_withdrawn=True)


def _guance_has_another_key(world: World) -> None:
    address = world.local("https://openapi.guance.com/huaweicloud")
    world.seller_center.configure(GUANCE, production_address=address, access_key="k" * 24)


def _card_is_sold_by_v1(world: World) -> None:
    world.seller_center.configure(CARD, protocol="v1")


def _guance_is_supervised(world: World) -> None:
    world.seller_center.configure(GUANCE, is_supervised=True, sends_duplicates=True)


class _Answers(BaseHTTPRequestHandler):
    """What that seller answers."""

    def do_POST(self) -> None:
        """Bring an instance, and say all that can be said about one."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        said = {"appInfo": _APPLICATION, "usageInfo": [{"usageValue": "12.5", "statisticalTime": "20260302013000000"}]}
        if asked["activity"] == "newInstance":
            said["instanceId"] = asked["businessId"]
        else:
            said = {"info": [{"instanceId": asked["instanceId"], **said}]}
        body = json.dumps({"resultCode": "000000", "resultMsg": "success.", **said}).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Log nothing."""


class _OutspokenSeller:
    """A seller with a server of its own."""

    def begins(self, world: World) -> None:
        """It delivers from now on."""
        self._server = HTTPServer(("127.0.0.1", 0), _Answers)
        Thread(target=self._server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{self._server.server_port}/"
        world.seller_center.configure(GUANCE, production_address=address, access_key="k" * 24)

    def ends(self, _world: World) -> None:
        """It answers no more."""
        self._server.shutdown()
        self._server.server_close()


_OUTSPOKEN: Final = _OutspokenSeller()

RESENT_CALLS: Final = Scene(
    [
        Turn(
            "seller",
            f"{SELLER}/send/{GUANCE}/newInstance",
            fact=_guance_has_another_key,
            form=press('[name="then"][value="show"]'),
        ),
        Turn("seller", f"{SELLER}/send/{GUANCE}/newInstance", form=press("main form .btn-primary")),
        Turn("seller", form=fill(signature="{sent-signature}")),
        Turn("seller", form=press('[action$="/explain"] button')),
        Turn("seller", form=press('[action$="/save"] button')),
        Turn("seller", form=press('[action$="/resend"] button')),
        Turn("seller", link='main a[href$="/edit"]', form=press("main form .btn-primary")),
        Turn("seller", f"{SELLER}/cases", form=press('[action$="/delete"] button')),
    ]
)
"""A seller resends, explains and saves a call, and deletes the case."""

FAILING_SERVICE: Final = Scene(
    [
        Turn("seller", f"{SELLER}/send/{PLAN}/newInstance", form=press('[name="then"][value="show"]')),
        Turn("seller", form=press('[name="then"][value="save"]')),
        Turn("seller", f"{SELLER}/cases"),
        Turn("seller", form=press('[action$="/cases/replay"] button')),
        Turn("seller", f"{SELLER}/cases", days=A_MOMENT),
        Turn("second-buyer", f"{SHOP}/contents/{PLAN}/order", form=fill(number="1")),
        Turn(
            "second-buyer",
            form=PAY,
            fact=_plan_is_not_delivered,
        ),
        Turn("second-buyer", ORDERS, FIRST_ORDER, days=A_MOMENT),
        Turn("seller", f"{SELLER}/"),
        Turn("seller", link='main a[href*="/calls/"]'),
        Turn("seller", f"{SELLER}/keys", 'a[href$="/renew"]', press(CONFIRM)),
        Turn("seller", f"{SELLER}/settings/{PLAN}"),
        Turn("seller", f"{SELLER}/coverage", days=1),
        Turn("seller", f"{SELLER}/coverage", days=5),
        Turn("seller", form=press('[action$="/relist"] button')),
        Turn("seller", f"{SELLER}/messages"),
        Turn("second-buyer", ORDERS, FIRST_ORDER),
        Turn("second-buyer", f"{SHOP}/contents/{PLAN}"),
        Turn("seller", f"{SELLER}/coverage", fact=_plan_is_delivered, form=press('[action$="/relist"] button')),
        Turn("second-buyer", f"{SHOP}/contents/{CARD}", fact=_card_is_withdrawn),
    ]
)
"""A seller debugs its service, which fails then: orders are paid back, and the product is hidden until it is mended."""

FAILED_ORDERS: Final = Scene([Turn("seller", f"{SELLER}/coverage", fact=_orders_fail)])
"""More orders of a product fail in a month than the marketplace tolerates."""

OUTSPOKEN_SELLER: Final = Scene(
    [
        Turn("second-buyer", f"{SHOP}/contents/{GUANCE}/subscribe", fact=_OUTSPOKEN.begins, form=fill(agreed="y")),
        Turn("second-buyer", SERVICES, FIRST_SERVICE, days=A_MOMENT),
        Turn("seller", f"{SELLER}/", fact=_OUTSPOKEN.ends),
    ]
)
"""A seller says where a service is administered, and how much of it is used."""

ACCEPTED_DELIVERY: Final = Scene(
    [
        Turn(
            "second-buyer",
            f"{SHOP}/contents/{GUANCE}/subscribe",
            form=fill(agreed="y"),
            fact=_guance_is_supervised,
        ),
        Turn("second-buyer", ORDERS, FIRST_ORDER, days=A_MOMENT),
        Turn("seller", f"{SELLER}/"),
        Turn("seller", f"{SELLER}/supervision", form=press('[action$="/deliver"] button')),
        Turn("second-buyer", f"{SHOP}/buyer/service-supervision/", 'a[href$="/accept"]', days=A_MOMENT),
        Turn("second-buyer", form=press(CONFIRM)),
        Turn("second-buyer", f"{SHOP}/buyer/service-supervision/", days=A_MOMENT),
    ]
)
"""A delivery is confirmed and accepted."""

ANSWERS: Final = Scene(
    [
        Turn("second-buyer", f"{SHOP}/contents/{GUANCE}/questions", form=fill(question=_QUESTION)),
        Turn("second-buyer", f"{SHOP}/contents/{GUANCE}?tab=questions"),
        Turn("seller", f"{SELLER}/questions"),
        Turn("seller", link='a[href$="/answer"]', form=fill(reply=_ANSWER)),
        Turn(
            "second-buyer",
            SERVICES,
            FIRST_SERVICE,
            fill(stars="5", comment=Text("Set up within minutes.", "几分钟内完成开通。")),
            fact=_plan_is_bought_elsewhere,
        ),
        Turn("seller", f"{SELLER}/questions", 'a[href$="/reply"]', fill(reply=Text("Thank you.", "感谢您的评价。"))),
        Turn("seller", f"{SELLER}/settings/{PLAN}", form=fill(order_queries_a_minute="60")),
        Turn("seller", form=press('[action$="/built-in"] button')),
        Turn("seller", f"{SELLER}/messages", fact=_plan_is_not_released, days=1),
        Turn("seller", form=press('[action$="/restart"] button')),
        Turn("seller", f"{SELLER}/send/{CARD}/newInstance", fact=_card_is_sold_by_v1),
        Turn(
            "seller",
            f"{SELLER}/send/{GUANCE}/newInstance",
            fact=_guance_has_another_key,
            form=press("main form .btn-primary"),
        ),
    ]
)
"""A buyer asks a question, and the seller answers it."""
