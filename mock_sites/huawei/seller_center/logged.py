"""A logged call, and its answer, in the form that the conformance run judges."""

from mock_sites.huawei.conformance import rules
from mock_sites.huawei.conformance.model import ConformanceCase, SellerAnswer
from mock_sites.huawei.domain.tables import SellerCall
from mock_sites.huawei.protocol.activities import Activity
from mock_sites.huawei.protocol.codes import PROCESSING, SUCCESS
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_center import drafting


def case_of(call: SellerCall) -> ConformanceCase:
    """The case that makes the same call again."""
    return ConformanceCase(
        name=call.activity,
        title=call.activity,
        operation=call.activity,
        fields=drafting.sent(call),
        rule=rules.COMMON,
        interface=Interface(call.interface),
        codes=(SUCCESS, PROCESSING) if call.activity == Activity.NEW_INSTANCE else (SUCCESS,),
    )


def answer_to(call: SellerCall, fault: str = "") -> SellerAnswer:
    """The answer, or the ``fault`` in place of one."""
    return SellerAnswer(call.status, tuple(call.answer_headers.items()), call.answer_body, fault=fault)
