"""The parts of a conformance run: cases, their calls, and their results."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Final

from mock_sites.huawei.conformance.listing import EVERY, Kind
from mock_sites.huawei.conformance.phrases import Phrase
from mock_sites.huawei.protocol import names
from mock_sites.huawei.protocol.codes import SUCCESS
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.world.errors import N_
from mock_sites.world.transport import Call

UNKNOWN_ACTIVITY: Final = "danceInstance"
"""An operation that no seller has. The name is our choice."""


class Flaw(Enum):
    """A change to a call that tests whether the seller notices. NONE, CAPITALS and the like are right calls."""

    NONE = N_("signed as documented")
    OTHER_KEY = N_("signed with another key")
    UNSIGNED = N_("without a signature")
    TAMPERED = N_("its last field changed after it was signed")
    OLD = N_("its timestamp ten minutes old")
    AHEAD = N_("its timestamp ten minutes ahead")
    YOUNG = N_("its timestamp 30 seconds old")
    NO_TIME = N_("without a timestamp")
    REPLAYED = N_("sent twice, octet by octet the same")
    UNSORTED = N_("its body not in the order in which it is signed")
    CAPITALS = N_("its signature in capital hex digits")
    PLUS = N_("a + in its token")
    BROKEN = N_("its body cut off")
    LIST = N_("its body a JSON array")
    OVERSIZED = N_("far larger than any real one")
    OTHER_METHOD = N_("by the other HTTP method")
    SECONDS = N_("its timestamp in seconds")
    MINUTES = N_("its timestamp in minutes")
    LONG_EXPIRY = N_("its expireTime in milliseconds")
    TOO_LONG_EXPIRY = N_("its expireTime in microseconds")
    PLAIN_TYPE = N_("its Content-Type without a charset")
    BODY_IN_UTC = N_("timeStamp of its body in UTC")
    IN_QUERY = N_("its signature in the query, as in the production interface")


class Weight(Enum):
    """How serious it is if a case does not end as expected."""

    MUST = N_("a documented rule")
    LIVE = N_("a documented rule, but a seller may answer calls with testFlag 1 without looking at its data")
    MAY = N_("the documents leave it open")


class CaseVerdict(StrEnum):
    """What a run says of a case."""

    PASSED = N_("conforms")
    NOTED = N_("note")
    FAILED = N_("falls short")


class AnswerCheck(Enum):
    """A further check of a successful answer."""

    NEW_INSTANCE = "it names the instance"
    SAME_INSTANCE = "it names the instance that the order already had"
    OTHER_INSTANCE = "it names an instance of its own"
    INFO = "it tells about each instance that was asked for"


@dataclass(frozen=True)
class Rule:
    """A rule of the documents, and its source."""

    text: str
    source: str


@dataclass(frozen=True, kw_only=True)
class ConformanceCase:
    """One thing that a seller must, or should, get right.

    ``fields`` may contain ``{names}`` that the run fills: ``token``, ``expire``, instances by the name that an earlier
    case gave them, and ``instance`` and ``order``: those of the first kind of the listing that the case is for.
    """

    name: str
    title: str
    operation: str
    """The activity of the production interface, or the name of the kit's interface."""
    fields: Mapping[str, Any]
    rule: Rule
    asked_for: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Further fields, each of which is sent if the listing names it."""
    interface: Interface = Interface.PRODUCTION
    flaw: Flaw = Flaw.NONE
    codes: tuple[str, ...] = (SUCCESS,)
    """The result codes that conform."""
    any_refusal: bool = False
    """Whether any refusal conforms, whatever its code or status."""
    mistake: str = ""
    """The name of the diagnosis if the seller accepts what it should refuse, or refuses the special form of
    this case.
    """
    weight: Weight = Weight.MUST
    check: AnswerCheck | None = None
    instance: str = ""
    """The name under which the answer's instance is stored, or with which it is compared."""
    debug_only: bool = False
    """Whether only calls with ``testFlag`` 1 can have this form."""
    kinds: tuple[Kind, ...] = EVERY
    """The kinds of products for which the marketplace makes this call."""
    on_request: str = ""
    """The operation that the seller must have asked for, or listed, to get this call (``listing.ON_REQUEST``)."""
    required_for: tuple[Kind, ...] = ()
    """The kinds for which the debugging page requires this call (spec huawei 2.6a)."""

    @property
    def expected(self) -> str:
        """The expected answer, in a few words."""
        codes, *others = self.codes
        for code in others:
            codes = Phrase("{first} or {second}", first=codes, second=code)
        return Phrase("{codes}, or any refusal", codes=codes) if self.any_refusal else codes

    @property
    def succeeds(self) -> bool:
        """Whether a seller that conforms answers with success."""
        return SUCCESS in self.codes


