"""What a place on the disk holds: recordings, traces or baselines."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from mock_sites.review.approving.baseline import baseline_name
from mock_sites.review.approving.clean import read_clean_trace
from mock_sites.review.errors import NoPageError, ReviewError
from mock_sites.review.load import MANIFEST, read_baseline, read_recording
from mock_sites.review.recording import Recording
from mock_sites.review.results import find_traces
from mock_sites.review.traces.trace import is_trace, trace_name

BASELINE: Final = ".yaml"
"""The suffix of baselines."""


class Content(StrEnum):
    """What a place holds, in words."""

    RECORDINGS = "recordings"
    TRACE = "a trace"
    TRACES = "traces of tests"
    BASELINES = "baselines"


class Recorded(NamedTuple):
    """A recording or a trace on the disk.

    Attributes:
        test: the folder of the test that played it, as seen from the run, or the name of a trace; empty if no test did.
    """

    place: Path
    test: str = ""

    @property
    def is_trace(self) -> bool:
        """Whether it is a trace of another program."""
        return is_trace(self.place)

    @property
    def name(self) -> str:
        """The name of its baseline beside those of the same test."""
        return self.test if self.is_trace else self.place.name

    def read(self, scratch: Path | None = None) -> Recording:
        """The recording; a trace without its secrets, whose pictures are written to ``scratch``.

        Raises:
            ReviewError: it is not complete, or has an unknown version.
        """
        if self.is_trace:
            return read_clean_trace(self.place, self.test, scratch)
        return read_recording(self.place).model_copy(update={"test": self.test})


def look_at(place: Path) -> Content:
    """What a place holds.

    Raises:
        ReviewError: it is not there, or holds nothing that can be compared.
    """
    if is_trace(place):
        return Content.TRACE
    if not place.exists():
        raise ReviewError(f"{place}: is not there")
    if place.is_file():
        if place.suffix == BASELINE:
            return Content.BASELINES
        raise ReviewError(f"{place}: is neither a trace, which is a .zip, nor a baseline, which is a .yaml")
    if any(_recordings(place)):
        return Content.RECORDINGS
    if find_traces(place):
        return Content.TRACES
    if any(place.rglob(f"*{BASELINE}")):
        return Content.BASELINES
    raise ReviewError(
        f"{place}: no recording and no trace is there. `journeys record` and `pytest --record` write recordings to"
        " output/recordings"
    )


def holds_traces(place: Path) -> bool:
    """Whether a place is a trace, or has traces of tests and no recordings."""
    return is_trace(place) or (place.is_dir() and not any(_recordings(place)) and bool(find_traces(place)))


def find_recordings(run: Path) -> list[Recorded]:
    """The recordings and traces in ``run``, at any depth, or ``run`` itself.

    Raises:
        ReviewError: there is none.
    """
    content = look_at(run)
    if content is Content.RECORDINGS:
        return [*_recordings(run)]
    if content is Content.BASELINES:
        raise ReviewError(f"{run}: has baselines. Name the recordings that are compared with them")
    if content is Content.TRACE:
        return [Recorded(run, trace_name(run))]
    return [Recorded(trace, test) for test, trace in find_traces(run).items()]


def read_visits(recordings: Sequence[Recorded]) -> list[Recording]:
    """The recordings, without traces of tests in which no page was visited: such a test only sent requests, or nothing.

    Raises:
        ReviewError: one cannot be read, or no page was visited in any.
    """
    read: list[Recording] = []
    for recorded in recordings:
        try:
            read.append(recorded.read())
        except NoPageError:
            if recorded is recordings[-1] and not read:
                raise
    return read


def find_baselines(folder: Path) -> dict[str, Path]:
    """The baselines in a folder, at any depth, by the names of what was recorded."""
    return {file.relative_to(folder).with_suffix("").as_posix(): file for file in sorted(folder.rglob(f"*{BASELINE}"))}


def _recordings(run: Path) -> Iterator[Recorded]:
    if (run / MANIFEST).is_file():
        yield Recorded(run)
        return
    for folder in _folders(run):
        test = folder.parent.relative_to(run).as_posix()
        yield Recorded(folder, "" if test == "." else test)


def _folders(run: Path) -> Iterator[Path]:
    """The folders of recordings below a folder. Recordings that are being written have names that begin with a dot."""
    for place in sorted(run.iterdir()):
        if (place / MANIFEST).is_file():
            yield place
        elif place.is_dir() and not place.is_symlink() and not place.name.startswith("."):
            yield from _folders(place)


def baseline_of(recording: Recording, against: Path) -> Recording:
    """What to compare a recording with: ``against`` itself, or what has the recording's name in it.

    Raises:
        ReviewError: there is no such baseline, or it cannot be read.
    """
    if against.is_file():
        return read_baseline(against)
    if (against / MANIFEST).exists():
        return read_recording(against)
    test = recording.folder and recording.folder.resolve().parent.name
    places = [against / recording.name, against / baseline_name(recording)]
    if test:
        places.insert(0, against / baseline_name(recording.model_copy(update={"test": test})))
    for place in places:
        if (place / MANIFEST).exists():
            return read_recording(place)
        file = place.with_name(f"{place.name}{BASELINE}")
        if file.exists():
            return read_baseline(file)
    remedy = "`pytest --approve` or `journeys approve`" if recording.test else "`journeys approve`"
    raise ReviewError(f"{recording.name}: has no baseline in {against}; {remedy} makes one")
