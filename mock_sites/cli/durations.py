"""Durations as people type them."""

import re
from datetime import timedelta
from typing import Final

import click

_UNITS: Final = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}
_NUMBER: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_PART: Final = re.compile(rf"({_NUMBER.pattern})([dhms])", re.IGNORECASE)
_WHOLE: Final = re.compile(rf"(?:{_PART.pattern})+", re.IGNORECASE)


class Duration(click.ParamType[float]):
    """A duration in seconds, typed as a number of seconds or with units, such as 1h30m."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the duration, or fail with the rule for durations."""
        text = str(value)
        parts = f"{text}s" if _NUMBER.fullmatch(text) else text
        if not _WHOLE.fullmatch(parts):
            self.fail(f"{text!r} is no duration. Say it like 90 (seconds), 3m, 1h30m or 14d.", param, ctx)
        return sum(float(number) * _UNITS[unit.lower()].total_seconds() for number, unit in _PART.findall(parts))
