"""Fingerprints of files of this project: what was made from them is used again until one of them changes."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
"""The folder of the checkout."""


def fingerprint(names: Iterable[str], *, root: Path = ROOT) -> str:
    """16 hexadecimal digits for the content of these files and folders below ``root``, tests excepted."""
    digest = hashlib.sha256()
    for file in sorted(_files(names, root)):
        digest.update(f"{file.relative_to(root)}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(names: Iterable[str], root: Path) -> Iterator[Path]:
    for name in names:
        found = root / name
        for file in found.rglob("*") if found.is_dir() else (found,):
            if file.is_file() and not {"tests", "__pycache__"} & set(file.relative_to(root).parts):
                yield file
