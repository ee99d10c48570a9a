"""Charts as SVG, without scripts: they are shown as they are by browsers and code hosts, in light and dark mode."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

_STYLE: Final = (
    "text{font:13px sans-serif;fill:#333}.line{stroke:#888;stroke-width:1}.a{fill:#2c6fbb;stroke:#2c6fbb}"
    ".b{fill:#d9822b;stroke:#d9822b}.c{fill:#4b9e5f;stroke:#4b9e5f}.d{fill:#8a6fbf;stroke:#8a6fbf}"
    "polyline{fill:none!important;stroke-width:2}"
    "@media (prefers-color-scheme:dark){text{fill:#ddd}}"
)
_CLASSES: Final = ("a", "b", "c", "d")

_WIDTH: Final = 720


def bars(title: str, rows: Mapping[str, Mapping[str, float]], unit: str) -> str:
    """Horizontal bars: for each row, a bar for each of its values."""
    longest = max((value for row in rows.values() for value in row.values()), default=1)
    parts, y = [_text(10, 24, title)], 50
    for name, row in rows.items():
        parts.append(_text(10, y + 12, name))
        for number, (what, value) in enumerate(row.items()):
            width = 330 * value / longest
            parts += [
                f'<rect class="{_CLASSES[number]}" x="200" y="{y}" width="{width:.1f}" height="14"/>',
                _text(208 + width, y + 12, f"{value:.1f} {unit} {what}"),
            ]
            y += 20
        y += 12
    return _svg(y, parts)


def curves(title: str, across: Sequence[float], lines: Mapping[str, Sequence[float]], axes: tuple[str, str]) -> str:
    """One line for each of ``lines``, whose values belong to ``across``; ``axes`` name both directions."""
    most, right = max(max(values) for values in lines.values()) or 1, max(across) or 1

    def place(x: float, y: float) -> str:
        return f"{60 + 600 * x / right:.1f},{290 - 230 * y / most:.1f}"

    parts = [_text(10, 24, title), '<path class="line" d="M60 55V290H665" fill="none"/>']
    parts += [_text(60 + 600 * x / right - 8, 308, f"{x:g}") for x in across]
    parts += [_text(8, 294 - 230 * share / 4, f"{most * share / 4:.0f}") for share in range(5)]
    parts += [_text(300, 330, axes[0]), _text(60, 48, axes[1])]
    for number, (name, values) in enumerate(lines.items()):
        points = " ".join(place(x, y) for x, y in zip(across, values, strict=True))
        color = _CLASSES[number]
        parts.append(f'<polyline class="{color}" points="{points}"/>')
        parts.append(f'<rect class="{color}" x="{200 + 130 * number}" y="38" width="10" height="10"/>')
        parts.append(_text(215 + 130 * number, 48, name))
    return _svg(340, parts)


def stacked(charts: Sequence[str]) -> str:
    """The charts one below the other."""
    parts, height = list[str](), 0
    for chart in charts:
        parts.append(chart.rstrip().replace("<svg ", f'<svg y="{height}" ', 1))
        found = re.search(r' height="(\d+)"', chart)
        height += int(found[1]) if found else 0
    return _svg(height, parts)


def _svg(height: int, parts: Sequence[str]) -> str:
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{_STYLE}</style>', *parts, "</svg>", ""]
    return "\n".join(lines)


def _text(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}">{escape(text)}</text>'
