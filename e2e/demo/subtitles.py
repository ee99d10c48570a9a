"""The subtitles of a film as WebVTT, a file with the times of the film (https://www.w3.org/TR/webvtt1/)."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path

from e2e.demo.errors import DemoError
from mock_sites import write_whole


@dataclass(frozen=True)
class Cue:
    """A text that is shown from ``begins`` on, in seconds of the film, and who acts then, if anybody."""

    begins: float
    text: str
    speaker: str = ""


class SubtitlesFile:
    """A file to write subtitles to, known to be writable."""

    def __init__(self, path: Path) -> None:
        """Check before the play that the file can be written.

        Raises:
            DemoError: it cannot.
        """
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            trial = path.with_name(f".{path.name}.unfinished")
            trial.touch()
            trial.unlink()
            if path.is_dir():
                raise IsADirectoryError(None, "Is a directory")
        except OSError as error:
            raise _unwritable(path, error) from error

    def write(self, cues: Sequence[Cue], length: float) -> None:
        """Write the cues of a film of ``length`` seconds. Each is shown until the next one.

        Raises:
            DemoError: the file cannot be written.
        """
        lines = ["WEBVTT", ""]
        for cue, after in pairwise([*cues, Cue(length, "")]):
            if cue.begins < after.begins:
                voice = f"<v {escape(cue.speaker, quote=False)}>" if cue.speaker else ""
                lines += [f"{_time(cue.begins)} --> {_time(after.begins)}", voice + escape(cue.text, quote=False), ""]
        try:
            write_whole(self._path, "\n".join(lines))
        except OSError as error:
            raise _unwritable(self._path, error) from error


def _time(seconds: float) -> str:
    """A time of the film in WebVTT's form: hours, minutes, seconds and thousandths."""
    minutes, thousandths = divmod(round(1000 * seconds), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{thousandths // 1000:02}.{thousandths % 1000:03}"


def _unwritable(path: Path, error: OSError) -> DemoError:
    return DemoError(f"Cannot write the subtitles to {path}: {error.strerror or os.strerror(error.errno or 0)}.")
