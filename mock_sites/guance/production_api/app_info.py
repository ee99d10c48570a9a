"""The buyer's access to an instance, and the sensitive fields of V1.0 in both directions (spec huawei 2.3, 2.4)."""

import string
from typing import Final

from mock_sites.guance.production_api.answers import INVALID_PARAMETER, Fault
from mock_sites.guance.production_api.envelope import ProductionCall
from mock_sites.web.context import world
from mock_sites.world import sensitive_fields
from mock_sites.world.shared_tables import JsonObject

FRONT_END: Final = "https://console.guance.com"
ENCRYPT_TYPE: Final = "1"
"""The size of the AES key in bits. 256 is the default."""

_ALPHABET: Final = string.ascii_letters + string.digits


def shown(call: ProductionCall, email: str) -> JsonObject:
    """The access information. It has no password, because members use unified login.

    In V1.0 the user name is encrypted, or missing if the buyer's email is unknown. The initialization vector is derived
    from the email, so that a repeated call gets the same bytes.
    """
    if call.protocol == "v2":
        return {"frontEndUrl": FRONT_END, "userName": email, "password": "", "memo": ""}
    if not email:
        return {"frontEndUrl": FRONT_END}
    iv = world().seed.random_text(f"guance/initialization-vector/{email}", sensitive_fields.IV_LENGTH, _ALPHABET)
    return {"frontEndUrl": FRONT_END, "userName": sensitive_fields.encrypt(call.key, email, iv, ENCRYPT_TYPE)}


def decrypted(call: ProductionCall, name: str) -> str:
    """Decrypt a sensitive field of a request. The call does not say the size of the key, so both sizes are tried.

    Raises:
        Fault: it was not encrypted with the agreed key.
    """
    value = call.optional(name, sensitive_fields.LONGEST)
    if not value:
        return ""
    for encrypt_type in sensitive_fields.KEY_BITS:
        try:
            return sensitive_fields.decrypt(call.key, value, encrypt_type)
        except ValueError:
            continue
    raise Fault(INVALID_PARAMETER, f"{name} is not encrypted with the agreed key")
