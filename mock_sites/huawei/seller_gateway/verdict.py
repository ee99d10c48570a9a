"""The marketplace's verdict on a seller's answer (spec huawei 2.2, 2.4, 2.6 and 2.7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast
from urllib.parse import parse_qs, urlsplit

from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.mistakes import body_sign
from mock_sites.huawei.protocol import answers, debugging, names, signing_v1
from mock_sites.huawei.protocol.activities import Activity, V1Activity
from mock_sites.huawei.protocol.codes import EXPLANATIONS, MISPRINT, PROCESSING, SUCCESS
from mock_sites.huawei.seller_gateway.envelope import Signed
from mock_sites.world.errors import N_
from mock_sites.world.foreign_text import read_json
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.sockets import Cause
from mock_sites.world.transport import CallResult


@dataclass(frozen=True)
class AnswerVerdict:
    """An answer, judged."""

    outcome: CallVerdict
    code: str = ""
    explanation: str = ""
    """An English sentence, filled from ``details`` where it is shown."""
    details: JsonObject = field(default_factory=dict[str, Any])
    hint: str = ""
    """The usual mistakes that were made, as keys of ``catalogue.MISTAKES``."""
    answer: JsonObject = field(default_factory=dict[str, Any])
    """The seller's message, if it can be read."""


NO_ANSWER: Final[Mapping[Cause, str]] = {
    Cause.REFUSED: N_("There is no answer: nothing listens at the address, or the connection is refused."),
    Cause.UNKNOWN_HOST: N_("There is no answer: the host name in the address is not known."),
    Cause.SLOW: N_("There is no answer within the time limit."),
    Cause.TLS: N_("There is no answer: no secure connection (TLS) could be made, often because of the certificate."),
    Cause.BROKEN_OFF: N_("There is no answer: the connection broke off."),
    Cause.NOT_HTTP: N_("There is no answer: what comes back is not HTTP."),
    Cause.TOO_LARGE: N_("The answer is larger than 1 MiB."),
    Cause.NOT_ALLOWED: N_("There is no answer: this server calls only the seller that was named when it started."),
    Cause.UNUSABLE_PROXY: N_("There is no answer: the proxy that the server is to use cannot be used."),
    Cause.UNREACHABLE: N_("There is no answer: the address cannot be reached."),
}
"""What people read where there is no answer that can be used. The log has the technical words too."""


class _Unfit(Exception):  # noqa: N818 - a judgement
    """The answer cannot be used."""

    def __init__(self, explanation: str, hint: str = "", **details: Any) -> None:
        super().__init__(explanation)
        self.verdict = AnswerVerdict(CallVerdict.FAULT, explanation=explanation, hint=hint, details=details)


def judge(signed: Signed, result: CallResult) -> AnswerVerdict:
    """The verdict on a call."""
    try:
        _check_line(result)
        _check_body_sign(signed, result)
        answer = _read(result.body)
        _check_debugging(signed, result)
        code = _code_of(answer)
        if code == SUCCESS or (code == PROCESSING and signed.activity == Activity.NEW_INSTANCE):
            _check_contents(signed.activity, answer)
            outcome = CallVerdict.ACCEPTED if code == SUCCESS else CallVerdict.PROCESSING
            return AnswerVerdict(outcome, code, EXPLANATIONS[code], answer=answer, **_advice(result, answer))
        return _refusal(code, answer)
    except _Unfit as unfit:
        return unfit.verdict


def _check_line(result: CallResult) -> None:
    if result.fault:
        hint = "" if result.status else "no-answer"
        raise _Unfit(NO_ANSWER[result.cause], hint)
    if 300 <= result.status < 400:
        target = next((value for name, value in result.headers.items() if name.lower() == "location"), "?")
        raise _Unfit(
            N_("The seller redirects (HTTP {status}) to {target}. Redirects are not followed."),
            status=result.status,
            target=target.partition("?")[0],
        )
    if result.status != 200:
        raise _Unfit(N_("The seller answers with HTTP status {status} instead of 200."), status=result.status)


