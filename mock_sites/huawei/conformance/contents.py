"""The required content of a successful answer: the instance, information about instances, credentials."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from mock_sites.huawei.conformance.model import AnswerCheck, Bench, ConformanceCase, SellerFinding, finding
from mock_sites.huawei.protocol.activities import V1Activity
from mock_sites.huawei.protocol.answers import CREDENTIALS, DEFAULT_ENCRYPT_TYPE, LONGEST, LONGEST_ID, USAGE, is_address
from mock_sites.huawei.protocol.names import APP_INFO, ENCRYPT_TYPE, FRONT_END_URL, INSTANCE_ID, LICENSE, USAGE_INFO
from mock_sites.world import sensitive_fields

JsonObject = Mapping[str, Any]


def look(case: ConformanceCase, content: JsonObject, bench: Bench) -> list[SellerFinding]:
    """What is wrong with a successful answer."""
    match case.check:
        case None:
            return []
        case AnswerCheck.INFO:
            return list(_information(case, content, bench))
        case _:
            return list(_instance(case, content, bench))


def _instance(case: ConformanceCase, content: JsonObject, bench: Bench) -> Iterator[SellerFinding]:
    instance = content.get(INSTANCE_ID)
    if case.operation == V1Activity.GET_LICENSE and not content.get(LICENSE):
        yield finding("no-license")
    if instance is None or instance == "":
        yield finding("no-instance-id")
    elif not isinstance(instance, str):
        yield finding("instance-id-is-no-text")
    elif len(instance) > LONGEST_ID:
        yield finding("instance-id-too-long")
    elif case.check is AnswerCheck.SAME_INSTANCE:
        first = bench.instances.get(case.instance, instance)
        if instance != first:
            # Huawei's own sample makes another instance for each debug call.
            yield finding("second-instance", fails=bench.live, instance=instance, first=first)
    elif instance in {other for name, other in bench.instances.items() if name != case.instance}:
        yield finding("shared-instance", fails=bench.live, instance=instance)
    yield from _application(
        _object(content.get(APP_INFO)), str(content.get(ENCRYPT_TYPE) or DEFAULT_ENCRYPT_TYPE), bench
    )


def _information(case: ConformanceCase, content: JsonObject, bench: Bench) -> Iterator[SellerFinding]:
    listed: object = content.get("info")
    rows = [_object(row) for row in cast("list[object]", listed)] if isinstance(listed, list) else []
    by_instance = {str(row.get(INSTANCE_ID)): row for row in rows}
    for instance in case.fields[INSTANCE_ID].split(","):
        if instance in by_instance:
            yield from _usage(by_instance[instance].get(USAGE_INFO))
            application = _object(by_instance[instance].get(APP_INFO))
            yield from _application(application, str(content.get(ENCRYPT_TYPE) or DEFAULT_ENCRYPT_TYPE), bench)
        else:
            yield finding("no-info", instance=instance)


def _usage(usage: object) -> Iterator[SellerFinding]:
    """Check ``usageInfo``, which may be missing. Each entry has the usage and its time (spec huawei 2.4 and 2.6a)."""
    for entry in cast("list[object]", usage) if isinstance(usage, list) else []:
        for name in USAGE:
            if _object(entry).get(name) in {None, ""}:
                yield finding("usage-incomplete", field=name)


def _application(application: JsonObject, encrypt_type: str, bench: Bench) -> Iterator[SellerFinding]:
    """Check ``appInfo``. It may be missing if the seller gives the buyer the information in another way."""
    if application and not is_address(application.get(FRONT_END_URL)):
        yield finding("no-front-end")
    for name in CREDENTIALS:
        value = application.get(name)
        if not isinstance(value, str) or not value:
            continue
        readable = _can_be_decrypted(bench.key, value, encrypt_type)
        if bench.protocol == "v2":
            if readable:
                yield finding("credentials-encrypted", fails=False, field=name)
        elif len(value) > LONGEST[name]:
            yield finding("credentials-too-long", field=name)
        elif not readable:
            yield finding("credentials-not-encrypted", field=name)


def _object(value: object) -> JsonObject:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _can_be_decrypted(key: str, value: str, encrypt_type: str) -> bool:
    try:
        sensitive_fields.decrypt(key, value, encrypt_type)
    except ValueError:
        return False
    return True
