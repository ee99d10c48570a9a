"""Pages as they read, where days and phone numbers are elements in which no line breaks."""

import re


def joined(page: str) -> str:
    """A page without these elements."""
    return re.sub(r'<span class="text-nowrap">([^<]*)</span>', r"\1", page)
