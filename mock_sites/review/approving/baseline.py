"""A recording made small enough for git, and readable in a diff: YAML, the same for the same recording.

It is the same on every machine. Places of elements and pictures depend on the installed fonts, so they are only
compared with another recording.
"""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml

from mock_sites.process.temporary import temporary_folder
from mock_sites.review.errors import ReviewError
from mock_sites.review.recording import Recording
from mock_sites.review.repeated_parts import FORMAT, shorten

TESTS: Final = "tests"
"""The folder, among baselines, of those of tests."""


def approve(recordings: Sequence[Recording], folder: Path) -> list[Path]:
    """Write the baselines of ``recordings`` to ``folder``: all of them or, if one cannot be approved, none.

    Raises:
        ReviewError: a recording ends with an error.
    """
    refuse_failed(recordings)
    folder.mkdir(parents=True, exist_ok=True)
    contents = {f"{baseline_name(recording)}.yaml": describe(recording) for recording in recordings}
    with temporary_folder(".baselines-", folder) as made:
        for name, content in contents.items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_text(content, encoding="utf-8", newline="\n")
        for name in contents:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).replace(folder / name)
    return [folder / name for name in contents]


def baseline_name(recording: Recording) -> str:
    """Where the baseline of a recording is among others, without its suffix."""
    own = recording.model_copy(update={"test": ""}).name
    return f"{TESTS}/{PurePosixPath(recording.test).name}/{own}" if recording.test else own


def refuse_failed(recordings: Sequence[Recording]) -> None:
    """Check that all were played to their end.

    Raises:
        ReviewError: one was not.
    """
    for recording in recordings:
        for step in recording.steps:
            if step.error is not None:
                raise ReviewError(f"{recording.name}: step {step.number}, {step.name}, failed; nothing was approved")


def describe(recording: Recording) -> str:
    """The baseline of a recording. That of a trace tells when it was made: times in it are compared by that."""
    untold = {"recorded"} if recording.seed else None
    content = shorten(recording).model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=untold)
    whole = {"format": FORMAT, **content}
    return yaml.dump(whole, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000, default_flow_style=None)


class _Dumper(yaml.CSafeDumper):
    """Writes texts of several lines as blocks, without aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)
