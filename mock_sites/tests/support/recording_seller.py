"""A seller that keeps the calls of the joint-operation kit."""

import json
from typing import Any

from mock_sites.huawei.protocol import signing, signing_v1
from mock_sites.tests.support.gateway import KEY, ReceivedRequest


class RecordingSeller:
    """A seller that accepts calls with a right signature, except for the interfaces it refuses."""

    def __init__(self, *refused: str) -> None:
        """Refuse these interfaces."""
        self.refused = set(refused)
        self.received: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, received: ReceivedRequest) -> None:
        """Write the answer to a call."""
        path, _, _ = received.target.partition("?")
        if "/produceAPI/" not in path:
            received.answer = b'{"resultCode":"000000","instanceId":"ins-1"}'
        else:
            interface = path.rpartition("/")[2]
            self.received.append((interface, json.loads(received.body)))
            good = interface not in self.refused and self._signed(path, received)
            received.answer = json.dumps({"resultCode": "000000" if good else "000005"}).encode()
        received.answer_headers["Body-Sign"] = signing_v1.sign_answer(KEY, received.answer)

    def _signed(self, path: str, received: ReceivedRequest) -> bool:
        if "/v2/" not in path:
            fields = {name: str(value) for name, value in json.loads(received.body).items()}
            return received.headers["authToken"] == signing_v1.sign_sync(KEY, fields)
        nonce, timestamp = received.headers["x-nonce"], received.headers["x-timestamp"]
        return received.headers["x-sign"] == signing.sign_sync(KEY, nonce, timestamp, received.body)

    @property
    def interfaces(self) -> list[str]:
        """The calls, in order."""
        return [interface for interface, _ in self.received]
