"""Charts as SVG, drawn on the server. A chart needs no script: each of its columns says its values by a ``<title>``.

Drawn by ourselves, as a few paths are all it takes: libraries such as pygal write tens of kilobytes a chart, with
styles and scripts inside, which the Content-Security-Policy forbids.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

_SMALL: Final = 1e-9

_WIDEST_BAR: Final = 60
"""A bar is not wider, however few there are."""


@dataclass(frozen=True)
class Column:
    """A part of a chart from left to right, with the text that is shown when a pointer is over it."""

    x: int
    width: int
    text: str


@dataclass(frozen=True)
class Drawing:
    """A chart: its size, the largest value of its scale, a path for each series, and its columns.

    It has no text, because a page stretches it to the room that there is.
    """

    width: int
    height: int
    top: float
    paths: Mapping[str, str]
    columns: Sequence[Column]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn: there is no value, or no bar above 0."""
        return not any(self.paths.values())


def lines(
    series: Mapping[str, Sequence[float | None]],
    texts: Sequence[str],
    *,
    top: float = 0,
    width: int = 300,
    height: int = 90,
) -> Drawing:
    """Lines over the same moments, which lie at equal distances. ``None``: there is no value, and the line is broken.

    ``top`` is the largest value of the scale, or 0 to choose it by the values.
    """
    values = [value for row in series.values() for value in row if value is not None]
    top = top or round_up(max(values, default=0))
    step = width / max(1, len(texts) - 1)
    paths = {name: _line(row, step, top, height) for name, row in series.items()}
    return Drawing(width, height, top, paths, list(_columns(texts, step, width, centred=True)))


def bars(
    series: Mapping[str, Sequence[float]], texts: Sequence[str], *, width: int = 720, height: int = 110
) -> Drawing:
    """Stacked bars: the first series at the bottom."""
    sums = [sum(column) for column in zip(*series.values(), strict=True)] or [0]
    top = round_up(max(sums))
    step = width / max(1, len(texts))
    below, paths = [0.0] * len(texts), dict[str, str]()
    for name, row in series.items():
        paths[name] = "".join(_bar(number, below[number], value, step, top, height) for number, value in enumerate(row))
        below = [one + other for one, other in zip(below, row, strict=True)]
    return Drawing(width, height, top, paths, list(_columns(texts, step, width, centred=False)))


@dataclass(frozen=True)
class Share:
    """A part of a whole: its value, its share in tenths of a percent, and the sum of the shares before it."""

    name: str
    value: int
    tenths: int
    start: int


def shares(values: Mapping[str, int]) -> list[Share]:
    """The parts of a ring, in the order of ``values``. Their shares add up to 100 %, unless all values are 0: they are
    rounded by the largest remainder method.
    """
    whole = sum(values.values()) or 1
    tenths = {name: value * 1000 // whole for name, value in values.items()}
    missing = sum(values.values()) * 1000 // whole - sum(tenths.values())
    for name in sorted(values, key=lambda name: -(values[name] * 1000 % whole))[:missing]:
        tenths[name] += 1
    starts = accumulate(tenths.values(), initial=0)
    return [Share(name, values[name], tenths[name], start) for name, start in zip(values, starts, strict=False)]


def round_up(value: float) -> float:
    """The next number above ``value`` that reads well: 1, 2 or 5 with zeros. 1 for 0 and less."""
    if value <= _SMALL:
        return 1
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= value)


def _line(row: Sequence[float | None], step: float, top: float, height: int) -> str:
    parts, pen = list[str](), "M"
    for number, value in enumerate(row):
        if value is None:
            pen = "M"
            continue
        parts.append(f"{pen}{number * step:.0f} {height - min(value, top) * height / top:.0f}")
        pen = "L"
    return "".join(parts)


def _bar(number: int, below: float, value: float, step: float, top: float, height: int) -> str:
    foot, head = (height - round(level * height / top) for level in (below, below + value))
    begin, space = round(number * step) + 1, max(1, round((number + 1) * step) - round(number * step) - 2)
    width = min(space, _WIDEST_BAR)
    x = begin + (space - width) // 2
    return f"M{x} {foot}V{head}h{width}V{foot}z" if foot > head else ""


def _columns(texts: Sequence[str], step: float, width: int, *, centred: bool) -> Iterator[Column]:
    for number, text in enumerate(texts):
        middle = number * step - step / 2 if centred else number * step
        left, right = max(0, round(middle)), min(width, round(middle + step))
        yield Column(left, max(1, right - left), text)
