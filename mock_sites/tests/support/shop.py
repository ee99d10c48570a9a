"""A seller that supports both versions of the protocol."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mock_sites.huawei.protocol import signing, signing_v1
from mock_sites.tests.support.gateway import KEY, Heard

SUCCESS = {"resultCode": "000000", "resultMsg": "success"}


class Shop:
    """A seller that supports both versions, refuses wrong signatures, and stores the calls it gets."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.asked: list[dict[str, str]] = []
        self.answers = list(answers)

    def __call__(self, heard: Heard) -> None:
        """Answer a call."""
        query = dict(parse_qsl(urlsplit(heard.target).query, keep_blank_values=True))
        self.asked.append(query if heard.method == "GET" else json.loads(heard.body))
        good = _signed_v1(query) if heard.method == "GET" else _signed_v2(query, heard.body)
        answer = SUCCESS | (self.answers.pop(0) if self.answers else {"instanceId": "ins-1"})
        heard.answer = json.dumps(answer if good else {"resultCode": "000001"}).encode()
        if heard.method == "GET":
            heard.answer_headers["Body-Sign"] = signing_v1.sign_answer(KEY, heard.answer)


def _signed_v1(query: dict[str, str]) -> bool:
    return signing_v1.sign_call(KEY, query) == query["authToken"]


def _signed_v2(query: dict[str, str], body: bytes) -> bool:
    return signing.sign_call(KEY, query["nonce"], query["timestamp"], body) == query["signature"]
