"""A seller that supports both versions of the protocol."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mock_sites.huawei.protocol import signing, signing_v1
from mock_sites.tests.support.gateway import KEY, ReceivedRequest

SUCCESS = {"resultCode": "000000", "resultMsg": "success"}


class Shop:
    """A seller that supports both versions, refuses wrong signatures, and stores the calls it gets."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.asked: list[dict[str, str]] = []
        self.answers = list(answers)

    def __call__(self, received: ReceivedRequest) -> None:
        """Answer a call."""
        query = dict(parse_qsl(urlsplit(received.target).query, keep_blank_values=True))
        self.asked.append(query if received.method == "GET" else json.loads(received.body))
        good = _signed_v1(query) if received.method == "GET" else _signed_v2(query, received.body)
        answer = SUCCESS | (self.answers.pop(0) if self.answers else {"instanceId": "ins-1"})
        received.answer = json.dumps(answer if good else {"resultCode": "000001"}).encode()
        if received.method == "GET":
            received.answer_headers["Body-Sign"] = signing_v1.sign_answer(KEY, received.answer)


def _signed_v1(query: dict[str, str]) -> bool:
    return signing_v1.sign_call(KEY, query) == query["authToken"]


def _signed_v2(query: dict[str, str], body: bytes) -> bool:
    return signing.sign_call(KEY, query["nonce"], query["timestamp"], body) == query["signature"]
