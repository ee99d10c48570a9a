"""What ``journeys approve`` and ``journeys review`` do."""

import gc
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from mock_sites.review.changes import Change, Kind
from mock_sites.review.errors import NoPageError, ReviewError
from mock_sites.review.findings import Finding, Found, gather
from mock_sites.review.load import read_baseline
from mock_sites.review.recording import Recording
from mock_sites.review.results import find_renamed, find_traces
from mock_sites.review.runs import (
    BASELINE,
    Content,
    Recorded,
    baseline_of,
    find_baselines,
    find_recordings,
    holds_traces,
    look_at,
)
from mock_sites.review.traces.trace import read_trace
from mock_sites.review.unknown import known_in_both
from mock_sites.review.varying import Rules, RulesAtWork, RuleUse, align_values, find_rules
from mock_sites.review.varying.expressions import SlowRuleError
from mock_sites.review.varying.learning import learn, write_rules

Progress = Callable[[int, int, str], None]
"""Called with how many are done, how many there are, and the name of the next."""


@dataclass(frozen=True)
class Compared:
    """A recording, and what it was compared with.

    Attributes:
        alone: whether it is a test of one run only, which is shown without a comparison.
    """

    before: Recording
    after: Recording
    alone: bool = False


@dataclass(frozen=True)
class Reviewed:
    """The result of a review.

    Attributes:
        compared: the recordings that could be compared.
        faults: why the others could not be.
        rules: the rules of ``review.toml``, each with how often it applied.
    """

    compared: Sequence[Compared]
    findings: Sequence[Finding]
    faults: Sequence[str]
    rules: Sequence[RuleUse] = ()

    @property
    def exit_code(self) -> int:
        """0 if nothing differs, 1 if something does, 2 if something could not be compared."""
        if self.faults:
            return 2
        return int(any(not finding.advice for finding in self.findings))


def _unseen(done: int, total: int, name: str) -> None:
    """Nobody is to know how far a review is."""


def review(
    run: Path,
    against: Path,
    scratch: Path | None = None,
    rules: Path | None = None,
    progress: Progress = _unseen,
) -> Reviewed:
    """Compare the recordings in ``run`` with the baselines or recordings in ``against``, or traces with traces.

    Pictures of traces are written to ``scratch``. Without it, they are ignored. Rules are those of the file ``rules``,
    or of ``review.toml`` in this folder or in ``run``.

    Raises:
        ReviewError: there is nothing to compare, or the rules are none, or one of them takes too long.
    """
    under_way = _Review(scratch, RulesAtWork(find_rules(rules, run)))
    pairs = _pairs(run, against)
    for number, pair in enumerate(pairs):
        progress(number, len(pairs), pair.name)
        under_way.compare(pair)
    under_way.match_alone()
    return Reviewed(under_way.compared, gather(under_way.changes), under_way.faults, under_way.rules.uses)


def learn_rules(run: Path, against: Path, scratch: Path, rules: Path | None = None) -> str:
    """Rules, as the content of a file, with which recordings of the same, unchanged thing do not differ.

    ``rules``: those that there are already, as for a review.

    Raises:
        ReviewError: something could not be compared.
    """
    reviewed = review(run, against, scratch, rules)
    if reviewed.faults:
        raise ReviewError(reviewed.faults[0])

    def find(known: Rules) -> Sequence[Finding]:
        at_work = RulesAtWork(known)
        return gather(
            (pair.after, step, change)
            for pair in reviewed.compared
            if not pair.alone
            for step, change in at_work.compare(pair.before, pair.after)
        )

    return write_rules(*learn(find, find_rules(rules, run)))


@dataclass(frozen=True)
class _Pair:
    """What is compared: the place of each side; None if there is none.

    Attributes:
        test: the name of the test, if both are traces of one.
        recorded: the later side, if it is a recording, or a trace that is compared with a baseline.
    """

    before: Path | None
    after: Path | None
    test: str = ""
    recorded: Recorded | None = None

    @property
    def name(self) -> str:
        return self.test or (self.after.name if self.after else "")


def _pairs(run: Path, against: Path) -> list[_Pair]:
    content = look_at(run)
    if content is Content.RECORDINGS or content is Content.BASELINES:
        recordings = find_recordings(run)
        if against.is_file() or holds_traces(against):
            earlier = look_at(against)
            if earlier is not Content.BASELINES:
                _refuse(run, content, against, earlier)
        return [_Pair(against, recorded.place, recorded=recorded) for recorded in recordings]
    earlier = look_at(against)
    if earlier is Content.BASELINES:
        recordings = find_recordings(run)
        names = {recorded.name for recorded in recordings}
        baselines = find_baselines(against) if content is Content.TRACES and against.is_dir() else {}
        return [
            *(_Pair(against, recorded.place, recorded=recorded) for recorded in recordings),
            *(_Pair(file, None, name) for name, file in baselines.items() if name not in names),
        ]
    if earlier is not content:
        _refuse(run, content, against, earlier)
    if content is Content.TRACE:
        return [_Pair(against, run)]
    tests = find_traces(against), find_traces(run)
    return [_Pair(tests[0].get(test), tests[1].get(test), test) for test in sorted({*tests[0], *tests[1]})]