def _check_body_sign(signed: Signed, result: CallResult) -> None:
    """V1 requires ``Body-Sign``. For V2 the documents are unclear, so there it must only be right if it is given."""
    present = any(name.lower() == signing_v1.BODY_SIGN.lower() for name in result.headers)
    if not present and signed.agreed.protocol != "v1":
        return
    key, timestamp = signed.agreed.keys[signed.interface], _time_stamp(signed)
    fault = body_sign.find_fault(result.headers.items(), result.body, key=key, timestamp=timestamp)
    if fault:
        raise _Unfit(fault.complaint, " ".join(fault.mistakes), expected=fault.expected, proxy=fault.proxy)


def _check_debugging(signed: Signed, result: CallResult) -> None:
    """The debugging page refuses answers that say they are not JSON (spec huawei 2.6a)."""
    kind = answers.content_type(result.headers.items())
    if signed.is_debugging and not answers.is_json(kind):
        raise _Unfit(debugging.CONTENT_TYPE, _CONTENT_TYPE, contentType=kind, content_type=kind or "-")


def _advice(result: CallResult, answer: JsonObject) -> dict[str, Any]:
    """The hints at what only debugging refuses: the Content-Type, and access information without an address."""
    kind = answers.content_type(result.headers.items())
    hints = [] if answers.is_json(kind) else [_CONTENT_TYPE]
    applications = [each.get(names.APP_INFO) for each in (answer, *instances(answer).values())]
    if not all(map(_has_address, applications)):
        hints.append("no-front-end")
    return {"hint": " ".join(hints), "details": {"content_type": kind or "-"}} if hints else {}


def _has_address(application: object) -> bool:
    """Whether access information has an address, if there is any."""
    if not isinstance(application, dict) or not application:
        return True
    return answers.is_address(cast("JsonObject", application).get(names.FRONT_END_URL))


_CONTENT_TYPE: Final = "content-type"


def _time_stamp(signed: Signed) -> str:
    """The call's ``timeStamp``. Sellers wrongly add it to the key when they sign the answer."""
    if signed.method == "GET":
        return parse_qs(urlsplit(signed.url).query).get(signing_v1.TIMESTAMP, [""])[0]
    return str(_read(signed.body).get(signing_v1.TIMESTAMP, ""))


def _read(body: bytes) -> JsonObject:
    try:
        answer = read_json(body)
    except ValueError as error:
        raise _Unfit(N_("The answer is no JSON.")) from error
    if not isinstance(answer, dict):
        raise _Unfit(N_("The answer is no JSON object."))
    return cast("JsonObject", answer)


def _code_of(answer: JsonObject) -> str:
    code = answer.get(names.RESULT_CODE)
    if not isinstance(code, str) or not code:
        raise _Unfit(N_("The answer has no resultCode."))
    return PROCESSING if code == MISPRINT else code


def _check_contents(activity: str, answer: JsonObject) -> None:
    if activity in {Activity.NEW_INSTANCE, V1Activity.GET_LICENSE} and not is_instance_id(
        answer.get(names.INSTANCE_ID)
    ):
        raise _Unfit(N_("The answer has no instanceId of 1 to 64 characters."))
    if activity == V1Activity.GET_LICENSE and not (
        isinstance(answer.get(names.LICENSE), str) and answer[names.LICENSE]
    ):
        raise _Unfit(N_("The answer has no license."))
    if activity == Activity.QUERY_INSTANCE and not instances(answer):
        raise _Unfit(N_("The answer has no info with an instanceId."))


def is_instance_id(value: object) -> bool:
    """Whether ``value`` is a valid instance id."""
    return isinstance(value, str) and 1 <= len(value) <= answers.LONGEST_ID and value.isprintable()


def instances(answer: JsonObject) -> dict[str, JsonObject]:
    """The content of a ``queryInstance`` answer, by instance."""
    info = answer.get(names.INFO)
    rows = cast("list[Any]", info) if isinstance(info, list) else []
    objects = [cast("JsonObject", row) for row in rows if isinstance(row, dict)]
    return {row[names.INSTANCE_ID]: row for row in objects if is_instance_id(row.get(names.INSTANCE_ID))}


def _refusal(code: str, answer: JsonObject) -> AnswerVerdict:
    explanation = EXPLANATIONS.get(code, N_("The seller answers with a result code that is not documented."))
    return AnswerVerdict(CallVerdict.REFUSED, code, explanation, answer=answer)