def later(
    name: str,
    title: str,
    operation: str,
    rule: Rule,
    fields: Mapping[str, Any],
    kinds: tuple[Kind, ...],
    **more: Any,
) -> ConformanceCase:
    """A case of the production interface about an instance that was bought before."""
    fields = {names.INSTANCE_ID: "{instance}", **fields}
    return ConformanceCase(name=name, title=title, operation=operation, fields=fields, rule=rule, kinds=kinds, **more)


@dataclass(frozen=True)
class SignedCall:
    """A signed call that is ready to send, and how it was signed."""

    outgoing: Call
    string_to_sign: str
    """The string to sign, with the key masked."""
    timestamp: str

    @property
    def address(self) -> str:
        """Where it goes, without the query."""
        return self.outgoing.url.partition("?")[0]


@dataclass(frozen=True)
class SellerAnswer:
    """The result of sending: an answer, or the reason why there is none."""

    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    """Header names exactly as they were received, because sellers get their case wrong."""
    body: bytes = b""
    seconds: float = 0
    fault: str = ""
    """The name of the diagnosis: unreachable, slow, broken-off or too-large."""
    detail: str = ""


@dataclass(frozen=True)
class SellerFinding:
    """Something that does not conform."""

    diagnosis: str
    """Its name, a key of ``catalogue.MISTAKES``."""
    details: Mapping[str, Any] = field(default_factory=dict[str, Any], hash=False)
    """What is filled in the sentence that says what to fix."""
    fails: bool = True
    """Whether the seller fails because of it. Otherwise it is a note."""
    said: str = ""
    """The marketplace's own words, if it has some for this."""


def finding(diagnosis: str, *, fails: bool = True, **details: Any) -> SellerFinding:
    """The finding with this diagnosis. ``details`` fill the names in its sentence."""
    return SellerFinding(diagnosis, details, fails)


@dataclass(frozen=True)
class Look:
    """What an answer looks like, so that equal refusals are known as equal."""

    status: int
    code: str


@dataclass(frozen=True)
class Result:
    """The result of a case."""

    case: ConformanceCase
    exchanges: tuple[tuple[SignedCall, SellerAnswer], ...] = ()
    got: str = ""
    """The answer, in a few words."""
    findings: tuple[SellerFinding, ...] = ()
    debugging: str = ""
    """What the marketplace's debugging page says to this answer. Empty if it accepts the call."""
    required: bool = False
    """Whether the debugging page requires the case for what the seller has listed."""

    @property
    def verdict(self) -> CaseVerdict:
        """The verdict of the worst finding."""
        if any(finding.fails for finding in self.findings):
            return CaseVerdict.FAILED
        return CaseVerdict.NOTED if self.findings else CaseVerdict.PASSED

    @property
    def seconds(self) -> float:
        """How long the seller took."""
        return sum(answer.seconds for _call, answer in self.exchanges)


@dataclass(frozen=True)
class Bench:
    """What judging needs besides the answer itself."""

    key: str
    protocol: str
    live: bool
    limit: float
    """The time limit of an answer, in seconds."""
    instances: Mapping[str, str]
    """The instances of earlier cases, by the name under which they were stored."""
    troubles: Mapping[Look, SellerFinding] = field(default_factory=dict[Look, SellerFinding])
    """Why the seller refuses rightly signed calls of this interface, by what its refusals look like."""
    proxy: str = ""
    """The address of the proxy for all calls, if there is one."""
    refused: Mapping[str, str] = field(default_factory=dict[str, str])
    """The result codes with which the seller refused right calls so far, by operation."""
