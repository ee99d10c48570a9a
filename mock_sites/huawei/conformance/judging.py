"""Judges an answer: is it readable, is it the expected one, and does it have the required content?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, cast
from urllib.parse import urlsplit

from mock_sites.huawei.conformance import contents
from mock_sites.huawei.conformance.diagnoses import DIAGNOSES, SIGNATURE_MISTAKES, finding
from mock_sites.huawei.conformance.model import (
    Bench,
    ConformanceCase,
    Flaw,
    SellerAnswer,
    SellerFinding,
    SignedCall,
    Weight,
)
from mock_sites.huawei.protocol import names
from mock_sites.huawei.protocol.answers import LONGEST_MESSAGE
from mock_sites.huawei.protocol.codes import (
    EXPLANATIONS,
    INVALID_PARAMETER,
    MISPRINT,
    NOT_AUTHENTICATED,
    PROCESSING,
    SUCCESS,
    UNKNOWN_INSTANCE,
)
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.protocol.signing_v1 import BODY_SIGN
from mock_sites.huawei.seller_gateway import body_sign
from mock_sites.world.foreign_text import read_json

UNEXPLAINED: Final = "refuses-good-signature"
"""The diagnosis when a right signature is refused and the reason is unknown."""
_SHOWN: Final = 120
"""How many characters of the seller's own message a diagnosis quotes."""


@dataclass(frozen=True)
class Judgement:
    """The outcome, and what is wrong with it."""

    got: str
    findings: tuple[SellerFinding, ...] = ()
    code: str = ""
    instance: str = ""


def judge(case: ConformanceCase, call: SignedCall, answer: SellerAnswer, bench: Bench) -> Judgement:
    """Judge the answer to a case."""
    if answer.fault:
        return _fault(case, answer, bench)
    if answer.status != 200:
        return _other_status(case, call, answer)
    content = _read(answer.body)
    if content is None:
        text = _short(answer.body.decode(errors="replace"))
        return Judgement("HTTP 200, no JSON object", (finding("no-json", body=text),))
    code, message = _code(content), _short(str(content.get(names.RESULT_MSG, "")))
    findings = [*_form(answer, content, bench), *_of_code(case, code, message, bench)]
    findings += _of_body_sign(case, call, answer, bench)
    if code in {SUCCESS, PROCESSING} and case.succeeds:
        findings += contents.look(case, content, bench)
    instance = content.get(names.INSTANCE_ID) if code in {SUCCESS, PROCESSING} else ""
    got = f"{code or 'no code'} {message}".strip()
    return Judgement(got, tuple(findings), code, _short(instance) if isinstance(instance, str) else "")


def _fault(case: ConformanceCase, answer: SellerAnswer, bench: Bench) -> Judgement:
    got = answer.fault.replace("-", " ")
    if answer.fault == "broken-off" and case.flaw is Flaw.OVERSIZED:
        return Judgement(got)
    return Judgement(got, (finding(answer.fault, limit=bench.limit, detail=answer.detail),))


def _other_status(case: ConformanceCase, call: SignedCall, answer: SellerAnswer) -> Judgement:
    got, path = f"HTTP {answer.status}", urlsplit(call.outgoing.url).path
    fails = case.weight is not Weight.MAY
    if answer.status >= 500:
        name, fails = "crash", True
    elif 300 <= answer.status < 400:
        name, fails = "redirect", True
    elif case.any_refusal:
        return Judgement(got)
    elif answer.status == 405:
        name = "other-method"
    elif answer.status == 404:
        name = "no-kit" if case.interface is Interface.KIT else "no-address"
    else:
        name, code = "status", _code(_read(answer.body) or {})
        got = f"{got} {code}".strip()
        fails = fails and code not in set(case.codes) - {SUCCESS, PROCESSING}
    return Judgement(got, (finding(name, fails=fails, status=answer.status, path=path),))


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        content = read_json(body)
    except ValueError:
        return None
    return cast("dict[str, Any]", content) if isinstance(content, dict) else None


