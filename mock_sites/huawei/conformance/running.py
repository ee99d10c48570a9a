"""A run: the cases in order, the values they take from earlier cases, and the result of each."""

import base64
import string
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

from mock_sites.huawei.conformance import cases_kit, cases_refused, cases_v1, cases_v2, debugging
from mock_sites.huawei.conformance.judging import Judgement, judge
from mock_sites.huawei.conformance.listing import Kind, Listing
from mock_sites.huawei.conformance.model import (
    AnswerCheck,
    Bench,
    ConformanceCase,
    Flaw,
    Look,
    Result,
    SellerAnswer,
    SellerFinding,
    SignedCall,
    Weight,
    finding,
)
from mock_sites.huawei.conformance.probing import KIT_HEADERS, Prober
from mock_sites.huawei.conformance.pushes import PushListener
from mock_sites.huawei.conformance.reading import Words, look_of, words_of
from mock_sites.huawei.conformance.requests import SellerConnection
from mock_sites.huawei.conformance.sending import Sender
from mock_sites.huawei.mistakes.in_calls import CURES
from mock_sites.huawei.protocol import addresses, moments, names
from mock_sites.huawei.protocol.activities import Activity
from mock_sites.huawei.protocol.codes import NOT_AUTHENTICATED, PROCESSING, SUCCESS, UNKNOWN_INSTANCE
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.world import sensitive_fields
from mock_sites.world.seed import DEFAULT_SEED, DIGITS, Seed

MOST_POLLS: Final = 10
"""How often queryInstance is called while the instance is still being created."""
POLL_SECONDS: Final = 1.0

MOST_IN_VAIN: Final = 10
"""How many refusals of an interface that look alike are looked into without a result."""

STEPS: Final = {"v1": timedelta(milliseconds=20), "v2": timedelta(milliseconds=1)}
"""The least time between the timestamps of two calls, by protocol.

A V1.0 call may move its own by a few milliseconds (see ``requests``). In V2.0 it is short, so that timestamps stay near
the real time, whatever limit a seller has.
"""

_LOST_OR_OTHER_KEY: Final = "key-wrong-or-headers-lost"

Encrypt = Callable[[str], str]


class CannotRunError(Exception):
    """The run could not begin. The text says why and what to do."""


def _real_time() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class RunPlan:
    """The cases to run, and how to run them."""

    line: SellerConnection
    listing: Listing = field(default_factory=Listing)
    """What the seller has listed."""
    kit: bool = True
    encrypt: Encrypt | None = None
    """Encrypts the client secret with the seller's public key, if the key is known."""
    now: Callable[[], datetime] = _real_time
    """The time that the calls carry."""
    pause: Callable[[float], object] = field(default=lambda _seconds: None)
    """Waits, in seconds, between two calls of queryInstance."""
    proxy: str = ""
    """The address of the proxy for all calls, if there is one."""
    pushes: PushListener | None = None
    """Takes the seller's usage push, if it is to be checked."""
    seed: str = DEFAULT_SEED
    """The ids of the run come from it. Nonces do not: a seller refuses those that it has seen."""

    @cached_property
    def cases(self) -> tuple[ConformanceCase, ...]:
        """The cases in the order in which they are run: those that belong to what the seller has listed."""
        v1, main = self.line.protocol == "v1", self.listing.main
        every = cases_v1 if v1 else cases_v2
        opening, closing = self._listed(every.opening(main)), self._listed(every.CLOSING)
        if len({case.instance for case in opening if case.instance}) < 2:
            opening = tuple(case for case in opening if "{other}" not in str(case.fields))
        refused = (cases_refused.v1 if v1 else cases_refused.v2)(main, (*opening, *closing))
        kit = cases_kit.cases(self.line.protocol, readable_secret=self.encrypt is not None) if self.kit else ()
        found = (*opening, *refused, *kit, *closing)
        return tuple(case for case in found if not (case.debug_only and self.line.live))

    def _listed(self, cases: Iterable[ConformanceCase]) -> tuple[ConformanceCase, ...]:
        """The cases of the listing, with the parameters that it asks for."""
        asked_for = self.listing.parameters
        return tuple(
            replace(
                case,
                fields=self.listing.sent(self.line.protocol, case.operation, case.fields, case.asked_for),
                weight=Weight.MUST if case.on_request and asked_for is not None else case.weight,
            )
            for case in cases
            if self.listing.first_of(case.kinds)
            if not case.on_request or asked_for is None or case.on_request in asked_for
        )


