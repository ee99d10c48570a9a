"""Building the wheel of this checkout."""

from pathlib import Path
from typing import Final

from hatchling.builders.wheel import WheelBuilder

ROOT: Final = Path(__file__).parents[3]


def build_wheel(folder: Path) -> Path:
    """Build the wheel of this checkout in ``folder``."""
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))
