"""What ``journeys approve`` and ``journeys review`` do."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from e2e.review.changes import Change
from e2e.review.compare import compare
from e2e.review.errors import ReviewError
from e2e.review.findings import Finding, gather
from e2e.review.load import read_baseline, read_recording
from e2e.review.recording import Recording, Step


@dataclass(frozen=True)
class Compared:
    """A recording, and what it was compared with."""

    before: Recording
    after: Recording


@dataclass(frozen=True)
class Reviewed:
    """What came of a review.

    Attributes:
        compared: the recordings that could be compared.
        faults: why the others could not be.
    """

    compared: Sequence[Compared]
    findings: Sequence[Finding]
    faults: Sequence[str]

    @property
    def exit_code(self) -> int:
        """0 if nothing differs, 1 if something does, 2 if something could not be compared."""
        if self.faults:
            return 2
        return int(any(not finding.advice for finding in self.findings))


def find_recordings(run: Path) -> list[Path]:
    """The folders of recordings: ``run`` itself, or those in it.

    Raises:
        ReviewError: there is none.
    """
    if (run / "manifest.json").exists():
        return [run]
    found = sorted(file.parent for file in run.glob("*/manifest.json"))
    if not found:
        raise ReviewError(f"{run}: no recording is there")
    return found


def review(run: Path, against: Path) -> Reviewed:
    """Compare the recordings in ``run`` with the baselines or recordings in ``against``.

    Raises:
        ReviewError: there is nothing to compare.
    """
    compared: list[Compared] = []
    faults: list[str] = []
    changes: list[tuple[Recording, Step, Change]] = []
    for folder in find_recordings(run):
        try:
            recording = read_recording(folder)
            before = _baseline_of(recording, against)
            found = list(compare(before, recording))
        except ReviewError as error:
            faults.append(str(error))
        else:
            compared.append(Compared(before, recording))
            changes += [(recording, step, change) for step, change in found]
    return Reviewed(compared, gather(changes), faults)


def _baseline_of(recording: Recording, against: Path) -> Recording:
    """What to compare a recording with: ``against`` itself, or what has the recording's name in it."""
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