class Run:
    """One run against a seller."""

    def __init__(self, plan: RunPlan, sender: Sender) -> None:
        """Run ``plan``. ``sender`` sends the calls."""
        self._plan, self._sender = plan, sender
        self._details = _first_facts(plan)
        self._instances: dict[str, str] = {}
        self._stand_in = f"none-{self._details['token']}"
        self._troubles: dict[Interface, dict[Look, SellerFinding]] = defaultdict(dict)
        self._unexplained: dict[tuple[Interface, Look], set[Words]] = defaultdict(set)
        self._taken: set[Interface] = set()
        """The interfaces in which the seller has accepted a call."""
        self._refused: dict[str, str] = {}
        self._step = STEPS[plan.line.protocol]
        self._moment = plan.now() - self._step

    def results(self) -> Iterator[Result]:
        """Run the cases and yield each result as soon as it is there.

        Raises:
            CannotRunError: nothing answers at the address.
        """
        for number, case in enumerate(self._plan.cases):
            result = self._result(case)
            if number == 0 and result.exchanges and result.exchanges[0][1].fault == "unreachable":
                raise CannotRunError(self._no_answer(result.exchanges[0][1].detail))
            yield result
        if self._plan.pushes:
            yield self._plan.pushes.result(self._instances, self._plan.now())

    def _no_answer(self, reason: str) -> str:
        address, proxy = self._plan.line.address, self._plan.proxy
        if not proxy:
            return f"Nobody answers at {address} ({reason}). Start the seller first."
        return (
            f"Nobody answers at {address} through the proxy {proxy} ({reason}). Start the seller first, "
            f'or set NO_PROXY={urlsplit(address).hostname} (or --proxy "") to connect without a proxy.'
        )

    def _result(self, planned: ConformanceCase) -> Result:
        case = replace(planned, fields=_filled(planned.fields, self._facts(planned)), weight=self._weight(planned))
        fields, stands_in = case.fields, self._stand_in in str(case.fields)
        if stands_in and case.succeeds:
            case = replace(case, codes=(*case.codes, UNKNOWN_INSTANCE), check=None)
        exchanges = [self._call_result(case, fields)]
        if case.flaw is Flaw.REPLAYED:
            exchanges.append((exchanges[0][0], self._sender.send(exchanges[0][0].outgoing)))
        judgement = self._judged(case, exchanges[-1])
        if case.succeeds and judgement.code in set(case.codes) - {NOT_AUTHENTICATED}:
            self._taken.add(case.interface)
        elif case.succeeds and case.flaw in {Flaw.NONE, Flaw.PLUS}:
            judgement = self._explained(case, fields, exchanges[-1], judgement)
        if judgement.code == PROCESSING in case.codes and case.check is AnswerCheck.NEW_INSTANCE:
            judgement = self._poll(judgement, exchanges)
        if case.succeeds and judgement.code not in case.codes:
            self._refused.setdefault(case.operation, judgement.code)
        if case.instance and judgement.instance:
            self._instances.setdefault(case.instance, judgement.instance)
        said = debugging.message(case, exchanges[0][1], protocol=self._plan.line.protocol, limit=self._sender.limit)
        return Result(
            case=planned,
            exchanges=tuple(exchanges),
            got=judgement.got,
            findings=(*judgement.findings, *_notes(judgement, said, stands_in=stands_in and case.succeeds)),
            debugging=said,
            required=self._plan.listing.requires(planned.kinds, planned.required_for),
        )

    def _weight(self, case: ConformanceCase) -> Weight:
        """How serious the case is. One more refusal of an operation that the seller may not have is a note."""
        optional = case.on_request and self._plan.listing.parameters is None
        return Weight.MAY if optional and case.operation in self._refused else case.weight

    def _facts(self, case: ConformanceCase) -> dict[str, str]:
        """What is filled in the fields of a case. Where no instance was made, one that nobody knows stands in."""
        kind, made = self._plan.listing.first_of(case.kinds) or self._plan.listing.main, self._instances
        own = made.get(kind) or next(iter(made.values()), self._stand_in)
        return {
            **self._details,
            **dict.fromkeys(Kind, self._stand_in),
            **made,
            "instance": own,
            "other": next((one for one in made.values() if one != own), self._stand_in),
            "for_trial": made.get(Kind.TRIAL, own),
            "order": cases_v1.order_of(kind).format(**self._details),
        }

    def _now(self) -> datetime:
        """Now, but later than all earlier calls, so that a repeated call differs from the first one."""
        self._moment = max(self._plan.now(), self._moment + self._step)
        return self._moment

    def _call_result(self, case: ConformanceCase, fields: Mapping[str, Any]) -> tuple[SignedCall, SellerAnswer]:
        call = self._plan.line.call(case, fields, self._now())
        return call, self._sender.send(call.outgoing)

    def _judged(self, case: ConformanceCase, result: tuple[SignedCall, SellerAnswer]) -> Judgement:
        line = self._plan.line
        bench = Bench(
            key=line.key_of(case.interface),
            protocol=line.protocol,
            live=line.live,
            limit=self._sender.limit,
            instances=self._instances,
            troubles=self._troubles[case.interface],
            proxy=self._plan.proxy,
            refused=self._refused,
        )
        return judge(case, *result, bench)

    def _explained(
        self,
        case: ConformanceCase,
        fields: Mapping[str, Any],
        exchange: tuple[SignedCall, SellerAnswer],
        judgement: Judgement,
    ) -> Judgement:
        """The judgement on a refused call, with the mistake in checking calls that explains it, if one does.

        A refusal in the words of an earlier one is not looked into again, nor are very many that nothing explains.
        That the seller does not have an operation explains no other refusal.
        """
        interface, answer, look = case.interface, exchange[1], look_of(exchange[1])
        in_vain = self._unexplained[interface, look]
        known = look in self._troubles[interface] or words_of(answer) in in_vain or len(in_vain) == MOST_IN_VAIN
        if known or answer.fault not in {"", "broken-off"}:
            return judgement
        prober = Prober(self._plan.line, case, fields, self._now, lambda call: self._sender.send(call.outgoing))
        explained = prober.explain(answer, known=interface in self._taken)
        if explained is None:
            in_vain.add(words_of(answer))
            return judgement
        found = self._named(case, explained.finding)
        if found.diagnosis in CURES:
            self._troubles[interface][look] = found
        instance = self._judged(case, (exchange[0], explained.answer)).instance if explained.answer else ""
        return replace(judgement.explained(case, found), instance=instance)

    def _named(self, case: ConformanceCase, found: SellerFinding) -> SellerFinding:
        """What was found. The kit of V2.0 may have a key of its own (spec huawei 2.1), which the run was not given."""
        line = self._plan.line
        one_key = case.interface is Interface.KIT and line.protocol == "v2" and not line.kit_key
        if one_key and Interface.PRODUCTION in self._taken and found.diagnosis in {"key-wrong", _LOST_OR_OTHER_KEY}:
            address = addresses.of_kit(line.address, line.protocol, case.operation)
            return finding("kit-key-not-given", headers=KIT_HEADERS[line.protocol], address=address)
        return found

    def _poll(self, first: Judgement, exchanges: list[tuple[SignedCall, SellerAnswer]]) -> Judgement:
        """Ask for an instance that is still being created, as the marketplace does."""
        query = next(case for case in self._plan.cases if case.operation == Activity.QUERY_INSTANCE)
        for _try in range(MOST_POLLS):
            exchanges.append(self._call_result(query, {names.INSTANCE_ID: first.instance}))
            if self._judged(replace(query, check=None), exchanges[-1]).code == SUCCESS:
                return first
            self._plan.pause(POLL_SECONDS)
        return replace(first, conduct=(*first.conduct, finding("never-done", tries=MOST_POLLS)))


