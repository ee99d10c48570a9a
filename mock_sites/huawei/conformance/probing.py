"""Finds why a rightly signed call is refused: makes it with one usual mistake after the other until one is accepted."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from mock_sites.huawei.conformance.model import (
    UNKNOWN_ACTIVITY,
    ConformanceCase,
    Flaw,
    SellerAnswer,
    SellerFinding,
    SignedCall,
    finding,
)
from mock_sites.huawei.conformance.reading import Words, code_of, content_of, look_of, message_of, words_of
from mock_sites.huawei.conformance.requests import SellerConnection
from mock_sites.huawei.mistakes import body_sign, calls_v1, calls_v2
from mock_sites.huawei.mistakes.scheme import Scheme
from mock_sites.huawei.protocol import addresses, names, signing, signing_v1
from mock_sites.huawei.protocol.activities import Activity
from mock_sites.huawei.protocol.codes import EXPLANATIONS, INVALID_PARAMETER, NOT_AUTHENTICATED, OTHER_ERROR
from mock_sites.huawei.protocol.moments import SKEW
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.world.clock import BEIJING

_PAST_THE_CHECK: Final = EXPLANATIONS.keys() - {NOT_AUTHENTICATED, INVALID_PARAMETER, OTHER_ERROR}
"""Result codes that a seller gives only after it has accepted the signature."""

_AUTHENTICATION: Final = {401, 403}
"""HTTP statuses in place of NOT_AUTHENTICATED."""

KIT_HEADERS: Final = {
    "v1": signing_v1.TOKEN,
    "v2": f"{signing.KIT_SIGNATURE}, {signing.KIT_TIMESTAMP}, {signing.KIT_NONCE}",
}
"""By version: the headers with the signature of a call of the kit."""

_OTHER_FORMS: Final = {Flaw.SECONDS: Flaw.MINUTES, Flaw.LONG_EXPIRY: Flaw.TOO_LONG_EXPIRY}
"""For each mistake in the form of a time: a form that nobody takes."""

_ABOUT_HEADERS: Final = re.compile("header|sign|timestamp|nonce|token|签名|请求头", re.IGNORECASE)


@dataclass(frozen=True)
class Probe:
    """A call with a usual mistake."""

    mistake: str
    sign: Callable[..., str] | None = None
    """Computes the signature with the mistake. None signs as documented."""
    flaw: Flaw = Flaw.NONE
    shift: timedelta = timedelta()
    """How far the time of the call is from now."""
    key: str = ""
    """Another key that signs the call."""
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])


_RIGHT: Final = Probe("")
_URL_SAFE: Final = Probe("signature-url-safe", calls_v1.sign_url_safe, flaw=Flaw.PLUS)


@dataclass(frozen=True)
class _Altered:
    """Signs with another first character in the signature."""

    sign: Callable[..., str]

    def __call__(self, *facts: Any) -> str:
        signature = self.sign(*facts)
        return f"{'1' if signature.startswith('0') else '0'}{signature[1:]}"


@dataclass(frozen=True)
class Explained:
    """Why a call is refused, and the answer to the call with that mistake if it was accepted."""

    finding: SellerFinding
    answer: SellerAnswer | None = None


@dataclass(frozen=True)
class Prober:
    """Makes a call with usual mistakes."""

    line: SellerConnection
    case: ConformanceCase
    fields: Mapping[str, Any]
    now: Callable[[], datetime]
    """The time of the next call."""
    send: Callable[[SignedCall], SellerAnswer]

    def explain(self, refused: SellerAnswer, *, known: bool, special: bool = False) -> Explained | None:
        """Why the seller refuses the rightly signed call. None if it is not about how calls are checked.

        ``known`` says that the seller has accepted another call of this interface, so that it has the right key.
        ``special`` says that the call's token had one of ``signing_v1.SPECIAL``. Those that are made here have none.
        """
        plain = self.case.flaw is Flaw.NONE
        if plain and self._accepted(self._ask(_RIGHT), refused):
            return self._of_special(refused) if special else None
        if self._is_unknown_operation(refused):
            code, message = _shown(refused), _message(refused)
            where = {"address": self.line.address, "operation": self.case.operation}
            return Explained(SellerFinding("refuses-good-parameters", {"code": code, "message": message, **where}))
        differing: list[tuple[Probe, SellerAnswer]] = []
        for probe in self._probes(refused):
            answer = self._ask(probe)
            if answer.fault in {"slow", "unreachable"}:
                return None
            if self._accepted(answer, refused):
                return Explained(finding(probe.mistake, **probe.details), answer)
            if words_of(answer) != words_of(refused):
                differing.append((probe, answer))
        for probe, answer in differing:
            if self._is_verified(probe, answer):
                return Explained(finding(probe.mistake, **probe.details))
        return self._by_exclusion(refused, known=known) if plain else self._of_plus(refused)

    def _is_unknown_operation(self, refused: SellerAnswer) -> bool:
        """Whether the seller names the operation in its refusal, as it names one that does not exist.

        A seller that says so about a wrong signature says it about every operation.
        """
        operation = self.case.operation
        if self.case.interface is not Interface.PRODUCTION or operation not in _message(refused):
            return False
        other = next(one for one in (Activity.QUERY_INSTANCE, Activity.NEW_INSTANCE) if one != operation)
        said = _without(operation, refused)
        unknown = _without(UNKNOWN_ACTIVITY, self._ask(_RIGHT, UNKNOWN_ACTIVITY))
        wrongly_signed = _without(other, self._ask(self._altered(_RIGHT), other))
        return said == unknown != wrongly_signed

    def _of_plus(self, refused: SellerAnswer) -> Explained | None:
        """Whether a seller takes a + in a token for a wrong signature, and only that."""
        with_plus = replace(_RIGHT, flaw=Flaw.PLUS)
        is_about_signature = words_of(self._ask(self._altered(with_plus))) == words_of(refused)
        if is_about_signature and words_of(self._ask(_RIGHT)) != words_of(refused):
            return Explained(finding("plus-became-blank"))
        return None

    def _of_special(self, refused: SellerAnswer) -> Explained:
        """Why a seller refuses the tokens that have a + or / only."""
        answer = self._ask(_URL_SAFE)
        if self._accepted(answer, refused):
            return Explained(finding(_URL_SAFE.mistake), answer)
        return Explained(finding("plus-became-blank"))

    def _ask(self, probe: Probe, operation: str = "") -> SellerAnswer:
        """Make the call, or one of another operation without its parameters."""
        case, fields = self.case, self.fields
        if operation:
            case, fields = replace(case, operation=operation), dict[str, Any]()
        key, now = probe.key or self.line.key_of(case.interface), self.now() + probe.shift
        return self.send(self.line.call(case, fields, now, flaw=probe.flaw, sign=probe.sign, key=key))

    @staticmethod
    def _accepted(answer: SellerAnswer, refused: SellerAnswer) -> bool:
        look, other = look_of(answer), look_of(refused)
        return look.status == 200 and look.code in _PAST_THE_CHECK and look.code != other.code

    def _is_verified(self, probe: Probe, answer: SellerAnswer) -> bool:
        """Whether a call with this mistake passes the seller's checks, although it then refuses the call.

        It does so if the seller answers the same again, but something else to a call that passes them in no case.
        """
        again, wrong = self._ask(probe), self._ask(self._wrong(probe))
        return words_of(again) == words_of(answer) != words_of(wrong)

    def _wrong(self, probe: Probe) -> Probe:
        """A call like ``probe`` that a seller with its mistake refuses too. One without it answers both alike."""
        if probe.shift:
            return replace(probe, shift=7 * probe.shift)
        if probe.flaw in _OTHER_FORMS:
            return replace(probe, flaw=_OTHER_FORMS[probe.flaw])
        return self._altered(probe)

    def _altered(self, probe: Probe) -> Probe:
        """``probe`` with another first character in its signature."""
        return replace(probe, sign=_Altered(probe.sign or self._scheme.right))

    @property
    def _scheme(self) -> Scheme:
        return (calls_v1 if self.line.protocol == "v1" else calls_v2).SCHEMES[self.case.interface]

    def _probes(self, refused: SellerAnswer) -> Iterator[Probe]:
        interface, v1 = self.case.interface, self.line.protocol == "v1"
        if self.case.flaw is Flaw.PLUS:
            yield _URL_SAFE
            return
        yield from self._other_keys(interface)
        for mistake, sign in self._scheme.with_one_mistake():
            yield Probe(mistake, sign)
        yield Probe("timestamp-in-seconds", flaw=Flaw.SECONDS)
        yield Probe("utc-in-kit" if v1 and interface is Interface.KIT else "local-time", shift=self._zone(interface))
        if off := _offset(refused, self.now()):
            yield Probe("clock-off", shift=off, details={"off": f"{round(abs(off).total_seconds())} s"})
        if names.EXPIRE_TIME in self.fields:
            yield Probe("expiry-in-milliseconds", flaw=Flaw.LONG_EXPIRY)
        if not v1:
            yield Probe("capitals-only", flaw=Flaw.CAPITALS)
        if not v1 or interface is Interface.KIT:
            yield Probe("charset-refused", flaw=Flaw.PLAIN_TYPE)
        if not v1 and interface is Interface.KIT:
            yield Probe("utc-in-kit", flaw=Flaw.BODY_IN_UTC)
            yield Probe("kit-like-production", flaw=Flaw.IN_QUERY)
            yield Probe("kit-like-production", signing.sign_call, flaw=Flaw.IN_QUERY)

    def _other_keys(self, interface: Interface) -> Iterator[Probe]:
        if former := self.line.former_keys.get(interface):
            yield Probe("key-former", key=former)
        for key in dict.fromkeys((*map(self.line.key_of, Interface), *self.line.other_keys)):
            if key != self.line.key_of(interface):
                yield Probe("key-of-other-class", key=key)

    def _zone(self, interface: Interface) -> timedelta:
        """How far the time is off that a seller in Beijing takes for now. In the kit of V1.0 Beijing time is right."""
        return -BEIJING if interface is Interface.KIT and self.line.protocol == "v1" else BEIJING

    def _by_exclusion(self, refused: SellerAnswer, *, known: bool) -> Explained | None:
        look, message = look_of(refused), _message(refused)
        # Headers that were lost on the way and a wrong key look the same, if the seller says the same to both.
        may_be_lost = self.case.interface is Interface.KIT and not known and self._is_like_unsigned(refused)
        headers = KIT_HEADERS[self.line.protocol]
        if look.code != NOT_AUTHENTICATED and look.status not in _AUTHENTICATION:
            if may_be_lost and _ABOUT_HEADERS.search(message):
                return Explained(finding("headers-lost", headers=headers))
            return self._by_key(refused) if not known else None
        if may_be_lost:
            name = "headers-lost" if self._signs_with_our_key(refused) else "key-wrong-or-headers-lost"
            return Explained(finding(name, headers=headers, address=self._address))
        if known or self._signs_with_our_key(refused):
            if not known or str(dict(self.fields)).isascii():
                return Explained(finding("signature-refused", code=_shown(refused), message=message or "-"))
            return None
        return Explained(finding("key-wrong"))

    @property
    def _address(self) -> str:
        """Where the refused call went."""
        return addresses.of_kit(self.line.address, self.line.protocol, self.case.operation)

    def _by_key(self, refused: SellerAnswer) -> Explained | None:
        """Whether the seller has another key, by the signature of its answers: of this one or of other refusals."""
        key = self.line.key_of(self.case.interface)
        others = (self._ask(replace(_RIGHT, flaw=flaw)) for flaw in (Flaw.NO_TIME, Flaw.OTHER_METHOD))
        for answer in (refused, *others):
            fault = body_sign.find_fault(answer.headers, answer.body, key=key)
            if fault and "body-sign-unlike" in fault.mistakes:
                return Explained(finding("key-wrong"))
        return None

    def _is_like_unsigned(self, refused: SellerAnswer) -> bool:
        """Whether the seller refuses the call in the same words without a signature."""
        unsigned = self._ask(Probe("", flaw=Flaw.UNSIGNED))
        return words_of(unsigned) == words_of(refused)

    def _signs_with_our_key(self, answer: SellerAnswer) -> bool:
        key = self.line.key_of(self.case.interface)
        return body_sign.find_fault(answer.headers, answer.body, key=key) is None


def _without(operation: str, answer: SellerAnswer) -> Words:
    """What an answer says, without the name of the operation."""
    look, message = words_of(answer)
    return look, message.replace(operation, "")


def _message(answer: SellerAnswer) -> str:
    return message_of(content_of(answer.body) or {})


def _shown(answer: SellerAnswer) -> str:
    return code_of(content_of(answer.body) or {}) or f"HTTP {answer.status}"


def _offset(answer: SellerAnswer, now: datetime) -> timedelta | None:
    """How far the seller's clock, by the header Date of its answer, is from the time of the call. None if near."""
    date = next((value for name, value in answer.headers if name.lower() == "date"), "")
    try:
        off = parsedate_to_datetime(date).astimezone(UTC) - now
    except ValueError:
        return None
    return off if abs(off) > SKEW else None
