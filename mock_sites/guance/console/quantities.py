"""Measured values as the pages show them."""

_SIZES = ("B", "KiB", "MiB", "GiB", "TiB")


def quantity(value: float, unit: str) -> str:
    """A value with its unit, in one line: %, B (bytes), B/s, 1/s, or none."""
    match unit:
        case "B" | "B/s":
            return f"{_size(value)}{unit.removeprefix('B')}"
        case "1/s":
            return f"{value:,.0f}/s"
        case "%":
            return f"{value:.1f}\xa0%"
        case _:
            return f"{value:.2f}"


def _size(value: float) -> str:
    """At most three digits, so that the legend of a chart has room for it."""
    step = 0
    while value >= 999.5 and step < len(_SIZES) - 1:
        value, step = value / 1024, step + 1
    return f"{value:.{1 if step and value < 99.95 else 0}f}\xa0{_SIZES[step]}"
