"""Instances that a seller has returned in this world, and does not know any more."""

from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs, urlsplit

from mock_sites.huawei.domain.jobs import OperationCall, SellerRequest
from mock_sites.huawei.domain.states import ResourceState
from mock_sites.huawei.domain.tables import Resource
from mock_sites.huawei.protocol import names
from mock_sites.huawei.protocol.activities import Activity
from mock_sites.huawei.protocol.codes import UNKNOWN_INSTANCE
from mock_sites.huawei.seller_gateway.envelope import Signed
from mock_sites.huawei.seller_gateway.verdict import AnswerVerdict
from mock_sites.world.foreign_text import read_json
from mock_sites.world.unit_of_work import UnitOfWork

LOST: Final = "instance-lost"


def diagnosed(uow: UnitOfWork, signed: Signed, verdict: AnswerVerdict, asked: SellerRequest) -> AnswerVerdict:
    """The verdict, which says of an instance that was not released here that the seller has lost it.

    An outside seller may have stored the order in an earlier world with the same seed, and released its instance there.
    """
    if verdict.code != UNKNOWN_INSTANCE or signed.agreed.built_in or signed.activity == Activity.RELEASE_INSTANCE:
        return verdict
    instance = _instance_in(signed)
    resource = uow.session.get(Resource, instance)
    if resource and resource.state is not ResourceState.CLOSED:
        order = resource.order_id
    elif isinstance(asked, OperationCall) and not resource and asked.instance == instance:
        order = asked.order  # the instance is still being made
    else:
        return verdict
    return replace(verdict, hint=LOST, details={**verdict.details, "instance": instance, "order": order})


def _instance_in(signed: Signed) -> str:
    """The instance that a call names."""
    if signed.body:
        return str(read_json(signed.body).get(names.INSTANCE_ID, ""))
    return parse_qs(urlsplit(signed.url).query).get(names.INSTANCE_ID, [""])[0]
