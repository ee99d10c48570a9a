"""The files of a recording: sorted JSON in UTF-8, in a folder that is complete or does not exist."""

import json
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mock_sites import temporary_folder


def as_json(value: Any) -> str:
    """``value`` as it is written: sorted and indented."""
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def write(path: Path, content: str | bytes) -> None:
    """Write a text or an image."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


@contextmanager
def fresh(folder: Path) -> Generator[Path]:
    """A new folder that replaces ``folder`` when it is complete, and is removed if something fails."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with temporary_folder(f".{folder.name}-", folder.parent) as made:
        inside = made / folder.name
        inside.mkdir()
        yield inside
        if folder.exists():
            folder.rename(made / "older")
        shutil.move(inside, folder)
