"""The marketplace's side of the seller protocol, for tests of Guance's side. It signs with Huawei Cloud's functions."""

import json
from datetime import timedelta
from itertools import count
from typing import Any
from urllib.parse import urlencode

import httpx

from mock_sites.huawei.protocol import signing, signing_v1
from mock_sites.world import sensitive_fields
from mock_sites.world.agreement import PRODUCTION_ADDRESS, seller_keys
from mock_sites.world.world import World

BUYER = "0123456789abcdef0123456789abcdef"
IV = "abcdefghijklmnop"

NEW_V1 = {
    "activity": "newInstance",
    "customerId": BUYER,
    "businessId": "b1",
    "orderId": "CS1",
    "skuCode": "sku-1",
    "productId": "OFFI845592654693900288",
}
NEW_V2 = {"activity": "newInstance", "orderId": "CS1", "orderLineId": "CS1-000001", "businessId": "b1"}


class Marketplace:
    """Calls Guance as the marketplace of ``world`` would. Single parts of a call can be replaced."""

    def __init__(self, world: World, client: httpx.Client) -> None:
        """Use ``client`` to reach the production address."""
        self.world, self.client = world, client
        keys = seller_keys(world.seed)
        self.key, self.kit_key = keys.access_key, keys.kit_key
        self.address = world.local(PRODUCTION_ADDRESS)
        self._nonces = count()
        self._milliseconds = count()

    def v1(self, fields: dict[str, str], *, key: str = "", **parts: str) -> dict[str, Any]:
        """The answer to a call of the base interface, V1.0."""
        parameters = {"timeStamp": self.stamp(), **fields}
        token = signing_v1.sign_call(key or self.key, parameters)
        return self._signed(self.client.get(f"{self.address}?{urlencode(parameters | {'authToken': token} | parts)}"))

    def v2(self, fields: dict[str, Any]) -> dict[str, Any]:
        """The answer to a call of the base interface, V2.0."""
        nonce, timestamp, body = self._sealed(fields)
        query = {"signature": signing.sign_call(self.key, nonce, timestamp, body)}
        query |= {"timestamp": timestamp, "nonce": nonce}
        return self._plain(self.client.post(f"{self.address}?{urlencode(query)}", content=body))

    def kit_v1(self, interface: str, fields: dict[str, Any], *, key: str = "", **headers: str) -> dict[str, Any]:
        """The answer to a call of the joint-operation kit, V1.0."""
        body = {"timeStamp": self.stamp(timedelta(hours=8)), **fields}
        texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}
        headers = {"authToken": signing_v1.sign_sync(key or self.key, texts)} | headers
        return self._signed(self.client.post(f"{self.address}/produceAPI/{interface}", json=body, headers=headers))

    def kit_v2(self, interface: str, fields: dict[str, Any], **headers: str) -> dict[str, Any]:
        """The answer to a call of the joint-operation kit, V2.0."""
        nonce, timestamp, body = self._sealed(fields)
        sign = signing.sign_sync(self.kit_key, nonce, timestamp, body)
        headers = {"x-sign": sign, "x-timestamp": timestamp, "x-nonce": nonce} | headers
        url = f"{self.address}/produceAPI/v2/{interface}"
        return self._plain(self.client.post(url, content=body, headers=headers))

    def stamp(self, shift: timedelta = timedelta()) -> str:
        """A timestamp of V1.0, different each time."""
        moment = self.world.clock.now() + shift + timedelta(milliseconds=next(self._milliseconds))
        return f"{moment:%Y%m%d%H%M%S%f}"[:17]

    def encrypted(self, text: str, encrypt_type: str = "1") -> str:
        """A sensitive field of a request of V1.0."""
        return sensitive_fields.encrypt(self.key, text, IV, encrypt_type)

    def _sealed(self, fields: dict[str, Any]) -> tuple[str, str, bytes]:
        timestamp = str(int(self.world.clock.now().timestamp() * 1000))
        return f"nonce-{next(self._nonces)}", timestamp, signing.payload(fields)

    def _signed(self, response: httpx.Response) -> dict[str, Any]:
        if response.headers["Body-Sign"] != signing_v1.sign_answer(self.key, response.content):
            raise ValueError("Body-Sign does not sign the answer")
        return self._plain(response)

    @staticmethod
    def _plain(response: httpx.Response) -> dict[str, Any]:
        return response.raise_for_status().json()