def _refuse(run: Path, content: Content, against: Path, earlier: Content) -> NoReturn:
    raise ReviewError(
        f"{run}: has {content}, and {against} has {earlier}. A trace is compared with a trace, a folder of traces with"
        " another one, recordings with recordings, and all of them with baselines: `journeys review EARLIER LATER`"
    )


@dataclass
class _Review:
    """A review under way.

    Attributes:
        gone: the tests of the earlier run that the later one has not, and in ``new`` the others.
    """

    scratch: Path | None
    rules: RulesAtWork
    compared: list[Compared] = field(default_factory=list[Compared])
    faults: list[str] = field(default_factory=list[str])
    changes: list[Found] = field(default_factory=list[Found])
    gone: dict[str, Recording] = field(default_factory=dict[str, Recording])
    new: dict[str, Recording] = field(default_factory=dict[str, Recording])

    def compare(self, pair: _Pair) -> None:
        """Read both sides and compare them. A test with one side is kept for later."""
        try:
            with _no_garbage():
                before, after = self._read(pair)
                if before and after:
                    self._compare(before, after)
        except SlowRuleError:
            raise
        except ReviewError as error:
            self.faults.append(str(error))
        else:
            self.gone |= {pair.test: before} if before and not pair.after else {}
            self.new |= {pair.test: after} if after and not pair.before else {}
            if before and pair.after and not after:
                self._tell_alone(before, f"test “{pair.test}” no longer visits a page")
            if after and pair.before and not before:
                self._tell_alone(after, f"test “{pair.test}” visited no page before")

    def match_alone(self) -> None:
        """Compare tests that only have another name now, and tell of those that are in one run only."""
        for old, now in find_renamed(self.gone, self.new).items():
            before, after = self.gone.pop(old), self.new.pop(now)
            try:
                with _no_garbage():
                    self._compare(before.model_copy(update={"journey": after.journey}), after)
            except SlowRuleError:
                raise
            except ReviewError as error:
                self.faults.append(str(error))
            self._tell(after, f"test “{old}” is now “{now}”")
        for tests, how in ((self.gone, "is gone"), (self.new, "is new")):
            for test, recording in tests.items():
                self._tell_alone(recording, f"test “{test}” {how}")

    def _tell_alone(self, recording: Recording, what: str) -> None:
        """Show a recording that has nothing to be compared with."""
        self.compared.append(Compared(recording, recording, alone=True))
        self._tell(recording, what)

    def _tell(self, recording: Recording, what: str) -> None:
        self.changes.append((recording, recording.steps[0], Change(Kind.FLOW, what)))

    def _compare(self, before: Recording, after: Recording) -> None:
        before, after = known_in_both(before, after)
        aligned = align_values(before, after)
        self.changes += [(aligned, step, change) for step, change in self.rules.compare(before, aligned)]
        self.compared.append(Compared(before, aligned))

    def _read(self, pair: _Pair) -> tuple[Recording | None, Recording | None]:
        """Both sides, the earlier one first. Recordings name what they are compared with."""
        if pair.recorded and pair.before:
            try:
                recording = pair.recorded.read(self._pictures("after", pair.recorded.test))
            except NoPageError:
                if pair.before.is_dir() and pair.recorded.name not in find_baselines(pair.before):
                    return None, None
                raise
            before = baseline_of(recording, pair.before)
            return (before if before.seed else before.model_copy(update={"journey": recording.journey})), recording
        if pair.before and pair.before.suffix == BASELINE:
            before = read_baseline(pair.before)
            return (None if before.seed else before), None
        before = self._read_trace(pair.before, "before", pair.test) if pair.before else None
        after = self._read_trace(pair.after, "after", pair.test) if pair.after else None
        if before and after:
            before = before.model_copy(update={"journey": after.journey})
        return before, after

    def _read_trace(self, trace: Path, side: str, test: str) -> Recording | None:
        """A trace. That of a test in which no page was visited is none: the test was skipped, or only sent requests."""
        try:
            recording = read_trace(trace, self._pictures(side, test), self.rules.on_elements())
        except NoPageError:
            if test:
                return None
            raise
        return recording.model_copy(update={"journey": test}) if test else recording

    def _pictures(self, side: str, test: str) -> Path | None:
        """The folder for pictures of a trace."""
        return self.scratch / side / test if self.scratch else None


@contextmanager
def _no_garbage() -> Generator[None]:
    """In this block, no garbage is collected: trees are millions of objects without cycles, and all are in use."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
