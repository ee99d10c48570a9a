"""Redacts traces for tests."""

from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from e2e.cli import main
from e2e.support.planting import read_zip
from fixtures.traces import OPTIONS, Lines, write
from mock_sites.redaction.redact import redact


def journeys(*words: str | Path) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, [str(word) for word in words], env={"COLUMNS": "200"})


def redacted(tmp_path: Path, shown: Lines, network: Lines = [], more: Any = None, **options: Any) -> dict[str, str]:  # noqa: B006
    """The files of a redacted trace as texts."""
    source = write(tmp_path / "in.zip", [OPTIONS, *shown], network, more)
    redact(source, tmp_path / "out.zip", **options)
    return {name: content.decode(errors="replace") for name, content in read_zip(tmp_path / "out.zip").items()}
