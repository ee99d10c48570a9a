"""Large pages are sent compressed, so that one with charts or a long list is quickly there."""

import gzip
from typing import Final

from flask import Response, request

SMALLEST: Final = 16 * 1024
"""Pages below this size, in bytes, are sent as they are: to compress them takes longer than it saves."""

_LEVEL: Final = 4


def pack(response: Response) -> Response:
    """Compress a large page if the browser takes it. For Flask's ``after_request``."""
    if response.mimetype != "text/html" or response.is_streamed:
        return response
    content = response.get_data()
    if len(content) < SMALLEST:
        return response
    response.vary.add("Accept-Encoding")
    if "gzip" in request.accept_encodings:
        response.set_data(gzip.compress(content, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
