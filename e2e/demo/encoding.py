"""Files that a film can be written to, and the ffmpeg that writes them."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from imageio_ffmpeg import get_ffmpeg_exe

from e2e.demo.errors import DemoError

WIDTH: Final = 1280
HEIGHT: Final = 800

_FITTED: Final = (
    f"scale={WIDTH}:{HEIGHT}:force_original_aspect_ratio=decrease,pad={WIDTH}:{HEIGHT}:-1:-1:white,format=yuv420p"
)
_SMALL: Final = "fps=6,scale=800:-2:flags=lanczos"
# One palette for the film, and only the changes between pictures: pages have few colours and change little.
_REDUCED: Final = (
    f"{_SMALL},split[film][sample];[sample]palettegen=max_colors=64:stats_mode=diff[palette];"
    "[film][palette]paletteuse=dither=none:diff_mode=rectangle"
)
_WEBM: Final = "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -row-mt 1 -crf 34 -b:v 0"
_WEBP: Final = "-c:v libwebp_anim -quality 75 -compression_level 5 -loop 0"
_MP4: Final = "-c:v libx264 -preset veryfast -crf 23 -movflags +faststart"
_OPTIONS: Final = {
    ".webm": ["-vf", f"fps=25,{_FITTED}", *_WEBM.split()],
    ".mp4": ["-vf", f"fps=25,{_FITTED}", *_MP4.split()],
    ".gif": ["-vf", _REDUCED, "-loop", "0"],
    ".webp": ["-vf", _SMALL, *_WEBP.split()],
}


@dataclass(frozen=True)
class FilmPicture:
    """A picture of the film and for how many seconds it is shown."""

    picture: Path
    seconds: float


class FilmFile:
    """A file to write a film to, known to be writable."""

    def __init__(self, path: Path) -> None:
        """Check before the play that the file can be written.

        Raises:
            DemoError: it cannot.
        """
        if path.suffix.lower() not in _OPTIONS:
            *some, last = _OPTIONS
            raise DemoError(
                f"A film cannot be written to {path}: name a file that ends in {', '.join(some)} or {last}."
            )
        self.path = path
        self._unfinished = path.with_name(f".{path.stem}.unfinished{path.suffix.lower()}")
        self._ffmpeg = _find_ffmpeg()
        try:
            if path.is_dir():
                raise IsADirectoryError(None, "Is a directory")
            path.parent.mkdir(parents=True, exist_ok=True)
            self._unfinished.touch()
            self._unfinished.unlink()
        except OSError as error:
            raise _unwritable(path, error) from error

    def write(self, shots: Sequence[FilmPicture]) -> None:
        """Write the film. The file is then complete, or as it was before.

        Raises:
            DemoError: ffmpeg could not.
        """
        script = shots[0].picture.with_name("film.ffconcat")
        # The length of the last picture counts only if something follows it.
        lines = [f"file '{shot.picture.name}'\nduration {shot.seconds:.3f}\n" for shot in [*shots, shots[-1]]]
        script.write_text("ffconcat version 1.0\n" + "".join(lines), encoding="utf-8")
        length = sum(shot.seconds for shot in shots)
        source = ["-f", "concat", "-i", str(script), "-t", f"{length:.3f}", "-an"]
        options = _OPTIONS[self._unfinished.suffix]
        try:
            # In a session of its own: the terminal's Ctrl-C is for the demo, not for ffmpeg.
            done = subprocess.run(
                [self._ffmpeg, "-v", "error", "-y", *source, *options, str(self._unfinished)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                start_new_session=True,
            )
            if done.returncode:
                reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
                raise DemoError(f"ffmpeg could not write the film {self.path}: {reason}")
            self._unfinished.replace(self.path)
        except OSError as error:
            raise _unwritable(self.path, error) from error
        finally:
            self._unfinished.unlink(missing_ok=True)


def _find_ffmpeg() -> str:
    """The ffmpeg that ``IMAGEIO_FFMPEG_EXE`` names, the one of imageio-ffmpeg, or the system's.

    Raises:
        DemoError: there is none.
    """
    try:
        named = get_ffmpeg_exe()
    except RuntimeError:
        named = ""
    found = shutil.which(named)
    if found is None:
        raise DemoError(
            f"There is no ffmpeg to write a film with{f' at {named}' if named else ''}. "
            "Install one, or name one in IMAGEIO_FFMPEG_EXE."
        )
    return found


def _unwritable(path: Path, error: OSError) -> DemoError:
    return DemoError(f"Cannot write the film to {path}: {error.strerror or os.strerror(error.errno or 0)}.")
