"""What ``journeys approve`` and ``journeys review`` do."""

import gc
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from e2e.review.changes import Change
from e2e.review.errors import ReviewError
from e2e.review.findings import Finding, gather
from e2e.review.load import read_baseline, read_recording
from e2e.review.recording import RecordedStep, Recording
from e2e.review.traces import is_trace, read_trace
from e2e.review.varying import Rules, RulesAtWork, RuleUse, align_values, find_rules
from e2e.review.varying.learning import learn, write_rules


@dataclass(frozen=True)
class Compared:
    """A recording, and what it was compared with."""

    before: Recording
    after: Recording


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


def find_recordings(run: Path) -> list[Path]:
    """The folders of recordings, ``run`` itself or those in it; or else the traces, as pytest-playwright leaves them.

    Raises:
        ReviewError: there is none.
    """
    if is_trace(run) or (run / "manifest.json").exists():
        return [run]
    found = sorted(file.parent for file in run.glob("*/manifest.json")) or sorted(run.glob("*/trace.zip"))
    if not found:
        raise ReviewError(f"{run}: no recording is there")
    return found


def review(run: Path, against: Path, scratch: Path | None = None, rules: Path | None = None) -> Reviewed:
    """Compare the recordings in ``run`` with the baselines or recordings in ``against``; or a trace with another one.

    Pictures of traces are written to ``scratch``. Without it, they are ignored. Rules are those of the file ``rules``,
    or of ``review.toml`` in this folder or in ``run``.

    Raises:
        ReviewError: there is nothing to compare, or the rules are none.
    """
    at_work = RulesAtWork(find_rules(rules, run))
    compared: list[Compared] = []
    faults: list[str] = []
    changes: list[tuple[Recording, RecordedStep, Change]] = []
    for folder in find_recordings(run):
        try:
            with _no_garbage():
                read = _read_traces(folder, against, scratch) if is_trace(folder) else _read(folder, against)
                before, recording = read[0], align_values(*read)
                found = list(at_work.compare(before, recording))
        except ReviewError as error:
            faults.append(str(error))
        else:
            compared.append(Compared(before, recording))
            changes += [(recording, step, change) for step, change in found]
    return Reviewed(compared, gather(changes), faults, at_work.uses)


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
            for step, change in at_work.compare(pair.before, pair.after)
        )

    return write_rules(*learn(find, find_rules(rules, run)))


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


def _read(folder: Path, against: Path) -> tuple[Recording, Recording]:
    """A recording, after what it is compared with."""
    if is_trace(against):
        raise ReviewError(f"{folder}: a recording is compared with a recording or a baseline, not with a trace")
    recording = read_recording(folder)
    return _baseline_of(recording, against), recording


def _read_traces(trace: Path, against: Path, scratch: Path | None) -> tuple[Recording, Recording]:
    """A trace, after the one it is compared with: the named file, or in a folder the trace of the same test."""
    earlier = against / trace.parent.name / trace.name if against.is_dir() else against
    if not is_trace(earlier) or (against.is_dir() and not earlier.exists()):
        raise ReviewError(f"{trace}: a trace is compared with another trace only")
    places = [scratch / name / trace.parent.name if scratch else None for name in ("before", "after")]
    before, after = map(read_trace, (earlier, trace), places)
    return before.model_copy(update={"journey": after.journey}), after


def _baseline_of(recording: Recording, against: Path) -> Recording:
    """What to compare a recording with: ``against`` itself, or the file in it with the recording's name."""
    if against.is_file():
        return read_baseline(against)
    if (against / "manifest.json").exists():
        return read_recording(against)
    if (against / recording.name / "manifest.json").exists():
        return read_recording(against / recording.name)
    file = against / f"{recording.name}.yaml"
    if not file.exists():
        raise ReviewError(f"{recording.name}: has no baseline in {against}; `journeys approve` makes one")
    return read_baseline(file)
