"""What makes rows of tables readable as cards on narrow pages (templates/tables.html)."""

import re
from typing import Final

from markupsafe import Markup, escape

_ATTRIBUTES: Final = r"""((?:[^>"]|"[^"]*")*)"""
_HEADER: Final = re.compile(rf"<th\b{_ATTRIBUTES}>(?P<text>.*?)</th>", re.DOTALL)
_TAG: Final = re.compile(rf"<(thead|tbody|tfoot|tr|th|td)\b{_ATTRIBUTES}>")
_COLSPAN: Final = re.compile(r'colspan="(\d+)"')
_ROLES: Final = {"thead": "rowgroup", "tbody": "rowgroup", "tfoot": "rowgroup", "tr": "row", "td": "cell"}
"""The roles that browsers give to these elements, unless a style sheet shows them in another way."""


def labelled(rows: Markup) -> Markup:
    """The inside of a table, in which each cell has its role, and the text of its column's header as its label."""
    headers = [header for header in _HEADER.finditer(rows) if 'scope="col"' in header[1]]
    labels = [escape(rows[slice(*header.span("text"))].striptags()) for header in headers]
    column = 0

    def mark(tag: re.Match[str]) -> str:
        nonlocal column
        name, attributes = tag.groups()
        if name not in {"th", "td"}:
            column = 0
            return f'<{name} role="{_ROLES[name]}"{attributes}>'
        if 'scope="col"' in attributes:
            return f'<th role="columnheader"{attributes}>'
        role = _ROLES.get(name, "rowheader")
        if spans := _COLSPAN.search(attributes):
            column += int(spans[1])
            return f'<{name} role="{role}"{attributes}>'
        column += 1
        return f'<{name} role="{role}" data-label="{labels[column - 1]}"{attributes}>'

    return Markup(_TAG.sub(mark, rows))  # noqa: S704 - made of markup and of texts that are escaped
