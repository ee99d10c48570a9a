"""Asks the seller, while the buyer waits, for the data in an instance's resource details (spec huawei 1.3)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from mock_sites.huawei.domain.jobs import Activity, OperationCall, Origin
from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.domain.tables import Resource
from mock_sites.huawei.protocol import moments, names, usage_push
from mock_sites.huawei.protocol.answers import CREDENTIALS, DEFAULT_ENCRYPT_TYPE, LONGEST
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_gateway import delivery, log, sellers
from mock_sites.huawei.seller_gateway.sellers import Agreed
from mock_sites.huawei.seller_gateway.verdict import instances, judge
from mock_sites.world import sensitive_fields
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.world import World


@dataclass(frozen=True)
class Usage:
    """An entry of what the seller says has been used: the value, the on-demand instance that a package's part is about,
    when it was counted, and where the seller shows it.
    """

    value: str
    related: str = ""
    counted_at: datetime | None = None
    dashboard: str = ""


@dataclass(frozen=True)
class AppInfo:
    """The seller's data on how to use an instance. Empty where it is missing or not readable."""

    answered: bool
    front_end: str = ""
    admin: str = ""
    user_name: str = ""
    password: str = field(default="", repr=False)
    memo: str = ""
    usage: tuple[Usage, ...] = ()
    """The running total of an on-demand instance, or what was used of a package: an entry an item."""


def look_up(world: World, instance_id: str) -> AppInfo:
    """Ask the seller for an instance: ``queryInstance``, but for V1 ``newInstance`` again if it is no package.

    Call it outside transactions.
    """
    with world.uow("huawei", write=True) as uow:
        order = uow.session.get_one(Resource, instance_id).order
        agreed = sellers.agreed(uow, order.content_id)
        again = agreed.protocol == "v1" and order.package is None
        asked = OperationCall(
            origin=Origin.LIVE,
            activity=Activity.NEW_INSTANCE if again else Activity.QUERY_INSTANCE,
            order=order.id,
            instance=instance_id,
            expected=instance_id if again else "",
        )
        request = delivery.prepare(uow, asked)
    result = world.send(request)
    verdict = judge(request, result)
    if asked.expected:
        verdict = delivery.compared(verdict, asked.expected)
    with world.uow("huawei", write=True) as uow:
        log.write(uow, request, result, verdict, asked)
    content = verdict.answer if asked.expected else instances(verdict.answer).get(instance_id)
    return (
        _read(agreed, verdict.answer, content) if verdict.outcome is CallVerdict.ACCEPTED else AppInfo(answered=False)
    )


def _read(agreed: Agreed, answer: JsonObject, found: Mapping[str, Any] | None) -> AppInfo:
    if found is None:
        return AppInfo(answered=False)
    info = found.get(names.APP_INFO)
    said = cast("dict[str, Any]", info) if isinstance(info, dict) else {}
    texts = {name: _text(said.get(name), longest) for name, longest in LONGEST.items()}
    if agreed.protocol == "v1":
        encrypt_type = str(answer.get(names.ENCRYPT_TYPE) or DEFAULT_ENCRYPT_TYPE)
        for name in CREDENTIALS:
            texts[name] = _decrypted(agreed.keys[Interface.PRODUCTION], texts[name], encrypt_type)
    return AppInfo(
        answered=True,
        front_end=texts[names.FRONT_END_URL],
        admin=texts[names.ADMIN_URL],
        user_name=texts[names.USER_NAME],
        password=texts["password"],
        memo=texts["memo"],
        usage=tuple(_usage(found.get(names.USAGE_INFO))),
    )


def _usage(info: object) -> Iterator[Usage]:
    """The entries that can be shown."""
    for one in cast("list[Any]", info) if isinstance(info, list) else []:
        entry = cast("dict[str, Any]", one) if isinstance(one, dict) else {}
        value, related = entry.get(names.USAGE_VALUE), entry.get(names.RELATED_INSTANCE_ID)
        if isinstance(value, (str, int, float)) and len(str(value)) <= usage_push.LONGEST[usage_push.USAGE_VALUE]:
            yield Usage(
                _plain(str(value)),
                _text(related, usage_push.LONGEST[usage_push.INSTANCE_ID]),
                moments.of_the_millisecond(str(entry.get(names.STATISTICAL_TIME))),
                _text(entry.get(names.DASHBOARD_URL), LONGEST[names.FRONT_END_URL]),
            )


def _plain(value: str) -> str:
    """A decimal number without zeros at its end. Another text stays."""
    return value.rstrip("0").rstrip(".") if re.fullmatch(r"[0-9]+\.[0-9]+", value) else value


def _text(value: object, longest: int) -> str:
    return value if isinstance(value, str) and len(value) <= longest else ""


def _decrypted(key: str, value: str, encrypt_type: str) -> str:
    """Credentials are not shown if they cannot be decrypted (spec huawei 1.3)."""
    try:
        return sensitive_fields.decrypt(key, value, encrypt_type) if value else ""
    except ValueError:
        return ""
