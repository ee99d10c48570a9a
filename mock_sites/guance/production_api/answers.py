"""Guance's answers: documented result codes (spec huawei 2.7), in V1.0 with a signature over the answer."""

import json
from typing import Final

from flask import Response

from mock_sites.guance.production_api.signing_v1 import BODY_SIGN, body_sign
from mock_sites.world.shared_tables import JsonObject

SUCCESS: Final = "000000"
NOT_AUTHENTICATED: Final = "000001"
INVALID_PARAMETER: Final = "000002"
UNKNOWN_INSTANCE: Final = "000003"
OTHER_ERROR: Final = "000005"
BAD_SECRET: Final = "000101"
"""The client secret cannot be decrypted. The list of codes uses this number for mobile numbers; Huawei's demo uses it
for secrets.
"""


class Fault(Exception):  # noqa: N818 - an answer of the protocol
    """An answer other than success."""

    def __init__(self, code: str, message: str) -> None:
        """Answer with ``code`` and ``message``."""
        super().__init__(message)
        self.code = code


def unknown_instance() -> Fault:
    """The instance does not exist, or it was released."""
    return Fault(UNKNOWN_INSTANCE, "no such instance")


def answer(details: JsonObject, *, sign_with: str = "") -> Response:
    """An answer. ``sign_with`` is the key that signs its bytes (V1.0), or empty. Chinese is escaped, as documented."""
    content = json.dumps(details, separators=(",", ":")).encode()
    headers = {BODY_SIGN: body_sign(sign_with, content)} if sign_with else {}
    return Response(content, mimetype="application/json", headers=headers)


def success(more: JsonObject) -> JsonObject:
    """The answer to a call that succeeded."""
    return {"resultCode": SUCCESS, "resultMsg": "success", **more}


def no(fault: Fault) -> JsonObject:
    """The answer to a call that failed, with the reason."""
    return {"resultCode": fault.code, "resultMsg": str(fault)}
