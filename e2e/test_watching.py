"""A review is made again when a recording changes."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from watchdog.events import FileModifiedEvent, FileMovedEvent, FileOpenedEvent, FileSystemEvent

from e2e.review.watching import is_change, watch
from e2e.support.sample import make_sample, write_sample
from fixtures.inner_runs import ROOT


def test_a_review_is_made_again_after_each_change_until_somebody_stops_it(tmp_path: Path) -> None:
    reviews: list[int] = []

    def review() -> None:
        reviews.append(len(reviews))
        if len(reviews) == 3:
            raise KeyboardInterrupt
        # What is written while a review runs is not missed.
        (tmp_path / "manifest.json").write_text(str(reviews), encoding="utf-8")

    with pytest.raises(KeyboardInterrupt):
        watch(tmp_path, review)

    assert reviews == [0, 1, 2]


def test_a_file_is_watched_too(tmp_path: Path) -> None:
    trace = tmp_path / "trace.zip"
    trace.touch()
    reviews: list[int] = []

    def review() -> None:
        reviews.append(len(reviews))
        if len(reviews) == 2:
            raise KeyboardInterrupt
        trace.write_bytes(b"PK")

    with pytest.raises(KeyboardInterrupt):
        watch(trace, review)


def test_the_command_prints_each_review(tmp_path: Path) -> None:
    run, before = tmp_path / "run", write_sample(make_sample(), tmp_path / "before" / "purchase-en")
    shutil.copytree(before, run / "purchase-en")
    command = [sys.executable, "-m", "e2e", "review", str(run), "--against", str(before.parent), "--watch"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watching:
        assert watching.stdout
        assert watching.stderr
        assert "differences: 0" in next(line for line in watching.stdout if line.startswith("Compared"))
        assert watching.stderr.readline() == f"Waiting for changes in {run}. Ctrl-C ends this.\n"
        manifest = run / "purchase-en" / "manifest.json"
        manifest.write_text(manifest.read_text("utf-8").replace('"Mock marketplace"', '"Another title"'), "utf-8")
        assert "differences: 0" not in next(line for line in watching.stdout if line.startswith("Compared"))
        watching.send_signal(signal.SIGINT)

    assert watching.returncode == 130


@pytest.mark.parametrize(
    ("event", "counts"),
    [
        (FileModifiedEvent("/run/story-en/manifest.json"), True),
        (FileMovedEvent("/run/.story-en-x1/story-en", "/run/story-en"), True),
        (FileModifiedEvent("/run/.story-en-x1/story-en/manifest.json"), False),
        (FileModifiedEvent("/run/review.html"), False),
        (FileOpenedEvent("/run/story-en/manifest.json"), False),
        (FileModifiedEvent("/other.zip"), False),
    ],
)
def test_only_a_change_of_a_recording_counts(event: FileSystemEvent, *, counts: bool) -> None:
    assert is_change(event, Path("/run"), {Path("/run/review.html")}) is counts
