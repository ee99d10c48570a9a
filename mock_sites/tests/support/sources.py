"""The sources of the sites, whose rules are checked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parents[2]
OTHERS: Final = {"redaction", "review", "tests"}
"""What knows nothing of the sites, and their tests."""


def sources(suffix: str = ".py") -> Iterator[Path]:
    """The files of the sites with this suffix."""
    return (path for path in sorted(PACKAGE.rglob(f"*{suffix}")) if path.relative_to(PACKAGE).parts[0] not in OTHERS)