def _notes(judgement: Judgement, said: str, *, stands_in: bool) -> Iterator[SellerFinding]:
    if stands_in:
        yield finding("no-instance", fails=False)
    if said and not judgement.findings:
        yield finding("debugging-refuses", fails=False)


def _filled(value: Any, details: Mapping[str, str]) -> Any:
    """``value`` with its ``{names}`` replaced, at any depth."""
    match value:
        case str():
            return value.format_map(details)
        case Mapping():
            return {name: _filled(part, details) for name, part in value.items()}
        case list():
            return [_filled(part, details) for part in value]
        case _:
            return value


def _first_facts(plan: RunPlan) -> dict[str, str]:
    """The names that are known before the first call. Token and line make runs against one seller distinct."""
    now, key, seed = plan.now(), plan.line.key, Seed(plan.seed)
    iv = seed.random_text("iv", sensitive_fields.IV_LENGTH, string.ascii_letters + string.digits)
    secret = (
        plan.encrypt(seed.random_text("secret", 32))
        if plan.encrypt
        else base64.b64encode(seed.random_bytes("secret", 384)).decode()
    )
    return {
        "token": seed.random_text("token", 16),
        "line": seed.random_text("line", 6, DIGITS),
        "expire": moments.to_the_second(now + timedelta(days=365)),
        "beijing": moments.in_the_kit(now),
        "mobile": sensitive_fields.encrypt(key, "13800000000", iv),
        "email": sensitive_fields.encrypt(key, "buyer@example.com", iv),
        "secret": secret,
    }