def _code(content: Mapping[str, Any]) -> str:
    """The result code, with some tolerance for its form. Empty if there is none."""
    value = content.get(names.RESULT_CODE)
    if isinstance(value, int):
        return f"{value:06d}"
    return PROCESSING if value == MISPRINT else value if isinstance(value, str) else ""


def _form(answer: SellerAnswer, content: Mapping[str, Any], bench: Bench) -> Iterator[SellerFinding]:
    """Check what every answer has. Debugging demands JSON of V2; V1 leaves the type open (spec huawei 2.6a)."""
    kind = next((value for name, value in answer.headers if name.lower() == "content-type"), "missing")
    if kind.partition(";")[0].strip().lower() != "application/json":
        yield finding("content-type", fails=bench.protocol == "v2", content_type=_short(kind))
    if content.get(names.RESULT_CODE) == MISPRINT:
        yield finding("misprinted-code", fails=False)
    if _code(content) and names.RESULT_MSG not in content:
        yield finding("no-message", fails=False)
    if isinstance(content.get(names.RESULT_CODE), int):
        yield finding("code-is-number")
    elif not _code(content):
        yield finding("no-code")
    if len(str(content.get(names.RESULT_MSG, ""))) > LONGEST_MESSAGE:
        yield finding("message-too-long", fails=False)


def _of_code(case: ConformanceCase, code: str, message: str, bench: Bench) -> Iterator[SellerFinding]:
    """Judge the result code."""
    fails = case.weight is Weight.MUST or (case.weight is Weight.LIVE and bench.live)
    details: dict[str, Any] = {
        "code": code,
        "message": message or "no resultMsg",
        "expected": " or ".join(case.codes),
        "operation": case.operation,
    }
    if not code:
        return
    if code not in EXPLANATIONS:
        yield finding("unknown-code", **details)
    elif code in case.codes:
        if case.flaw is Flaw.REPLAYED and code == SUCCESS and bench.protocol == "v2":
            yield finding("accepts-replay", fails=False)
    elif code == NOT_AUTHENTICATED and bench.signature_trouble and not case.any_refusal:
        yield replace(bench.signature_trouble, fails=fails)
    elif case.succeeds:
        yield finding(_refusal(case, code, bench), fails=fails, **details)
    elif code in {SUCCESS, PROCESSING}:
        yield finding(case.mistake, fails=fails, **details)
    elif not case.any_refusal:
        yield finding("other-code", fails=fails, **details)


_REFUSALS: Final = {
    INVALID_PARAMETER: "refuses-good-parameters",
    UNKNOWN_INSTANCE: "forgets-instance",
    PROCESSING: "still-processing",
}


def _refusal(case: ConformanceCase, code: str, bench: Bench) -> str:
    """The name of the reason why the seller refused a right call."""
    if code == NOT_AUTHENTICATED:
        plain = UNEXPLAINED if str(dict(case.fields)).isascii() else "chinese-text"
        return case.mistake if case.mistake in SIGNATURE_MISTAKES else plain
    plain = case.mistake in {"", *SIGNATURE_MISTAKES} or bench.refused.get(case.operation) == code
    return _REFUSALS.get(code, "fails-good-call") if plain else case.mistake


def _of_body_sign(
    case: ConformanceCase, call: SignedCall, answer: SellerAnswer, bench: Bench
) -> Iterator[SellerFinding]:
    """Check ``Body-Sign``. V1 requires it. V2 does not, but if it is there it must be right."""
    present = any(name.lower() == BODY_SIGN.lower() for name, _value in answer.headers)
    if bench.protocol == "v2" and not present:
        return
    fault = body_sign.find_fault(answer.headers, answer.body, key=bench.key, timestamp=call.timestamp)
    if fault:
        for mistake in fault.mistakes:
            yield SellerFinding(mistake, f"{fault.message} {DIAGNOSES[mistake]}", present or case.succeeds)


def _short(text: str) -> str:
    text = text.encode(errors="replace").decode()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
