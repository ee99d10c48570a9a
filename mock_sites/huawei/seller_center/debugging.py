"""What the marketplace's debugging page says to the answer of a debug call, beside the verdict (spec huawei 2.6a)."""

from typing import Final

from mock_sites.huawei.conformance import debugging
from mock_sites.huawei.domain.tables import SellerCall
from mock_sites.huawei.protocol import names, signing_v1
from mock_sites.huawei.protocol.debugging import LIMIT, SAVED
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_center import logged
from mock_sites.world.sockets import SLOW


def message(call: SellerCall) -> str:
    """The page's message, in its own words. Empty for a call that the page would not make."""
    case = logged.case_of(call)
    if case.interface is not Interface.PRODUCTION or str(case.fields.get(names.TEST_FLAG)) != "1":
        return ""
    fault = "slow" if call.fault == SLOW.format(limit=LIMIT) else "unreachable" if call.fault else ""
    if call.protocol == "v1" and call.explanation in _BODY_SIGN:
        return call.explanation.format(**call.details)
    return debugging.message(case, logged.answer_to(call, fault), protocol=call.protocol, limit=LIMIT) or SAVED


_BODY_SIGN: Final = {signing_v1.EMPTY, signing_v1.MALFORMED, signing_v1.MISMATCH}
"""The complaints about the signature of an answer, which V1.0 demands."""
