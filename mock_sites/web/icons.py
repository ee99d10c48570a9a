"""Icons of Bootstrap Icons, from the copy in Bootstrap-Flask. A page contains its icons and loads no file for them."""

import re
from functools import cache
from pathlib import Path
from typing import Final

import flask_bootstrap
from markupsafe import Markup

_SET: Final = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "icons" / "bootstrap-icons.svg"


@cache
def icon(name: str) -> Markup:
    """The icon called ``name`` as an SVG element, in the colour of the text around it and hidden from screen readers.

    Raises:
        KeyError: the set has no such icon.
    """
    found = re.search(rf'<symbol [^>]*id="{re.escape(name)}">(.*?)</symbol>', _set(), re.DOTALL)
    if found is None:
        raise KeyError(name)
    drawing = f'<svg class="icon" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">{found[1]}</svg>'
    return Markup(drawing)  # noqa: S704 - a file of the package


@cache
def _set() -> str:
    return _SET.read_text(encoding="utf-8")
