"""The traces of a whole test run, matched with those of another run by their tests."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from rapidfuzz.distance import Indel

from mock_sites.review.recording import Recording
from mock_sites.review.traces.trace import is_trace

ALIKE: Final = 0.8
"""How similar the steps of two tests are at least, from 0 to 1, so that one is the other under a new name."""

_ATTEMPT: Final = re.compile(r"-retry(?P<number>[0-9]+)(?=/|$)")
"""What Playwright Test adds to the name of a folder when it runs a test again."""


def find_traces(run: Path) -> dict[str, Path]:
    """The traces in a folder, at any depth, by the names of their tests. Of several attempts at a test, the last."""
    found: dict[str, tuple[int, Path]] = {}
    for trace in _traces(run):
        place = trace.relative_to(run)
        # Test runners call each trace the same, in a folder of its test.
        name = (place.parent if trace.stem == "trace" and place.parent.name else place.with_suffix("")).as_posix()
        attempt = _ATTEMPT.search(name)
        number = int(attempt["number"]) if attempt else 0
        test = _ATTEMPT.sub("", name)
        if test not in found or found[test][0] <= number:
            found[test] = (number, trace)
    return {test: trace for test, (_number, trace) in sorted(found.items())}


def _traces(run: Path) -> Iterator[Path]:
    for place in sorted(run.iterdir()):
        if is_trace(place):
            yield place
        elif place.is_dir() and not place.is_symlink():
            yield from _traces(place)


def find_renamed(gone: Mapping[str, Recording], new: Mapping[str, Recording]) -> dict[str, str]:
    """The names that tests have now by those that they had: the pairs whose steps, and then names, are most similar."""
    done = {test: _done(recording) for test, recording in (*gone.items(), *new.items())}
    pairs = [
        (Indel.normalized_similarity(done[old], done[now]), Indel.normalized_similarity(old, now), old, now)
        for old in gone
        for now in new
    ]
    renamed: dict[str, str] = {}
    for alike, _names, old, now in sorted(pairs, reverse=True):
        if alike >= ALIKE and old not in renamed and now not in renamed.values():
            renamed[old] = now
    return renamed


def _done(recording: Recording) -> Sequence[str]:
    """What was done in a recording, wherever its sites were."""
    return [word for step in recording.steps for word in (urlsplit(step.url).path, *step.actions)]
