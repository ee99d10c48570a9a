"""Judges an answer: is it readable, is it the expected one, and does it have the required content?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from mock_sites.huawei.conformance import contents
from mock_sites.huawei.conformance.model import (
    Bench,
    ConformanceCase,
    Flaw,
    SellerAnswer,
    SellerFinding,
    SignedCall,
    Weight,
    finding,
)
from mock_sites.huawei.conformance.phrases import Phrase
from mock_sites.huawei.conformance.reading import code_of, content_of, look_of, message_of, short
from mock_sites.huawei.mistakes import body_sign
from mock_sites.huawei.mistakes.in_calls import CONSEQUENCES
from mock_sites.huawei.protocol import names
from mock_sites.huawei.protocol.answers import LONGEST_MESSAGE, content_type, is_json
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
from mock_sites.world.errors import N_

SIGNATURE_MISTAKES: Final = frozenset(
    {"special-signs", "plus-became-blank", "refuses-young", "refuses-capitals", "signs-body-as-it-came"}
)
"""Mistakes of a case that explain its answer only if the answer refuses the signature."""


@dataclass(frozen=True)
class Judgement:
    """The outcome, and what is wrong with it."""

    got: str
    conduct: tuple[SellerFinding, ...] = ()
    """What is wrong with what the seller did."""
    form: tuple[SellerFinding, ...] = ()
    """What is wrong with the form of its answer, its signature and its content."""
    code: str = ""
    instance: str = ""

    @property
    def findings(self) -> tuple[SellerFinding, ...]:
        """All that is wrong, each once."""
        return tuple(dict.fromkeys((*self.form, *self.conduct)))

    def explained(self, case: ConformanceCase, trouble: SellerFinding) -> "Judgement":
        """The judgement if ``trouble`` is why the seller refused."""
        conduct = (replace(trouble, fails=case.weight is not Weight.MAY),)
        return replace(self, conduct=conduct).without_consequences_of((trouble,))

    def without_consequences_of(self, troubles: Iterable[SellerFinding]) -> "Judgement":
        """The judgement without what a wrong key does to the signature of answers."""
        consequences = {CONSEQUENCES.get(trouble.diagnosis) for trouble in troubles}
        return replace(self, form=tuple(found for found in self.form if found.diagnosis not in consequences))


def judge(case: ConformanceCase, call: SignedCall, answer: SellerAnswer, bench: Bench) -> Judgement:
    """Judge the answer to a case."""
    judgement, trouble = _judged(case, call, answer, bench), bench.troubles.get(look_of(answer))
    if trouble and judgement.conduct and judgement.code not in case.codes and not answer.fault:
        return judgement.explained(case, trouble)
    return judgement.without_consequences_of(bench.troubles.values())


def _judged(case: ConformanceCase, call: SignedCall, answer: SellerAnswer, bench: Bench) -> Judgement:
    if answer.fault:
        return _fault(case, answer, bench)
    if answer.status != 200:
        return _other_status(case, call, answer, bench)
    content = content_of(answer.body)
    if content is None:
        text = short(answer.body.decode(errors="replace"))
        return Judgement(N_("HTTP 200, no JSON object"), (finding("no-json", body=text, address=call.address),))
    code, message = code_of(content), message_of(content)
    form = [*_form(answer, content, bench), *_of_body_sign(case, call, answer, bench)]
    if code in {SUCCESS, PROCESSING} and case.succeeds:
        form += contents.look(case, content, bench)
    instance = content.get(names.INSTANCE_ID) if code in {SUCCESS, PROCESSING} else ""
    answered = Phrase("{code} {message}", code=code, message=message) if message else code
    got = answered if code else Phrase("no code {message}", message=message)
    conduct = tuple(_of_code(case, call, code, message, bench))
    return Judgement(got, conduct, tuple(form), code, short(instance) if isinstance(instance, str) else "")


_GOT: Final = {
    "unreachable": N_("unreachable"),
    "slow": N_("slow"),
    "broken-off": N_("broken off"),
    "too-large": N_("too large"),
}
"""What came in place of an answer, by the name of its diagnosis."""


def _fault(case: ConformanceCase, answer: SellerAnswer, bench: Bench) -> Judgement:
    got = _GOT[answer.fault]
    if answer.fault == "broken-off" and case.flaw is Flaw.OVERSIZED:
        return Judgement(got)
    return Judgement(got, (finding(answer.fault, limit=f"{bench.limit:g}", detail=answer.detail),))


def _other_status(case: ConformanceCase, call: SignedCall, answer: SellerAnswer, bench: Bench) -> Judgement:
    got = f"HTTP {answer.status}"
    fails = case.weight is not Weight.MAY
    if bench.proxy and answer.status in _OF_PROXIES:
        name, fails = "from-proxy", True
    elif answer.status >= 500 and answer.status not in _OF_OTHER_METHODS:
        name, fails = "crash", not (case.on_request and case.weight is Weight.MAY)
    elif 300 <= answer.status < 400:
        name, fails = "redirect", True
    elif answer.status == 404 and case.flaw is not Flaw.OTHER_METHOD:  # a missing address refuses nothing
        name = "no-kit" if case.interface is Interface.KIT else "no-address"
    elif case.any_refusal:
        return Judgement(got)
    elif answer.status in _OF_OTHER_METHODS:
        name = "other-method"
    else:
        name, code = "status", look_of(answer).code
        got = f"{got} {code}".strip()
        fails = fails and code not in set(case.codes) - {SUCCESS, PROCESSING}
    details = {"status": answer.status, "address": call.address, "proxy": bench.proxy}
    return Judgement(got, (finding(name, fails=fails, **details),))


_OF_PROXIES: Final = {407, 502, 503, 504}
"""HTTP statuses with which a proxy says that it did not reach the seller."""

_OF_OTHER_METHODS: Final = {405, 501}
"""HTTP statuses with which a server says that it does not take the method (RFC 9110, 15.5.6 and 15.6.2)."""


def _form(answer: SellerAnswer, content: Mapping[str, Any], bench: Bench) -> Iterator[SellerFinding]:
    """Check what every answer has. Debugging demands JSON of V2; V1 leaves the type open (spec huawei 2.6a)."""
    kind = content_type(answer.headers)
    if not is_json(kind):
        yield finding("content-type", fails=bench.protocol == "v2", content_type=short(kind) or "-")
    if content.get(names.RESULT_CODE) == MISPRINT:
        yield finding("misprinted-code", fails=False)
    if code_of(content) and names.RESULT_MSG not in content:
        yield finding("no-message", fails=False)
    if isinstance(content.get(names.RESULT_CODE), int):
        yield finding("code-is-number")
    elif not code_of(content):
        yield finding("no-code")
    if len(str(content.get(names.RESULT_MSG, ""))) > LONGEST_MESSAGE:
        yield finding("message-too-long", fails=False)


def _of_code(case: ConformanceCase, call: SignedCall, code: str, message: str, bench: Bench) -> Iterator[SellerFinding]:
    """Judge the result code."""
    fails = case.weight is Weight.MUST or (case.weight is Weight.LIVE and bench.live)
    details: dict[str, Any] = {
        "code": code,
        "message": message or "-",
        "expected": " or ".join(case.codes),
        "operation": case.operation,
        "address": call.address,
    }
    if not code:
        return
    if code not in EXPLANATIONS:
        yield finding("unknown-code", **details)
    elif code in case.codes:
        if case.flaw is Flaw.REPLAYED and code == SUCCESS and bench.protocol == "v2":
            yield finding("accepts-replay", fails=False)
    elif case.succeeds and (case.flaw is not Flaw.REPLAYED or bench.refused.get(case.operation) == code):
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
        plain = "signature-refused" if str(dict(case.fields)).isascii() else "chinese-text"
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
    other_key = any(CONSEQUENCES.get(trouble.diagnosis) == "body-sign-unlike" for trouble in bench.troubles.values())
    fault = body_sign.find_fault(
        answer.headers, answer.body, key=bench.key, timestamp=call.timestamp, explain=not other_key
    )
    if fault:
        for mistake in fault.mistakes:
            fails = present or case.succeeds
            yield SellerFinding(mistake, {"proxy": fault.proxy}, fails=fails, said=fault.message)
