"""What the marketplace's debugging page says to the answer of a debug call, beside the verdict (spec huawei 2.6a)."""

from mock_sites.huawei.conformance import debugging, rules
from mock_sites.huawei.conformance.model import ConformanceCase, SellerAnswer
from mock_sites.huawei.domain.seller_tables import SellerCall
from mock_sites.huawei.protocol import names
from mock_sites.huawei.protocol.activities import Activity
from mock_sites.huawei.protocol.codes import PROCESSING, SUCCESS
from mock_sites.huawei.protocol.debugging import LIMIT, SAVED
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_center import drafting
from mock_sites.world.sockets import SLOW


def message(call: SellerCall) -> str:
    """The page's message, in its own words. Empty for a call that the page would not make."""
    fields = drafting.sent(call)
    if call.interface != Interface.PRODUCTION or str(fields.get(names.TEST_FLAG)) != "1":
        return ""
    case = ConformanceCase(
        name=call.activity,
        title=call.activity,
        operation=call.activity,
        fields=fields,
        rule=rules.COMMON,
        codes=(SUCCESS, PROCESSING) if call.activity == Activity.NEW_INSTANCE else (SUCCESS,),
    )
    fault = "slow" if call.fault == SLOW.format(limit=LIMIT) else "unreachable" if call.fault else ""
    answer = SellerAnswer(call.status, tuple(call.answer_headers.items()), call.answer_body, fault=fault)
    return debugging.message(case, answer, protocol=call.protocol, limit=LIMIT) or SAVED
