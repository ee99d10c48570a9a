"""Traces read without their secrets, as baselines are read by everybody who has the project."""

from pathlib import Path

from mock_sites.process.temporary import temporary_folder
from mock_sites.redaction.redact import LeftError, RedactError, redact
from mock_sites.review.errors import NoPageError, ReviewError
from mock_sites.review.recording import Recording, Title
from mock_sites.review.traces.trace import read_trace


def read_clean_trace(trace: Path, name: str, scratch: Path | None = None) -> Recording:
    """The trace in ``trace``, which gets this name, with placeholders for its secrets.

    Pictures are written to ``scratch``.

    Raises:
        NoPageError: no page was visited.
        ReviewError: it cannot be read, or has secrets that cannot be replaced.
    """
    with temporary_folder() as folder:
        clean = folder / "clean.zip"
        try:
            redact(trace, clean)
        except (LeftError, RedactError) as error:
            raise ReviewError(str(error)) from error
        try:
            recording = read_trace(clean, scratch)
        except NoPageError as error:
            raise NoPageError(f"{trace}: no page was visited") from error
    return recording.model_copy(update={"journey": name, "title": Title(en=name, zh=name)})
