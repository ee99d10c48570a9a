"""Asks the seller, while the buyer waits, for the data in an instance's resource details (spec huawei 1.3)."""

from dataclasses import dataclass, field
from typing import Any, cast

from mock_sites.huawei.domain.jobs import Activity, OperationCall, Origin
from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.domain.tables import Resource
from mock_sites.huawei.protocol import names, usage_push
from mock_sites.huawei.protocol.answers import CREDENTIALS, DEFAULT_ENCRYPT_TYPE, LONGEST
from mock_sites.huawei.seller_gateway import delivery, log, sellers
from mock_sites.huawei.seller_gateway.sellers import Agreed
from mock_sites.huawei.seller_gateway.verdict import AnswerVerdict, instances, judge
from mock_sites.world import sensitive_fields
from mock_sites.world.world import World


@dataclass(frozen=True)
class AppInfo:
    """The seller's data on how to use an instance. Empty where it is missing or not readable."""

    answered: bool
    front_end: str = ""
    admin: str = ""
    user_name: str = ""
    password: str = field(default="", repr=False)
    memo: str = ""
    usage: str = ""
    """The running total of an on-demand instance."""


def look_up(world: World, instance_id: str) -> AppInfo:
    """Ask the seller for an instance: V2 ``queryInstance``, V1 ``newInstance`` again. Call it outside transactions."""
    with world.uow("huawei", write=True) as uow:
        order = uow.session.get_one(Resource, instance_id).order
        agreed = sellers.agreed(uow, order.content_id)
        v1 = agreed.protocol == "v1"
        asked = OperationCall(
            origin=Origin.LIVE,
            activity=Activity.NEW_INSTANCE if v1 else Activity.QUERY_INSTANCE,
            order=order.id,
            instance=instance_id,
            expected=instance_id if v1 else "",
        )
        request = delivery.prepare(uow, asked)
    result = world.send(request)
    verdict = judge(request, result)
    if asked.expected:
        verdict = delivery.compared(verdict, asked.expected)
    with world.uow("huawei", write=True) as uow:
        log.write(uow, request, result, verdict, asked)
    return _read(agreed, verdict, instance_id) if verdict.outcome is CallVerdict.ACCEPTED else AppInfo(answered=False)


def _read(agreed: Agreed, verdict: AnswerVerdict, instance_id: str) -> AppInfo:
    answer = verdict.answer
    found = answer if agreed.protocol == "v1" else instances(answer).get(instance_id)
    if found is None:
        return AppInfo(answered=False)
    info = found.get(names.APP_INFO)
    said = cast("dict[str, Any]", info) if isinstance(info, dict) else {}
    texts = {name: _text(said.get(name), longest) for name, longest in LONGEST.items()}
    if agreed.protocol == "v1":
        encrypt_type = str(answer.get(names.ENCRYPT_TYPE) or DEFAULT_ENCRYPT_TYPE)
        for name in CREDENTIALS:
            texts[name] = _decrypted(agreed.access_key, texts[name], encrypt_type)
    return AppInfo(
        answered=True,
        front_end=texts[names.FRONT_END_URL],
        admin=texts[names.ADMIN_URL],
        user_name=texts[names.USER_NAME],
        password=texts["password"],
        memo=texts["memo"],
        usage=_usage(found.get(names.USAGE_INFO)),
    )


def _usage(info: object) -> str:
    first = cast("list[Any]", info)[0] if isinstance(info, list) and info else None
    value = cast("dict[str, Any]", first).get(names.USAGE_VALUE) if isinstance(first, dict) else None
    return (
        str(value)
        if isinstance(value, (str, int, float)) and len(str(value)) <= usage_push.LONGEST[usage_push.USAGE_VALUE]
        else ""
    )


def _text(value: object, longest: int) -> str:
    return value if isinstance(value, str) and len(value) <= longest else ""


def _decrypted(key: str, value: str, encrypt_type: str) -> str:
    """Credentials are not shown if they cannot be decrypted (spec huawei 1.3)."""
    try:
        return sensitive_fields.decrypt(key, value, encrypt_type) if value else ""
    except ValueError:
        return ""
