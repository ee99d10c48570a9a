"""Result codes (spec huawei 2.7)."""

from collections.abc import Mapping
from typing import Final

from mock_sites.world.errors import N_

SUCCESS: Final = "000000"
NOT_AUTHENTICATED: Final = "000001"
INVALID_PARAMETER: Final = "000002"
UNKNOWN_INSTANCE: Final = "000003"
PROCESSING: Final = "000004"
OTHER_ERROR: Final = "000005"
NO_RESOURCE: Final = "000100"
MOBILE_NUMBER: Final = "000101"
EMAIL_ADDRESS: Final = "000102"
PURCHASED: Final = "000103"
SERVICE_ERROR: Final = "000104"
SUBSCRIBED: Final = "000105"
SOLD_OUT: Final = "000106"
EMAIL_DOMAIN: Final = "000107"

MISPRINT: Final = "0000004"
"""What a page of the documents prints in place of ``PROCESSING``; sellers copy it (spec huawei 2.6a)."""

QUERY_SUCCESS: Final = "MKT.0000"
QUERY_SUCCESS_OLDER: Final = "CBC.0000"
QUERY_REFUSED: Final = "MKT.9998"
QUERY_TOO_OFTEN: Final = "MKT.0250"
QUERY_NOT_AUTHENTICATED: Final = "APIGW.0301"
"""The result codes of the order query, which the seller gets (``sources.ORDER_QUERY``)."""

EXPLANATIONS: Final[Mapping[str, str]] = {
    SUCCESS: N_("Success."),
    NOT_AUTHENTICATED: N_("The seller refuses the signature."),
    INVALID_PARAMETER: N_("The seller says that a parameter is invalid."),
    UNKNOWN_INSTANCE: N_("The seller does not know the instance."),
    PROCESSING: N_("The seller is still processing the request."),
    OTHER_ERROR: N_("The seller reports an internal error."),
    NO_RESOURCE: N_("The seller has no instance resource available."),
    MOBILE_NUMBER: N_("The seller says that the mobile number is missing or exists already."),
    EMAIL_ADDRESS: N_("The seller says that the email address is missing or exists already."),
    PURCHASED: N_("The seller says that this was purchased already."),
    SERVICE_ERROR: N_("The seller reports an error of its internal service."),
    SUBSCRIBED: N_("The seller says that the account is subscribed already."),
    SOLD_OUT: N_("The seller is sold out."),
    EMAIL_DOMAIN: N_("The seller says that the email domain exists already."),
}
"""All documented codes, with a sentence that pages translate."""
