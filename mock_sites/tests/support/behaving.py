"""A seller whose behaviour is data: what it needs, what it knows, and which instance it brings."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from mock_sites.huawei.protocol import signing_v1
from mock_sites.tests.support.gateway import KEY, ReceivedRequest

APPLICATION = {"frontEndUrl": "https://app.example/"}


@dataclass(frozen=True, kw_only=True)
class BehavingSeller:
    """Answers as its fields say."""

    protocol: str
    instance: str = "ins-{orderId}"
    """The instance of a newInstance call, filled from its parameters."""
    needs: str = ""
    """A parameter without which it fails."""
    knows: Sequence[str] = ()
    """The only operations that it answers. Empty: all."""
    refuses: Sequence[str] = ()
    """Operations that it refuses."""
    path: str = "/isv"
    """The only path that it answers at."""

    def __call__(self, received: ReceivedRequest) -> None:
        """Answer a call."""
        parts = urlsplit(received.target)
        fields = dict(parse_qsl(parts.query)) if received.method == "GET" else json.loads(received.body)
        activity = fields["activity"]
        if parts.path != self.path:
            received.status = 404
        elif (self.needs and self.needs not in fields) or (self.knows and activity not in self.knows):
            received.status = 500
        content = {"resultCode": "000003" if activity in self.refuses else "000000", "resultMsg": "success."}
        if activity == "newInstance":
            content |= {"instanceId": self.instance.format(**fields), "appInfo": APPLICATION}
        if activity == "queryInstance":
            content |= {"info": [{"instanceId": fields["instanceId"], "appInfo": APPLICATION}]}
        received.answer = json.dumps(content).encode()
        received.answer_headers["Content-Type"] = "application/json"
        if self.protocol == "v1":
            received.answer_headers["Body-Sign"] = signing_v1.sign_answer(KEY, received.answer)
